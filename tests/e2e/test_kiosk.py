"""The kiosk in a real browser: initialised, three keys to register, offline, ended from afar."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Page, Route, expect

from guichet.demo import fixtures
from guichet.demo.fixtures import E1, E2, S1, S2, W1, W2
from tests.browser import LOOKS, Window, faults, fits
from tests.database import REPOSITORY
from tests.e2e.cameras import Open, camera
from tests.eservices.presence.kiosk.test_bridge import card_pem
from tests.live import Live
from tests.portal.visits import Told, Visit
from tests.portal.world import STAFF

__all__ = ["camera"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
RECEIPT = re.compile(r"[0-9]{15}")


def rows(live: Live, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(live.dsn) as connection:
        return connection.execute(query.encode(), values).fetchall()


@pytest.fixture(autouse=True)
def _nobody_is_there(live: Live, filled: Told) -> None:
    """No presence of an earlier test: the same person again would keep his receipt."""
    with psycopg.connect(live.dsn) as connection:
        connection.execute("TRUNCATE presence_day CASCADE")
        connection.execute("DELETE FROM platform_throttle")


@dataclass
class Made:
    """A kiosk's page, the page of its device, and the clerk who enrolled it."""

    kiosk: Page
    device: str
    clerk: Page


Make = Callable[..., Made]


@pytest.fixture
def made(visit: Visit) -> Make:
    """Enrol a kiosk as the clerk, and initialise it on another computer with the code."""

    def make(
        site: str = S2,
        pairing: str = "",
        reader: str = "",
        kiosk: Page | None = None,
        **options: Any,
    ) -> Made:
        clerk, kiosk = visit("clerk"), kiosk or visit(None, **options)
        clerk.goto("/presence/devices/new/")
        clerk.get_by_label("Kiosk: a computer on the site").check()
        clerk.get_by_label("Site", exact=True).select_option(site)
        clerk.get_by_label("Name of the device").fill("Site office")
        for means in ("Badge", "Card with a QR code", "Identity card (eID)"):
            clerk.get_by_label(means, exact=True).check()
        clerk.get_by_role("button", name="Enrol a device").click()
        device = urlsplit(clerk.url).path
        clerk.get_by_role("button", name="Show a code for another computer").click()
        code = clerk.locator(".ki-code").inner_text()
        if reader:
            # The tests let pages talk to our own servers only: this is one more.
            kiosk.context.route(f"{reader}/**", lambda route: route.continue_())
        kiosk.goto("/kiosk/")
        expect(kiosk.get_by_label("One-time code")).to_be_focused()
        kiosk.keyboard.type(code)
        kiosk.keyboard.press("Tab")
        kiosk.keyboard.type(pairing)
        kiosk.keyboard.press("Enter")
        expect(kiosk.get_by_label("Badge, card or number")).to_be_focused()
        return Made(kiosk, device, clerk)

    return make


def ask(kiosk: Page, text: str) -> None:
    """Type it, or let a reader type it: the field has the keyboard already."""
    expect(kiosk.get_by_label("Badge, card or number")).to_be_focused()
    kiosk.keyboard.type(text)
    kiosk.keyboard.press("Enter")


def forgive(window: Window, *words: str) -> None:
    """What the browser says of answers and networks that a test wanted is no complaint."""
    window.complaints[:] = [
        one for one in window.complaints if not any(word in one for word in words)
    ]


def badge(live: Live, niss: str, number: str) -> None:
    """A badge of E1 for somebody, as if the clerk had given it."""
    with psycopg.connect(live.dsn) as connection:
        connection.execute("SELECT set_config('guichet.actor', 'system|tests|', true)")
        connection.execute("UPDATE presence_means SET blocked_at = now() WHERE blocked_at IS NULL")
        connection.execute(
            "INSERT INTO presence_means (number, kind, person_id, enterprise_number, identifier,"
            " token_hash, issued_at, issued_by_id) SELECT gen_random_uuid(), 'badge', id, %s, %s,"
            " '', now(), id FROM persons_person WHERE niss = %s",
            [E1, number, niss],
        )


def card(live: Live, niss: str, token: str) -> None:
    """A printed card of E1 for somebody."""
    with psycopg.connect(live.dsn) as connection:
        connection.execute("SELECT set_config('guichet.actor', 'system|tests|', true)")
        connection.execute(
            "INSERT INTO presence_means (number, kind, person_id, enterprise_number, identifier,"
            " token_hash, issued_at, printed_at, issued_by_id) SELECT gen_random_uuid(), 'card',"
            " id, %s, '', encode(sha256(%s), 'hex'), now(), now(), id FROM persons_person"
            " WHERE niss = %s ON CONFLICT DO NOTHING",
            [E1, token.encode(), niss],
        )


