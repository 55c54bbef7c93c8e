"""Notices of workers for payroll software: found, read, answered within the term, filed."""

from __future__ import annotations

from typing import Any, Final, get_args

import pytest

from guichet.access.webhooks import operations as webhooks
from guichet.access.webhooks.models import Delivery
from guichet.audit.models import Lookup
from guichet.eservices.career_break import webhook_kinds
from guichet.eservices.career_break.api import wire
from guichet.eservices.career_break.models import Draft, Notice, Request
from guichet.eservices.career_break.notices import sending
from guichet.rules.career_break.answers import Ground
from guichet.rules.career_break.kinds import Exception55, Leave, Motive, Regime
from guichet.rules.career_break.states import NoticeState, State
from tests.contracts.conformity import contract
from tests.doors import Rest, rest
from tests.eservices.career_break import world
from tests.eservices.career_break.api.software import (
    CONTRACT,
    Software,
    codes,
    lend,
    software,
    wish,
)
from tests.eservices.career_break.notices import notice_world

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm", "sealed_by_us"),
]
REASONS: Final = notice_world.REASONS


@pytest.fixture
def payroll(rest: Rest) -> Software:
    return software(rest)


def place(row: Notice) -> str:
    return f"/notices/{row.ticket}"


def test_a_notice_is_found_until_it_is_answered(payroll: Software) -> None:
    row = notice_world.sent()

    [found] = payroll.post("/notices/search", {}).json()["items"]
    assert found["status"] == "pending"
    assert found["answerBy"]
    assert found["worker"] == {"ssin": world.LUC}
    assert Lookup.objects.using("audit").filter(niss=world.LUC, channel="rest").exists()
    whole = payroll.get(place(row)).json()
    assert (whole["askedStartDate"], whole["schedule"]) == ("2025-04-15", "Every afternoon")
    accepted = payroll.post(f"{place(row)}/answers", {"answer": "accept", "isCertified": True})
    assert accepted.status_code == 201
    assert accepted.json()["answer"]["answer"] == "accept"
    assert payroll.post("/notices/search", {}).json()["total"] == 0
    assert payroll.post("/notices/search", {"scope": "toFile"}).json()["total"] == 1
    assert payroll.post("/notices/search?pageSize=1", {"scope": "all"}).json()["total"] == 1


def test_c64_an_accepted_notice_becomes_a_request_and_the_draft_of_the_page_goes(
    payroll: Software,
) -> None:
    row = notice_world.sent()
    body = wish(
        regime="half", startDate="2025-04-15", endDate="2025-08-14", noticeTicket=row.ticket,
        noticeDate="2025-01-28",
        weeklyMinutes={"contract": 2280, "fullTime": 2280, "duringBreak": 1140},
    )  # fmt: skip
    early = payroll.post("/requests", body)
    assert early.status_code == 409
    unticked = payroll.post(f"{place(row)}/answers", {"answer": "accept"})
    assert codes(unticked) == ["V-CF-01"]
    payroll.post(f"{place(row)}/answers", {"answer": "accept", "isCertified": True})
    assert Draft.objects.filter(notice=row).exists()

    answer = payroll.post("/requests", body)

    assert answer.status_code == 201, answer.content
    assert Request.objects.get().notice == row
    assert not Draft.objects.exists()
    ticket = answer.json()["ticket"]
    assert payroll.get(place(row)).json()["requestTicket"] == ticket
    assert payroll.get(f"/requests/{ticket}").json()["noticeTicket"].startswith("26C-")
    later = body | {"startDate": "2025-09-01", "endDate": "2025-12-31"}
    again = payroll.post("/requests", later)
    assert again.status_code == 422, again.content


def test_c60_a_notice_is_postponed_with_reasons(payroll: Software) -> None:
    row = notice_world.sent()
    asked = {"answer": "postpone", "newStartDate": "2025-06-15", "reasons": REASONS}

    answer = payroll.post(f"{place(row)}/answers", asked)

    assert answer.status_code == 201
    found = answer.json()
    assert found["status"] == "postponed"
    assert (found["startDate"], found["endDate"]) == ("2025-06-15", "2025-10-14")
    assert found["askedStartDate"] == "2025-04-15"
    assert found["answer"]["reasons"] == REASONS
    again = payroll.post(f"{place(row)}/answers", asked)
    assert again.status_code == 409
    assert "postponed already" in again.json()["detail"]


