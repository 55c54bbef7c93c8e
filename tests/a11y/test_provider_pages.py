"""The pages of the sign-in provider, by a program: every look, a narrow screen, every language."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import LOOKS, Window, faults, fits
from tests.counter import Counter

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Way = Callable[[Page, Counter], None]


def _asked(**given: Any) -> Way:
    """The tiles, for what a page of the counter asks."""
    query = "&".join(f"{name}={value}" for name, value in given.items())

    def go(page: Page, counter: Counter) -> None:
        page.goto(f"/sign-in/?{query}")

    return go


def _with_closed_things_open(page: Page, counter: Counter) -> None:
    _asked(level=500)(page, counter)
    for summary in page.locator("main summary").all():
        summary.click()


def _nothing_given(page: Page, counter: Counter) -> None:
    _asked(level=100)(page, counter)
    _give_password(page, "", "")
    expect(page.locator(".govuk-error-summary")).to_be_visible()


def _enterprise(page: Page, counter: Counter) -> None:
    _asked(level=100, context="enterprise")(page, counter)
    who = counter.told["clerk"]
    _give_password(page, who["user_name"], who["password"])


def _no_enterprise_chosen(page: Page, counter: Counter) -> None:
    _enterprise(page, counter)
    page.locator("main form button").first.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()


def _no_enterprise(page: Page, counter: Counter) -> None:
    _asked(level=100, context="enterprise")(page, counter)
    who = counter.told["party"]
    _give_password(page, who["user_name"], who["password"])


def _profile(page: Page, counter: Counter) -> None:
    value = counter.told["passkey"]["session"]
    cookie = {"name": "guichet_csam", "value": value, "url": counter.live.csam}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(f"{counter.live.csam}/profile/")


def _at(place: str) -> Way:
    """A page of the provider that needs no sign-in."""

    def go(page: Page, counter: Counter) -> None:
        page.goto(counter.live.csam + place)

    return go


WAYS: Final[dict[str, Way]] = {
    "welcome": _at("/"),
    "every tile": _asked(level=100),
    "the surest tiles": _asked(level=500),
    "tiles with everything unfolded": _with_closed_things_open,
    "nothing given": _nothing_given,
    "enterprise": _enterprise,
    "no enterprise chosen": _no_enterprise_chosen,
    "no enterprise": _no_enterprise,
    "profile": _profile,
    "no sign-in": _at("/sign-in/"),
    "no relying party": _at("/fas/oauth2/authorize"),
    "signed out": _at("/fas/oauth2/connect/endSession"),
    "no page": _at("/nothing-is-here/"),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("way", WAYS)
def test_a_page_of_the_provider_has_no_fault_that_a_program_finds(
    at_counter: Window, counter: Counter, way: str, look: str
) -> None:
    page = at_counter.page(**LOOKS[look])

    WAYS[way](page, counter)

    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.url.startswith(counter.live.csam)
    assert faults(page) == []
    assert fits(page)
    _forget_refusals(at_counter)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
@pytest.mark.parametrize("way", WAYS)
def test_a_page_of_the_provider_fits_a_narrow_screen_in_every_language(
    at_counter: Window, counter: Counter, way: str, language: str
) -> None:
    page = at_counter.page(locale=language, viewport={"width": 320, "height": 800})

    WAYS[way](page, counter)

    assert page.locator("html").get_attribute("lang") == language[:2]
    assert fits(page)
    _forget_refusals(at_counter)


def _give_password(page: Page, user_name: str, password: str) -> None:
    name = page.locator("#codes-user-name")
    name.fill(user_name)
    page.locator("#codes-password").fill(password)
    with page.expect_navigation(wait_until="load"):
        page.locator("form", has=name).get_by_role("button").click()
    expect(name).not_to_be_visible()


def _forget_refusals(window: Window) -> None:
    """A page that refuses has a status of its own, which Chromium reports as an error."""
    window.complaints[:] = [
        one for one in window.complaints if not any(code in one for code in ("400", "403", "404"))
    ]
