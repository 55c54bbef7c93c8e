"""The pages of channels in a browser: no fault that a program finds, no sideways scroll, keys."""

import io
import json
import subprocess
import sys
import zipfile
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
    "/channels/",
    "/channels/sender/",
    "/channels/new/",
    "/channels/of/{first}/",
    "/channels/of/{second}/",
    "/channels/of/{first}/permissions/",
    "/channels/of/{first}/suspend/",
    "/channels/of/{second}/resume/",
    "/channels/of/{second}/certificates/new/",
    "/channels/of/{first}/certificates/{thumbprint}/withdraw/",
    "/channels/users/",
    "/channels/users/new/",
    "/channels/users/dupont01/password/",
    "/channels/users/dupont01/block/",
    "/channels/webhooks/",
    "/channels/webhooks/new/",
    "/channels/webhooks/{webhook}/",
)
_TOLD: dict[str, dict[str, str]] = {}
Open = Callable[..., Page]


@pytest.fixture
def told(live: Live, filled: Told) -> dict[str, str]:
    """What stands on the live portal, once for each worker."""
    if live.dsn not in _TOLD:
        done = subprocess.run(
            [sys.executable, "-m", "tests.access.chaman.live_world"],
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
def opened(window: Window, live: Live, told: dict[str, str]) -> Open:
    def open_page(**options: Any) -> Page:
        page = window.page(**options)
        cookie = {"name": "guichet_portal", "value": told["session"], "url": live.portal}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    return open_page


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", PLACES)
def test_a_page_has_no_fault_that_a_program_finds(
    opened: Open, told: dict[str, str], place: str, look: str
) -> None:
    page = opened(**LOOKS[look])

    page.goto(place.format(**told))

    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
def test_the_pages_fit_a_narrow_screen_in_every_language(
    opened: Open, told: dict[str, str], language: str
) -> None:
    page = opened(locale=language, viewport={"width": 320, "height": 800})

    for place in PLACES:
        page.goto(place.format(**told))
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert fits(page)


def test_a_channel_is_made_with_the_keyboard_alone_and_without_javascript(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    page.goto("/channels/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make a test certificate").press("Enter")
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as archive:
        certificate = archive.read("certificate.pem").decode()

    page.get_by_role("link", name="Create a channel").press("Enter")
    page.get_by_label("Name of the channel").fill("Till of the shop")
    page.get_by_label("Dimona").press("Space")
    page.get_by_label("Or its text").fill(certificate)
    page.get_by_role("button", name="Look at the certificate").press("Enter")
    expect(page.get_by_text("Test authority (TEST)")).to_be_visible()
    page.get_by_role("button", name="Create the channel").press("Enter")

    assert page.locator("#client-id").inner_text().startswith("self_service_chaman_")


def test_a_refused_upload_is_told_at_the_top_and_at_the_field(opened: Open) -> None:
    page = opened(viewport={"width": 320, "height": 800})
    page.goto("/channels/new/")

    page.get_by_role("button", name="Look at the certificate").click()

    expect(page.locator(".govuk-error-summary").get_by_role("link")).to_have_count(2)
    assert page.title().startswith("Error: ")
    assert faults(page) == []
    assert fits(page)
