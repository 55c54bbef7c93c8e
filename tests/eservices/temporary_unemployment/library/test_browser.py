"""The public pages in a real browser: no fault that a program finds, phone, keyboard, no script."""

import pytest
from playwright.sync_api import expect

from guichet.eservices.temporary_unemployment.library.techlib import examples
from tests.browser import LOOKS, Window, faults, fits
from tests.eservices.temporary_unemployment.library.reading import AT, SERVICE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLACES = (
    SERVICE,
    *(AT + place for place in (
        "about/", "who/", "after/", "access/", "manual/", "committees/", "film/?step=3",
        "dates/announce/?start=2025-04-22&posted=2025-04-15", "dates/accident/?day=2025-04-18",
        "dates/first-day/?reason=E&day=x",
        "dates/closure/?day=2025-07-07&days=15&left=6&week=5&used=0",
        "dates/medical/?day=2025-03-17&case=temporary&since=2024-09-18&age=66",
        "library/", "library/glossary/", "library/examples/", "library/anomalies/",
        "library/validator/", "library/decision/",
    )),
)  # fmt: skip
PHONE = {"width": 360, "height": 800}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", PLACES)
def test_a_page_has_no_fault_that_a_program_finds(window: Window, place: str, look: str) -> None:
    page = window.page(locale="fr-BE", **LOOKS[look])

    page.goto(place)

    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["nl-BE", "de-BE", "en-GB"])
@pytest.mark.parametrize("place", PLACES)
def test_a_page_fits_a_phone_in_every_language(window: Window, place: str, language: str) -> None:
    page = window.page(locale=language, viewport=PHONE)

    page.goto(place)

    assert page.locator("html").get_attribute("lang") == language[:2]
    assert fits(page)


def test_a_date_is_reckoned_with_the_keyboard_and_without_a_script(window: Window) -> None:
    page = window.page(locale="fr-BE", java_script_enabled=False)
    page.goto(AT + "dates/first-day/")

    page.get_by_label("Premier jour effectif").fill("2025-04-22")
    page.get_by_role("button", name="Calculer").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="La réponse")).to_be_visible()
    expect(page.get_by_role("table").first).to_contain_text("lundi 14 avril 2025")


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "plain"])
def test_a_file_is_validated_in_the_language_of_the_reader(
    window: Window, has_script: bool
) -> None:
    page = window.page(locale="fr-BE", java_script_enabled=has_script)
    page.goto(AT + "library/validator/")

    content = examples.BY_KEY["notification"].make()
    file = {"name": "FI.xml", "mimeType": "text/xml", "buffer": content}
    page.get_by_label("Fichier de communications (XML)").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Contrôler").click()

    report = page.get_by_role("region", name="Ce que le service répondrait")
    expect(report).to_contain_text("Le fichier serait refusé dans son ensemble")
    if has_script:
        assert faults(page) == []


def test_a_refused_form_of_a_file_is_shown_with_its_place(window: Window) -> None:
    page = window.page(locale="fr-BE", viewport=PHONE)
    page.goto(AT + "library/validator/")
    content = examples.BY_KEY["expected"].make().decode()

    page.get_by_label("Ou collez son contenu").fill(content.replace("85073003328", "85073003329"))
    page.get_by_role("button", name="Contrôler").click()

    expect(page.get_by_text("/TWCT/Form[1]/NaturalPerson[1]/INSS")).to_be_visible()
    assert faults(page) == []
    assert fits(page)


def test_the_film_goes_on_and_back_and_waits(window: Window) -> None:
    page = window.page(locale="fr-BE", java_script_enabled=False)
    page.goto(AT + "film/")

    page.get_by_role("link", name="Image suivante").click()
    expect(page.locator("#film")).to_contain_text("image 2 sur")
    page.get_by_role("link", name="Laisser dérouler").click()
    page.get_by_role("link", name="Pause").click()
    expect(page.locator("#film")).to_contain_text("image 2 sur")
    page.get_by_role("link", name="Image précédente").click()
    expect(page.locator("#film")).to_contain_text("image 1 sur")


def test_the_pages_print_without_menu_and_forms(window: Window) -> None:
    page = window.page(locale="fr-BE")
    page.goto(AT + "dates/announce/?start=2025-04-22")
    page.emulate_media(media="print")

    expect(page.locator(".g-nav")).to_be_hidden()
    expect(page.locator(".tl-ask")).to_be_hidden()
    expect(page.locator(".tl-facts")).to_be_visible()
