"""Career breaks in a real browser: by a program, narrow, by keyboard and without JavaScript."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import LOOKS, PHONE, Window, faults, fits
from tests.database import REPOSITORY
from tests.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES: Final = (
    "/career-break/",
    "/career-break/parameters/",
    "/career-break/new/",
    "/career-break/personnel/",
    "/career-break/paper/",
    "/career-break/manual/",
    "/career-break/list/",
    "/career-break/consultation/",
    "/career-break/cancellation/",
    "/career-break/requests/{ticket}/",
    "/career-break/requests/{ticket}/receipt/",
    "/career-break/requests/{ticket}/modify/",
    "/career-break/requests/{ticket}/cancel/",
    "/career-break/requests/{ticket}/parts/{part}/",
    "/career-break/notices/{notice}/",
    "{draft}type/",
    "{draft}details/",
    "{draft}characteristics/",
    "{draft}reduction/",
    "{draft}check/",
)
Go = Callable[..., Page]
_TOLD: dict[str, dict[str, Any]] = {}


@pytest.fixture
def told(live: Live) -> dict[str, Any]:
    """What the live portal holds, made once."""
    if live.dsn not in _TOLD:
        path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
        done = subprocess.run(
            [sys.executable, "-m", "tests.eservices.career_break.live_pages"],
            env=live.variables | {"PYTHONPATH": path}, cwd=REPOSITORY,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        _TOLD[live.dsn] = json.loads(done.stdout.splitlines()[-1])
    return _TOLD[live.dsn]


@pytest.fixture
def go(window: Window, live: Live, told: dict[str, Any]) -> Go:
    """Open a page as the clerk of the firm."""

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
def test_every_page_fits_the_narrowest_phone_in_every_language(
    go: Go, told: dict[str, Any], language: str
) -> None:
    page = go(PAGES[0], locale=language, viewport={"width": 320, "height": 800})
    for place in PAGES:
        page.goto(place.format(**told))
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert fits(page), place


@pytest.mark.parametrize("has_script", [True, False])
def test_a_request_is_made_on_a_phone_and_its_warning_answered(
    go: Go, told: dict[str, Any], has_script: bool
) -> None:
    page = go("/career-break/new/", viewport=PHONE, java_script_enabled=has_script)
    page.locator("[name=niss]").fill(told["free"][has_script])
    page.locator("[name=worker_code][value=blue]").check()
    page.locator("[name=committee]").select_option("121")
    _on(page, "Select")
    page.locator("[name=leave][value=parental]").check()
    _on(page)
    _on(page)
    page.locator("[name=regime][value=full]").check()
    _day(page, "first_day", told["first"])
    _day(page, "last_day", told["last"])
    for name in ("contract_minutes", "full_time_minutes"):
        page.locator(f"[name={name}_0]").fill("38")
        page.locator(f"[name={name}_1]").fill("00")
    _day(page, "notified_on", told["today"])
    _on(page)
    page.locator("[name=has_reduction][value=no]").check()
    _on(page)
    page.locator("[name=certified]").check()
    page.get_by_role("button", name="Confirm").click()

    expect(page.get_by_text(re.compile(r"04W-\w{7}-\w{2}-Z")).first).to_be_visible()
    assert fits(page)


@pytest.mark.parametrize("has_script", [True, False])
def test_rows_of_employers_and_weeks_are_added_on_a_phone(go: Go, has_script: bool) -> None:
    page = go("{draft}characteristics/", viewport=PHONE, java_script_enabled=has_script)
    page.locator("[name=comment]").fill("Deux mots")
    _on(page, "Add an employer")
    page.locator("[name=others-0-name]").fill("Autre travail")
    _on(page, "Add a block of weeks")

    expect(page.locator("[name=others-0-name]")).to_have_value("Autre travail")
    expect(page.locator("[name=weeks-0-first_day_0]")).to_be_visible()
    expect(page.locator("[name=comment]")).to_have_value("Deux mots")
    assert fits(page)
    if has_script:
        assert faults(page) == []
    _on(page, "Remove other employer 1")
    expect(page.locator("[name=others-0-name]")).to_have_count(1)


def _day(page: Page, name: str, iso: str) -> None:
    for at, part in enumerate(reversed(iso.split("-"))):
        page.locator(f"[name={name}_{at}]").fill(part)


def _on(page: Page, name: str = "Next") -> None:
    with page.expect_navigation():  # else a second press may still meet the same page
        page.get_by_role("button", name=name, exact=True).first.click()


def test_back_from_the_next_step_shows_what_was_typed_after_a_warning(go: Go) -> None:
    """A page that answered a form is one to go back to, not one to send again."""
    page = go("{ready}characteristics/")
    shown = page.input_value("[name=contract_minutes_0]")
    for name in ("contract_minutes", "full_time_minutes"):
        page.fill(f"[name={name}_1]", "70")
    page.locator(".cb-buttons button[value=next]").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    for name in ("contract_minutes", "full_time_minutes"):
        page.fill(f"[name={name}_1]", "00")
    page.locator(".cb-buttons button[value=next]").click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    page.wait_for_load_state("load")
    if page.locator("[name=seen]").count():
        page.locator(".cb-buttons button[value=next]").click()
    page.wait_for_url("**/reduction/")

    page.go_back()

    expect(page.locator("[name=contract_minutes_0]")).to_have_value(shown)
    expect(page.locator("[name=contract_minutes_1]")).to_have_value("00")
