"""Remaining credit, simulator and codes in a real browser: by a program, narrow, without script."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import LOOKS, PHONE, Window, faults, fits
from tests.database import REPOSITORY
from tests.live import Live
from tests.live_of_module import live

__all__ = ["live"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
CREDIT: Final = "/career-break/credit/"
OPEN: Final = f"{CREDIT}open-simulator/"
PAGES: Final = (
    ("worker", CREDIT),
    ("worker", f"{CREDIT}simulator/"),
    ("worker", f"{CREDIT}codes/"),
    ("worker", f"{CREDIT}codes/new/"),
    ("worker", f"{CREDIT}codes/{{code}}/"),
    ("clerk", "/career-break/attestations/"),
    ("clerk", "/career-break/attestations/{used}/"),
    ("", OPEN),
)
Go = Callable[..., Page]
_TOLD: dict[str, dict[str, Any]] = {}


@pytest.fixture
def told(live: Live) -> dict[str, Any]:
    """What the live portal holds, made once."""
    if live.dsn not in _TOLD:
        path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
        done = subprocess.run(
            [sys.executable, "-m", "tests.eservices.career_break.credit.live_pages"],
            env=live.variables | {"PYTHONPATH": path}, cwd=REPOSITORY,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        _TOLD[live.dsn] = json.loads(done.stdout.splitlines()[-1])
    return _TOLD[live.dsn]


@pytest.fixture
def go(window: Window, live: Live, told: dict[str, Any]) -> Go:
    """Open a page as the worker, as the clerk of his firm, or as a visitor."""

    def opened(who: str, place: str, **options: Any) -> Page:
        page = window.page(**options)
        if who:
            cookie = {"name": "guichet_portal", "value": told[who], "url": live.portal}
            page.context.add_cookies([cookie])  # type: ignore[list-item]  # of Playwright
        answer = page.goto(place.format(**told))
        assert answer is not None
        assert answer.status == 200, place
        return page

    return opened


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("who", "place"), PAGES)
def test_a_page_has_no_fault_that_a_program_finds(go: Go, who: str, place: str, look: str) -> None:
    page = go(who, place, **LOOKS[look])

    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("look", LOOKS)
def test_an_answer_has_no_fault_that_a_program_finds(
    go: Go, told: dict[str, Any], look: str
) -> None:
    page = go("worker", f"{CREDIT}simulator/", **LOOKS[look])
    _ask(page, told["first"])
    page.get_by_role("button", name="Simulate").last.click()

    expect(page.get_by_role("heading", name="What the rule says")).to_be_visible()
    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
def test_every_page_fits_the_narrowest_phone_in_every_language(go: Go, language: str) -> None:
    for who, place in PAGES:
        page = go(who, place, locale=language, viewport={"width": 320, "height": 800})
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert fits(page), place


def test_the_answer_comes_while_typing(go: Go, told: dict[str, Any]) -> None:
    page = go("", OPEN)
    _ask(page, told["first"])

    expect(page.locator("#cr-short")).to_contain_text("Right to the interruption")
    expect(page.locator("#cr-whole")).to_contain_text("The same credit in every régime")
    page.locator("[name=regime][value=half]").check()
    page.locator("[name=count]").fill("3")
    expect(page.locator("#cr-whole")).to_contain_text("Nearest ends that are possible")


def test_without_script_the_button_answers_on_a_phone(go: Go, told: dict[str, Any]) -> None:
    page = go("", OPEN, viewport=PHONE, java_script_enabled=False)
    expect(page.locator("[name=motive]")).to_be_hidden()
    expect(page.locator("[name=changed_on]")).to_be_hidden()
    _ask(page, told["first"])
    expect(page.locator("[name=parentage]")).to_be_visible()
    page.get_by_role("button", name="Simulate").last.click()

    expect(page.get_by_role("heading", name="What is paid")).to_be_visible()
    assert fits(page)


def _ask(page: Page, first: str) -> None:
    page.locator("[name=leave][value=parental]").check()
    page.locator("[name=regime][value=full]").check()
    page.locator("[name=first_day]").fill(first)
    page.locator("[name=count]").fill("1")
