"""The fixtures of the browser tests on the front page."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, Window

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_front_page_opens_in_a_browser_without_a_complaint(page: Page) -> None:
    page.goto("/")
    expect(page.locator("h1")).to_have_count(1)


def test_the_front_page_needs_no_script_and_no_sideways_scrolling_on_a_phone(
    window: Window,
) -> None:
    page = window.page(viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    expect(page.locator("h1")).to_be_visible()
    narrow = window.page(viewport={"width": 320, "height": 700})
    narrow.goto("/")
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320
