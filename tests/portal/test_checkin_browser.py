"""Checkin@Work in a browser: a crew by keyboard and without script, every page by a program."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import LOOKS, PHONE, faults, fits
from tests.portal.visits import Visit, filled, visit

__all__ = ["filled", "visit"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
S2 = "1Y103CF8204TZ"


def _to_crew(page: Page, base: str = "") -> None:
    page.goto(f"{base}/checkin/assistant/")
    page.locator(f"input[name=chosen][value='{S2}']").check()
    page.locator("main form[class] button").click()
    expect(page.locator("input[name=people]").first).to_be_visible()


def _to_days(page: Page) -> None:
    _to_crew(page)
    for at in range(3):
        page.locator("input[name=people]").nth(at).check()
    page.locator("main form button.govuk-button").last.click()
    expect(page.locator("input[name=first]")).to_be_visible()


def _to_check(page: Page) -> None:
    _to_days(page)
    for at in range(7):
        page.locator("input[name=weekdays]").nth(at).check()
    page.locator("main form button.govuk-button").last.click()
    expect(page.locator(".ck-grid")).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False])
def test_p76_a_crew_is_registered_on_a_phone(visit: Visit, has_script: bool) -> None:
    page = visit("clerk", viewport=PHONE, java_script_enabled=has_script, locale="fr-BE")
    _to_check(page)
    assert fits(page)

    page.get_by_role("button", name=re.compile("^Enregistrer")).last.click()

    expect(
        page.get_by_role("heading", level=2, name=re.compile("présences? traitées?"))
    ).to_be_visible()
    assert re.fullmatch(r".*/checkin/assistant/[0-9a-f-]{36}/", page.url)
    assert fits(page)
    page.get_by_role("link", name="Vers les présences, pour en annuler une").click()
    page.locator("tbody input[name=receipts]").first.check()  # others may be withdrawn already
    page.get_by_label("Motif").select_option("PLANNING")
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("Une présence est annulée.")).to_be_visible()


def test_a_crew_is_registered_by_keyboard_alone(visit: Visit) -> None:
    page = visit("clerk", java_script_enabled=False)
    page.goto("/checkin/assistant/")
    page.locator(f"input[name=chosen][value='{S2}']").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.locator("input[name=people]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    for at in (5, 6):
        page.locator("input[name=weekdays]").nth(at).focus()
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing is registered yet")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Register")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("presences handled of"))).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_of_the_assistant_has_a_fault_that_a_program_finds(visit: Visit, look: str) -> None:
    page = visit("clerk", **LOOKS[look])
    for place in ("/checkin/", "/checkin/enter/", "/checkin/assistant/", "/checkin/?first=x"):
        page.goto(place)
        assert faults(page) == [], place
        assert fits(page), place
    for step in (_to_crew, _to_days, _to_check):
        step(page)
        assert faults(page) == [], step
        assert fits(page), step
    page.get_by_role("button", name=re.compile("^Register")).click()
    expect(page.locator(".ck-grid")).to_be_visible()
    assert faults(page) == []
    page.goto("/checkin/?scope=sites")
    page.locator("tbody a").first.click()
    assert faults(page) == []
    page.goto("/checkin/enter/")
    page.get_by_label("National number, or Limosa number").fill("x")
    page.get_by_role("button", name="Check first").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
def test_the_pages_fit_a_narrow_screen_in_every_language(visit: Visit, language: str) -> None:
    narrow: dict[str, Any] = {"width": 320, "height": 800}
    page = visit("clerk", locale=language, viewport=narrow)
    for place in ("/checkin/", "/checkin/enter/", "/checkin/assistant/"):
        page.goto(place)
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert fits(page), place
    _to_check(page)
    assert fits(page)
