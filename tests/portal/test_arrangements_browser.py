"""Agreements, the kit and the duties in a browser: by keyboard, without script, in every look."""

import pytest
from playwright.sync_api import Page, expect

from guichet.demo.fixtures import S1
from tests.browser import LOOKS, PHONE, faults, fits
from tests.portal.test_arrangements import PDF
from tests.portal.visits import Visit, filled, visit

__all__ = ["filled", "visit"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIST, NEW = "/presence/staff/agreements/", "/presence/staff/agreements/new/"
KIT, SITE = "/presence/staff/kit/", f"/presence/staff/kit/{S1}/"
PAGES = (LIST, NEW, KIT, SITE, "/presence/staff/duties/")


def _record(page: Page) -> None:
    """An agreement with an agency on every site, filled in by keyboard."""
    page.goto(NEW)
    for name, value in (("role", "user"), ("registrar", "worker"), ("supplier", "us")):
        page.locator(f"input[name={name}][value={value}]").focus()
        page.keyboard.press("Space")
    page.locator("input[name=other]").fill("1000.000.120")
    page.locator("select[name=method]").select_option("phone")
    page.locator("textarea[name=description]").fill("Each on his own telephone.")
    given = {"name": "agreement.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator("input[name=document]").set_input_files(files=[given])  # type: ignore[list-item]
    page.locator("main form[novalidate] button.govuk-button").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("dl.pr-facts")).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False])
def test_an_agreement_is_recorded_by_keyboard(visit: Visit, has_script: bool) -> None:
    page = visit("clerk", java_script_enabled=has_script)

    _record(page)

    expect(page.locator("dl.pr-facts")).to_contain_text("agreement.pdf")


def test_forms_that_lack_everything_say_it_on_top_and_at_each_field(visit: Visit) -> None:
    page = visit("clerk", viewport=PHONE)

    for place, count in ((NEW, 7), (SITE, 2), (KIT, 2)):
        page.goto(place)
        for name in ("who", "phone"):
            for box in page.locator(f"main input[name={name}]").all():
                box.fill("")
        page.locator("main form[novalidate] button").last.click()
        expect(page.locator(".govuk-error-summary li")).to_have_count(count)
        assert faults(page) == [], place
        assert fits(page), place


def test_whom_to_ask_is_kept_and_the_kit_is_asked_for_without_script(visit: Visit) -> None:
    page = visit("clerk", java_script_enabled=False)
    page.goto(SITE)
    page.locator("input[name=who]").fill("Chantal")
    page.locator("input[name=phone]").fill("02 123 45 67")
    page.locator("input[name=phone]").press("Enter")

    page.locator(f"form[action='{SITE}make/'] button").click()

    page.wait_for_url("**/documents/**")


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_has_a_fault_that_a_program_finds(visit: Visit, look: str) -> None:
    page = visit("clerk", **LOOKS[look])
    _record(page)
    assert faults(page) == []
    assert fits(page)

    for place in PAGES:
        page.goto(place)
        assert faults(page) == [], place
        assert fits(page), place


@pytest.mark.parametrize("locale", ["fr-BE", "nl-BE", "de-BE"])
def test_every_page_fits_the_narrowest_phone_in_each_language(visit: Visit, locale: str) -> None:
    page = visit("clerk", **LOOKS["narrow"], locale=locale)

    for place in PAGES:
        page.goto(place)
        assert fits(page), place
