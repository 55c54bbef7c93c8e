"""The outbox of the simulation, by a program: every look, a narrow screen, every language."""

import pytest
from playwright.sync_api import expect

from tests.browser import LOOKS, Window, faults, fits
from tests.counter import Counter

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OUTBOX = "/demo/outbox/"
PAGES = (OUTBOX, OUTBOX + "?page=2", OUTBOX + "?of=nobody")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", PAGES)
def test_the_outbox_has_no_fault_that_a_program_finds(
    at_counter: Window, counter: Counter, place: str, look: str
) -> None:
    page = at_counter.page(**LOOKS[look])

    page.goto(place)

    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
@pytest.mark.parametrize("place", PAGES)
def test_the_outbox_fits_a_narrow_screen_in_every_language(
    at_counter: Window, counter: Counter, place: str, language: str
) -> None:
    page = at_counter.page(locale=language, viewport={"width": 320, "height": 800})

    page.goto(place)

    assert page.locator("html").get_attribute("lang") == language[:2]
    assert fits(page)


def test_a_visitor_finds_the_letters_of_one_person(at_counter: Window, counter: Counter) -> None:
    page = at_counter.page()
    page.goto("/demo/personas/")
    page.get_by_role("link", name="Outbox of the simulation").click()

    page.get_by_label("Sent to").select_option(
        "Gabriela Van den Eynde-Dusseldorp, Rue de la Fontaine 12, 1000 Bruxelles"
    )
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_role("article")).to_have_count(8)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the letter (PDF)").first.click()
    assert download.value.suggested_filename.startswith("guichet-letter-")
