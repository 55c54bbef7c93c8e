"""The map, its table and one site in a browser: axe, keyboard, no script, narrow, no tiles."""

import re

import pytest
from playwright.sync_api import Page, expect

from guichet.demo import fixtures
from tests.browser import LOOKS, PHONE, faults, fits
from tests.portal.visits import Told, Visit, filled, visit

__all__ = ["filled", "visit"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
BOARD = "/inspection/"
SITE = f"/inspection/sites/{fixtures.S1}/"


def _drawn(page: Page) -> None:
    page.goto(BOARD)
    expect(page.locator("#map")).to_have_attribute("data-ready", re.compile(r"^[1-9]\d*$"))


def _site(page: Page) -> None:
    page.goto("/inspection/purpose/?next=" + SITE)
    page.locator("[name=kind]").select_option("check")
    page.locator("[name=reference]").fill("CP-2026-0418")
    page.locator("main form button").click()
    expect(page.locator(".in-chart")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_the_map_has_no_fault_that_a_program_finds(visit: Visit, filled: Told, look: str) -> None:
    page = visit("agent", **LOOKS[look])
    _drawn(page)

    assert faults(page) == []
    assert fits(page)


def test_the_map_shows_as_many_points_as_the_table_has_sites_and_asks_nobody_else(
    visit: Visit, filled: Told
) -> None:
    page = visit("agent")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    _drawn(page)

    expect(page.locator(".in-point")).to_have_count(page.locator(".in-sites tbody tr").count())
    expect(page.locator(".in-ground")).to_have_count(12)
    assert not [url for url in asked if "tile" in url]


def test_a_point_is_opened_by_keyboard_and_leads_to_its_site(visit: Visit, filled: Told) -> None:
    page = visit("agent")
    _drawn(page)
    page.locator(".in-point[tabindex]").first.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".leaflet-popup-content b")).to_be_visible()
    page.locator(".leaflet-popup-content a").focus()
    page.keyboard.press("Enter")
    # With a purpose stated before, the site itself; else the question why.
    expect(page).to_have_url(re.compile(r"/inspection/(sites/1Y1\w+/|purpose/\?next=)"))


def test_without_script_the_table_and_the_filters_are_whole(visit: Visit, filled: Told) -> None:
    page = visit("agent", java_script_enabled=False, viewport=PHONE)
    page.goto(BOARD)
    expect(page.get_by_text("The map needs JavaScript.")).to_be_visible()
    page.locator("[name=activity]").select_option("construction")
    page.locator(".in-bar button").click()

    expect(page.locator(".in-sites tbody tr")).to_have_count(2)
    page.locator(".in-sites tbody a").first.click()
    expect(page).to_have_url(re.compile(r"/inspection/(sites/1Y1\w+/|purpose/\?next=)"))


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
@pytest.mark.parametrize("place", [BOARD, SITE])
def test_map_and_site_fit_a_narrow_screen_in_every_language(
    visit: Visit, filled: Told, language: str, place: str
) -> None:
    page = visit("agent", locale=language, viewport={"width": 320, "height": 800})
    if place == BOARD:
        _drawn(page)
    else:
        _site(page)

    assert page.locator("html").get_attribute("lang") == language[:2]
    assert fits(page)


@pytest.mark.parametrize("look", LOOKS)
def test_a_site_has_no_fault_that_a_program_finds(visit: Visit, filled: Told, look: str) -> None:
    page = visit("agent", **LOOKS[look])
    _site(page)

    expect(page.locator(".in-days")).to_be_visible()
    assert faults(page) == []
    assert fits(page)
