"""The pages of sent files in a real browser: by a program, by keyboard, without JavaScript."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Window, faults, fits
from tests.live import Live
from tests.live_of_module import live
from tests.live_reading import (
    LOOKED_AT,
    PHONE,
    pages_of,
    press,
    summary_leads,
    told_at_field,
    told_by,
    wrong_on,
)

__all__ = ["live"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
FILES: Final = "/temporary-unemployment/files/"
PAGES: Final = (
    ("without", FILES),
    ("clerk", FILES),
    ("clerk", f"{FILES}{{done}}/"),
    ("clerk", f"{FILES}{{done}}/?only=refused"),
    ("clerk", f"{FILES}{{refused}}/"),
    ("clerk", f"{FILES}{{waiting}}/"),
)
Go = Callable[..., Page]


@pytest.fixture(scope="module")
def told(live: Live) -> dict[str, Any]:
    """The session of a sender and its files in the live portal."""
    return told_by(live, "tests.eservices.temporary_unemployment.messages.live_pages")


@pytest.fixture
def go(window: Window, live: Live, told: dict[str, Any]) -> Go:
    """Open a page as the clerk of the sender, or of a firm without a number."""
    return pages_of(window, live, told)


@pytest.mark.parametrize(("language", "on_phone"), LOOKED_AT)
def test_no_page_has_a_fault_that_a_program_finds_on_a_desk_or_a_phone(
    go: Go, told: dict[str, Any], language: str, on_phone: bool
) -> None:
    pages = {who: go(who, locale=language) for who in ("without", "clerk")}
    for who, place in PAGES:
        page = pages[who]
        page.goto(place.format(**told))
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert wrong_on(page, on_phone=on_phone) == [], place


def test_a_file_that_lacks_or_has_a_wrong_name_is_said_at_its_box_by_keyboard(go: Go) -> None:
    page = go("clerk", FILES, locale="fr-BE", viewport=PHONE)
    press(page, page.locator("main form .govuk-button"))
    assert summary_leads(page) == 1
    assert told_at_field(page) == []
    page.locator("[name=declaration]").set_input_files(
        {"name": "lettre.xml", "mimeType": "text/xml", "buffer": b"<TWCT/>"}
    )
    press(page, page.locator("main form .govuk-button"))
    assert summary_leads(page) == 1
    assert told_at_field(page) == []
    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "plain"])
def test_a_file_is_sent_and_its_page_looks_again(
    go: Go, told: dict[str, Any], has_script: bool
) -> None:
    page = go("clerk", FILES, locale="nl-BE", viewport=PHONE, java_script_enabled=has_script)
    # A simulation needs no signature.
    name = told["name"].replace("00004.R", "00004.S" if has_script else "00005.S")
    page.locator("[name=declaration]").set_input_files(
        {"name": name, "mimeType": "text/xml", "buffer": told["content"].encode()}
    )
    page.locator("main form .govuk-button").click()
    page.wait_for_url(f"**{FILES}05F*/")
    assert fits(page)
    if has_script:
        with page.expect_request(lambda one: one.url == page.url and one.resource_type == "fetch"):
            pass
    else:
        assert page.locator("meta[http-equiv=refresh]").count() == 1
    page.locator("main a[href='?still=yes']").click()
    expect(page.locator("[data-again]")).to_have_count(0)
