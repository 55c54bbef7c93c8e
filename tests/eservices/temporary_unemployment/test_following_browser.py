"""Following communications in a real browser: by a program, narrow, and without JavaScript."""

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
from tests.live import Live
from tests.live_of_module import live

__all__ = ["live"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES: Final = (
    "/temporary-unemployment/",
    "/temporary-unemployment/months/{year}/{month}/",
    "/temporary-unemployment/limits/",
    "/temporary-unemployment/closed-days/{year}/",
    "/temporary-unemployment/representation/",
    "/temporary-unemployment/communications/{ticket}/",
    "/temporary-unemployment/communications/{gone}/",
)
DESK: Final = "/desk/crisis/"
Go = Callable[..., Page]
_TOLD: dict[str, dict[str, Any]] = {}


@pytest.fixture
def told(live: Live) -> dict[str, Any]:
    """What the live portal holds, made once."""
    if live.dsn not in _TOLD:
        path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
        done = subprocess.run(
            [sys.executable, "-m", "tests.eservices.temporary_unemployment.live_following"],
            env=live.variables | {"PYTHONPATH": path}, cwd=REPOSITORY,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        _TOLD[live.dsn] = json.loads(done.stdout.splitlines()[-1])
    return _TOLD[live.dsn]


@pytest.fixture
def go(window: Window, live: Live, told: dict[str, Any]) -> Go:
    """Open a page as the clerk of the firm, or as the agent."""

    def opened(place: str, who: str = "clerk", **options: Any) -> Page:
        page = window.page(**options)
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
    page = go(place, **LOOKS[look])

    assert faults(page) == []
    assert fits(page)


def test_the_desk_of_measures_has_no_fault_that_a_program_finds(go: Go) -> None:
    page = go(DESK, who="agent")

    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
def test_every_page_fits_the_narrowest_phone_in_every_language(
    go: Go, told: dict[str, Any], language: str
) -> None:
    page = go(PAGES[0], locale=language, viewport={"width": 320, "height": 800})
    for place in PAGES:
        page.goto(place.format(**told))
        assert fits(page), place


def test_without_javascript_a_worker_is_searched_and_a_day_off_is_kept(
    go: Go, told: dict[str, Any]
) -> None:
    from tests.eservices.temporary_unemployment.world import LUC

    page = go(PAGES[0], java_script_enabled=False, locale="en-GB")
    page.get_by_label("National register number").fill(LUC)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("row")).not_to_have_count(0)
    assert LUC not in page.url
    page.goto(PAGES[3].format(**told))
    page.get_by_label("Bridge days").fill(f"24/12/{told['year']}\n31/02/{told['year']}")
    page.get_by_role("button", name="Keep these days").click()
    expect(page.get_by_role("alert")).to_contain_text("Line 2: no day that exists")
    expect(page.get_by_label("Bridge days")).to_have_value(re.compile(r"24/12/\d{4}\s+31/02/\d{4}"))


def test_the_keyboard_reaches_the_picture_of_the_month(go: Go) -> None:
    page = go(PAGES[1], locale="en-GB", viewport={"width": 360, "height": 800})
    picture = page.get_by_role("region", name="Picture of the month")
    picture.focus()
    expect(picture).to_be_focused()
