"""Dimona in a real browser: every page by a program, by keyboard, without JavaScript."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests import database
from tests.browser import LOOKS, PHONE, Window, faults, fits
from tests.database import REPOSITORY
from tests.live import Live, made

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LANGUAGES: Final = ("en-GB", "fr-BE", "nl-BE", "de-BE")
NEXT: Final = (date.today() + timedelta(days=21)).isoformat()  # noqa: DTZ011  # far enough
PAGES: Final = (
    ("sofie", "/dimona/"),
    ("sofie", "/dimona/?cancelled=yes"),
    ("sofie", "/dimona/?committee=302"),
    ("sofie", "/dimona/declarations/"),
    ("sofie", "/dimona/declarations/?result=B"),
    ("lea", "/dimona/declarations/"),
    ("sofie", "/dimona/declarations/{refused}/"),
    ("sofie", "/dimona/declarations/{remarked}/"),
    ("sofie", "/dimona/declarations/{pending}/"),
    ("lea", "/dimona/declarations/{warned}/"),
    ("sofie", "/dimona/periods/{student}/"),
    ("sofie", "/dimona/periods/{student}/change/"),
    ("sofie", "/dimona/periods/{student}/cancel/"),
    ("sofie", "/dimona/periods/{open}/end/"),
    ("sofie", "/dimona/periods/{flexi}/"),
    ("sofie", "/dimona/periods/{flexi}/days/"),
    ("sofie", "/dimona/periods/{flexi}/days/{day}/change/"),
    ("sofie", "/dimona/periods/{flexi}/days/{day}/cancel/"),
    ("sofie", "/dimona/exports/{preparing}/"),
    ("sofie", "/dimona/exports/{ready}/"),
    ("sofie", "/dimona/exports/{failed}/"),
    ("sofie", "/dimona/identity-changes/"),
    ("sofie", "/dimona/periods/{changed}/"),
    ("denis", "/desk/periods/"),
    ("denis", "/desk/periods/{locked}/"),
    ("denis", "/desk/periods/{student}/"),
    ("sofie", "/dimona/declare/"),
    ("lea", "/dimona/declare/"),
)
Go = Callable[..., Page]
_TOLD: dict[str, dict[str, Any]] = {}


@pytest.fixture(scope="module")
def live(worker_id: str, database_url: str) -> Iterator[Live]:
    """A portal of these tests alone: nobody else fills it, no worker decides beside it."""
    name = f"guichet_dimona_{worker_id}"
    with tempfile.TemporaryDirectory(prefix="guichet-dimona-") as folder:
        made_here = made(url=database_url, name=name, folder=Path(folder))
        try:
            made_here.start("portal")
            yield made_here
        finally:
            made_here.stop_all()
            database.drop(database_url, name)


@pytest.fixture
def told(live: Live) -> dict[str, Any]:
    """The firms of the demonstration in the live portal's database, once for each worker."""
    if live.dsn not in _TOLD:
        _TOLD[live.dsn] = json.loads(_run(live, "-m", "tests.eservices.dimona.live_pages"))
    return _TOLD[live.dsn]


def _run(live: Live, *words: str) -> str:
    path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
    done = subprocess.run(
        [sys.executable, *words], env=live.variables | {"PYTHONPATH": path}, cwd=REPOSITORY,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return (done.stdout.splitlines() or [""])[-1]


def decide(live: Live) -> None:
    """What the worker does every second."""
    program = (
        "import django; django.setup()\n"
        "from guichet.eservices.dimona import processing\nfrom guichet.platform import clock\n"
        "processing.process(now=clock.now())"
    )
    _run(live, "-c", program)


@pytest.fixture
def go(window: Window, told: dict[str, Any], live: Live) -> Go:
    """Open a page as one of the clerks."""

    def opened(who: str, place: str, **options: Any) -> Page:
        page = window.page(**options)
        cookie = {"name": "guichet_portal", "value": told[who], "url": live.portal}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.goto(place.format(**told))
        return page

    return opened


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("who", "place"), PAGES)
def test_a_page_has_no_fault_that_a_program_finds(go: Go, who: str, place: str, look: str) -> None:
    page = go(who, place, **LOOKS[look])

    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize(("who", "place"), PAGES)
