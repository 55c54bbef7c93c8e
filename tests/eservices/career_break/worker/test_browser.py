"""The worker's pages in a real browser: by a program, narrow, by keyboard, without JavaScript."""

import itertools
from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import LOOKS, PHONE, Window, faults, fits
from tests.eservices.career_break.test_browser import go, told
from tests.live import Live
from tests.live_of_module import live

__all__ = ["go", "live", "told"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
MINE: Final = "/career-break/mine/"
ROW: Final = MINE + "requests/{ticket}/"
STEPS: Final = ("identity", "employer", "person", "earlier", "household", "activities", "pension",
                "payment", "documents", "check")  # fmt: skip
PAGES: Final = (MINE, MINE + "changes/", ROW, ROW + "wrong/", ROW + "withdraw/",
                *(f"{ROW}{step}/" for step in STEPS))  # fmt: skip
Go = Callable[..., Page]


@pytest.fixture
def himself(window: Window, live: Live, told: dict[str, Any]) -> Go:
    """Open a page as the worker."""

    def opened(place: str, **options: Any) -> Page:
        page = window.page(**options)
        cookie = {"name": "guichet_portal", "value": told["luc"], "url": live.portal}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of Playwright
        answer = page.goto(place.format(**told))
        assert answer is not None
        assert answer.status == 200, place
        return page

    return opened


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", PAGES)
def test_a_page_has_no_fault_that_a_program_finds(himself: Go, place: str, look: str) -> None:
    page = himself(place, **LOOKS[look])

    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
def test_every_page_fits_the_narrowest_phone_in_every_language(
    himself: Go, told: dict[str, Any], language: str
) -> None:
    page = himself(MINE, locale=language, viewport={"width": 320, "height": 800})
    for place in PAGES:
        page.goto(place.format(**told))
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert fits(page), place


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE", "en-GB"])
def test_the_menu_is_one_line_on_a_desktop_in_every_language(himself: Go, language: str) -> None:
    page = himself(MINE, locale=language, viewport={"width": 1280, "height": 800})

    boxes = page.locator(".g-nav a").evaluate_all(
        "all => all.map(one => { const it = one.getBoundingClientRect();"
        " return [Math.round(it.top), it.left, it.right]; })"
    )

    assert len(boxes) == 7
    assert len({top for top, _left, _right in boxes}) == 1
    assert all(right <= left for (_, _, right), (_, left, _) in itertools.pairwise(boxes))
    assert boxes[-1][2] <= 1280


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE", "en-GB"])
def test_one_break_with_several_employers_is_shown_as_one(
    window: Window, live: Live, told: dict[str, Any], language: str
) -> None:
    page = window.page(locale=language, viewport={"width": 320, "height": 800})
    cookie = {"name": "guichet_portal", "value": told["ilse"], "url": live.portal}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of Playwright
    place = f"{MINE}requests/{told['both']}/"
    page.goto(place)
    assert page.locator("section[aria-labelledby=both] a").count() == 1
    assert faults(page) == []
    assert fits(page)

    page.goto(f"{place}check/")

    expect(page.locator(".cm-lacks")).to_contain_text("Neuve SRL")
    expect(page.locator(".cm-lacks a[href$='activities/']")).to_be_visible()
    expect(page.locator("button[value=send]")).to_have_count(0)
    assert faults(page) == []
    assert fits(page)


def test_an_error_is_told_and_leads_to_its_field(himself: Go) -> None:
    page = himself(ROW + "payment/", locale="fr-BE")
    page.locator("[name=iban]").fill("BE68539007547035")
    _on(page)

    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("IBAN")
    assert faults(page) == []
    summary.locator("a").first.press("Enter")
    expect(page.locator("[name=iban]")).to_be_focused()


@pytest.mark.parametrize("has_script", [False, True])
def test_a_part_is_completed_in_french_on_a_phone_and_by_keyboard(
    himself: Go, has_script: bool
) -> None:
    page = himself(
        ROW + "identity/", locale="fr-BE", viewport=PHONE, java_script_enabled=has_script
    )
    page.locator("[name=language][value=fr]").check()
    _on(page)
    _on(page)
    page.locator("[name=name]").fill("Zoé Vandermeulen")
    _day(page, "born_on", "3/5/2022")
    page.locator("[name=parentage][value=biological]").check()
    page.locator("[name=is_disabled][value=no]").check()
    _on(page)
    _on(page)
    page.locator("[name=household][value=alone]").check()
    _on(page)
    page.locator("[name=activity][value=none]").check()
    _on(page)
    page.locator("[name=pension][value=none]").check()
    _on(page)
    page.locator("[name=iban]").fill("BE68 5390 0754 7034")
    page.locator("[name=iban]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Documents")
    _on(page)
    expect(page.get_by_role("heading", name="Droit à l")).to_be_visible()
    expect(page.get_by_role("heading", name="Allocation de l")).to_be_visible()
    assert fits(page)
    if not has_script:  # the same request is sent by the second walk
        return
    page.locator("[name=certified]").press("Space")
    page.get_by_role("button", name="Envoyer à l").press("Enter")

    page.wait_for_url("**/receipt/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Votre partie est à l")
    assert faults(page) == []
    assert fits(page)


def _day(page: Page, name: str, text: str) -> None:
    for at, part in enumerate(text.split("/")):
        page.locator(f"[name={name}_{at}]").fill(part)


def _on(page: Page) -> None:
    with page.expect_navigation():  # else a second press may still meet the same page
        page.get_by_role("button", name="Suivant", exact=True).last.press("Enter")
