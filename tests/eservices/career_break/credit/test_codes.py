"""Codes for an employer: made, opened once, revoked, guessed at."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from guichet.audit.models import Lookup
from guichet.eservices.career_break.credit.models import Attestation
from guichet.kernel.credit_code import CreditCode
from guichet.platform import clock
from tests.eservices.career_break import world
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import FIRM, LUC, NADIA, NOW, OTHER, clerk
from tests.portal.browsing import signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
NEW = "/career-break/credit/codes/new/"
CHECK = "/career-break/attestations/"


def test_a_worker_makes_a_code_and_his_employer_opens_it() -> None:
    world.filed()
    row = _made()

    answer = clerk().post(CHECK, {"code": CreditCode(row.code).formatted().lower()}, follow=True)

    assert answer.status_code == 200
    assert "Luc Vandermeulen" in said(answer)
    assert "3 months" in said(answer)  # for whom the month was is not told: cautious
    assert (
        Lookup.objects.using("audit").filter(niss=LUC, purpose="careerBreak.attestation").exists()
    )
    row.refresh_from_db()
    assert row.used_by is not None
    assert row.used_by.number == FIRM
    assert "Nuages SRL" in said(_luc().get("/career-break/credit/codes/"))


def test_a_second_enterprise_gets_the_answer_of_an_unknown_code() -> None:
    row = _made()
    clerk().post(CHECK, {"code": row.code})

    late = clerk(OTHER).post(CHECK, {"code": row.code})
    none = clerk(OTHER).post(CHECK, {"code": CreditCode.of(7).signs})

    assert late.status_code == none.status_code == 422
    assert _errors(late) == _errors(none)
    assert clerk(OTHER).get(f"{CHECK}{row.key}/").status_code == 404
    assert clerk().post(CHECK, {"code": row.code}).status_code == 302


def test_a_mistyped_code_is_told_apart_and_opens_nothing() -> None:
    row = _made()
    wrong = row.code[:-1] + ("0" if row.code[-1] != "0" else "1")

    mistyped = clerk().post(CHECK, {"code": wrong})
    short = clerk().post(CHECK, {"code": "ABC"})
    document = clerk().post(CHECK, {"code": row.document})

    assert "mistyped" in said(mistyped)
    assert "twelve letters and digits" in said(short)
    assert "code of a document" in said(document)
    row.refresh_from_db()
    assert row.used_at is None


def test_a_revoked_code_and_one_that_is_too_old_open_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    revoked, old = _made(), _made()
    _luc().post(f"/career-break/credit/codes/{revoked.key}/revoke/")
    assert clerk().post(CHECK, {"code": revoked.code}).status_code == 422

    assert clerk().post(CHECK, {"code": old.code}).status_code == 302
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=15))

    assert clerk().post(CHECK, {"code": old.code}).status_code == 422
    assert clerk().get(f"{CHECK}{old.key}/").status_code == 404


def test_guessing_is_stopped() -> None:
    browser = clerk()
    answers = [browser.post(CHECK, {"code": "ABC"}).status_code for _try in range(31)]

    assert answers[:30] == [422] * 30
    assert answers[30] == 429


def test_a_code_tells_what_was_ticked_and_nothing_else() -> None:
    browser = _luc()
    assert browser.post(NEW, {}).status_code == 422

    row = _made(browser)

    assert [line["leave"] for line in row.content["lines"]] == ["parental"]
    page = said(browser.get(f"/career-break/credit/codes/{row.key}/"))
    assert CreditCode(row.code).formatted() in page
    assert re.search(r"[0-9]{11}", str(row.content)) is None


def test_somebody_elses_code_and_no_code_are_the_same_404() -> None:
    row = _made()
    other = signed_in(NADIA)

    for place in (f"/career-break/credit/codes/{row.key}/",):
        assert other.get(place).status_code == 404
        assert other.post(f"{place}revoke/").status_code == 404
    row.refresh_from_db()
    assert row.revoked_at is None


@pytest.mark.parametrize("place", [CHECK, f"{CHECK}00000000-0000-4000-8000-000000000000/"])
def test_who_has_no_right_for_career_breaks_opens_no_code(place: str) -> None:
    assert signed_in(world.STRANGER, FIRM).get(place).status_code == 403
    assert signed_in(LUC).get(place).status_code == 403


def _luc() -> Client:
    return signed_in(LUC)


def _made(browser: Client | None = None) -> Attestation:
    answer = (browser or _luc()).post(NEW, {"pots": ["parental-other"]})
    assert answer.status_code == 302, said(answer)
    return Attestation.objects.get(key=str(answer["Location"]).split("/")[-2])


def _errors(answer: Any) -> list[str]:
    return re.findall(r'class="govuk-error-message".*?</p>', answer.content.decode(), re.S)
