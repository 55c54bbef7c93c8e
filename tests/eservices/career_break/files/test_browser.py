"""Attachments in a real browser: by a program, narrow, by keyboard and without JavaScript."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import LOOKS, PHONE, Window, faults, fits
from tests.database import REPOSITORY
from tests.documents.attachments import samples
from tests.live import Live
from tests.live_of_module import live

__all__ = ["live"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES: Final = (
    "/career-break/requests/{full}/attachments/",
    "/career-break/requests/{lacking}/attachments/",
    "/career-break/requests/{full}/",
    "/career-break/attachments/",
    "/career-break/notices/{notice}/attachments/",
    "/career-break/notices/{notice}/",
    "/career-break/files/{notice}/",
    "/career-break/notices/mine/{notice}/",
)
FILE: Final[FilePayload] = {
    "name": "attestation.pdf", "mimeType": "application/pdf", "buffer": samples.pdf(),
}  # fmt: skip
Go = Callable[..., Page]
_TOLD: dict[str, dict[str, Any]] = {}


@pytest.fixture
def told(live: Live) -> dict[str, Any]:
    """What the live portal holds, made once."""
    if live.dsn not in _TOLD:
        path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
        done = subprocess.run(
            [sys.executable, "-m", "tests.eservices.career_break.files.live_pages"],
            env=live.variables | {"PYTHONPATH": path}, cwd=REPOSITORY,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        _TOLD[live.dsn] = json.loads(done.stdout.splitlines()[-1])
    return _TOLD[live.dsn]


@pytest.fixture
def go(window: Window, live: Live, told: dict[str, Any]) -> Go:
    """Open a page as the clerk of the firm, or as the worker where it is his."""

    def opened(place: str, **options: Any) -> Page:
        page = window.page(**options)
        who = "worker" if "/mine/" in place or "/files/" in place else "clerk"
        cookie = {"name": "guichet_portal", "value": told[who], "url": live.portal}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of Playwright
        answer = page.goto(place.format(**told))
        assert answer is not None
        assert answer.status == 200, place
        return page

    return opened


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", PAGES)
def test_a_page_has_no_fault_that_a_program_finds(go: Go, place: str, look: str) -> None:
    page = go(place, locale="fr-BE", **LOOKS[look])

    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["nl-BE", "de-BE", "en-GB"])
def test_every_page_fits_the_narrowest_phone_in_every_language(
    go: Go, told: dict[str, Any], language: str
) -> None:
    for place in PAGES:
        page = go(place, locale=language, viewport={"width": 320, "height": 800})
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert fits(page), place


def _opened(go: Go, told: dict[str, Any], at: int, **options: Any) -> Page:
    place = f"/career-break/requests/{told['free'][at]}/attachments/"
    return go(place, locale="fr-BE", **options)


@pytest.mark.parametrize("has_script", [True, False])
def test_a_file_is_chosen_applied_opened_and_deleted(
    go: Go, told: dict[str, Any], has_script: bool
) -> None:
    page = _opened(go, told, has_script, viewport=PHONE, java_script_enabled=has_script)
    expect(page.get_by_text("Pièce jointe non reçue")).to_be_visible()
    expect(page.get_by_label("Veuillez donner une description")).to_be_visible(
        visible=not has_script
    )
    page.get_by_label("Choisir un fichier", exact=True).set_input_files(FILE)
    page.locator("button[value=add]:not([tabindex])").click()
    expect(page.get_by_text("Pas encore envoyé").first).to_be_visible()

    page.get_by_role("button", name="Appliquer les changements").click()

    expect(page.get_by_text("Changements effectués.")).to_be_visible()
    expect(page.get_by_text("Pièce jointe non reçue")).to_have_count(0)
    assert fits(page)
    with page.expect_download() as saving:
        page.get_by_role("link", name="attestation.pdf").click()
    assert saving.value.suggested_filename == "attestation.pdf"
    page.get_by_role("button", name="Supprimer : attestation.pdf").click()
    expect(page.get_by_role("heading", name="Supprimer ce fichier")).to_be_visible()
    assert not has_script or faults(page) == []
    page.get_by_role("button", name="Supprimer le fichier").click()
    expect(page.get_by_text("Pièce jointe non reçue")).to_be_visible()


def test_another_document_asks_for_its_description_and_says_what_is_wrong(
    go: Go, told: dict[str, Any]
) -> None:
    page = _opened(go, told, 2)
    page.get_by_label("Document *").select_option("other")
    box = page.get_by_label("Veuillez donner une description")
    expect(box).to_be_visible()
    expect(page.get_by_text("200 caractères restants")).to_be_visible()
    page.get_by_label("Choisir un fichier", exact=True).set_input_files(
        {**FILE, "buffer": samples.png(), "name": "photo.jpg"}
    )

    page.locator("button[value=add]:not([tabindex])").click()

    expect(page.get_by_role("link", name="Seuls les fichiers PDF ou JPG")).to_be_visible()
    expect(page.get_by_role("link", name="Donnez une description")).to_be_visible()
    assert faults(page) == []


def test_the_keyboard_alone_attaches_a_file(go: Go, told: dict[str, Any]) -> None:
    page = _opened(go, told, 2)
    page.get_by_label("Document *").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_attribute("type", "file")
    focused.set_input_files({**FILE, "name": "clavier.pdf"})
    for _ in range(2):
        page.keyboard.press("Tab")
        if page.locator(":focus").get_attribute("value") == "add":
            break
    expect(page.locator(":focus")).to_have_attribute("value", "add")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="clavier.pdf")).to_be_visible()