@dataclass
class Bridge:
    """The real program with a simulated reader; ``slot``: where a card is put in."""

    pairing: str
    address: str
    slot: Path


@pytest.fixture
def bridge(live: Live, tmp_path: Path) -> Iterator[Bridge]:
    slot = tmp_path / "card.pem"
    program = subprocess.Popen(
        [
            sys.executable, "-m", "guichet.config.command", "eid-bridge", "--origin", live.portal,
            "--port", "0", "--card", str(slot), "--pairing", str(tmp_path / "pairing"),
        ],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY / "src")},
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert program.stdout is not None
    program.stdout.readline()
    pairing = program.stdout.readline().split(": ")[1].strip()
    yield Bridge(pairing, f"http://127.0.0.1:{pairing.split('-')[0]}", slot)
    program.terminate()
    program.wait(20)
    program.stdout.close()


def end(made: Made) -> None:
    made.clerk.goto(made.device)
    made.clerk.get_by_role("button", name="End the device").click()
    expect(made.clerk.locator("main")).to_contain_text("The device is ended")


def test_p82_a_worker_reads_his_eid_and_after_the_end_nothing_can_be_registered(
    made: Make, bridge: Bridge, live: Live, window: Window
) -> None:
    one = made(pairing=bridge.pairing, reader=bridge.address)
    kiosk = one.kiosk
    expect(kiosk.locator("[data-eid]")).to_contain_text("put your card")

    bridge.slot.write_bytes(card_pem(W1))
    expect(kiosk.get_by_role("heading", name="Is this you?")).to_be_visible()
    expect(kiosk.locator("[data-eid]")).to_contain_text("Simulated eID reader")
    kiosk.keyboard.press("Enter")

    expect(kiosk.get_by_role("heading", name="Registered")).to_be_visible()
    expect(kiosk.locator("[data-receipt]")).to_have_text(RECEIPT)
    today = "day = (now() AT TIME ZONE 'Europe/Brussels')::date"
    columns = f"ssin, channel, works_reference, enterprise_number, {today}"
    assert rows(live, f"SELECT {columns} FROM presence_day") == [(W1, "kiosk", S2, E1, True)]

    end(one)
    kiosk.keyboard.press("Enter")
    ask(kiosk, W2)

    expect(kiosk.get_by_role("heading", name="This kiosk was ended")).to_be_visible()
    kiosk.reload()
    expect(kiosk.get_by_role("heading", name="This kiosk was ended")).to_be_visible()
    assert rows(live, "SELECT count(*) FROM presence_day") == [(1,)]
    forgive(window, "403")


def test_three_keys_and_a_number_register_and_the_kiosk_returns_by_itself(
    made: Make, live: Live
) -> None:
    kiosk = made().kiosk

    ask(kiosk, W1)
    expect(kiosk.get_by_role("heading", name="Is this you?")).to_be_visible()
    expect(kiosk.locator("button.g-arch")).to_be_focused()
    kiosk.keyboard.press("Enter")
    expect(kiosk.locator("[data-receipt]")).to_have_text(RECEIPT)

    # Nobody touches anything for ten seconds of the kiosk's own clock.
    kiosk.clock.install()
    kiosk.clock.run_for(12_000)
    expect(kiosk.get_by_label("Badge, card or number")).to_have_value("")
    expect(kiosk.get_by_label("Badge, card or number")).to_be_focused()
    assert rows(live, "SELECT count(*) FROM presence_day") == [(1,)]


def test_a_badge_typed_by_a_reader_starts_and_ends_on_a_cleaning_site(
    made: Make, live: Live
) -> None:
    niss = STAFF[5].niss
    badge(live, niss, "77009988")
    kiosk = made(site=fixtures.S4).kiosk

    ask(kiosk, "77009988")
    expect(kiosk.get_by_text("Sami El Amrani-Dubois")).to_be_visible()
    before = rows(live, "SELECT count(*) FROM presence_act WHERE channel = 'kiosk'")[0][0]
    kiosk.keyboard.press("Enter")

    expect(kiosk.locator("[data-receipt]")).to_have_text(RECEIPT)
    acts = rows(live, "SELECT ssin, works_reference FROM presence_act WHERE channel = 'kiosk'")
    assert len(acts) == before + 1
    assert (niss, fixtures.S4) in acts


def test_a_bare_number_is_refused_on_a_cleaning_site_with_what_counts(made: Make) -> None:
    kiosk = made(site=S1).kiosk
    expect(kiosk.get_by_text("type your national number")).to_have_count(0)

    ask(kiosk, W1)

    expect(kiosk.get_by_role("heading", name="Not registered")).to_be_visible()
    expect(kiosk.get_by_text("A bare number does not count on this site")).to_be_visible()


