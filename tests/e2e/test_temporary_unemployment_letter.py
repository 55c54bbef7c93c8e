"""From the letter with access codes to the service, page by page, as the instructions tell it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import Window, faults, fits
from tests.e2e import letter
from tests.e2e.letter import APOSTROPHE, Post

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# The title of each page that the instructions picture, in its order.
TITLES = {
    "service": "Chômage temporaire",
    "first": "Première connexion du Responsable des Accès",
    "details": f"Enregistrement d{APOSTROPHE}un Responsable des Accès",
}
BUTTONS = {"first": "Suivant", "details": "Suivant", "confirm": "Confirmer"}


@pytest.fixture(scope="module")
def post(worker_id: str, database_url: str) -> Iterator[Post]:
    with letter.posted(url=database_url, name=f"guichet_letter_{worker_id}") as one:
        yield one


@pytest.fixture
def window(browser: Browser, post: Post) -> Iterator[Window]:
    window = Window(browser, post.live)
    yield window
    window.close()
    assert window.complaints == []


def sound(page: Page, step: str) -> None:
    """The page has its title and button, fits, and has no fault that a program finds."""
    if step in TITLES:
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLES[step])
    if step in BUTTONS:
        expect(page.get_by_role("button", name=BUTTONS[step])).to_be_visible()
    assert faults(page) == [], step
    assert fits(page), step


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, {"width": 360, "height": 800}],
                         ids=["desktop", "phone"])  # fmt: skip
def test_sc73_sc80_the_letter_leads_to_the_service_in_nine_steps(
    window: Window, post: Post, size: dict[str, int]
) -> None:
    one, page = post.next_letter(), window.page(locale="fr-BE", viewport=size)

    letter.read_service(page, sound)
    letter.first_connection(page, one, sound)
    letter.arrive(page, post, one, sound)


def test_sc75_the_letter_leads_to_the_service_without_javascript_and_its_codes_are_dead_then(
    window: Window, post: Post
) -> None:
    one, page = post.next_letter(), window.page(locale="fr-BE", java_script_enabled=False)
    letter.read_service(page)
    letter.first_connection(page, one)

    letter.announce(page, one.name, one.password)
    expect(page.get_by_role("alert")).to_contain_text("ne correspondent pas")
    letter.arrive(page, post, one)


def test_sc74_who_leaves_before_the_confirmation_begins_anew_with_the_letter(
    window: Window, post: Post
) -> None:
    one = post.next_letter()
    first = window.page(locale="fr-BE")
    letter.read_service(first)
    letter.announce(first, one.name, one.password)
    expect(first.get_by_role("heading", level=1)).to_have_text(TITLES["first"])

    page = window.page(locale="fr-BE")
    letter.read_service(page)
    letter.first_connection(page, one)
    letter.arrive(page, post, one)


@pytest.mark.parametrize("language", ["nl-BE", "de-BE", "en-GB"])
def test_the_way_is_the_same_in_another_language(window: Window, post: Post, language: str) -> None:
    one, page = post.next_letter(), window.page(locale=language)

    letter.read_service(page)
    letter.first_connection(page, one)
    letter.arrive(page, post, one)
