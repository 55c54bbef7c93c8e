"""Interim@Work in a real browser: every page by a program, narrow, and without JavaScript."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import LOOKS, Window, faults, fits
from tests.database import REPOSITORY
from tests.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES: Final = (
    ("worker", "/interim/"),
    ("worker", "/interim/{day}/"),
    ("worker", "/interim/list/"),
    ("worker", "/interim/feed/"),
    ("worker", "/interim/export/"),
    ("worker", "/interim/relations/{relation}/"),
    ("worker", "/interim/relations/{relation}/report/"),
    ("worker", "/interim/reports/"),
    ("worker", "/interim/reports/{report}/"),
    ("agency", "/interim/agency/"),
    ("agency", "/interim/agency/{report}/"),
)
Go = Callable[..., Page]
_TOLD: dict[str, dict[str, Any]] = {}


@pytest.fixture
def go(window: Window, live: Live) -> Go:
    """Open a page as the worker or as the agency."""
    if live.dsn not in _TOLD:
        path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
        done = subprocess.run(
            [sys.executable, "-m", "tests.eservices.interim.live_pages"],
            env=live.variables | {"PYTHONPATH": path}, cwd=REPOSITORY,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        _TOLD[live.dsn] = json.loads(done.stdout.splitlines()[-1])
    told = _TOLD[live.dsn]

    def opened(who: str, place: str, **options: Any) -> Page:
        page = window.page(**options)
        cookie = {"name": "guichet_portal", "value": told[who], "url": live.portal}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
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


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
@pytest.mark.parametrize(("who", "place"), PAGES)
def test_a_page_fits_a_narrow_screen_in_every_language(
    go: Go, who: str, place: str, language: str
) -> None:
    page = go(who, place, locale=language, viewport={"width": 320, "height": 800})

    assert page.locator("html").get_attribute("lang") == language[:2]
    assert fits(page)


def test_i18_a_report_is_filled_in_by_keyboard_without_javascript_and_what_lacks_is_said(
    go: Go,
) -> None:
    page = go("worker", "/interim/relations/{relation}/report/", java_script_enabled=False)
    page.get_by_label("The days or the hours are wrong").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # sends the report, and does not go to attach a file

    expect(page.locator(".govuk-error-summary")).to_contain_text("Write what is wrong")
    expect(page.get_by_label("The days or the hours are wrong")).to_be_checked()
