"""The desk in a real browser: by a program, narrow, in every language, from queue to letter."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import LOOKS, PHONE, Window, faults, fits
from tests.database import REPOSITORY
from tests.live import Live
from tests.live_of_module import live

__all__ = ["live"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
DESK: Final = "/desk/career-breaks/"
PAGES: Final = (
    ("officer", DESK),
    ("officer", f"{DESK}{{held}}/"),
    ("officer", f"{DESK}{{asked}}/"),
    ("officer", f"{DESK}{{closed}}/"),
    ("officer", f"{DESK}{{held}}/ask/"),
    ("officer", f"{DESK}{{held}}/decide/"),
    ("officer", f"{DESK}{{closed}}/reopen/"),
    ("leader", f"{DESK}signatures/"),
    ("officer", f"{DESK}changes/"),
    ("leader", f"{DESK}{{signed}}/sign/{{proposal}}/"),
    ("leader", f"{DESK}team/"),
    ("officer", f"{DESK}letters/"),
    ("officer", f"{DESK}figures/"),
    ("officer", f"{DESK}payments/"),
    ("officer", f"{DESK}{{closed}}/payments/"),
    ("officer", f"{DESK}{{closed}}/recover/"),
    ("officer", f"{DESK}payments/?month={{month}}"),
    ("officer", f"{DESK}payments/runs/"),
    ("officer", f"{DESK}payments/runs/{{run}}/"),
    ("officer", f"{DESK}payments/MON/{{month}}/"),
    ("officer", f"{DESK}payments/prepared/{{ready}}/"),
    ("leader", f"{DESK}payments/prepared/{{ready}}/"),
    ("officer", f"{DESK}payments/prepared/{{begun}}/?still=yes"),
    ("officer", f"{DESK}{{handed}}/payments/"),
    ("officer", f"{DESK}{{paid}}/payments/"),
    ("officer", f"{DESK}{{paid}}/recoveries/{{recovery}}/"),
    ("colleague", f"{DESK}{{paid}}/recoveries/{{recovery}}/"),
    ("payer", "/career-break/recoveries/{recovery}/"),
    ("officer", f"{DESK}parameters/"),
    ("officer", f"{DESK}parameters/amount.thematic.full.standard/"),
    ("worker", "/career-break/questions/{question}/"),
)
Go = Callable[..., Page]
_TOLD: dict[str, dict[str, Any]] = {}


@pytest.fixture
def told(live: Live) -> dict[str, Any]:
    """What the live portal holds, made once."""
    if live.dsn not in _TOLD:
        path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
        done = subprocess.run(
            [sys.executable, "-m", "tests.backoffice.career_breaks.live_desk"],
            env=live.variables | {"PYTHONPATH": path}, cwd=REPOSITORY,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        _TOLD[live.dsn] = json.loads(done.stdout.splitlines()[-1])
    return _TOLD[live.dsn]


@pytest.fixture
def go(window: Window, live: Live, told: dict[str, Any]) -> Go:
    """Open a page as somebody."""

    def opened(who: str, place: str, **options: Any) -> Page:
        page = window.page(**options)
        cookie = {"name": "guichet_portal", "value": told[who], "url": live.portal}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of Playwright
        answer = page.goto(place.format(**told))
        assert answer is not None
        assert answer.status == 200, place
        return page

    return opened


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_has_a_fault_that_a_program_finds(go: Go, look: str) -> None:
    for who, place in PAGES:
        page = go(who, place, **LOOKS[look])
        assert faults(page) == [], place
        assert fits(page), place
        page.context.close()


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
def test_every_page_fits_the_narrowest_phone_in_every_language(
    go: Go, told: dict[str, Any], language: str
) -> None:
    for who, place in PAGES:
        page = go(who, place, locale=language, viewport={"width": 320, "height": 800})
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert fits(page), place
        page.context.close()


@pytest.mark.parametrize("at", [0, 1])
def test_an_officer_goes_from_the_queue_to_the_letter_in_french(
    go: Go, told: dict[str, Any], at: int
) -> None:
    ticket = told["to_take"][at]
    options: dict[str, Any] = {"viewport": PHONE, "java_script_enabled": False} if at else {}
    page = go("officer", DESK, locale="fr-BE", **options)

    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("^Dossiers d.interruption de carrière$")
    )
    page.locator(f'input[name=file][value="{ticket}"]').check(force=True)
    page.get_by_role("button", name="Prendre les dossiers cochés").click()
    expect(page.get_by_text("Vous avez pris un dossier.")).to_be_visible()
    page.goto(f"{DESK}{ticket}/")
    page.get_by_role("link", name="Décider", exact=True).click()
    expect(page.get_by_label("Accordée, avec allocation")).to_be_checked()
    page.get_by_role("button", name=re.compile("Montrer d.abord la lettre")).click()
    expect(page.get_by_text("Tribunal du travail du Hainaut")).to_be_visible()
    if not at:
        assert faults(page) == []
    assert fits(page)
    page.get_by_role("button", name="Décider", exact=True).click()
    expect(page.get_by_text("La décision est prise.")).to_be_visible()
    letter = page.get_by_role("link", name=re.compile(r"Décision \(C62\)"))
    expect(letter).to_be_visible()
    assert fits(page)
