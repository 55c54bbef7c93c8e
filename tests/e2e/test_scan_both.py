"""The codes of an L1 and of a poster before the camera of Checkin@Work, and the L1 by itself."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from guichet.demo import fixtures
from tests.browser import LOOKS, PHONE, Window, faults, fits
from tests.e2e.cameras import Open, camera
from tests.portal.visits import Told, Visit, filled, visit

__all__ = ["camera", "filled", "visit"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
ENTER, POSTER = "/checkin/enter/", f"https://portal.example.org/s/{fixtures.S2}"


def scan(page: Page) -> None:
    page.goto(ENTER)
    page.get_by_role("button", name="Scan the L1 and the poster").click()


@pytest.mark.parametrize("is_l1_first", [True, False])
def test_p79_two_codes_before_the_camera_and_one_tap_register(
    camera: Open, filled: Told, is_l1_first: bool
) -> None:
    codes = [filled.l1, POSTER] if is_l1_first else [POSTER, filled.l1]
    page = camera(*codes, who="clerk")
    scan(page)

    expect(page.get_by_role("heading", name="Read from the codes")).to_be_visible(timeout=20_000)
    read = page.locator("section[aria-labelledby=scanned]")
    expect(read).to_contain_text("Zieliński Marek")
    expect(read).to_contain_text(fixtures.FOREIGN_VAT)
    expect(read).to_contain_text("Campus De Wulp")
    assert faults(page) == []
    assert fits(page)
    page.get_by_role("button", name="Register", exact=True).last.click()

    expect(page.get_by_text(re.compile(r"Registered, receipt \d{15}"))).to_be_visible()
    assert faults(page) == []


def test_p79_one_code_alone_is_kept_when_the_camera_is_closed(camera: Open, filled: Told) -> None:
    page = camera(filled.l1, who="clerk")
    scan(page)
    expect(page.get_by_text("The L1 was read. Now the code of the poster")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Close and go on typing").click()

    expect(page.get_by_text("Scan or type what is missing.")).to_be_visible()
    expect(page.get_by_label("National number, or Limosa number")).to_have_value(fixtures.LIMOSA)


def test_p81_a_foreign_code_is_said_and_what_was_typed_stays(camera: Open) -> None:
    page = camera("https://fr.example.org/badge/BTP-2231", who="clerk")
    page.goto(ENTER)
    page.get_by_label("Number of the site").fill(fixtures.S2)
    page.get_by_role("button", name="Scan the L1 and the poster").click()

    expect(page.get_by_text("neither that of an L1 nor that of a site")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name="Close and go on typing").click()

    expect(page.get_by_label("Number of the site")).to_have_value(fixtures.S2)


def test_without_script_the_numbers_are_typed(visit: Visit) -> None:
    page = visit("clerk", java_script_enabled=False, viewport=PHONE)
    page.goto(ENTER)
    expect(page.get_by_role("button", name="Scan the L1 and the poster")).to_be_hidden()
    page.get_by_label("National number, or Limosa number").fill(fixtures.LIMOSA)
    page.get_by_label("Number of the site").fill(fixtures.S2)
    page.get_by_label("Number of the site").press("Enter")

    expect(page.get_by_text(re.compile(r"Registered, receipt \d{15}"))).to_be_visible()


def opened(page: Page, filled: Told) -> Page:
    parts = urlsplit(filled.l1)
    page.goto(f"{parts.path}?{parts.query}")
    return page


@pytest.mark.parametrize("has_script", [True, False])
def test_p80_the_holder_of_an_l1_registers_by_keyboard_and_sees_no_registrations(
    visit: Visit, filled: Told, window: Window, has_script: bool
) -> None:
    page = opened(visit(None, viewport=PHONE, java_script_enabled=has_script), filled)
    page.get_by_label("Number of the site").fill(fixtures.S2)
    page.get_by_label("Number of the site").press("Enter")
    expect(page.get_by_role("heading", name="Presence registered")).to_be_visible()
    assert fits(page)

    page.get_by_role("link", name="My registrations").click()

    expect(page.get_by_text("does not prove who holds it")).to_be_visible()
    assert fits(page)
    # What the browser says of the refusal is no complaint.
    window.complaints[:] = [one for one in window.complaints if "403 (" not in one]


def test_p80_the_poster_is_scanned_for_the_l1(camera: Open, filled: Told) -> None:
    page = opened(camera(POSTER, who=""), filled)
    page.get_by_role("button", name="Scan the poster").click()

    page.wait_for_url(f"**/l1/register/?site={fixtures.S2}")
    expect(page.get_by_label("Number of the site")).to_have_value(fixtures.S2)
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.get_by_role("heading", name="Presence registered")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_of_an_l1_has_a_fault_that_a_program_finds(
    visit: Visit, filled: Told, look: str
) -> None:
    page = opened(visit(None, **LOOKS[look]), filled)
    assert faults(page) == []
    assert fits(page)
    page.get_by_label("Number of the site").fill("x")
    page.get_by_label("Number of the site").press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Number of the site").fill(fixtures.S2)
    page.get_by_label("Number of the site").press("Enter")
    expect(page.get_by_role("heading", name="Presence registered")).to_be_visible()
    assert faults(page) == []
    assert fits(page)
