"""The e-Box in a browser: no fault that a program finds, in four languages, without script too."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import database
from tests.browser import LOOKS, PHONE, Window, faults, fits
from tests.database import REPOSITORY
from tests.live import Live, made

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLACES = (
    ("manager", "/ebox/"),
    ("manager", "/ebox/?read=read&ending=on"),
    ("manager", "/ebox/?first=x"),
    ("manager", "/ebox/?page=2"),
    ("manager", "/ebox/messages/{message}/"),
    ("manager", "/ebox/messages/{message}/?show={document}"),
    ("manager", "/ebox/messages/{question}/"),
    ("manager", "/ebox/?search={search}"),
    ("manager", "/ebox/?place=deleted"),
    ("manager", "/ebox/folders/"),
    ("manager", "/ebox/folders/{folder}/"),
    ("manager", "/ebox/preferences/"),
    ("manager", "/ebox/programs/"),
    ("manager", "/ebox/programs/allow/?client={client}"),
    ("manager", "/ebox/programs/allow/?client=a b"),
    ("manager", "/ebox/programs/{program}/withdraw/"),
    ("manager", "/ebox/address/"),
    ("founder", "/ebox/"),
    ("founder", "/ebox/preferences/"),
    ("founder", "/ebox/folders/"),
    ("founder", "/ebox/programs/"),
    ("citizen", "/ebox/"),
    ("citizen", "/ebox/messages/{own}/"),
    ("citizen", "/ebox/preferences/"),
    ("citizen", "/ebox/address/"),
    ("citizen", "/ebox/withdraw/"),
    ("newcomer", "/ebox/"),
    ("newcomer", "/ebox/activation/"),
)
_TOLD: dict[str, dict[str, Any]] = {}
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def live(worker_id: str, database_url: str) -> Iterator[Live]:
    """A portal of these tests alone: nobody else fills it, no worker decides beside it."""
    name = f"guichet_ebox_{worker_id}"
    with tempfile.TemporaryDirectory(prefix="guichet-ebox-") as folder:
        made_here = made(url=database_url, name=name, folder=Path(folder))
        try:
            made_here.start("portal")
            yield made_here
        finally:
            made_here.stop_all()
            database.drop(database_url, name)


@pytest.fixture
def told(live: Live) -> dict[str, Any]:
    """What stands in the boxes of the live portal, once for each worker."""
    if live.dsn not in _TOLD:
        done = subprocess.run(
            [sys.executable, "-m", "tests.ebox.live_world"],
            env=live.variables | {"PYTHONPATH": f"{live.variables['PYTHONPATH']}:{REPOSITORY}"},
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        _TOLD[live.dsn] = json.loads(done.stdout.splitlines()[-1])
    return _TOLD[live.dsn]


@pytest.fixture
def opened(window: Window, live: Live, told: dict[str, Any]) -> Opened:
    """A page of somebody in the world."""

    def open_(who: str, **options: Any) -> Page:
        page = window.page(**options)
        cookie = {"name": "guichet_portal", "value": told[who], "url": live.portal}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of Playwright
        return page

    return open_


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("who", "place"), PLACES)
def test_a_page_has_no_fault_that_a_program_finds(
    opened: Opened, told: dict[str, Any], who: str, place: str, look: str
) -> None:
    page = opened(who, **LOOKS[look])

    page.goto(place.format(**told))

    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
def test_the_pages_fit_a_narrow_screen_in_every_language(
    opened: Opened, told: dict[str, Any], language: str
) -> None:
    for who in ("manager", "citizen", "newcomer"):
        page = opened(who, locale=language, viewport={"width": 320, "height": 800})
        for place in (place for name, place in PLACES if name == who):
            page.goto(place.format(**told))
            assert page.locator("html").get_attribute("lang") == language[:2]
            assert fits(page), place


@pytest.mark.parametrize("has_script", [True, False])
def test_a_letter_is_found_read_and_moved_on_a_phone(
    opened: Opened, told: dict[str, Any], has_script: bool
) -> None:
    page = opened("manager", viewport=PHONE, java_script_enabled=has_script)
    page.goto("/ebox/")
    filters = page.locator("summary", has_text="Search and filter")
    if filters.count():
        filters.click()
    page.get_by_label("Words of the subject or the sender").fill("interruption")
    with page.expect_navigation():  # the list that is left has the link too
        page.get_by_role("button", name="Search", exact=True).click()
    assert "interruption" not in page.url

    page.get_by_role("link", name="Interruption de carrière").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Interruption de carrière")
    expect(page.get_by_text("Nous avons bien reçu votre demande.")).to_be_visible()
    expect(page.get_by_role("link", name="lettre.pdf").first).to_be_visible()


def test_a_letter_is_opened_by_keyboard(opened: Opened, told: dict[str, Any]) -> None:
    page = opened("citizen")
    page.goto("/ebox/")

    page.get_by_role("link", name="Ihre Bescheinigung").first.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Ihre Bescheinigung")


@pytest.mark.parametrize("has_script", [True, False])
def test_a_question_is_answered_and_a_search_is_kept_by_keyboard(
    opened: Opened, told: dict[str, Any], has_script: bool
) -> None:
    page = opened("manager", java_script_enabled=has_script)
    page.goto("/ebox/messages/{question}/".format(**told))
    page.get_by_label("Your answer").focus()
    page.keyboard.type(f"Oui, script {has_script}.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your answer is with the sender.")).to_be_visible()
    expect(page.get_by_text(f"Oui, script {has_script}.")).to_be_visible()

    page.goto("/ebox/?read=unread")
    page.get_by_label("Words of the subject or the sender").fill("attestation 7")
    page.get_by_label("Keep this search as").focus()
    page.keyboard.type(f"Sept {has_script}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=f"Sept {has_script}")).to_be_visible()
    expect(page.get_by_role("link", name="Attestation 7", exact=True)).to_be_visible()


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE", "en-GB"])
def test_a_printed_message_is_the_letter_without_its_tools(
    opened: Opened, told: dict[str, Any], language: str
) -> None:
    page = opened("manager", locale=language)
    page.goto(f"/ebox/messages/{told['question']}/")
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Venez-vous?")).to_be_visible()
    expect(page.locator(".eb-facts")).to_be_visible()
    for tool in ("button", "textarea", "input", "select", "nav", ".eb-print-not", ".p-back"):
        for one in page.locator(f"main {tool}, header {tool}").all():
            assert not one.is_visible(), one.evaluate("found => found.outerHTML")
    # Nothing of it runs out of a sheet of paper.
    page.set_viewport_size({"width": 673, "height": 950})
    assert fits(page)


def test_a_printed_list_has_its_rows_and_no_boxes_to_tick(opened: Opened) -> None:
    page = opened("manager")
    page.goto("/ebox/")
    page.emulate_media(media="print")

    expect(page.get_by_role("link", name="Attestation 29")).to_be_visible()
    for one in page.locator("main button, main input, main select, main summary").all():
        assert not one.is_visible()
