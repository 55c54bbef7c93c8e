"""A Limosa declaration in a browser: by keyboard, without script, in every look."""

import re

import pytest
from playwright.sync_api import Page, expect

from guichet.demo import fixtures
from tests.browser import LOOKS, PHONE, faults, fits
from tests.portal.visits import Visit, filled, visit

__all__ = ["filled", "visit"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]


def who(page: Page) -> None:
    """The first step filled in."""
    page.goto("/limosa/")
    page.locator("main form[action$='/declare/'] button").first.click()
    page.locator("input[name=kind][value=employee]").check()
    page.locator("input[name=niss]").fill(fixtures.WB)
    page.locator("input[name=employer_vat]").fill(fixtures.FOREIGN_VAT)
    page.locator("input[name=client]").fill(fixtures.E1)
    page.locator("input[name=liaison_name]").fill("Anna Kowalska")
    page.locator("input[name=liaison_reach]").fill("anna@example.org")


def work(page: Page) -> None:
    """The second one."""
    page.locator("input[name=sector][value=construction]").check()
    page.locator("input[name=service]").fill("Masonry")
    page.locator("textarea[name=places]").fill(fixtures.S2)
    page.locator("input[name=first_day]").fill("2090-03-02")
    page.locator("input[name=last_day]").fill("2090-06-02")
    page.locator("input[name=weekly_minutes]").fill("38")
    page.locator("input[name=schedule]").fill("Monday to Friday")


@pytest.mark.parametrize("has_script", [True, False])
def test_a_posting_is_declared_on_a_phone_by_keyboard(visit: Visit, has_script: bool) -> None:
    page = visit("clerk", viewport=PHONE, java_script_enabled=has_script)
    who(page)
    page.keyboard.press("Enter")
    work(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Check and send")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name="Send the declaration").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("The declaration is accepted.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^\d{17}$"))).to_be_visible()
    assert fits(page)


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_of_a_declaration_has_a_fault_that_a_program_finds(visit: Visit, look: str) -> None:
    page = visit("clerk", **LOOKS[look])
    who(page)
    assert faults(page) == []
    assert fits(page)
    page.locator("input[name=client]").fill("1")
    page.locator("input[name=client]").press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []
    page.locator("input[name=client]").fill(fixtures.E1)
    page.locator("input[name=client]").press("Enter")
    work(page)
    assert faults(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Check and send")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Send the declaration").click()
    expect(page.get_by_text("The declaration is accepted.")).to_be_visible()
    assert faults(page) == []
    page.goto("/limosa/")
    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
def test_the_steps_speak_three_other_languages(visit: Visit, language: str) -> None:
    page = visit("clerk", locale=language, viewport={"width": 320, "height": 800})
    who(page)
    assert fits(page)
    page.keyboard.press("Enter")
    work(page)
    page.keyboard.press("Enter")

    expect(page.locator(".li-facts")).to_be_visible()
    assert fits(page)