def test_offline_and_then_online_each_message_is_registered_exactly_once(
    made: Make, live: Live, window: Window
) -> None:
    kiosk = made().kiosk
    kiosk.context.set_offline(True)
    for niss in (W1, STAFF[0].niss):
        ask(kiosk, niss)
        expect(kiosk.get_by_role("heading", name="Is this you?")).to_be_visible()
        kiosk.keyboard.press("Enter")
        expect(kiosk.get_by_role("heading", name="not registered yet")).to_be_visible()
        kiosk.keyboard.press("Enter")
    expect(kiosk.locator("[data-net]")).to_contain_text("2 registrations wait to be sent")
    assert rows(live, "SELECT count(*) FROM presence_day") == [(0,)]

    kiosk.reload()  # the page and what waits survive, also without a network
    expect(kiosk.locator("[data-net]")).to_contain_text("2 registrations wait to be sent")
    # The first answer is lost on the way: what arrived is not registered a second time.
    lost: list[int] = []

    def lose(route: Route) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(answer.status)
            route.abort()

    kiosk.context.route("**/kiosk/messages/", lose)
    back(kiosk, "0")
    assert lost == [200]
    found = {ssin for (ssin,) in rows(live, "SELECT ssin FROM presence_day")}
    assert found == {W1, STAFF[0].niss}
    assert rows(live, "SELECT count(*) FROM presence_day") == [(2,)]
    forgive(window, "ERR_", "Failed to load", "Failed to fetch")


def newcomer(live: Live, body: str = "810101123") -> str:
    """Somebody of whom nobody told yet for whom he works: the contractors of the site may be it."""
    with psycopg.connect(live.dsn) as connection:
        connection.execute("SELECT set_config('guichet.actor', 'system|tests|', true)")
        niss = f"{body}{97 - int(body) % 97:02d}"
        connection.execute(
            "INSERT INTO persons_person (niss, given_name, family_name, sort_key, language,"
            " email, street, house_number, box_number, postcode, municipality, country)"
            " VALUES (%s, 'Nieuw', 'Gekomen', 'gekomen nieuw', 'nl', '', '', '', '', '', '', 'BE')"
            " ON CONFLICT DO NOTHING",
            [niss],
        )
    return niss


def back(kiosk: Page, done: str) -> None:
    """The network is there again: until the page told of what waited."""
    kiosk.context.set_offline(False)
    kiosk.wait_for_function(
        """(done) => {
          if (document.querySelector("[data-net]").dataset.waiting === done) return true;
          dispatchEvent(new Event("online")); // networks come back more than once
          return false;
        }""",
        arg=done,
        polling=1000,
    )


def test_without_a_network_too_who_works_for_several_says_for_whom_or_is_asked_later(
    made: Make, live: Live, window: Window
) -> None:
    sure, unsure = newcomer(live), newcomer(live, "820202123")
    kiosk = made().kiosk
    kiosk.context.set_offline(True)
    for niss, number in ((sure, "2"), (unsure, "")):
        ask(kiosk, niss)
        expect(kiosk.get_by_text("if you work for several firms here")).to_be_visible()
        expect(kiosk.get_by_label("0. I work for one firm here")).to_be_checked()
        assert faults(kiosk) == []
        if number:
            kiosk.keyboard.press(number)
        kiosk.keyboard.press("Enter")
        expect(kiosk.get_by_role("heading", name="not registered yet")).to_be_visible()
        kiosk.keyboard.press("Enter")
    second = kiosk.evaluate(
        """() => new Promise((done) => {
          const asked = indexedDB.open("guichet-kiosk");
          asked.onsuccess = () => {
            const facts = asked.result.transaction("facts").objectStore("facts");
            facts.get("state").onsuccess = (found) => done(found.target.result.value.firms[1].key);
          };
        })"""
    )
    back(kiosk, "0")

    assert rows(live, "SELECT ssin, enterprise_number FROM presence_day") == [(sure, second)]
    ask(kiosk, unsure)
    expect(kiosk.get_by_text("you registered without a network and did not say")).to_be_visible()
    kiosk.keyboard.press("1")
    kiosk.keyboard.press("Enter")
    expect(kiosk.locator("[data-receipt]")).to_have_text(RECEIPT)
    kiosk.keyboard.press("Enter")

    [(employer,)] = rows(live, "SELECT enterprise_number FROM presence_day WHERE ssin = %s", unsure)
    assert employer in {E1, E2} - {second}
    ask(kiosk, unsure)
    expect(kiosk.get_by_role("heading", name="Is this you?")).to_be_visible()
    expect(kiosk.get_by_text("you registered without a network")).to_have_count(0)
    forgive(window, "ERR_", "Failed to load", "Failed to fetch")


