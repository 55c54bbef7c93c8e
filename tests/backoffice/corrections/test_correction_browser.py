"""From a missing OUT to its decision in a browser: the employer's form, the queue, the decision."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, PHONE, faults, fits
from tests.documents.attachments import samples
from tests.portal.visits import Told, Visit, filled, visit

__all__ = ["filled", "visit"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _well(page: Page) -> None:
    """No fault of accessibility, nothing sticks out."""
    assert faults(page) == []
    assert fits(page)


def _ask(page: Page, told: Told, tmp_path: Path) -> str:
    """The clerk asks for the OUT that Jonas forgot; the number of the request."""
    page.goto(f"/presence/staff/?day={date.fromisoformat(told.day) - timedelta(days=1)}")
    page.get_by_role("link", name=re.compile("Ask the NSSO to add the OUT")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask the NSSO for a correction")
    _well(page)
    page.get_by_label("Time", exact=True).fill("15:30")
    page.get_by_label("What happened?").fill("He forgot to press; the sheet is signed.")
    page.get_by_label("Why did it go wrong?").select_option("forgotten")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("alert")).to_contain_text("A supporting document is needed")
    _well(page)
    page.get_by_role("button", name="Attach a file").click()
    sheet = tmp_path / "sheet.pdf"
    sheet.write_bytes(samples.pdf())
    page.get_by_label("File", exact=True).set_input_files(sheet)
    page.get_by_role("button", name="Attach the file").click()
    expect(page.get_by_label("What happened?")).to_have_value(re.compile("forgot to press"))
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Request 26P"))
    _well(page)
    return page.url.rstrip("/").rsplit("/", 1)[1]


@pytest.mark.parametrize(
    ("size", "outcome"), [(PHONE, "Do not grant it"), (DESKTOP, "Grant it as asked")]
)
def test_p92_from_the_employers_form_to_the_decision_of_the_desk(
    visit: Visit, filled: Told, tmp_path: Path, size: Any, outcome: str
) -> None:
    clerk, agent = visit("clerk", viewport=size), visit("agent", viewport=size)
    number = _ask(clerk, filled, tmp_path)

    agent.goto("/desk/corrections/")
    _well(agent)
    agent.locator(f'a[href$="{number}/"]').click()
    agent.get_by_role("button", name="Take into review").click()
    expect(agent.get_by_text("Being examined by the NSSO")).to_be_visible()
    _well(agent)
    agent.get_by_label(outcome).check()
    agent.get_by_role("button", name="Decide and tell both sides").click()
    expect(agent.get_by_role("alert")).to_contain_text("Write the reason")
    agent.get_by_label("Reason", exact=True).fill("The sheet was read.")
    agent.get_by_role("button", name="Decide and tell both sides").click()
    expect(agent.get_by_text("The decision is taken.")).to_be_visible()
    _well(agent)

    clerk.reload()
    expect(clerk.get_by_text("The sheet was read.")).to_be_visible()
    if outcome.startswith("Grant"):
        clerk.goto(f"/presence/staff/?day={date.fromisoformat(filled.day) - timedelta(days=1)}")
        row = clerk.get_by_role("row").filter(has_text="Verbeeck")
        row.get_by_role("link", name="OUT 15:30").click()
        expect(clerk.get_by_text("by decision of")).to_be_visible()
        _well(clerk)
    clerk.goto("/presence/staff/requests/")
    expect(clerk.locator(f'a[href$="{number}/"]')).to_be_visible()
    _well(clerk)


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_the_pages_stand_in_every_language(visit: Visit, filled: Told, language: str) -> None:
    agent = visit("agent", viewport={"width": 320, "height": 800}, locale=f"{language}-BE")
    agent.goto("/desk/corrections/?show=decided")
    assert fits(agent)
    assert "Corrections of presences" not in agent.locator("main").inner_text()
