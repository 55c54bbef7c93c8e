"""The employer's pages in a real browser: by a program, by keyboard, without JavaScript."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from guichet.platform import clock
from tests.browser import Window, faults, fits
from tests.live import Live
from tests.live_of_module import live
from tests.live_reading import (
    LOOKED_AT,
    PHONE,
    pages_of,
    press,
    summary_leads,
    tab_to,
    told_at_field,
    told_by,
    twins,
    typed,
    wrong_on,
)

__all__ = ["live"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
T: Final = "/temporary-unemployment/"
_DRAFTS: Final = {
    "empty": ("place",),
    "expected": ("period", "causes", "workers", "workers/choose", "check"),
    "white": ("period", "check"),
    "weather": ("month", "weather", "workers", "check"),
    "accident": ("accident", "check"),
    "list": ("nature",),
    "force": ("force", "check"),
    "strike": ("strike", "workers", "check"),
}
PAGES: Final = (
    T,
    *(f"{T}new/{reason}" for reason in ("", "E/", "T/", "SE/", "FM/")),
    f"{T}drafts/",
    *(f"{T}drafts/{{{draft}}}/{step}/" for draft, steps in _DRAFTS.items() for step in steps),
    f"{T}months/{{year}}/{{month}}/",
    f"{T}limits/",
    f"{T}closed-days/{{year}}/",
    f"{T}representation/",
    *(f"{T}communications/{{{row}}}/" for row in ("late", "first", "gone", "nature", "decided")),
    *(f"{T}communications/{{{row}}}/receipt/" for row in ("late", "gone", "nature")),
    f"{T}communications/{{late}}/cancel/",
    f"{T}communications/{{decided}}/decision/",
)
# A step that is sent empty, its draft, and the boxes that lack something, in their order.
LACKING: Final = {
    "place": ("bare", ("establishment", "committee")),
    "period": ("bare_expected", ("posted_on", "regime", "first_day", "last_day")),
    "causes": ("bare_expected", ("causes", "no_subcontracting")),
    "month": ("bare_weather", ("day",)),
    "weather": ("bare_weather", ("workplace", "nature_of_work", "weather", "why_impossible")),
    "accident": ("bare_accident", ("accident_on", "causes")),
    "nature": ("bare_list", ("nature_ticket",)),
    "force": ("bare_force", ("first_day", "last_day", "causes")),
    "strike": ("bare_strike", ("day", "causes", "workplace")),
}
Go = Callable[..., Page]


@pytest.fixture(scope="module")
def told(live: Live) -> dict[str, Any]:
    """Sessions and addresses of the firm in the live portal."""
    return told_by(live, "tests.eservices.temporary_unemployment.pages.live_pages")


@pytest.fixture
def go(window: Window, live: Live, told: dict[str, Any]) -> Go:
    """Open a page as the clerk of the firm."""
    return partial(pages_of(window, live, told), "clerk")


def box(days: int) -> str:
    """A day from today on, as it is typed."""
    return f"{clock.today(clock.now()) + timedelta(days=days):%d/%m/%Y}"


@pytest.mark.parametrize(("language", "on_phone"), LOOKED_AT)
def test_no_page_has_a_fault_that_a_program_finds_on_a_desk_or_a_phone(
    go: Go, told: dict[str, Any], language: str, on_phone: bool
) -> None:
    page = go(locale=language)
    for place in PAGES:
        answer = page.goto(place.format(**told))
        assert answer is not None
        assert answer.status == 200, place
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert wrong_on(page, on_phone=on_phone) == [], place


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE"])
def test_what_lacks_is_said_in_a_summary_that_has_the_focus_and_leads_to_each_field(
    go: Go, told: dict[str, Any], language: str
) -> None:
    page = go(locale=language, viewport=PHONE)
    for step, (draft, boxes) in LACKING.items():
        page.goto(f"{T}drafts/{told[draft]}/{step}/")
        page.locator("main button.govuk-button[value=next]").click()
        assert summary_leads(page) >= len(boxes), step
        assert told_at_field(page) == [], step
        links = page.locator(".govuk-error-summary a")
        named = [str(one.get_attribute("href")) for one in links.all()]
        assert list(dict.fromkeys(named)) == [f"#id_{name}" for name in boxes], step
        assert faults(page) == [], step
        assert fits(page), step


def test_a_worker_who_cannot_be_added_is_said_at_his_box(go: Go) -> None:
    page = go(f"{T}drafts/{{alone_strike}}/workers/", locale="fr-BE", viewport=PHONE)
    page.get_by_label("Numéro de registre national").fill("85073003329")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    assert summary_leads(page) == 1
    assert told_at_field(page) == []
    expect(page.get_by_label("Numéro de registre national")).to_have_value("85073003329")
    page.locator("input[type=file]").set_input_files(
        {"name": "liste.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 rien"}
    )
    page.get_by_role("button", name="Lire le fichier").click()
    assert summary_leads(page) == 1
    assert told_at_field(page) == []
    page.locator("main button.govuk-button[value=next]").click()
    assert summary_leads(page) == 1
    assert faults(page) == []


def test_lines_of_a_file_are_repaired_and_a_day_is_said_at_its_line(
    go: Go, told: dict[str, Any]
) -> None:
    page = go(f"{T}drafts/{{read_weather}}/workers/", locale="nl-BE", viewport=PHONE)
    lines = (
        "INSZ;Naam;Voornaam;Eerste dag\n"
        f"{told['anne']};Dubois;Anne;31/02/2026\n{told['luc']};Vandermeulen;Luc;\n"
    )
    page.locator("input[type=file]").set_input_files(
        {"name": "lijst.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    )
    page.get_by_role("button", name="Het bestand lezen").click()
    expect(page.get_by_role("heading", name="1 regel kon niet")).to_be_visible()
    assert twins(page) == []
    page.locator("[name=faulty-0-day]").fill(box(0))
    page.locator("button[value=again]").click()
    expect(page.locator(".tw-workers tbody tr")).to_have_count(2)
    page.locator("[name=line-1-day]").fill("30/02/2026")
    page.locator("main button.govuk-button[value=next]").click()
    assert summary_leads(page) >= 1
    assert told_at_field(page) == []
    expect(page.locator("[name=line-1-day]")).to_be_focused()
    assert faults(page) == []
    assert fits(page)


def test_the_days_are_counted_while_somebody_types(go: Go) -> None:
    asked: list[str] = []
    page = go(f"{T}drafts/{{typing}}/period/", locale="fr-BE")
    page.on("request", lambda one: asked.append(one.url) if "deadlines" in one.url else None)
    answers = page.locator("#tu-deadlines")
    expect(answers).to_contain_text("Premier début possible")

    typed(page, page.get_by_label("Jour de la notification"), box(0))
    typed(page, page.get_by_label("Premier jour de la suspension"), box(10))
    expect(answers).to_contain_text("Notification et communication au plus tard le")
    assert page.get_by_label("Premier jour de la suspension").evaluate(
        "one => one === document.activeElement"
    )
    expect(answers.locator("table.g-cal").first).to_be_visible()
    assert answers.get_attribute("aria-live") == "polite"
    press(page, page.locator("[name=regime]").first, "Space")
    expect(answers).to_contain_text("Fin au plus tard le")
    assert all("csrf" not in url and "do=" not in url for url in asked)
    assert 1 <= len(asked) <= 6
    assert faults(page) == []


def test_the_days_are_counted_by_a_button_without_javascript(go: Go) -> None:
    page = go(f"{T}drafts/{{counting}}/period/", java_script_enabled=False, locale="nl-BE",
              viewport=PHONE)  # fmt: skip
    page.get_by_label("Eerste dag van de schorsing").fill(box(10))
    page.locator("[name=regime][value=full]").check(force=True)
    page.get_by_role("button", name="Opnieuw berekenen").click()
    expect(page.locator("#tu-deadlines")).to_contain_text("Einde ten laatste op")
    expect(page.get_by_label("Eerste dag van de schorsing")).to_have_value(box(10))


def test_foreseen_unemployment_is_communicated_with_the_keyboard_alone(go: Go) -> None:
    page = go(T, locale="fr-BE")
    press(page, page.get_by_role("link", name="Communiquer").last)
    press(page, page.locator("main a[href$='/new/E/']"))
    press(page, page.locator("main button[value=expected]"))
    tab_to(page, page.get_by_label("Unité d\u2019établissement"))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_label("Commission paritaire"))
    page.keyboard.type("111")
    press(page, page.get_by_role("button", name="Suivant"))
    press(page, page.locator("[name=notice_kind]").first, "Space")
    typed(page, page.get_by_label("Jour de la notification"), box(0))
    press(page, page.locator("[name=regime]").first, "Space")
    typed(page, page.get_by_label("Premier jour de la suspension"), box(3))
    typed(page, page.get_by_label("Dernier jour de la suspension"), box(14))
    press(page, page.get_by_role("button", name="Suivant"))
    typed(
        page, page.get_by_label("Causes économiques"), "Les commandes ont baissé d\u2019un tiers."
    )
    press(page, page.get_by_label("Je m\u2019engage"), "Space")
    press(page, page.get_by_role("button", name="Suivant"))
    press(page, page.get_by_role("button", name="Choisir dans le fichier"))
    press(page, page.get_by_label("Dubois Anne"), "Space")
    with page.expect_navigation():  # both pages have the button that is pressed then
        press(page, page.get_by_role("button", name="Reprendre"))
    press(page, page.get_by_role("button", name="Suivant"))
    tab_to(page, page.get_by_label("Remarques"))
    page.keyboard.type("Décidé tard.")
    assert faults(page) == []
    press(page, page.get_by_role("button", name="Envoyer à l\u2019ONEM"))

    page.wait_for_url("**/receipt/")
    expect(page.locator(".tw-number")).to_contain_text("05W-")
    press(page, page.get_by_role("link", name="Annuler cette communication"))
    typed(page, page.get_by_label("Remarques"), "Le travail revient.")
    press(page, page.get_by_role("button", name="Annuler la communication"))
    page.wait_for_url("**/receipt/")
    expect(page.locator("main")).to_contain_text("05C-")


def test_a_first_day_is_told_modified_and_copied_without_javascript_on_a_phone(go: Go) -> None:
    page = go(f"{T}new/E/", java_script_enabled=False, locale="nl-BE", viewport=PHONE)

    def go_on() -> None:
        assert fits(page), page.url
        page.locator("main button.govuk-button[value=next]").click()

    page.locator("button[value=first_day]").click()
    page.get_by_label("Vestigingseenheid").select_option(index=1)
    page.get_by_label("Paritair comité").select_option("111")
    go_on()
    page.get_by_label("Eerste dag zonder werk").fill(box(0))
    go_on()
    page.get_by_role("button", name="Kiezen uit het Dimona").click()
    page.get_by_label("Vandermeulen Luc").check()
    page.get_by_role("button", name="overnemen").click()
    go_on()
    page.get_by_label("Opmerkingen").fill("Laat beslist.")
    assert fits(page)
    page.get_by_role("button", name="Verzenden naar de RVA").click()
    page.wait_for_url("**/receipt/")
    page.get_by_role("button", name="Kopiëren voor de volgende maand").click()
    expect(page.get_by_label("Eerste dag zonder werk")).to_be_visible()
    page.get_by_role("button", name="Het concept weggooien").click()
    page.goto(T)
    assert fits(page)
    page.locator("tbody a[href*='/communications/']").first.click()
    assert fits(page)
    page.get_by_role("button", name="Deze mededeling wijzigen").click()
    expect(page.locator("h1")).to_be_visible()
    page.get_by_role("button", name="Bewaren en later verdergaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Concepten")
