"""What an employer uses besides the lists, in a browser: plan, board, files, the grouped menu."""

import re

import pytest
from playwright.sync_api import Page, expect

from guichet.demo.fixtures import S1
from tests.browser import LOOKS, PHONE, faults, fits
from tests.portal.visits import Visit, filled, visit

__all__ = ["filled", "visit"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
BOARD, PLAN = "/presence/staff/expected/", f"/presence/staff/expected/{S1}/"
FILES = "/presence/staff/files/"
PAGES = (BOARD, PLAN, FILES, "/presence/staff/duties/")


def _plan_everybody(page: Page) -> None:
    """One person, every day, from midnight on: late at any hour of the clock but the first."""
    page.goto(PLAN)
    page.locator("input[name=people]").last.focus()
    page.keyboard.press("Space")
    for at in range(7):
        page.locator("input[name=weekdays]").nth(at).focus()
        page.keyboard.press("Space")
    page.locator("input[name=starts_at]").fill("00:00")
    page.locator("input[name=starts_at]").press("Enter")
    expect(page.locator("tbody tr").first).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_crew_is_planned_by_keyboard_and_expected(visit: Visit, has_script: bool) -> None:
    page = visit("clerk", java_script_enabled=has_script, locale="fr-BE")

    _plan_everybody(page)
    page.goto(BOARD)

    expect(page.locator("tbody tr").first).to_be_visible()
    expect(page.get_by_text(re.compile("prévu")).first).to_be_visible()


def test_a_plan_that_lacks_everything_says_it_on_top_and_at_each_field(visit: Visit) -> None:
    page = visit("clerk", viewport=PHONE)
    page.goto(PLAN)

    page.locator("main form[novalidate] button.govuk-button").last.click()

    expect(page.locator(".govuk-error-summary li")).to_have_count(3)
    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_of_the_employer_has_a_fault_that_a_program_finds(visit: Visit, look: str) -> None:
    page = visit("clerk", **LOOKS[look])
    _plan_everybody(page)

    for place in PAGES:
        page.goto(place)
        assert faults(page) == [], place
        assert fits(page), place


@pytest.mark.parametrize("locale", ["fr-BE", "nl-BE", "de-BE", "en-GB"])
def test_the_menu_is_one_line_on_a_desktop_in_every_language(visit: Visit, locale: str) -> None:
    page = visit("clerk", viewport={"width": 1280, "height": 800}, locale=locale)
    page.goto(BOARD)

    tops = (
        page.locator(".g-nav ul")
        .first.locator("a")
        .evaluate_all("all => all.map(one => Math.round(one.getBoundingClientRect().top))")
    )
    under = page.locator(".g-nav .g-sub a").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().top))"
    )

    assert len(tops) == 5
    assert len(set(tops)) == 1
    assert len(set(under)) == 1
    expect(page.locator(".g-nav [aria-current=page]")).to_have_count(1)


def test_the_menu_is_reached_by_keyboard_on_the_narrowest_phone(visit: Visit) -> None:
    page = visit("clerk", viewport={"width": 320, "height": 700})
    page.goto(BOARD)

    page.locator(".g-nav a").last.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".g-nav [aria-current=page]").first).to_be_visible()
    assert fits(page)