def test_the_camera_of_the_kiosk_reads_the_code_of_a_card(
    made: Make, live: Live, camera: Open
) -> None:
    token = "BCDEFGHIJKLNOPRSTUVXBCDEFGHI"
    card(live, W1, token)
    kiosk = made(kiosk=camera(token, who="")).kiosk

    kiosk.get_by_role("button", name="Read a card with the camera").click()

    expect(kiosk.get_by_role("heading", name="Is this you?")).to_be_visible(timeout=20_000)
    expect(kiosk.get_by_text("Karim Lemaire")).to_be_visible()
    kiosk.keyboard.press("Enter")
    expect(kiosk.locator("[data-receipt]")).to_have_text(RECEIPT)
    assert rows(live, "SELECT ssin, channel FROM presence_day") == [(W1, "kiosk")]


def test_who_may_work_for_several_presses_the_number_of_one(made: Make, live: Live) -> None:
    niss = newcomer(live)
    kiosk = made().kiosk

    ask(kiosk, niss)
    expect(kiosk.get_by_text("Press the number")).to_be_visible()
    kiosk.keyboard.press("Enter")
    expect(kiosk.get_by_role("alert")).to_contain_text("For whom do you work here?")
    kiosk.keyboard.press("2")
    kiosk.keyboard.press("Enter")

    expect(kiosk.locator("[data-receipt]")).to_have_text(RECEIPT)
    [(employer,)] = rows(live, "SELECT enterprise_number FROM presence_day WHERE ssin = %s", niss)
    assert employer in {E1, E2}


def test_a_wrong_code_keeps_what_was_typed_and_says_what_to_do(visit: Visit) -> None:
    kiosk = visit(None)
    kiosk.goto("/kiosk/")
    kiosk.get_by_label("One-time code").fill("BCDE FGHI JKLN")
    kiosk.get_by_label("One-time code").press("Enter")

    expect(kiosk.get_by_role("alert")).to_contain_text("No kiosk waits for this code")
    expect(kiosk.get_by_label("One-time code")).to_have_value("BCDE FGHI JKLN")


def test_four_languages_change_what_is_said_and_keep_what_is_typed(made: Make) -> None:
    kiosk = made().kiosk
    kiosk.keyboard.type("850731")

    for code in ("nl", "fr", "de", "en"):
        kiosk.locator(f"[data-languages] button[value={code}]").click()
        expect(kiosk.locator("html")).to_have_attribute("lang", code)
        expect(kiosk.locator("#who")).to_have_value("850731")


def test_without_javascript_the_kiosk_says_what_to_use_instead(visit: Visit) -> None:
    page = visit(None, java_script_enabled=False)
    page.goto("/kiosk/")

    assert page.locator("noscript p").count() == 4
    assert "Register on your phone" in page.locator("main").inner_text()


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_is_accessible_and_fits(made: Make, look: str) -> None:
    kiosk = made(**LOOKS[look]).kiosk
    assert faults(kiosk) == []
    assert fits(kiosk)
    ask(kiosk, W1)
    for heading in ("Is this you?", "Registered"):
        expect(kiosk.get_by_role("heading", name=heading)).to_be_visible()
        assert faults(kiosk) == [], heading
        assert fits(kiosk), heading
        kiosk.keyboard.press("Enter")
    ask(kiosk, "?")
    expect(kiosk.get_by_role("heading", name="Not registered")).to_be_visible()
    assert faults(kiosk) == []


@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_of_devices_and_means_are_accessible_and_fit(
    made: Make, live: Live, look: str
) -> None:
    badge(live, W1, "77001122")
    one = made()
    ask(one.kiosk, "77001122")
    expect(one.kiosk.get_by_role("heading", name="Is this you?")).to_be_visible()
    one.kiosk.keyboard.press("Enter")
    expect(one.kiosk.locator("[data-receipt]")).to_be_visible()
    page = one.clerk
    for name, value in LOOKS[look].items():
        if name == "viewport":
            page.set_viewport_size(value)
        else:
            page.emulate_media(**{name: value})
    places = ("/presence/devices/", one.device, "/presence/devices/new/", "/presence/means/",
              "/presence/means/new/", "/presence/methods/", "/presence/methods/new/")  # fmt: skip
    for place in places:
        page.goto(place)
        assert faults(page) == [], place
        assert fits(page), place
