"""Interim@Work in a real browser: every page by a program, narrow, and without JavaScript."""

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


def test_the_calendar_is_walked_by_keyboard_with_one_stop_for_the_tab_key(go: Go) -> None:
    page = go("worker", "/interim/")
    days = page.locator("[data-calendar] td a")
    assert days.count() == 3

    assert days.evaluate_all("all => all.filter(one => one.tabIndex === 0).length") == 1
    days.first.focus()
    page.keyboard.press("ArrowRight")
    expect(days.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(days.nth(2)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    expect(days.first).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/interim/list/\?.*first="))
    expect(page.get_by_role("row")).to_have_count(2)


def test_the_calendar_can_be_skipped_by_keyboard(go: Go) -> None:
    page = go("worker", "/interim/")
    skip = page.get_by_role("link", name="Skip the calendar, to the list")
    skip.focus()

    page.keyboard.press("Enter")

    expect(page.locator("#same")).to_be_focused()


def test_calendar_list_details_and_export_work_without_javascript(go: Go) -> None:
    page = go("worker", "/interim/", java_script_enabled=False)
    days = page.locator("[data-calendar] td a")
    for at in range(days.count()):  # each declared day is a stop of its own
        days.nth(at).focus()
        expect(days.nth(at)).to_be_focused()

    page.get_by_label("Type").select_option(index=1)
    page.get_by_role("button", name="Show").click()
    page.goto(page.url.split("?")[0] + "list/")
    page.get_by_label("Part of a name").fill("nothing of this name")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("No relation fits")).to_be_visible()
    page.get_by_role("link", name="Show everything").click()
    page.get_by_role("link", name="Details").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    page.go_back()
    page.get_by_role("link", name="Printable overview (PDF)").click()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_a_feed_is_made_and_ended_by_keyboard_without_javascript(go: Go) -> None:
    page = go("worker", "/interim/feed/", java_script_enabled=False)

    page.get_by_role("button", name="Make an address").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(".ics")
    ends = page.locator("form[action$='/feed/end/'] button")
    ends.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Make an address")).to_be_visible()
