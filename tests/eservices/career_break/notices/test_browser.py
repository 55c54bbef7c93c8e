"""Notices in a real browser: the worker sends one on a phone, every page is looked at."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from guichet.kernel.period import end_for, months_after
from tests.browser import LOOKS, PHONE, Window, faults, fits
from tests.eservices.career_break.test_browser import go, told
from tests.live import Live
from tests.live_of_module import live

__all__ = ["go", "live", "told"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
MINE: Final = "/career-break/notices/mine/"
Go = Callable[..., Page]


@pytest.fixture
def himself(window: Window, live: Live, told: dict[str, Any]) -> Go:
    """Open a page as the worker."""

    def opened(place: str, **options: Any) -> Page:
        page = window.page(**options)
        cookie = {"name": "guichet_portal", "value": told["worker"], "url": live.portal}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of Playwright
        answer = page.goto(place.format(**told))
        assert answer is not None
        assert answer.status == 200, place
        return page

    return opened


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", [MINE, MINE + "new/", MINE + "{sent}/"])
def test_a_page_has_no_fault_that_a_program_finds(himself: Go, place: str, look: str) -> None:
    page = himself(place, **LOOKS[look])

    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("has_script", [True, False])
def test_a_notice_is_checked_and_sent_on_a_phone(
    himself: Go, told: dict[str, Any], has_script: bool
) -> None:
    # The month after that of a request which he has.
    first = months_after(date.fromisoformat(told["first"]), months=1)
    page = himself(MINE + "new/", viewport=PHONE, java_script_enabled=has_script)
    page.locator("[name=employer]").first.check()
    page.locator("[name=leave][value=informal_carer]").check()
    page.get_by_role("button", name="Next").click()
    page.locator("[name=regime][value=full]").check()
    _day(page, "first_day", first.isoformat())
    _day(page, "last_day", end_for(first, months=1).isoformat())
    for name in ("contract_minutes", "full_time_minutes"):
        page.locator(f"[name={name}_0]").fill("38")
        page.locator(f"[name={name}_1]").fill("00")
    assert fits(page)
    page.get_by_role("button", name="Check my notice").last.click()
    expect(page.get_by_role("heading", name="Check and send", level=1)).to_be_visible()
    assert fits(page)
    if has_script:
        assert faults(page) == []
    page.get_by_role("button", name="Change").click()

    expect(page.locator("[name=first_day_2]")).to_have_value(str(first.year))
    assert fits(page)


def _day(page: Page, name: str, iso: str) -> None:
    for at, part in enumerate(reversed(iso.split("-"))):
        page.locator(f"[name={name}_{at}]").fill(part)
