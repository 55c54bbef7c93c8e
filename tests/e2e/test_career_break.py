"""From a worker's notice to the letter of the office: two clerks of one employer, the worker and
an officer on one file, in French."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Window, faults
from tests.database import REPOSITORY
from tests.live import Live
from tests.live_of_module import live

__all__ = ["live"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
_TICKET: Final = re.compile(r"\b(?:04W|26C)-[A-Z0-9]{7}-[A-Z0-9]{2}-Z\b")


def program(live: Live, *words: str) -> dict[str, Any]:
    path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.break_people", *words],
        env=live.variables | {"PYTHONPATH": path}, cwd=REPOSITORY,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


class Story:
    """Everybody with a browser of his own."""

    def __init__(self, window: Window, live: Live) -> None:
        self._window, self._live = window, live
        self.told = program(live)
        self._pages: dict[str, Page] = {}

    def of(self, who: str) -> Page:
        if who not in self._pages:
            page = self._window.page(locale="fr-BE")
            cookie = {"name": "guichet_portal", "value": self.told[who], "url": self._live.portal}
            page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict
            self._pages[who] = page
        return self._pages[who]

    def at(self, who: str, place: str) -> Page:
        page = self.of(who)
        answer = page.goto(self._live.portal + place)
        assert answer is not None
        assert answer.status == 200, place
        return page

    def letters(self) -> dict[str, Any]:
        return program(self._live, "letters")


def day(page: Page, name: str, iso: str) -> None:
    for at, part in enumerate(reversed(iso.split("-"))):
        page.locator(f"[name={name}_{at}]").fill(part)


def hours(page: Page, name: str) -> None:
    page.locator(f"[name={name}_0]").fill("38")
    page.locator(f"[name={name}_1]").fill("00")


def ticket_on(page: Page) -> str:
    found = _TICKET.search(page.locator("main").inner_text())
    assert found, page.locator("main").inner_text()
    return found[0].replace("-", "")


def go_on(page: Page) -> None:
    with page.expect_navigation():  # else a second press may still meet the same page
        page.get_by_role("button", name="Suivant", exact=True).click()


def test_four_people_bring_a_break_from_the_notice_to_the_letter(
    window: Window, live: Live
) -> None:
    story = Story(window, live)
    notice = _worker_notifies(story)
    _clerk_accepts(story, notice)
    ticket = _colleague_goes_on_and_files(story)
    part = _clerk_changes_the_end(story, ticket)

    for who in ("clerk", "second"):
        page = story.at(who, f"/career-break/requests/{ticket}/")
        expect(page.locator("main")).to_contain_text("En attente d")
        expect(page.locator("main")).to_contain_text(part)
    foreign = story.at("other", "/career-break/").request.get(
        f"{live.portal}/career-break/requests/{ticket}/"
    )
    assert foreign.status == 404

    _worker_completes(story, ticket)
    for who in ("clerk", "second"):
        page = story.at(who, f"/career-break/requests/{ticket}/")
        expect(page.locator("main")).to_contain_text("En attente de traitement")
        assert "Zoé" not in page.content()

    _officer_asks_and_the_worker_answers(story, ticket)
    _officer_decides(story, ticket)
    for who in ("clerk", "second"):  # until the letter is sent the file is being handled for them
        page = story.at(who, f"/career-break/requests/{ticket}/")
        expect(page.locator("main")).to_contain_text("En cours de traitement par l")
        expect(page.locator("main")).not_to_contain_text("Clôturée par l")
    for act in ("modify", "cancel"):
        late = story.of("second").request.get(
            f"{live.portal}/career-break/requests/{ticket}/{act}/"
        )
        assert late.status == 409
    page = story.at("worker", f"/career-break/mine/requests/{ticket}/")

    assert story.letters() == {"today": 1, "later": 1}
    page = story.at("worker", "/ebox/")
    page.get_by_role("link", name=re.compile("écision")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("C62")
    expect(page.get_by_role("link", name=re.compile(r"\.pdf")).first).to_be_visible()
    assert faults(page) == []
    page = story.at("worker", f"/career-break/mine/requests/{ticket}/decisions/1/")
    expect(page.locator("main")).to_contain_text("Tribunal du travail du Hainaut")


def _worker_notifies(story: Story) -> str:
    page = story.at("worker", "/career-break/notices/mine/new/")
    page.locator("[name=employer]").first.check()
    page.locator("[name=leave][value=parental]").check()
    go_on(page)
    page.locator("[name=regime][value=full]").check()
    day(page, "first_day", story.told["first"])
    day(page, "last_day", story.told["last"])
    hours(page, "contract_minutes")
    hours(page, "full_time_minutes")
    page.get_by_role("button", name="Vérifier mon avertissement").last.click()
    page.locator("[name=certified]").check()
    page.get_by_role("button", name=re.compile("^Envoyer")).click()
    return ticket_on(page)


def _clerk_accepts(story: Story, notice: str) -> None:
    page = story.at("clerk", f"/career-break/notices/{notice}/")
    page.locator("[name=certified]").check()
    page.get_by_role("button", name="Valider et envoyer").click()
    # Dimona names no joint committee: the employer completes the worker first.
    page.locator("[name=worker_code][value=blue]").check()
    page.locator("[name=committee]").select_option("121")
    page.get_by_role("button", name="Sélectionner", exact=True).click()
    expect(page.locator("[name=first_day_2]")).to_have_value(story.told["first"][:4])


def _colleague_goes_on_and_files(story: Story) -> str:
    """What one clerk began, another one of the firm finishes; nothing is typed twice."""
    page = story.at("second", "/career-break/")
    page.get_by_role("link", name=re.compile("^Reprendre le brouillon")).first.click()
    go_on(page)
    go_on(page)
    expect(page.locator("[name=first_day_2]")).to_have_value(story.told["first"][:4])
    expect(page.locator("[name=contract_minutes_0]")).to_have_value("38")
    go_on(page)
    go_on(page)
    page.locator("[name=certified]").check()
    page.get_by_role("button", name="Confirmer", exact=True).click()
    return ticket_on(page)


def _clerk_changes_the_end(story: Story, ticket: str) -> str:
    """The number of this part, as it is printed."""
    page = story.at("clerk", f"/career-break/requests/{ticket}/modify/")
    day(page, "last_day", story.told["longer"])
    page.get_by_role("button", name="Confirmer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Accusé de réception")
    found = {one.replace("-", "") for one in _TICKET.findall(page.locator("main").inner_text())}
    [part] = found - {ticket}
    return f"{part[:3]}-{part[3:10]}-{part[10:12]}-{part[12:]}"


def _worker_completes(story: Story, ticket: str) -> None:
    page = story.at("worker", f"/career-break/mine/requests/{ticket}/identity/")
    page.locator("[name=language][value=fr]").check()
    go_on(page)
    go_on(page)
    page.locator("[name=name]").fill("Zoé Vandermeulen")
    day(page, "born_on", story.told["born"])
    page.locator("[name=parentage][value=biological]").check()
    page.locator("[name=is_disabled][value=no]").check()
    go_on(page)
    go_on(page)
    page.locator("[name=household][value=cohabiting]").check()
    go_on(page)
    page.locator("[name=activity][value=none]").check()
    go_on(page)
    page.locator("[name=pension][value=none]").check()
    go_on(page)
    page.locator("[name=iban]").fill("BE68 5390 0754 7034")
    page.locator("[name=holder]").fill("Luc Vandermeulen")
    go_on(page)
    go_on(page)
    page.locator("[name=certified]").check()
    page.get_by_role("button", name=re.compile("^Envoyer à l")).click()
    expect(page.locator("main")).to_contain_text("ONEM")


def _officer_asks_and_the_worker_answers(story: Story, ticket: str) -> None:
    page = story.at("officer", "/desk/career-breaks/")
    page.locator(f'input[name=file][value="{ticket}"]').check(force=True)
    page.get_by_role("button", name="Prendre les dossiers cochés").click()
    page = story.at("officer", f"/desk/career-breaks/{ticket}/ask/")
    page.locator("[name=addressee][value=worker]").check()
    page.locator("[name=template]").select_option("household")
    page.locator("[name=text]").fill("Avec qui habitez-vous ?")
    page.get_by_role("button", name="Envoyer la question").click()
    expect(page.get_by_text("La question est envoyée")).to_be_visible()
    for who in ("clerk", "second"):
        page = story.at(who, f"/career-break/requests/{ticket}/")
        expect(page.locator("main")).to_contain_text("En cours de traitement par l")
        assert "habitez" not in page.content()
    page = story.at("worker", "/")
    page.locator("a[href*='/career-break/questions/']").first.click()
    expect(page.locator("main")).to_contain_text("Avec qui habitez-vous")
    page.locator("[name=text]").fill("Avec ma compagne et notre fille.")
    page.get_by_role("button", name="Envoyer la réponse").click()
    expect(page.get_by_text("Votre réponse est envoyée.")).to_be_visible()


def _officer_decides(story: Story, ticket: str) -> None:
    page = story.at("officer", f"/desk/career-breaks/{ticket}/")
    expect(page.locator("main")).to_contain_text("Avec ma compagne et notre fille.")
    expect(page.locator("main")).to_contain_text("Zoé")
    page.get_by_role("link", name="Décider", exact=True).click()
    expect(page.get_by_label("Accordée, avec allocation")).to_be_checked()
    page.get_by_role("button", name="Décider", exact=True).click()
    expect(page.get_by_text("La décision est prise.")).to_be_visible()
