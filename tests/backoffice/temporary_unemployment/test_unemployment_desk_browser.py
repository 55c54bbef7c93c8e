"""The desk of temporary unemployment in a real browser: by a program, by keyboard, no script."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Window, faults, fits
from tests.live import Live
from tests.live_of_module import live
from tests.live_reading import (
    LOOKED_AT,
    PHONE,
    pages_of,
    press,
    summary_leads,
    told_at_field,
    told_by,
    typed,
    wrong_on,
)

__all__ = ["live"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
DESK: Final = "/desk/temporary-unemployment/"
PAGES: Final = (
    ("officer", DESK),
    ("officer", f"{DESK}?kind=strike"),
    ("officer", f"{DESK}{{late}}/"),
    ("officer", f"{DESK}{{held}}/"),
    ("officer", f"{DESK}{{first}}/"),
    ("leader", f"{DESK}{{decided}}/"),
    ("officer", f"{DESK}{{held}}/decide/"),
    ("leader", f"{DESK}{{decided}}/decide/"),
    ("officer", f"{DESK}many/"),
    ("officer", f"{DESK}many/{{run}}/"),
    ("officer", f"{DESK}paper/"),
    ("leader", f"{DESK}paper/"),
    ("officer", f"{DESK}paper/cards/"),
    ("officer", f"{DESK}difficulty/"),
    ("officer", f"{DESK}difficulty/{{form}}/"),
    ("officer", f"{DESK}sending/"),
    ("officer", f"{DESK}figures/"),
    ("officer", f"{DESK}figures/?by=code&months=12"),
    ("leader", f"{DESK}team/"),
    ("agent", "/desk/crisis/"),
)
# Forms that are sent empty: by whom, where, by which button, and the boxes that lack something.
LACKING: Final = (
    ("officer", f"{DESK}paper/cards/", ".td-part form.td-form .govuk-button"),
    ("officer", f"{DESK}paper/", "form.td-form .govuk-button"),
    ("officer", f"{DESK}difficulty/", "form.td-form .govuk-button"),
    ("officer", f"{DESK}difficulty/{{form}}/", "form .govuk-button:not(.govuk-button--secondary)"),
    ("leader", f"{DESK}paper/", "form.td-form .govuk-button"),
    ("leader", f"{DESK}team/", "form.td-form .govuk-button"),
    ("agent", "/desk/crisis/", "button[value=waiver]"),
    ("agent", "/desk/crisis/", "button[value=queue]"),
    ("agent", "/desk/crisis/", "button[value=reading]"),
)
Go = Callable[..., Page]


@pytest.fixture(scope="module")
def told(live: Live) -> dict[str, Any]:
    """Sessions and addresses of the office in the live portal."""
    return told_by(live, "tests.backoffice.temporary_unemployment.live_desk")


@pytest.fixture
def go(window: Window, live: Live, told: dict[str, Any]) -> Go:
    """Open a page as somebody of the office."""
    return pages_of(window, live, told)


@pytest.mark.parametrize(("language", "on_phone"), LOOKED_AT)
def test_no_page_has_a_fault_that_a_program_finds_on_a_desk_or_a_phone(
    go: Go, told: dict[str, Any], language: str, on_phone: bool
) -> None:
    pages = {who: go(who, locale=language) for who in ("officer", "leader", "agent")}
    for who, place in PAGES:
        page = pages[who]
        answer = page.goto(place.format(**told))
        assert answer is not None
        assert answer.status == 200, place
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert wrong_on(page, on_phone=on_phone) == [], place


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE"])
def test_what_lacks_is_said_in_a_summary_that_has_the_focus_and_leads_to_each_field(
    go: Go, told: dict[str, Any], language: str
) -> None:
    pages = {
        who: go(who, locale=language, viewport=PHONE) for who in ("officer", "leader", "agent")
    }
    for who, place, button in LACKING:
        page = pages[who]
        page.goto(place.format(**told))
        page.locator("main").locator(button).first.click()
        assert summary_leads(page) >= 1, place
        assert told_at_field(page) == [], place
        assert faults(page) == [], place
        assert fits(page), place


def test_an_officer_takes_looks_and_decides_with_the_keyboard_alone(
    go: Go, told: dict[str, Any]
) -> None:
    page = go("officer", DESK, locale="fr-BE")
    ticket = told["waiting"][0]
    press(page, page.locator(f"input[name=file][value='{ticket}']"), "Space")
    press(page, page.get_by_role("button", name="Prendre les communications cochées"))
    press(page, page.locator(f"main a[href='{DESK}{ticket}/']"))
    press(page, page.get_by_role("link", name="Décider", exact=True))
    press(page, page.get_by_role("button", name="Montrer d\u2019abord la lettre"))
    expect(page.get_by_role("heading", name="Ce que dira la lettre")).to_be_visible()
    assert faults(page) == []
    press(page, page.get_by_role("button", name="Décider", exact=True))
    page.wait_for_url(f"**{DESK}{ticket}/")
    expect(page.get_by_text("La décision est prise.")).to_be_visible()


def test_a_decision_that_lacks_its_reason_is_said_at_the_field_on_a_phone(
    go: Go, told: dict[str, Any]
) -> None:
    page = go("officer", f"{DESK}{{held}}/decide/", locale="nl-BE", viewport=PHONE)
    page.locator("[name=result][value=refused]").check(force=True)
    for one in page.locator("[name=codes]:checked").all():
        one.uncheck(force=True)
    page.locator("button[value=preview]").click()
    assert summary_leads(page) == 1
    assert told_at_field(page) == []
    assert faults(page) == []
    assert fits(page)


def test_many_are_accepted_after_a_preview_without_javascript_on_a_phone(
    go: Go, told: dict[str, Any]
) -> None:
    page = go("officer", f"{DESK}many/", locale="nl-BE", viewport=PHONE, java_script_enabled=False)
    page.locator("[name=received_from]").fill(told["yesterday"])
    page.locator("[name=received_until]").fill(told["today"])
    page.locator("main form[method=get] button").click()
    expect(page.locator("#preview")).to_be_visible()
    assert fits(page)
    page.locator("main form[method=post] .govuk-button").click()
    page.wait_for_url("**/many/*/")
    assert fits(page)


def test_a_form_and_a_place_in_the_team_are_recorded_without_javascript(
    go: Go, told: dict[str, Any]
) -> None:
    page = go("officer", f"{DESK}difficulty/", locale="de-BE", viewport=PHONE,
              java_script_enabled=False)  # fmt: skip
    page.locator("[name=employer]").fill(told["employer"])
    page.locator("[name=form]").select_option(index=1)
    page.locator("[name=ground]").select_option(index=1)
    page.locator("[name=sent_on]").fill(told["today"])
    page.locator("form.td-form .govuk-button").click()
    page.wait_for_url("**/difficulty/*/")
    assert fits(page)
    leader = go("leader", f"{DESK}team/", locale="de-BE", viewport=PHONE, java_script_enabled=False)
    rows = leader.locator("main tbody tr").count()
    leader.locator("[name=niss]").fill(told["reader"])
    leader.locator("[name=office]").select_option(index=2)
    leader.locator("form.td-form .govuk-button").click()
    expect(leader.locator("main tbody tr")).to_have_count(rows + 1)


def test_a_queue_is_opened_and_ended_with_the_keyboard_alone(go: Go, told: dict[str, Any]) -> None:
    page = go("agent", "/desk/crisis/", locale="fr-BE")
    form = page.locator("form:has(button[value=queue])")
    typed(page, form.locator("[name$=until]"), told["tomorrow"])
    typed(page, form.locator("[name$=rate]"), "30")
    press(page, page.locator("button[value=queue]"))
    press(page, page.locator("main section.g-warn button"))
    expect(page.locator("main section.g-warn")).to_have_count(0)
    assert faults(page) == []
