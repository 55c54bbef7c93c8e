"""What nobody should send: refused in the words of the contract, and nothing of it repeated."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import get_resolver

from guichet.access.permissions import (
    CAREER_BREAK,
    CAREER_BREAK_CONSULT,
    CAREER_BREAK_DECLARANT,
    DIMONA,
)
from guichet.eservices.career_break.api import services_urls
from guichet.eservices.career_break.models import Parameters, Request, Version
from tests.access.machine import machine
from tests.contracts.conformity import contract
from tests.doors import Rest, rest
from tests.eservices.career_break import world
from tests.eservices.career_break.api.software import (
    BASE,
    CONTRACT,
    Software,
    plain_wish,
    software,
    wish,
)

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm", "sealed_by_us"),
]
DEEP: Final = b'{"worker":' * 3_000 + b"1" + b"}" * 3_000
FAR: Final = {"startDate": "9999-12-31", "endDate": "9999-12-31", "noticeDate": "9999-12-31"}
FIRST: Final = {"startDate": "0001-01-01", "endDate": "0001-01-01", "noticeDate": "0001-01-01"}


@pytest.fixture
def payroll(rest: Rest) -> Software:
    return software(rest)


def worker(**changed: Any) -> dict[str, Any]:
    return {"ssin": world.LUC, "workerCode": "blue", "jointCommission": "121"} | changed


@pytest.mark.parametrize(
    "body",
    [
        b" ", b"{", b"[]", b"null", b"\xff", b"1e999", b"NaN", b'{"worker": NaN}', DEEP,
        b'{"worker": {"ssin": "\\ud800"}}', b'"' + b"x" * 60_000 + b'"',
        {}, {"colour": "red"}, wish(colour="red"), wish(worker=world.LUC),
        wish(worker={}), wish(worker=worker(ssin=85073003328)), wish(worker=worker(ssin=None)),
        wish(worker=worker(hue=1)), wish(worker=worker(ssin="\0")),
        wish(worker=worker(ssin="1" * 201)), wish(worker=worker(workerCode="green")),
        wish(type="sabbatical"), wish(type="time_credit"), wish(type=["parental"]),
        wish(regime="full_flex"), wish(regime=1), wish(startDate="2025-02-30"),
        wish(startDate="01/04/2025"), wish(startDate="2025-04-01T00:00:00Z"),
        wish(startDate=20250401),
        wish(endDate="2025-4-30"), wish(weeklyMinutes=2400), wish(weeklyMinutes={"contract": -1}),
        wish(weeklyMinutes={"contract": 6000}), wish(weeklyMinutes={"contract": 2400.5}),
        wish(weeklyMinutes={"contract": True}), wish(weeklyMinutes={"contract": 10**30}),
        wish(isCertified="yes"), wish(isAgreed=1), wish(comment="a\0b"), wish(comment="x" * 2001),
        wish(weeks=[{"startDate": "2025-04-07"}]), wish(weeks=[{}] * 61),
        wish(weeks=[{"startDate": "2025-04-13", "endDate": "2025-04-07"}]),
        wish(otherEmployers=[{"contract": "x"}]), wish(details={"motive": "child"}),
        wish(details={"statute": "statutory", "relation": "family"}),
        wish(type="timeCredit"), wish(type="palliative", details={"month": "first"}),
        wish(type="medicalAssistance"), wish(type="ordinary"), wish(details=[]),
        wish(employer="0712345630"), wish(employer={"enterpriseNumber": "712345630"}),
        wish(employer={"enterpriseNumber": "071234563\u0660"}), wish(noticeTicket=7),
    ],
)  # fmt: skip
def test_a_body_that_breaks_the_contract_is_a_400_that_repeats_nothing(
    payroll: Software, body: Any
) -> None:
    for path in ("/requests", "/requests/check"):
        answer = payroll.post(path, body)

        assert answer.status_code == 400, answer.content
        assert answer.json()["issues"]
        assert world.LUC not in answer.content.decode()
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        FAR, FIRST, {"startDate": "2025-04-01", "endDate": "9999-12-31"},
        {"startDate": "2025-04-01", "endDate": "0001-01-01"}, {"startDate": "1999-12-31"},
        {"noticeDate": "0001-01-01"}, {"details": {"childBirthDate": "0001-01-01"}},
        {"details": {"childBirthDate": "9999-12-31"}},
        {"type": "palliative", "details": {"attestationDate": "0001-01-01", "month": "third"}},
        {"type": "informalCarer", "details": {"recognitionStartDate": "9999-12-31",
                                             "recognitionEndDate": "0001-01-01"}},
        {"type": "endOfCareer", "regime": "fifth", "endDate": None},
        {"type": "endOfCareer", "regime": "half", "details": {"ground": "nightWork"}},
        {"type": "timeCredit", "details": {"motive": "palliative", "agreement": "company"}},
        {"type": "medicalAssistance", "details": {"relation": "hospital"}},
        {"regime": "fullFlex", "isAgreed": True,
         "weeks": [{"startDate": "0001-01-01", "endDate": "9999-12-31"}]},
        {"regime": "fullFlex", "isAgreed": True,
         "weeks": [{"startDate": "2025-04-07", "endDate": "2025-04-13"}] * 60},
        {"weeklyMinutes": {"contract": 0, "fullTime": 0, "duringBreak": 0}},
        {"weeklyMinutes": {"contract": 5999, "fullTime": 1, "duringBreak": 5999}},
        {"hasOtherEmployers": True, "otherEmployers": [{}] * 20},
        {"otherEmployers": [{"enterpriseNumber": "x", "name": "y", "contract": 1, "fullTime": 0}]},
        {"worker": {"ssin": "\u0661" * 11}}, {"worker": {"ssin": "00000000000"}},
        {"worker": {"ssin": ""}}, {"worker": {"ssin": world.LUC, "jointCommission": "\u202e121"}},
        {"worker": worker(emailAddress="a@b.c@" + "d" * 190)},
        {"comment": "\u200d" * 2000}, {"reason": "\N{GRINNING FACE}" * 400},
        {"workingTimeReduction": {}},
    ],
)  # fmt: skip
def test_whatever_the_contract_allows_has_an_answer_of_the_rules(
    payroll: Software, changed: dict[str, Any]
) -> None:
    """The last days of the calendar, no hours, sixty weeks: 200, 201 or 422, never an accident."""
    assert payroll.post("/requests/check", plain_wish(**changed)).status_code == 200

    assert payroll.post("/requests", wish(**changed)).status_code in (201, 422)


def test_a_filed_text_is_text(payroll: Software) -> None:
    script = "<script>alert(1)</script> ' ; DROP TABLE career_break_request; --"

    ticket = payroll.filed(comment=script)["ticket"]

    assert payroll.get(f"/requests/{ticket}").json()["content"]["comment"] == script


def test_a_body_too_large_is_a_413_and_another_media_type_a_415(payroll: Software) -> None:
    assert payroll.post("/requests", b" " * 70_000).status_code == 413
    ticket = payroll.filed()["ticket"]
    own = f"/requests/{ticket}"
    paths = ("/requests", "/requests/check", "/requests/search", f"{own}/modifications",
             f"{own}/cancellations")  # fmt: skip
    for path in paths:
        answer = payroll.post(path, b"a=1", content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 415
        assert payroll.post(path, {}, Accept="application/xml").status_code == 406
        assert payroll.post(f"{path}?niss=1", {}).status_code == 400
    kept = payroll.send(
        "PUT", f"/employers/{world.FIRM}/parameters", b"a", content_type="text/plain"
    )
    assert kept.status_code == 415


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH"])
def test_other_verbs_are_405_in_json(payroll: Software, verb: str) -> None:
    for path in ("/requests", "/requests/check", "/requests/04W0/modifications", "/ping/secure"):
        answer = payroll.send(verb, path, {})
        assert answer.status_code == 405
        assert answer.json()["status"] == 405
    assert payroll.post(f"/employers/{world.FIRM}/parameters", {}).status_code == 405
    assert payroll.get("/requests").status_code == 405


@pytest.mark.parametrize(
    "number", [world.OTHER, world.BARE, "0000000000", "x", "%00", "9" * 300, "\u0661" * 10]
)
def test_another_employers_parameters_and_none_are_the_same_404(
    payroll: Software, number: str
) -> None:
    given = {"name": "n", "emailAddress": "a@example.be", "sector": "private"}
    before = Parameters.objects.count()

    for answer in (
        payroll.get(f"/employers/{number}/parameters"),
        payroll.put(f"/employers/{number}/parameters", given),
    ):
        assert answer.status_code == 404
        assert answer.json()["issues"][0]["name"] == "enterpriseNumber"
    assert Parameters.objects.count() == before


ROUTES: Final = {
    "career-break-check": ("POST", "/requests/check", CAREER_BREAK_CONSULT),
    "career-break-file": ("POST", "/requests", CAREER_BREAK_DECLARANT),
    "career-break-search": ("POST", "/requests/search", CAREER_BREAK_CONSULT),
    "career-break-request": ("GET", "/requests/{ticket}", CAREER_BREAK_CONSULT),
    "career-break-modify": ("POST", "/requests/{ticket}/modifications", CAREER_BREAK_DECLARANT),
    "career-break-cancel": ("POST", "/requests/{ticket}/cancellations", CAREER_BREAK_DECLARANT),
    "career-break-parameters": ("GET", "/employers/{number}/parameters", CAREER_BREAK_CONSULT),
    "career-break-attach": ("POST", "/requests/{ticket}/attachments", CAREER_BREAK_DECLARANT),
    "career-break-notices": ("POST", "/notices/search", CAREER_BREAK_CONSULT),
    "career-break-notice": ("GET", "/notices/{notice}", CAREER_BREAK_CONSULT),
    "career-break-answer": ("POST", "/notices/{notice}/answers", CAREER_BREAK_DECLARANT),
    "career-break-ping": ("GET", "/ping/secure", CAREER_BREAK_CONSULT),
}
PUBLIC: Final = {"career-break-health", "career-break-contract"}


def test_the_walk_knows_every_route_and_every_route_is_in_the_contract() -> None:
    named = {one.name for one in services_urls.urlpatterns}
    paths = contract(CONTRACT)["paths"]

    assert named == ROUTES.keys() | PUBLIC
    assert len(paths) == len(services_urls.urlpatterns)
    assert get_resolver("guichet.config.urls_services")


@pytest.mark.parametrize("name", ROUTES)
def test_every_route_for_every_kind_of_caller(rest: Rest, payroll: Software, name: str) -> None:
    verb, place, needed = ROUTES[name]
    ticket = payroll.filed()["ticket"]
    path = place.format(
        ticket=ticket, number=world.FIRM, notice=world.notice(niss=world.NADIA).ticket
    )
    body: Any = None if verb == "GET" else {}
    versions = Version.objects.count()

    def status(headers: dict[str, str]) -> int:
        program = Software(headers)
        found = program.get(path) if body is None else program.post(path, body)
        return found.status_code

    assert status({}) == 401
    assert status({"Authorization": "Bearer x"}) == 401
    assert status({"Authorization": "Basic eDp5"}) == 401
    elsewhere = machine(enterprise_number=world.FIRM, permissions=(DIMONA,))
    assert status(rest.caller(world.FIRM, of=elsewhere)) == 403
    # The token carries the scope, the channel lost the permission.
    assert status(rest.caller(world.FIRM, scopes=(needed,), of=elsewhere)) == 403
    mine = machine(enterprise_number=world.FIRM, permissions=(CAREER_BREAK,))
    reader = status(rest.caller(world.FIRM, scopes=(CAREER_BREAK_CONSULT,), of=mine))
    writer = status(rest.caller(world.FIRM, scopes=(CAREER_BREAK_DECLARANT,), of=mine))
    assert (reader == 403) is (needed == CAREER_BREAK_DECLARANT)
    assert writer not in (401, 403, 404, 405)
    foreign = status(software(rest, world.OTHER).headers)
    assert foreign == 404 if "{" in place else foreign != 403
    assert Version.objects.count() == versions
    assert Request.objects.get().version == 1


def test_a_database_that_is_away_is_a_503(
    payroll: Software, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db.utils import OperationalError

    from guichet.eservices.career_break import queries, search, submitting

    def away(*_args: object, **_given: object) -> None:
        raise OperationalError

    ticket = payroll.filed()["ticket"]
    monkeypatch.setattr(queries, "whoevers", away)
    monkeypatch.setattr(queries, "parameters", away)
    monkeypatch.setattr(search, "page", away)
    monkeypatch.setattr(submitting, "_parameters", away)

    for path, body in (
        ("/requests", wish()), ("/requests/check", plain_wish()), ("/requests/search", {}),
        (f"/requests/{ticket}/modifications", {"endDate": "2025-05-31"}),
        (f"/requests/{ticket}/cancellations", {"isConfirmed": True}),
    ):  # fmt: skip
        answer = payroll.post(path, body)
        assert answer.status_code == 503
        assert "Retry-After" in answer
    assert payroll.get(f"/requests/{ticket}").status_code == 503
    assert payroll.get(f"/employers/{world.FIRM}/parameters").status_code == 503


def test_nothing_of_a_person_stands_in_an_address() -> None:
    words = ("ssin", "niss", "worker")
    for path, verbs in contract(CONTRACT)["paths"].items():
        given = [*verbs.get("parameters", ()),
                 *(one for verb in verbs.values() if isinstance(verb, dict)
                   for one in verb.get("parameters", ()))]  # fmt: skip
        text = (path + json.dumps(given)).lower()
        assert not any(word in text for word in words), path
    assert Client().get(f"{BASE}/doc/openapi.yaml") is not None