def test_a_page_fits_a_narrow_screen_in_every_language(
    go: Go, who: str, place: str, language: str
) -> None:
    page = go(who, place, locale=language, viewport={"width": 320, "height": 800})

    assert page.locator("html").get_attribute("lang") == language[:2]
    assert fits(page)


@pytest.mark.parametrize("place", ["/dimona/", "/dimona/declarations/"])
def test_a_page_ends_with_its_foot_on_a_phone(go: Go, place: str) -> None:
    page = go("sofie", place, viewport=PHONE)

    blank = page.evaluate(
        "document.documentElement.scrollHeight - Math.max(innerHeight,"
        " document.querySelector('footer').getBoundingClientRect().bottom + scrollY)"
    )

    assert blank <= 1


_OVERLAP: Final = """() => [...document.querySelectorAll("td[data-l], th[data-l]")].filter(cell => {
  const label = getComputedStyle(cell, "::before");
  if (label.content === "none" || label.position !== "absolute") return false;
  const ruler = document.createElement("canvas").getContext("2d");
  ruler.font = label.font;
  const width = ruler.measureText(cell.dataset.l).width;
  return width > parseFloat(getComputedStyle(cell).paddingLeft);
}).map(cell => cell.dataset.l)"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "place", ["/dimona/", "/dimona/declarations/", "/dimona/identity-changes/"]
)
def test_on_a_phone_no_label_of_a_list_lies_over_what_it_names(
    go: Go, place: str, language: str
) -> None:
    page = go("sofie", place, locale=language, viewport=PHONE)
    page.wait_for_load_state("load")

    assert page.evaluate(_OVERLAP) == []


def _week(page: Page, told: dict[str, Any], first: str, *, submit: Callable[[Page], None]) -> None:
    """An agency up to the check of a week contract with an empty day."""
    page.locator("[name=type]").select_option("OTH")
    page.locator("[name=committee]").select_option("322")
    page.locator("[name=start]").fill(first)
    submit(page)
    page.locator("[name=ssin]").fill(told["wout"])
    page.locator("[name=end]").fill((date.fromisoformat(first) + timedelta(days=4)).isoformat())
    page.locator("[name=user]").fill(told["user"])
    page.locator("[name=user_committee]").select_option("XXX")
    weekday = date.fromisoformat(first).weekday()
    for at in (0, 1, 3, 4):
        page.locator(f"[name=weekdays][value='{(weekday + at) % 7}']").check()


def _press(page: Page) -> None:
    with page.expect_navigation():
        page.locator("form.di-send button.govuk-button").last.click()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_each_step_of_an_in_has_no_fault(
    go: Go, told: dict[str, Any], language: str, size: str
) -> None:
    options: dict[str, Any] = {"locale": language} | (
        {"viewport": PHONE} if size == "phone" else {}
    )
    page = go("lea", "/dimona/declare/", **options)
    _press(page)  # nothing chosen: refused, with the focus on the summary
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert faults(page) == []
    _week(page, told, _monday(40), submit=_press)
    assert faults(page) == []
    assert fits(page)
    _press(page)
    expect(page.locator("#warnings")).to_be_visible()
    assert faults(page) == []
    assert fits(page)


def _monday(days: int) -> str:
    day = date.fromisoformat(NEXT) + timedelta(days=days)
    return (day - timedelta(days=day.weekday())).isoformat()


def test_i21_without_javascript_a_week_contract_is_declared_and_its_reason_kept(
    go: Go, told: dict[str, Any], live: Live
) -> None:
    page = go("lea", "/dimona/declare/", java_script_enabled=False)
    _week(page, told, _monday(47), submit=_press)
    _press(page)
    page.locator("[name=reason]").fill("A day of training")
    page.locator("button[name=sent]").click()
    expect(page.locator("#state")).to_contain_text("Being processed")
    decide(live)
    # Nobody presses anything: the page looks again by itself.
    expect(page.locator("#state")).to_contain_text("A day of training", timeout=20_000)
    expect(page.locator("#state")).to_contain_text("Accepted", timeout=20_000)


def test_with_javascript_the_answer_comes_without_loading_the_page_anew(
    go: Go, told: dict[str, Any], live: Live
) -> None:
    page = go("sofie", "/dimona/periods/{student}/change/")
    hours = page.locator("[name=planned]")
    hours.fill(str(int(hours.input_value()) + 1))
    _press(page)
    page.locator("button[name=sent]").click()
    expect(page.locator("#state")).to_contain_text("Being processed")
    page.evaluate("window.isTheSame = true")
    decide(live)
    expect(page.locator("#state")).not_to_contain_text("Being processed", timeout=20_000)
    assert page.evaluate("window.isTheSame") is True
    assert faults(page) == []


def test_by_keyboard_alone_a_student_is_declared(go: Go, told: dict[str, Any], live: Live) -> None:
    page = go("sofie", "/dimona/declare/")
    page.locator("[name=type]").focus()
    page.keyboard.type("STU")
    page.keyboard.press("Tab")
    page.keyboard.type("XXX")
    page.locator("[name=start]").fill(NEXT)
    page.locator("[name=start]").press("Enter")
    page.locator("[name=ssin]").focus()
    page.keyboard.type(told["wout"])
    page.keyboard.press("Tab")
    page.locator("[name=end]").fill(NEXT)
    page.locator("[name=planned]").focus()
    page.keyboard.type("7")
    page.keyboard.press("Enter")  # checks, and does not go back
    send = page.locator("button[name=sent]")
    expect(send).to_be_visible()
    send.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text("Being processed")
    decide(live)
    expect(page.locator("#state")).to_contain_text("Accepted", timeout=20_000)


def test_who_stops_the_refreshing_looks_again_by_hand(go: Go) -> None:
    page = go("sofie", "/dimona/exports/{preparing}/", java_script_enabled=False)

    page.get_by_role("link", name="Do not look again by itself").click()

    expect(page.get_by_role("link", name="Look again")).to_be_visible()
    assert "http-equiv" not in page.content()


def test_a_file_is_asked_for_and_comes(go: Go) -> None:
    page = go("sofie", "/dimona/")
    page.locator("#format").select_option("xml")

    with page.expect_download() as coming:
        page.get_by_role("button", name="Export").click()

    assert coming.value.suggested_filename == "dimona.xml"


def test_d38_the_worker_prepares_a_long_file(go: Go, live: Live) -> None:
    program = (
        "import django; django.setup()\n"
        "from guichet.audit.actors import Actor\nfrom guichet.demo import declarations, people\n"
        "from guichet.eservices.dimona import exports\n"
        "from guichet.eservices.dimona.queries import Wanted\n"
        "from guichet.platform import clock\n"
        "print(exports.ask(wanted=Wanted(declarations.FIRM), file_type='csv', total=9,"
        " language='fr', actor=Actor('person', people.SOFIE.niss, declarations.FIRM),"
        " now=clock.now()))"
    )
    reference = _run(live, "-c", program)
    live.start("worker")
    try:
        page = go("sofie", f"/dimona/exports/{reference}/")
        ready = page.get_by_role("link", name="Download the file")
        expect(ready).to_be_visible(timeout=60_000)
    finally:
        live.stop("worker")
    with page.expect_download() as coming:
        ready.click()

    assert coming.value.suggested_filename == "dimona.csv"


@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_beginning_is_declared_without_signing_in(
    window: Window, live: Live, told: dict[str, Any], language: str, has_script: bool
) -> None:
    page = window.page(locale=language, viewport=PHONE, java_script_enabled=has_script)
    page.goto(f"{live.portal}/services/dimona/")
    page.locator('a[href="/dimona/unsigned/"]').click()
    expect(page.locator("#id_employer")).to_be_visible()
    _is_sound(page, has_script)
    page.locator("#id_employer").fill(told["firm"])
    page.locator("#id_employer").press("Enter")
    page.locator("#id_type").select_option("OTH")
    page.locator("#id_committee").select_option("XXX")
    page.locator("#id_start").fill(NEXT)
    _is_sound(page, has_script)
    page.locator("button[value=kind]").click()
    page.locator("#id_ssin").fill("1")
    page.locator("#id_ssin").press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.locator("#id_ssin").fill(told["ruben"])
    _is_sound(page, has_script)
    page.locator("#id_ssin").press("Enter")
    expect(page.locator("button[name=sent]")).to_be_visible()
    _is_sound(page, has_script)
    page.locator("button[name=sent]").click()

    expect(page).to_have_url(re.compile(r"/dimona/unsigned/[0-9]+/$"))
    _is_sound(page, has_script)


def _is_sound(page: Page, has_script: bool) -> None:
    if has_script:
        assert faults(page) == []
    assert fits(page)
