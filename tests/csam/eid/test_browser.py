"""A real browser with a certificate, a real listener, a real provider; the look of its pages."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from guichet.csam.eid.authority import Card, CardAuthority, CardKind
from guichet.platform import clock
from tests.browser import LOOKS, Window, faults, fits
from tests.live import Live
from tests.portal import world
from tests.portal.visits import Told, filled  # noqa: F401  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PERSON = world.STAFF[0]
PAGES = ("/eid/", "/eid/refused/missing/", "/eid/refused/revoked/", "/eid/help/", "/eid/test-card/")


@pytest.fixture(scope="module")
def counter(live: Live, filled: Told) -> Iterator[Live]:  # noqa: F811
    """The provider and the listener beside the portal, with a filled world."""
    started = [role for role in ("csam", "eid") if role not in live._children]
    for role in started:
        live.start(role)
    yield live
    for role in started:
        live.stop(role)


def a_card(live: Live, **options: Any) -> Card:
    """A card of somebody of the world, by the authority of the running listener."""
    return CardAuthority(live.environment.card_authority).issue(
        niss=PERSON.niss,
        given_name=PERSON.given_name,
        family_name=PERSON.family_name,
        now=clock.now(),
        **options,
    )


def with_card(window: Window, live: Live, presented: Card | None, folder: Path) -> Page:
    """A page of a browser into which the card was imported as a file with a password."""
    options: dict[str, Any] = {"ignore_https_errors": True}
    if presented is not None:
        file = folder / "card.p12"
        file.write_bytes(presented.pkcs12(password="guichet", name="card"))
        one = {"origin": live.eid, "pfxPath": str(file), "passphrase": "guichet"}
        options["client_certificates"] = [one]
    return window.page(**options)


def read_card(page: Page, live: Live) -> None:
    """From the question of the profile, by the tile and the link, to wherever it leads."""
    page.goto(f"{live.csam}/profile/sign-in/?level=500")
    page.get_by_role("link", name="Identity card and card reader").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Insert your identity card")
    page.get_by_role("link", name="Read my card").click()


def test_a01_a_browser_with_a_card_ends_on_the_page_of_its_holder(
    window: Window, counter: Live, tmp_path: Path
) -> None:
    page = with_card(window, counter, a_card(counter), tmp_path)

    read_card(page, counter)

    expect(page.get_by_role("heading", level=1)).to_have_text(f"Hello {PERSON.given_name}")
    expect(page.locator("main")).to_contain_text("level 500 of 500")
    assert page.url == f"{counter.csam}/profile/"
    assert PERSON.niss not in page.content()


@pytest.mark.parametrize(
    ("options", "title"),
    [
        (None, "No identity card was read"),
        ({"kind": CardKind.SIGNATURE}, "You chose the certificate for signing"),
        ({"expired": True}, "Your card has expired"),
    ],
)
def test_a_browser_without_a_good_card_ends_on_a_page_with_words(
    window: Window, counter: Live, tmp_path: Path, options: dict[str, Any] | None, title: str
) -> None:
    presented = None if options is None else a_card(counter, **options)
    page = with_card(window, counter, presented, tmp_path)

    read_card(page, counter)

    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("link", name="Try again with the card")).to_be_visible()
    _forget_refusals(window)


def test_a_card_made_on_the_page_signs_in_until_it_is_revoked(
    window: Window, counter: Live, tmp_path: Path
) -> None:
    page = window.page()
    page.goto(f"{counter.csam}/eid/test-card/")
    page.get_by_label("Card of").select_option("Amina Roussel")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make and download").click()
    file = tmp_path / "amina.p12"
    download.value.save_as(file)
    one = {"origin": counter.eid, "pfxPath": str(file), "passphrase": "guichet"}
    options: dict[str, Any] = {"ignore_https_errors": True, "client_certificates": [one]}
    holder = window.page(**options)

    read_card(holder, counter)
    # The world of the tests does not know her; that the card was read is the point.
    expect(holder.get_by_role("heading", level=1)).not_to_have_text("No identity card was read")
    before = holder.get_by_role("heading", level=1).inner_text()
    page.reload()
    page.get_by_role("button", name=re.compile("Revoke.*Amina Roussel")).first.click()
    expect(page.get_by_role("status")).to_contain_text("The card is revoked.")
    holder = window.page(**options)
    read_card(holder, counter)

    expect(holder.get_by_role("heading", level=1)).to_have_text(
        "Your card has been revoked or suspended"
    )
    assert before != "Your card has been revoked or suspended"
    _forget_refusals(window)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", PAGES)
def test_a_page_of_the_card_has_no_fault_that_a_program_finds(
    window: Window, counter: Live, place: str, look: str
) -> None:
    page = window.page(**LOOKS[look])
    page.goto(f"{counter.csam}/profile/sign-in/?level=300")

    page.goto(f"{counter.csam}{place}")

    assert faults(page) == []
    assert fits(page)
    _forget_refusals(window)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
@pytest.mark.parametrize("place", PAGES)
def test_a_page_of_the_card_fits_a_narrow_screen_in_every_language(
    window: Window, counter: Live, place: str, language: str
) -> None:
    page = window.page(locale=language, viewport={"width": 320, "height": 800})
    page.goto(f"{counter.csam}/profile/sign-in/?level=300")

    page.goto(f"{counter.csam}{place}")

    assert page.locator("html").get_attribute("lang") == language[:2]
    assert fits(page)
    _forget_refusals(window)


def _forget_refusals(window: Window) -> None:
    """A refused card is a page with status 403, which Chromium reports as an error."""
    window.complaints[:] = [one for one in window.complaints if "403" not in one]
