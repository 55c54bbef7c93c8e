"""From the letter with access codes to a first communication and, the next day, its decision."""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from guichet.platform import clock
from tests.browser import Window, faults, fits
from tests.database import REPOSITORY
from tests.e2e import letter
from tests.e2e.letter import HOME, Post

pytestmark = [pytest.mark.browser, pytest.mark.slow]
_DAY = str(24 * 3600)


@pytest.fixture
def post(worker_id: str, database_url: str) -> Iterator[Post]:
    with letter.posted(url=database_url, name=f"guichet_first_{worker_id}") as one:
        yield one


@pytest.fixture
def window(browser: Browser, post: Post) -> Iterator[Window]:
    window = Window(browser, post.live)
    yield window
    window.close()
    assert window.complaints == []


def test_sc64_sc73_from_the_letter_to_a_first_communication_and_its_decision_the_next_day(
    window: Window, post: Post
) -> None:
    one, page = post.next_letter(), window.page(locale="fr-BE")
    letter.read_service(page)
    letter.first_connection(page, one)
    letter.arrive(page, post, one)

    ticket = _communicated(page)
    decided = _decided(post, ticket)

    page.goto(f"{post.live.portal}{HOME}communications/{ticket}/")
    expect(page.get_by_text(re.compile("examen")).first).to_be_visible()
    assert decided["number"] not in page.content()
    hidden = page.goto(f"{post.live.portal}{HOME}communications/{ticket}/decision/")
    assert hidden is not None
    assert decided["number"] not in page.content()

    # An open page goes on asking the portal, which is away for a moment.
    window.close()
    for role in ("portal", "csam"):
        post.live.restart(role, GUICHET_CLOCK_SHIFT=_DAY)
    morning = window.page(locale="fr-BE")
    letter.read_service(morning)
    letter.arrive(morning, post, one)
    morning.goto(f"{post.live.portal}{HOME}communications/{ticket}/decision/")
    expect(morning.get_by_role("heading", name=decided["number"])).to_be_visible()
    expect(morning.get_by_text("Acceptée").first).to_be_visible()
    assert faults(morning) == []
    assert fits(morning)
    with morning.expect_download() as loading:
        morning.get_by_role("link", name=re.compile("PDF")).click()
    content = loading.value.path().read_bytes()
    assert content.startswith(b"%PDF-")
    # Byte for byte what the office sealed.
    assert hashlib.sha256(content).hexdigest() == decided["sha256"]


def _communicated(page: Page) -> str:
    """A full suspension of the baker, ten days ahead; the ticket of the receipt."""
    today = clock.today(clock.now())
    monday = today + timedelta(days=14 - today.weekday())
    page.goto(f"{HOME}new/")
    page.get_by_role("link", name=re.compile("causes économiques")).first.click()
    page.locator("button[name=kind][value=expected]").click()
    page.locator("[name=establishment]").first.select_option(index=1)
    page.locator("[name=committee]").select_option("118")
    _on(page)
    page.locator("[name=notice_kind][value=posted]").check()
    _fill(page, "posted_on", today)
    page.locator("[name=regime][value=full]").check()
    _fill(page, "first_day", monday)
    _fill(page, "last_day", monday + timedelta(days=20))
    _on(page)
    page.locator("[name=causes]").fill("Les commandes ont fort baissé depuis septembre.")
    page.locator("[name=no_subcontracting]").check()
    _on(page)
    page.locator("button[name=do][value=choose]").click()
    page.get_by_role("checkbox", name=re.compile("Levain")).check()
    page.locator("button[name=do][value=done]").click()
    _on(page)
    expect(page.locator("button[name=do][value=send]")).to_be_visible()
    assert faults(page) == []
    page.locator("button[name=do][value=send]").click()
    expect(page).to_have_url(re.compile("/receipt/$"))
    expect(page.get_by_text(re.compile(r"05W-\w{7}-\w{2}-Z")).first).to_be_visible()
    return page.url.rstrip("/").split("/")[-2]


def _fill(page: Page, name: str, day: date) -> None:
    page.locator(f"[name={name}]").first.fill(f"{day:%d/%m/%Y}")


def _on(page: Page) -> None:
    with page.expect_navigation():  # else a second press may still meet the same page
        page.locator("button[name=do][value=next]:visible").last.click()


def _decided(post: Post, ticket: str) -> dict[str, str]:
    path = f"{post.live.variables['PYTHONPATH']}:{REPOSITORY}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.unemployment_office", ticket],
        env=post.live.variables | {"PYTHONPATH": path, "GUICHET_ROLE": "portal"},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return told