@pytest.mark.parametrize(
    ("changed", "code", "pointer"),
    [
        ({"newStartDate": "2025-04-10"}, "V-NO-01", "/newStartDate"),
        ({"newStartDate": "2026-04-10"}, "V-NO-02", "/newStartDate"),
        ({"newStartDate": None}, "V-DT-01", "/newStartDate"),
        ({"reasons": ""}, "V-NO-05", "/reasons"),
        ({"answer": "refuse", "newStartDate": None}, "V-NO-07", None),
        ({"newStartDate": "9999-12-31"}, "V-NO-02", "/newStartDate"),
        ({"newStartDate": "0001-01-01"}, "V-NO-01", "/newStartDate"),
    ],
)
def test_an_answer_that_the_law_does_not_allow_has_the_code_of_the_page(
    payroll: Software, changed: dict[str, Any], code: str, pointer: str | None
) -> None:
    row = notice_world.sent()
    sound = {"answer": "postpone", "newStartDate": "2025-06-15", "reasons": REASONS}
    asked = {name: value for name, value in (sound | changed).items() if value is not None}

    answer = payroll.post(f"{place(row)}/answers", asked)

    assert answer.status_code == 422, answer.content
    found = {one.get("code"): one["pointer"] for one in answer.json()["issues"]}
    assert code in found
    assert pointer is None or found[code] == pointer
    row.refresh_from_db()
    assert row.state == "pending"


@pytest.mark.parametrize(
    "body",
    [
        {}, {"answer": "maybe"}, {"answer": "accept", "colour": 1}, {"answer": ["accept"]},
        {"answer": "refuse", "ground": "none"}, {"answer": "postpone", "newStartDate": "x"},
        {"answer": "postpone", "alternative": {"regime": "sixth"}}, b"NaN",
    ],
)  # fmt: skip
def test_an_answer_that_breaks_the_contract_is_a_400(payroll: Software, body: Any) -> None:
    assert payroll.post(f"{place(notice_world.sent())}/answers", body).status_code == 400


def test_c63_after_the_term_a_refusal_says_since_when_it_is_deemed_accepted(
    payroll: Software,
) -> None:
    row = notice_world.seed_notice(regime="tenth")

    answer = payroll.post(
        f"{place(row)}/answers",
        {"answer": "refuse", "ground": "consentRegime", "reasons": REASONS},
    )

    assert payroll.get(place(row)).json()["status"] == "deemedAccepted"
    assert answer.status_code == 422
    assert codes(answer) == ["V-NO-09"]
    assert "11/02/2024" in answer.json()["issues"][0]["detail"]


def test_anothers_notice_and_none_are_the_same_404(rest: Rest) -> None:
    row = notice_world.sent()
    other = software(rest, world.OTHER)

    assert other.get(place(row)).status_code == 404
    answer = other.post(f"{place(row)}/answers", {"answer": "accept", "isCertified": True})
    assert answer.status_code == 404
    assert other.get("/notices/26C-0079PJ6-6D-Z").status_code == 400
    named = {"employer": {"enterpriseNumber": world.FIRM}}
    assert other.post("/notices/search", named).status_code == 403
    lend()
    assert other.post("/notices/search", named).json()["total"] == 1
    assert other.get(place(row)).status_code == 200


def test_whoever_may_answer_a_notice_is_told_that_it_came(rest: Rest) -> None:
    lend()
    for number in (world.FIRM, world.OTHER, world.BARE):
        webhooks.subscribe(
            enterprise_number=number, address="https://software.example.be/in",
            kinds=[webhook_kinds.NOTICE_SENT, webhook_kinds.NOTICE_WITHDRAWN],
            actor=world.ACTOR, now=world.NOW,
        )  # fmt: skip

    row = notice_world.sent()
    sending.withdraw(ticket=row.ticket, worker=notice_world.worker(), now=world.NOW)

    told = [(one.subscription.enterprise_number, one.kind) for one in Delivery.objects.all()]
    assert sorted(told) == sorted(
        (number, kind)
        for number in (world.FIRM, world.OTHER)
        for kind in (webhook_kinds.NOTICE_SENT, webhook_kinds.NOTICE_WITHDRAWN)
    )
    assert all(world.LUC not in one.body for one in Delivery.objects.all())


@pytest.mark.parametrize(
    ("name", "codes_of_rules", "codes_on_wire"),
    [
        ("LeaveType", Leave, wire.Type),
        ("Regime", Regime, wire.RegimeCode),
        ("GroundOfRefusal", Ground, wire.GroundOfRefusal),
        ("NoticeStatus", NoticeState, None),
    ],
)
def test_the_codes_of_the_wire_are_those_of_the_rules(
    name: str, codes_of_rules: Any, codes_on_wire: Any
) -> None:
    known = {wire.camel(one) for one in codes_of_rules}

    assert set(contract(CONTRACT)["components"]["schemas"][name]["enum"]) == known
    assert codes_on_wire is None or set(get_args(codes_on_wire)) == known
    assert {wire.snake(one) for one in known} == set(codes_of_rules)
    assert set(get_args(wire.MotiveCode)) == {wire.camel(one) for one in Motive}
    assert set(get_args(wire.Ground)) == {wire.camel(one) for one in Exception55}
    hidden = {State.DRAFT, State.WAIT_DOCUMENTS}
    assert set(get_args(wire.StateCode)) == {wire.camel(one) for one in set(State) - hidden}
