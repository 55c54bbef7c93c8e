"""The button as an app: without a network, over the ten minutes, for two people, in two tabs."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, expect

from guichet.demo import fixtures
from tests.browser import LOOKS, PHONE, Window, faults, fits
from tests.live import Live
from tests.portal.visits import Told, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLACE = f"/presence/clock/?site={fixtures.S1}"
ARCH = "button.g-arch"


def ready(page: Page, place: str = PLACE) -> Page:
    """The page of the button with the service worker in charge and the phone known."""
    page.goto(place)
    page.evaluate(
        """() => new Promise((done) => {
          if (navigator.serviceWorker.controller) done();
          else navigator.serviceWorker.addEventListener("controllerchange", () => done());
        })"""
    )
    expect(page.locator("[data-phone]")).to_have_attribute("data-network", "online")
    return page


def queue(page: Page) -> list[dict[str, Any]]:
    """What the phone keeps."""
    found: list[dict[str, Any]] = json.loads(
        page.evaluate(
            """async () => {
              const asked = indexedDB.open("guichet-presence", 1);
              const database = await new Promise((done) => {
                asked.onsuccess = () => done(asked.result);
              });
              const all = database.transaction("acts").objectStore("acts").getAll();
              return new Promise((done) => {
                all.onsuccess = () => done(JSON.stringify(all.result));
              });
            }"""
        )
    )
    return found


def count(live: Live, table: str) -> int:
    """How many rows of the worker; the names of tables are ours."""
    with psycopg.connect(live.dsn) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture(autouse=True)
def _nothing_prepared(live: Live, filled: Told) -> None:
    """No correction is left of an earlier test: the same act within a minute would be told so.

    A move on one site prepares the OUT of another, so a site of its own is not enough.
    """
    with psycopg.connect(live.dsn) as connection:
        connection.execute("SELECT set_config('guichet.actor', 'system:tests', true)")
        connection.execute("DELETE FROM presence_correction")


@pytest.fixture
def cut(window: Window) -> Iterator[Callable[[Page], None]]:
    """Take the network from a page; what the browser says of that is no complaint."""

    def off(page: Page) -> None:
        page.context.set_offline(True)
        expect(page.locator("[data-net]")).to_contain_text("Offline")

    yield off
    expected = ("ERR_INTERNET_DISCONNECTED", "401 (", "403 (")
    window.complaints[:] = [
        one for one in window.complaints if not any(text in one for text in expected)
    ]


def back(page: Page) -> None:
    page.context.set_offline(False)


def test_p24_twelve_minutes_without_network_prepare_a_correction_and_no_act(
    visit: Visit, live: Live, cut: Callable[[Page], None]
) -> None:
    page = visit("worker", viewport=PHONE)
    page.clock.install()
    # A site of its own: within a minute the other tests press the same at theirs.
    ready(page, f"/presence/clock/?site={fixtures.S4}")
    acts, corrections = count(live, "presence_act"), count(live, "presence_correction")
    cut(page)

    page.locator(ARCH).click()
    expect(page.locator("[data-outbox]")).to_contain_text("To be sent: 1 registration")
    expect(page.locator("[data-outbox]")).to_contain_text("9 min")
    assert fits(page)
    assert faults(page) == []
    page.clock.fast_forward("12:00")
    expect(page.locator("[data-acts] li")).to_have_attribute("data-state", "late")
    # No second thoughts: nothing is left that could be sent as an act.
    assert [one["state"] for one in queue(page)] == ["late"]
    back(page)
    expect(page.locator("[data-acts] li")).to_have_attribute("data-state", "prepared")
    page.get_by_role("link", name="Look at the correction").click()

    expect(page.get_by_text("The phone had no network for more than 10 minutes.")).to_be_visible()
    page.get_by_role("button", name="Send to my employer").click()
    expect(page.get_by_text("With your employer").first).to_be_visible()
    assert count(live, "presence_act") == acts
    assert count(live, "presence_correction") > corrections


def test_what_waited_is_sent_once_from_two_tabs_as_soon_as_there_is_a_network(
    visit: Visit, live: Live, cut: Callable[[Page], None]
) -> None:
    page = ready(visit("worker", viewport=PHONE))
    second = page.context.new_page()
    ready(second)
    acts = count(live, "presence_act")
    cut(page)
    page.locator(ARCH).dblclick()
    expect(second.locator("[data-outbox]")).to_contain_text("To be sent: 1 registration")

    back(page)

    for tab in (page, second):
        expect(tab.locator("[data-outbox]")).to_contain_text("On this phone")
        expect(tab.locator("[data-acts] li").first).to_contain_text("Receipt number")
    assert count(live, "presence_act") == acts + 1


def test_the_button_opens_without_a_network_and_goes_on_from_what_the_phone_knows(
    visit: Visit, live: Live, cut: Callable[[Page], None]
) -> None:
    page = ready(visit("worker", viewport=PHONE))
    acts = count(live, "presence_act")
    cut(page)
    first = page.locator(ARCH).inner_text()
    page.locator(ARCH).click()
    expect(page.locator("[data-acts] li")).to_have_count(1)

    page.reload()

    expect(page.locator("[data-net]")).to_contain_text("Offline")
    expect(page.locator(ARCH)).to_be_visible()
    expect(page.locator(ARCH)).not_to_have_text(first)
    expect(page.locator("[data-number]")).to_have_text(fixtures.S1)
    page.locator("#id_site").fill("not a site")
    page.get_by_role("button", name="Work at this site").click()
    expect(page.locator("[data-said]")).to_contain_text("This is not the number of a site")
    page.locator(ARCH).click()
    expect(page.locator("[data-acts] li")).to_have_count(2)
    back(page)
    expect(page.locator("[data-outbox]")).to_contain_text("On this phone")
    expect(page.locator("[data-acts] li[data-state=sent]")).to_have_count(2)
    assert count(live, "presence_act") == acts + 2


def test_the_queue_survives_a_sign_out_and_is_never_sent_for_somebody_else(
    visit: Visit, live: Live, filled: Told, cut: Callable[[Page], None]
) -> None:
    page = ready(visit("worker", viewport=PHONE))
    context = page.context
    acts = count(live, "presence_act")
    cut(page)
    page.locator(ARCH).click()
    expect(page.locator("[data-acts] li")).to_have_count(1)
    context.clear_cookies()

    back(page)
    expect(page.locator("[data-net]")).to_contain_text("Sign in first")
    page.close()
    for who, sent in (("clerk", 0), ("worker", 1)):
        cookie = {"name": "guichet_portal", "value": getattr(filled, who), "url": live.portal}
        context.add_cookies([cookie])  # type: ignore[list-item]
        tab = context.new_page()
        ready(tab)
        if who == "clerk":
            expect(tab.locator("[data-others]")).to_be_visible()
            expect(tab.locator("[data-acts] li")).to_have_count(0)
        else:
            expect(tab.locator("[data-acts] li[data-state=sent]")).to_have_count(1)
        assert count(live, "presence_act") == acts + sent
        tab.close()


def test_an_old_page_is_told_and_registers_nothing(visit: Visit, live: Live) -> None:
    page = ready(visit("worker", viewport=PHONE))
    other = ready(visit("worker"))
    other.locator(ARCH).click()
    expect(other.locator("[data-said]")).to_contain_text("has arrived")
    acts = count(live, "presence_act")

    page.locator(ARCH).click()

    # The same act within the minute counts once; another one is not taken from an old page.
    expect(page.locator("[data-said]")).to_contain_text(re.compile("not taken|has arrived"))
    assert count(live, "presence_act") == acts


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_the_page_without_a_network_holds_nothing_of_anybody_and_passes_the_look(
    visit: Visit, look: str, language: str
) -> None:
    page = visit(None, **LOOKS[look])

    answer = page.goto(f"/presence/clock/offline/{language}/")

    assert answer is not None
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == language
    assert faults(page) == []
    assert fits(page)


def test_where_the_door_does_not_answer_the_plain_form_registers_under_the_same_key(
    visit: Visit, live: Live, window: Window
) -> None:
    page = ready(visit("worker", viewport=PHONE))
    page.route(f"{live.services}/**", lambda route: route.abort())
    acts = count(live, "presence_act")

    page.locator(ARCH).click()

    expect(page.locator("[data-acts] li[data-state=sent]")).to_have_count(1)
    expect(page.locator("[data-acts] li")).to_contain_text("Receipt number")
    assert count(live, "presence_act") == acts + 1
    window.complaints[:] = [one for one in window.complaints if "ERR_FAILED" not in one]


def test_a_press_whose_answer_was_lost_and_whose_act_was_cancelled_is_told_as_such(
    visit: Visit, live: Live
) -> None:
    page = ready(visit("worker", viewport=PHONE))
    page.locator(ARCH).click()
    expect(page.locator("[data-acts] li[data-state=sent]")).to_have_count(1)
    [sent] = queue(page)
    with psycopg.connect(live.dsn) as connection:
        connection.execute(
            "INSERT INTO presence_version (receipt, occurred_at, received_at, logged_at,"
            " decided_at, decided_by, version, status, case_number, offset_minutes, type, ssin,"
            " enterprise_number, works_reference, activity, channel)"
            " SELECT receipt, occurred_at, received_at, occurred_at, received_at, 1, 1,"
            " 'cancelled', '26P0000000AAA', offset_minutes, type, ssin, enterprise_number,"
            " works_reference, activity, channel FROM presence_act WHERE receipt = %s",
            sent["receipts"],
        )
    page.evaluate(
        """async (act) => {
          const asked = indexedDB.open("guichet-presence", 1);
          const database = await new Promise((done) => {
            asked.onsuccess = () => done(asked.result);
          });
          const change = database.transaction("acts", "readwrite");
          change.objectStore("acts").put(act);
          await new Promise((done) => { change.oncomplete = done; });
        }""",
        {**sent, "state": "waiting", "receipts": []},
    )

    page.reload()

    line = page.locator("[data-acts] li[data-state=cancelled]")
    expect(line).to_contain_text(f"Receipt number {sent['receipts'][0]} was cancelled")
    expect(line).to_contain_text("register again")
    assert fits(page)
    assert faults(page) == []
    page.locator(ARCH).click()
    expect(page.locator("[data-acts] li[data-state=sent]")).to_have_count(1)
