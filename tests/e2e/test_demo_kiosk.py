"""The kiosk of the demonstration, as a visitor tries it: a press, a badge, a receipt."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from guichet.demo import gate
from tests.browser import PHONE, faults, fits
from tests.database import REPOSITORY
from tests.live import Live
from tests.portal.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_visitor_starts_the_kiosk_and_registers_as_amina(visit: Visit, live: Live) -> None:
    path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
    subprocess.run(
        [sys.executable, "-m", "tests.demo.gate_world"],
        env=os.environ | live.variables | {"PYTHONPATH": path}, cwd=REPOSITORY, check=True,
    )  # fmt: skip
    page = visit(None)
    page.goto("/demo/kiosk/")
    assert faults(page) == []
    page.get_by_role("button", name="Get a code and a card").click()
    expect(page.locator(".dk-code")).to_be_visible()
    assert faults(page) == []
    page.set_viewport_size(PHONE)
    assert fits(page)

    page.get_by_role("link", name="Open the kiosk in this browser").click()
    expect(page.get_by_label("One-time code")).not_to_have_value("")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Badge, card or number")).to_be_focused()
    page.keyboard.type(gate.BADGE)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Amina Roussel")).to_be_visible()
    page.locator("button.g-arch").first.click()

    expect(page.locator("[data-receipt]")).to_have_text(re.compile(r"[0-9]{15}"))
