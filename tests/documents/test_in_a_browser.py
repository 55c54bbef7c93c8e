"""The verifier and the attachments in a browser: with JavaScript nothing is uploaded, without it
the answers are the same; no fault that a program finds."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser import LOOKS, Window, faults, fits
from tests.database import REPOSITORY
from tests.documents.attachments import samples
from tests.live import Live
from tests.portal.visits import Told, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ANSWERS = {
    "valid": ("Valid: this document is genuine", "We issued exactly this file."),
    "altered": (
        "Altered: this is not the document that was sealed",
        "The file bears our seal, but was changed after it was sealed.",
    ),
    "appended": (
        "Altered: this is not the document that was sealed",
        "The file bears our seal, but something was added to it afterwards.",
    ),
    "unknown": ("Unknown: we cannot say that this document is ours", "The file bears no seal."),
}
_TOLD: dict[str, dict[str, Any]] = {}


@pytest.fixture
def told(live: Live, filled: Told) -> dict[str, Any]:
    """What stands on the live portal, once for each worker."""
    if live.dsn not in _TOLD:
        done = subprocess.run(
            [sys.executable, "-m", "tests.documents.live_world"],
            env=live.variables | {"PYTHONPATH": f"{live.variables['PYTHONPATH']}:{REPOSITORY}"},
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        _TOLD[live.dsn] = json.loads(done.stdout.splitlines()[-1])
    return _TOLD[live.dsn]


def _verified(page: Page, told: dict[str, Any], name: str) -> None:
    page.goto("/verify/")
    page.set_input_files("input[type=file]", Path(told["folder"]) / f"{name}.pdf")
    page.click("text=Verify the file")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("name", ANSWERS)
def test_a_file_has_the_same_answer_with_and_without_javascript(
    visit: Visit, told: dict[str, Any], name: str, has_scripts: bool
) -> None:
    page, sent = visit(None, java_script_enabled=has_scripts), []

    def note(request: Request) -> None:
        if request.method != "GET":
            sent.append(request.url)

    page.on("request", note)
    _verified(page, told, name)

    title, reason = ANSWERS[name]
    answer = page.locator("[data-answer]")
    expect(answer.get_by_role("heading")).to_have_text(title)
    expect(answer.get_by_role("listitem").filter(has_text=reason)).to_have_count(1)
    expect(answer.locator("[data-fact=code]")).to_have_count(int(name in ("valid", "appended")))
    assert bool(sent) is not has_scripts  # in the browser nothing is uploaded


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    ("who", "place"),
    [
        (None, "/verify/"),
        (None, "/verify/?code={reference}"),
        (None, "/verify/?code=0000000000000000"),
        (None, "/verify/?code=x"),
        ("worker", "/documents/"),
        ("worker", "/documents/{reference}/"),
        ("worker", "/documents/{failed}/"),
        ("worker", "/attachments/trial/"),
    ],
)
def test_a_program_finds_no_fault(
    visit: Visit, told: dict[str, Any], who: str | None, place: str, look: str
) -> None:
    page = visit(who, **LOOKS[look])
    page.goto(place.format(**told))

    _require_no_fault(page)


@pytest.mark.parametrize("name", ["valid", "altered", "unknown"])
def test_a_program_finds_no_fault_in_the_answers(
    visit: Visit, told: dict[str, Any], name: str
) -> None:
    page = visit(None)
    _verified(page, told, name)
    expect(page.locator("[data-answer] h2")).to_be_focused()

    _require_no_fault(page)


@pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "plain"])
def test_a_large_file_is_attached_and_shown_as_not_sent(
    visit: Visit, told: dict[str, Any], tmp_path: Path, has_scripts: bool
) -> None:
    file = tmp_path / f"large-{has_scripts}.pdf"
    file.write_bytes(samples.pdf(b"%" + b"x" * (5 * 1024 * 1024)))
    page = visit("worker", java_script_enabled=has_scripts)
    page.goto("/attachments/trial/")

    page.set_input_files("input[type=file]", file)
    page.click("text=Attach the file")

    row = page.get_by_role("listitem").filter(has_text=file.name)
    expect(row).to_contain_text("Not yet sent")
    row.get_by_role("button").click()
    expect(page.get_by_text(file.name)).to_have_count(0)


def test_after_a_broken_connection_the_upload_goes_on(
    visit: Visit, window: Window, told: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "broken.pdf"
    file.write_bytes(samples.pdf(b"%" + b"x" * (3 * 1024 * 1024)))
    page, tries = visit("worker"), []

    def once(route: Any) -> None:
        if route.request.method == "PUT":
            tries.append(route.request.headers["upload-offset"])
            if len(tries) == 2:
                route.fulfill(status=503)
                return
        route.fallback()

    page.route("**/parts/", once)
    page.goto("/attachments/trial/")
    page.set_input_files("input[type=file]", file)
    page.click("text=Attach the file")
    expect(page.get_by_role("alert")).to_contain_text("The connection broke.")

    page.click("text=Attach the file")

    row = page.get_by_role("listitem").filter(has_text="broken.pdf")
    expect(row).to_contain_text("Not yet sent")
    assert tries[:3] == ["0", "1048576", "1048576"]  # what had arrived is not sent again
    row.get_by_role("button").click()
    assert len(window.complaints) == 1  # of the browser, about the connection
    window.complaints.clear()


def _require_no_fault(page: Page) -> None:
    assert faults(page) == []
    assert fits(page)
