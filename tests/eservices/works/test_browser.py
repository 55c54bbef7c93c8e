"""Declarations of works in a real browser: by a program, narrow, and without JavaScript."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import LOOKS, Window, faults, fits
from tests.database import REPOSITORY
from tests.eservices.works import world
from tests.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES: Final = (
    "/works/",
    "/works/declare/new/who/",
    "/works/declare/new/works/",
    "/works/declare/new/places/",
    "/works/declare/new/chain/",
    "/works/declare/new/check/",
    "/works/{number}/",
    "/works/{number}/receipt/",
    "/works/{number}/cancel/",
    "/works/{number}/versions/2/",
    "/works/files/",
    "/works/files/{file}/",
)
OBLIGED: Final = "Everybody must register"
Go = Callable[..., Page]
_TOLD: dict[str, dict[str, Any]] = {}


@pytest.fixture
def go(window: Window, live: Live) -> Go:
    """Open a page as the clerk of a contractor."""
    if live.dsn not in _TOLD:
        path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
        done = subprocess.run(
            [sys.executable, "-m", "tests.eservices.works.live_pages"],
            env=live.variables | {"PYTHONPATH": path}, cwd=REPOSITORY,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        _TOLD[live.dsn] = json.loads(done.stdout.splitlines()[-1])
    told = _TOLD[live.dsn]

    def opened(place: str, **options: Any) -> Page:
        page = window.page(**options)
        cookie = {"name": "guichet_portal", "value": told["clerk"], "url": live.portal}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of Playwright
        answer = page.goto(place.format(**told))
        assert answer is not None
        assert answer.status == 200, place
        return page

    return opened


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", PAGES)
def test_a_page_has_no_fault_that_a_program_finds(go: Go, place: str, look: str) -> None:
    page = go(place, **LOOKS[look])

    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
@pytest.mark.parametrize("place", PAGES)
def test_a_page_fits_a_narrow_screen_in_every_language(go: Go, place: str, language: str) -> None:
    page = go(place, locale=language, viewport={"width": 320, "height": 800})

    assert page.locator("html").get_attribute("lang") == language[:2]
    assert fits(page)


def test_p89_p85_p84_works_are_declared_without_javascript_and_what_lacks_is_said(go: Go) -> None:
    page = go("/works/declare/new/who/", java_script_enabled=False)
    told = next(iter(_TOLD.values()))
    page.get_by_role("button", name="Begin anew").click()
    page.get_by_label("Enterprise number of the principal").fill(world.OWNER)
    _on(page)
    expect(page.get_by_text("Enter a telephone number").first).to_be_visible()
    expect(page.get_by_label("Enterprise number of the principal")).to_have_value(world.OWNER)
    page.get_by_label("First name").fill("Inès")
    page.get_by_label("Family name").fill("Delvaux")
    page.get_by_label("Telephone").fill("081 00 00 00")
    _on(page)
    page.get_by_label("Kind of works").select_option("1")
    page.get_by_label("Amount of the contract").fill("29 999")
    page.get_by_label("First day of the works").fill(told["first"])
    page.get_by_label("Last day of the works").fill(told["last"])
    _on(page)
    page.get_by_label("Street").fill("Wulpenkaai")
    page.get_by_label("Number").first.fill("52")
    page.get_by_label("Postcode").fill("9000")
    page.get_by_label("Town").fill("Gent")
    page.get_by_role("button", name="Add an address").click()
    expect(page.get_by_label("Postcode")).to_have_count(2)
    page.get_by_role("button", name="Remove address 2").click()
    _on(page)
    _on(page)
    expect(page.get_by_text("No declaration is needed")).to_be_visible()

    page.goto("/works/declare/new/chain/")
    for at, firm in enumerate((world.ROOFER, world.PAINTER)):
        page.get_by_role("button", name="Add a subcontractor").click()
        page.get_by_label("Enterprise number, or foreign VAT number").nth(at).fill(firm)
    assert page.get_by_label("First day").first.input_value() == told["first"]
    assert faults_without_script(page)
    _on(page)
    for amount, obliged in (("500 000", "Nobody has to register"), ("500 000,01", OBLIGED)):
        _amount(page, amount)
        expect(page.get_by_text("A declaration is needed")).to_be_visible()
        expect(page.get_by_text(re.compile(obliged)).first).to_be_visible()
    _amount(page, "620 000")
    page.get_by_role("button", name="Send the declaration").click()
    expect(page.get_by_role("heading", name="Works declared")).to_be_visible()
    assert "1Y1" in page.locator(".wk-numbers").inner_text()
    expect(page.get_by_role("button", name="Poster with the QR code")).to_be_visible()


def _amount(page: Page, amount: str) -> None:
    """Another amount, and what it changes in the end."""
    page.goto("/works/declare/new/works/")
    page.get_by_label("Amount of the contract").fill(amount)
    for _ in range(3):
        _on(page)


def faults_without_script(page: Page) -> bool:
    """The page is whole without JavaScript: one heading of the first level, a main part."""
    return page.locator("h1").count() == 1 and page.locator("main").count() == 1


def _on(page: Page) -> None:
    with page.expect_navigation():  # else a second press may still meet the same page
        page.get_by_role("button", name="Go on", exact=True).last.click()
