"""The code of a poster before a camera that plays a picture: a right one, a foreign one, none."""

import pytest
from playwright.sync_api import expect

from guichet.demo import fixtures
from tests.browser import faults, fits
from tests.e2e.cameras import Open, camera
from tests.portal.visits import filled

__all__ = ["camera", "filled"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
CHOOSE = "/presence/clock/?choose=1"


@pytest.mark.parametrize("text", [f"https://portal.example.org/s/{fixtures.S1}", fixtures.S1])
def test_the_code_of_a_poster_opens_the_button_at_its_site(camera: Open, text: str) -> None:
    page = camera(text)
    page.goto(CHOOSE)

    page.get_by_role("button", name="Scan the poster").click()

    page.wait_for_url(f"**/presence/clock/?site={fixtures.S1}")
    expect(page.locator("button.g-arch")).to_be_visible()


def test_p81_a_code_of_something_else_is_said_and_the_number_typed(camera: Open) -> None:
    page = camera("https://fr.example.org/badge/BTP-2231")
    page.goto(CHOOSE)

    page.get_by_role("button", name="Scan the poster").click()

    expect(page.get_by_text("This is a code, but not that of a site.")).to_be_visible()
    assert faults(page) == []
    assert fits(page)
    page.get_by_role("button", name="Close and type the number").click()
    page.get_by_label("Site number").fill(fixtures.S1)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("button.g-arch")).to_be_visible()


def test_p81_a_damaged_code_leads_to_a_hint(camera: Open) -> None:
    page = camera(None)
    page.clock.install()
    page.goto(CHOOSE)
    page.get_by_role("button", name="Scan the poster").click()
    expect(page.get_by_text("Hold the code of the poster before the camera.")).to_be_visible()
    expect(page.locator("video[data-seen]")).to_have_count(1)

    page.clock.fast_forward("00:11")

    expect(page.get_by_text("No code was read yet.")).to_be_visible()
