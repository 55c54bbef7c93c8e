"""The numbered scenarios of people at a screen, each walked in a real browser."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from guichet.demo import fixtures
from tests.browser import PHONE, Window, faults, fits
from tests.database import REPOSITORY
from tests.documents.attachments import samples
from tests.live import Live
from tests.portal.visits import Told

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STAFF = "/presence/staff/"
Walk = Callable[..., Page]
_TOLD: dict[str, dict[str, Any]] = {}


@pytest.fixture
def told(live: Live, filled: Told) -> dict[str, Any]:
    """Sessions and facts of the world of the walks, made once for each live portal."""
    if live.dsn not in _TOLD:
        path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
        done = subprocess.run(
            [sys.executable, "-m", "tests.e2e.walks_world"],
            env=live.variables | {"PYTHONPATH": path}, cwd=REPOSITORY,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        _TOLD[live.dsn] = json.loads(done.stdout.splitlines()[-1])
    return _TOLD[live.dsn]


@pytest.fixture
def walk(window: Window, live: Live, told: dict[str, Any]) -> Walk:
    """A page of one of these people."""

    def opened(who: str, **options: Any) -> Page:
        page = window.page(**options)
        cookie = {"name": "guichet_portal", "value": told[who], "url": live.portal}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of Playwright
        return page

    return opened


def _well(page: Page) -> None:
    assert faults(page) == []
    assert fits(page)


def test_p16_the_employer_reads_presence_and_break_of_a_day(walk: Walk, told: Any) -> None:
    page = walk("clerk")
    page.goto(f"{STAFF}?day={told['day']}")

    row = page.get_by_role("row").filter(has_text="Vanhoucke")
    expect(row).to_contain_text("7:45")
    expect(row).to_contain_text("0:15")


def test_p32_p96_a_worker_reads_his_own_acts_alone_and_can_only_report_a_mistake(
    walk: Walk, told: Any, window: Window
) -> None:
    page = walk("mover", viewport=PHONE)
    page.goto(f"/presence/my-registrations/?first={told['day']}&last={told['day']}")
    links = page.locator("main a[href^='/presence/my-registrations/2']")
    shown = {href.rstrip("/").rsplit("/", 1)[1] for href in _places(links)}
    assert shown == {str(receipt) for receipt in told["whole"]}

    page.goto(f"/presence/my-registrations/{told['whole'][-1]}/")
    expect(page.get_by_text("You cannot change or delete this registration")).to_be_visible()
    expect(page.get_by_role("link", name="Tell my employer what is wrong")).to_be_visible()
    assert page.locator("main form").count() == 0
    _well(page)

    answers = [
        page.goto(f"/presence/my-registrations/{receipt}/")
        for receipt in (told["other_receipt"], 260101000000001)
    ]
    assert [answer.status for answer in answers if answer] == [404, 404]
    window.complaints.clear()  # the browser notes a 404 that one asked for


def _places(links: Any) -> list[str]:
    return [str(link.get_attribute("href")) for link in links.all()]


def test_p83_p17_who_has_two_employers_chooses_and_moves_to_another_site_in_one_gesture(
    walk: Walk,
) -> None:
    page = walk("mover", viewport=PHONE, java_script_enabled=False)
    page.goto(f"/presence/clock/?site={fixtures.S1}")
    page.locator("button.g-arch").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose for whom you work here.")
    page.get_by_label("Zilvermeeuw Gebouwendienst").check()
    page.locator("button.g-arch").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()

    page.goto(f"/presence/clock/?site={fixtures.S4}")
    page.get_by_role("button", name="I leave the other site and start here").click()

    acts = page.locator(".pr-acts").first.locator("li")
    expect(acts).to_have_count(3)
    said = acts.locator("b").all_inner_texts()
    assert sorted(said) == ["IN", "IN", "OUT"]


def test_p26_an_employer_finds_no_way_to_register_for_a_worker(
    walk: Walk, told: Any, window: Window
) -> None:
    page = walk("clerk")
    page.goto(STAFF)
    menu = set(_places(page.locator("nav a[href^='/presence/staff/']")))
    assert menu
    for place in sorted(menu):
        page.goto(place)
        for form in page.locator("main form").all():
            assert form.get_attribute("method") != "post" or _enters_nothing(form), place

    direct = page.request.post(
        "/presence/clock/",
        form={"step": "start", "site": fixtures.S1, "ssin": fixtures.W1},
    )
    assert direct.status == 403  # no token of a form: nobody posts for somebody else
    window.complaints.clear()


def _enters_nothing(form: Any) -> bool:
    """No field of a form for an act: its kind, its moment."""
    names = [one.get_attribute("name") for one in form.locator("input, select, button").all()]
    return not {"step", "occurred_at", "time"} & set(names)


def test_p77_a_day_beyond_the_limit_is_refused_with_the_last_one(walk: Walk, told: Any) -> None:
    page = walk("clerk")
    _to_days(page)

    page.locator("input[name=first]").fill(told["last"])
    page.locator("input[name=last]").fill(told["beyond"])
    page.locator("main form button.govuk-button").last.click()

    expect(page.get_by_role("alert")).to_contain_text("The last day that you can register today is")
    expect(page.locator("input[name=last]")).to_have_value(told["beyond"])
    _well(page)


def _to_days(page: Page) -> None:
    page.goto("/checkin/assistant/")
    page.locator(f"input[name=chosen][value='{fixtures.S2}']").check()
    page.locator("main form[class] button").click()
    page.locator("input[name=people]").first.check()
    page.locator("main form button.govuk-button").last.click()
    expect(page.locator("input[name=first]")).to_be_visible()


def test_p78_the_workers_of_a_subcontractor_are_offered_again(walk: Walk) -> None:
    page = walk("clerk")
    page.goto("/checkin/assistant/")
    page.locator(f"input[name=chosen][value='{fixtures.S2}']").check()
    page.locator("main form[class] button").click()

    expect(page.get_by_text("Claes Lotte").first).to_be_visible()


def test_p91_p94_a_forgotten_out_is_asked_for_in_time_with_a_document(
    walk: Walk, told: Any, tmp_path: Path
) -> None:
    page = walk("clerk")
    page.goto(f"{STAFF}requests/new/?receipt={told['in_time']}&missing=1")
    _fill_request(page)
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("alert")).to_contain_text("A supporting document is needed")
    expect(page.get_by_label("What happened?")).to_have_value("She forgot it; the sheet is signed.")
    _attach(page, tmp_path)
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Request 26P"))

    page.goto(f"{STAFF}requests/new/?receipt={told['late']}&missing=1")
    expect(page.get_by_text(re.compile("could be asked until")).first).to_be_visible()
    _well(page)


def _fill_request(page: Page) -> None:
    page.get_by_label("Time", exact=True).fill("15:30")
    page.get_by_label("What happened?").fill("She forgot it; the sheet is signed.")
    page.get_by_label("Why did it go wrong?").select_option("forgotten")


def _attach(page: Page, tmp_path: Path) -> None:
    page.get_by_role("button", name="Attach a file").click()
    sheet = tmp_path / "sheet.pdf"
    sheet.write_bytes(samples.pdf())
    page.get_by_label("File", exact=True).set_input_files(sheet)
    page.get_by_role("button", name="Attach the file").click()


def test_p93_who_works_for_herself_asks_and_an_employee_goes_to_his_employer(
    walk: Walk, told: Any, tmp_path: Path
) -> None:
    page = walk("alone", viewport=PHONE)
    page.goto(f"/presence/my-registrations/{told['alone_receipt']}/")
    page.get_by_role("link", name="Ask the NSSO").click()
    page.get_by_label("The time is wrong").check()
    page.get_by_label("The right time, on the same day").fill("07:30")
    page.get_by_label("What happened?").fill("The phone was slow; my diary says so.")
    page.get_by_label("Why did it go wrong?").select_option("forgotten")
    _attach(page, tmp_path)
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_text("Asked by the person himself")).to_be_visible()
    _well(page)

    employee = walk("mover")
    employee.goto(f"/presence/requests/new/?receipt={told['whole'][0]}")
    expect(employee).to_have_url(re.compile(f"{told['whole'][0]}/mistake/$"))


def test_p97_a_long_file_is_made_in_the_background_with_masked_numbers(
    walk: Walk, told: Any, live: Live
) -> None:
    page = walk("clerk")
    week = told["week"]
    page.goto(f"{STAFF}registrations/?scope=sites&first={week['first']}&last={week['last']}")
    page.get_by_role("link", name=re.compile("CSV")).first.click()
    expect(page.get_by_text(re.compile("made in the background"))).to_be_visible()
    page.locator("main form button").first.click()
    expect(page.get_by_text(re.compile("days written of"))).to_be_visible()
    _well(page)
    live.start("worker")
    try:
        ready = page.get_by_role("link", name="Download", exact=True)
        expect(ready).to_be_visible(timeout=60_000)
    finally:
        live.stop("worker")
    with page.expect_download() as coming:
        ready.click()

    lines = Path(coming.value.path()).read_text("utf-8-sig").splitlines()
    assert len(lines) > 25_000
    assert fixtures.W2 not in "\n".join(lines)
