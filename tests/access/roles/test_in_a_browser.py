"""The pages of access management in a browser: no fault that a program finds, keys alone."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import LOOKS, Window, faults, fits
from tests.database import REPOSITORY
from tests.live import Live
from tests.portal.visits import Told

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLACES = (
    ("manager", "/access/"),
    ("manager", "/access/?soon=1"),
    ("manager", "/access/people/new/"),
    ("manager", "/access/people/{member}/"),
    ("manager", "/access/people/{member}/grant/"),
    ("manager", "/access/people/{member}/appoint/"),
    ("manager", "/access/managers/"),
    ("manager", "/access/represent/"),
    ("manager", "/access/represent/{number}/"),
    ("invited", "/access/mine/"),
    ("invited", "/sessions/"),
)
_TOLD: dict[str, dict[str, Any]] = {}
Open = Callable[..., Page]


@pytest.fixture
def told(live: Live, filled: Told) -> dict[str, Any]:
    """What stands on the live portal, once for each worker."""
    if live.dsn not in _TOLD:
        done = subprocess.run(
            [sys.executable, "-m", "tests.access.roles.live_world"],
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
def opened(window: Window, live: Live, told: dict[str, Any]) -> Open:
    """A page in which somebody of the firm is signed in."""

    def open_page(who: str, **options: Any) -> Page:
        page = window.page(**options)
        cookie = {"name": "guichet_portal", "value": told[who], "url": live.portal}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    return open_page


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("who", "place"), PLACES)
def test_a_page_has_no_fault_that_a_program_finds(
    opened: Open, told: dict[str, Any], who: str, place: str, look: str
) -> None:
    page = opened(who, **LOOKS[look])

    page.goto(place.format(**told))

    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
def test_the_pages_fit_a_narrow_screen_in_every_language(
    opened: Open, told: dict[str, Any], language: str
) -> None:
    for who in ("manager", "invited"):
        page = opened(who, locale=language, viewport={"width": 320, "height": 800})
        for place in (place for name, place in PLACES if name == who):
            page.goto(place.format(**told))
            assert page.locator("html").get_attribute("lang") == language[:2]
            assert fits(page)


def test_a_right_is_given_with_the_keyboard_alone_and_without_javascript(
    opened: Open, told: dict[str, Any]
) -> None:
    page = opened("manager", java_script_enabled=False)
    page.goto(f"/access/people/{told['member']}/")
    page.get_by_role("link", name="Give rights").press("Enter")
    page.get_by_label("Declare works").press("Space")
    page.get_by_role("button", name="See what this lets the person do").press("Enter")

    expect(page.get_by_text("Declare works, places and subcontractors.")).to_be_visible()
    page.get_by_role("button", name="Confirm").press("Enter")

    expect(page.get_by_role("cell", name="as employer").first).to_be_visible()
    expect(page.get_by_text("The rights are given")).to_be_visible()
