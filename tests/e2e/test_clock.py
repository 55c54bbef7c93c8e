"""The button in a real browser: with a position, without one, and without JavaScript."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from guichet.demo import fixtures
from tests.browser import PHONE
from tests.portal.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLACE = f"/presence/clock/?site={fixtures.S1}"
GHENT = {"latitude": 51.05, "longitude": 3.72}


def _pressed(page: Page) -> None:
    """Press the big button; whatever it said, it is registered."""
    page.goto(PLACE)
    page.locator("button.g-arch").click()
    expect(page.get_by_role("status").first).to_contain_text(re.compile("arrived|registered|once"))


@pytest.mark.parametrize("has_script", [True, False])
def test_one_press_registers_on_a_phone(visit: Visit, has_script: bool) -> None:
    page = visit("worker", viewport=PHONE, java_script_enabled=has_script)

    _pressed(page)

    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    expect(page.get_by_text("Registered, being checked").first).to_be_visible()


@pytest.mark.parametrize("granted", [["geolocation"], []])
def test_the_position_is_asked_for_and_never_needed(visit: Visit, granted: list[str]) -> None:
    page = visit("worker", geolocation=GHENT, permissions=granted)
    sent: list[str] = []
    page.on(
        "request", lambda one: sent.append(one.post_data or "") if one.method == "POST" else None
    )

    _pressed(page)

    [lot] = [body for body in sent if '"acts"' in body]
    [act] = json.loads(lot)["acts"]
    assert act["position"]["state"] == ("given" if granted else "refused")
    assert ("coordinates" in act["position"]) is bool(granted)


def test_the_clock_runs(visit: Visit) -> None:
    page = visit("worker")
    page.goto(PLACE)
    shown = page.locator("[data-clock]")
    before = shown.get_attribute("datetime")

    expect(shown).not_to_have_attribute("datetime", before or "")
    expect(shown).to_have_text(re.compile(r"^\d\d:\d\d$"))


def test_the_button_works_by_keyboard(visit: Visit) -> None:
    page = visit("worker")
    page.goto(PLACE)

    page.locator("button.g-arch").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_contain_text(re.compile("arrived|registered|once"))
