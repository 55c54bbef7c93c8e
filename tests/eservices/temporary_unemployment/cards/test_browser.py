"""The worker's pages in a real browser: by a program, narrow, by keyboard, without JavaScript."""

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
from tests.live_of_module import live

__all__ = ["live"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
MINE: Final = "/temporary-unemployment/mine/"
CARD: Final = MINE + "cards/"
PAGES: Final = (
    ("piotr", MINE),
    ("piotr", MINE + "choices/"),
    ("piotr", CARD + "{this}/"),
    ("piotr", CARD + "{this}/{day}/"),
    ("piotr", CARD + "{last}/"),
    ("piotr", CARD + "{last}/send/"),
    ("piotr", CARD + "{older}/"),
    ("piotr", CARD + "{older}/sent/1/"),
    ("piotr", CARD + "{older}/correct/"),
    ("anne", MINE),
    ("anne", CARD + "{hers}/"),
    ("anne", MINE + "communicated/{ticket}/"),
    ("anne", MINE + "communicated/{ticket}/wrong/"),
)
NARROW: Final = {"width": 320, "height": 800}
Go = Callable[..., Page]


@pytest.fixture(scope="module")
def told(live: Live) -> dict[str, Any]:
    """Sessions and addresses of the world in the live portal."""
    path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.eservices.temporary_unemployment.cards.live_pages"],
        env=live.variables | {"PYTHONPATH": path}, cwd=REPOSITORY,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture
def go(window: Window, live: Live, told: dict[str, Any]) -> Go:
    """Open a page as one of the workers."""

    def opened(who: str, place: str, **options: Any) -> Page:
        page = window.page(**options)
        cookie = {"name": "guichet_portal", "value": told[who], "url": live.portal}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of Playwright
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
@pytest.mark.parametrize("who", ["piotr", "anne"])
def test_every_page_fits_the_narrowest_phone_in_every_language(
    go: Go, told: dict[str, Any], who: str, language: str
) -> None:
    page = go(who, MINE, locale=language, viewport=NARROW)
    for owner, place in PAGES:
        if owner == who:
            page.goto(place.format(**told))
            assert page.locator("html").get_attribute("lang") == language[:2]
            assert fits(page), place


def test_a_box_of_the_calendar_is_wide_enough_for_a_thumb(go: Go) -> None:
    page = go("piotr", CARD + "{this}/", viewport={"width": 360, "height": 740})

    for box in page.locator(".tu-cal td a").all():
        size = box.bounding_box()
        assert size is not None
        assert size["width"] >= 40
        assert size["height"] >= 48


def test_arrows_go_from_day_to_day_and_one_stop_is_left_for_the_tab_key(go: Go) -> None:
    page = go("piotr", CARD + "{last}/")
    days = page.locator(".tu-cal td a")
    assert page.locator('.tu-cal td a[tabindex="0"]').count() == 1

    page.locator('.tu-cal td a[tabindex="0"]').focus()
    page.keyboard.press("Home")
    expect(days.first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(days.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(days.nth(8)).to_be_focused()
    page.keyboard.press("End")
    expect(days.last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio").first).to_be_visible()


@pytest.mark.parametrize("has_script", [False, True])
def test_a_day_is_marked_by_keyboard_and_what_lacks_is_said(go: Go, has_script: bool) -> None:
    page = go(
        "piotr", CARD + "{last}/", viewport=NARROW, java_script_enabled=has_script, locale="fr-BE"
    )
    number = 21 if has_script else 20
    page.locator(f'.tu-cal a[href$="/{number}/"]').press("Enter")
    page.locator("[name=state][value=work]").press("Space")
    page.locator("[name=starts_at]").fill("7h")
    page.locator("[name=starts_at]").press("Enter")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Le travail a commencé")
    if has_script:
        assert faults(page) == []
        summary.locator("a").first.press("Enter")
        expect(page.locator("[name=reason]")).to_be_focused()
    page.locator("[name=reason]").fill("J'ai oublié")
    page.get_by_role("button", name="Indiquer").press("Enter")

    expect(page.locator("[role=status]")).to_contain_text("Travail chez cet employeur")
    expect(page.locator(".tu-list")).to_contain_text("J'ai oublié")
    assert fits(page)


def test_a_card_is_sent_on_a_phone_without_javascript_and_once(go: Go) -> None:
    page = go("anne", CARD + "{hers}/send/", viewport=NARROW, java_script_enabled=False,
              locale="nl-BE")  # fmt: skip
    if page.locator("[name=early]").count():
        page.locator("[name=early][value=nothing_more]").check()
    page.locator("[name=body][value=csc]").check()
    page.get_by_role("button", name="De kaart verzenden").press("Enter")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Kruis het vakje aan")
    page.locator("[name=certified]").press("Space")
    page.get_by_role("button", name="De kaart verzenden").press("Enter")

    page.wait_for_url("**/sent/1/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("is verzonden")
    expect(page.locator(".tu-number")).to_contain_text("05K-")
    page.reload()
    page.go_back()
    assert fits(page)
