"""Requests of payroll software: the same rules and words as the pages, once, and by mandate."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest

from guichet.access.permissions import CAREER_BREAK_CONSULT
from guichet.audit.models import Entry, Lookup
from guichet.eservices.career_break import operations
from guichet.eservices.career_break.models import Draft, Request
from guichet.eservices.career_break.retries import keys
from guichet.platform import clock
from tests.contracts.conformity import contract
from tests.doors import Answer, Rest, rest
from tests.eservices.career_break import world
from tests.eservices.career_break.api.software import (
    CONTRACT,
    Software,
    codes,
    lend,
    plain_wish,
    software,
    wish,
)

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm", "sealed_by_us"),
]
KEY: Final = {"Idempotency-Key": "payroll-1"}


@pytest.fixture
def payroll(rest: Rest) -> Software:
    return software(rest)


def test_c43_a_request_of_software_waits_for_the_worker_under_a_ticket_of_messages(
    payroll: Software,
) -> None:
    answer = payroll.post("/requests", wish())

    assert answer.status_code == 201
    found = answer.json()
    assert found["ticket"].startswith("04B-")
    assert answer["Location"] == found["href"]
    row = Request.objects.get()
    assert (row.channel, row.state, row.leave) == ("message", "wait_worker", "parental")
    assert row.document
    assert not Draft.objects.exists()
    assert Entry.objects.filter(action="careerBreak.request.confirmed").exists()
    assert Lookup.objects.using("audit").filter(niss=world.LUC, channel="rest").exists()


def test_software_and_page_keep_the_same_request(payroll: Software) -> None:
    world.filed(niss=world.NADIA)
    payroll.filed(worker={"ssin": world.LUC, "workerCode": "blue", "jointCommission": "121"})

    by_page = Request.objects.get(channel="portal")
    by_message = Request.objects.get(channel="message")

    assert by_message.content == by_page.content
    assert by_message.office == by_page.office


def test_a_request_is_read_by_its_ticket_however_it_is_written(payroll: Software) -> None:
    ticket = payroll.filed()["ticket"]

    for written in (ticket, ticket.lower(), ticket.replace("-", ""), ticket.replace("-", "%20")):
        found = payroll.get(f"/requests/{written}").json()
        assert found["ticket"] == ticket
    assert found["worker"] == {"ssin": world.LUC}
    assert found["content"]["weeklyMinutes"] == {"contract": 2400, "fullTime": 2400}
    assert found["openSteps"] == ["modify", "cancel"]
    assert [one["event"] for one in found["versions"]] == ["confirmed"]


def test_c40_the_same_key_is_one_request(payroll: Software) -> None:
    first = payroll.post("/requests", wish(), **KEY)
    again = payroll.post("/requests", wish(), **KEY)

    assert again.status_code == 201
    assert again["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    assert Request.objects.count() == 1
    other = payroll.post("/requests", wish(comment="another"), **KEY)
    assert other.status_code == 422
    assert other.json()["type"].endswith("unprocessableContent")
    malformed = payroll.post("/requests", wish(), **{"Idempotency-Key": "a b"})
    assert malformed.status_code == 400
    assert keys.forget(now=clock.now() + timedelta(hours=25)) == 1


def test_a_refused_call_keeps_no_key(payroll: Software) -> None:
    assert payroll.post("/requests", wish(endDate="2025-04-12"), **KEY).status_code == 422

    assert payroll.post("/requests", wish(), **KEY).status_code == 201


def test_keys_of_two_programs_do_not_meet(rest: Rest, payroll: Software) -> None:
    payroll.post("/requests", wish(), **KEY)

    other = software(rest).post("/requests", wish(), **KEY)

    assert other.status_code == 422
    assert codes(other) == ["V-DT-07"]


@pytest.mark.parametrize(
    ("changed", "code", "pointer"),
    [
        ({"endDate": "2025-03-01"}, "V-DT-02", "/endDate"),
        ({"endDate": "2025-04-12"}, "V-DU-01", "/endDate"),
        ({"endDate": None}, "V-DT-01", "/endDate"),
        ({"startDate": "2031-01-01", "endDate": "2031-01-31"}, "V-DT-03", "/startDate"),
        ({"regime": "tenth", "endDate": "2026-01-31"}, "V-RG-02", "/isAgreed"),
        ({"type": "ordinary", "details": {"statute": "statutory"}}, "V-RQ-01", "/type"),
        ({"type": "endOfCareer"}, "V-RG-01", "/regime"),
        ({"noticeDate": "2025-04-02"}, "V-NT-01", "/noticeDate"),
        ({"weeklyMinutes": {"contract": 2500, "fullTime": 2400}}, "V-HR-02",
         "/weeklyMinutes/contract"),
        ({"weeklyMinutes": {}}, "V-HR-01", "/weeklyMinutes/contract"),
        ({"isCertified": False}, "V-CF-01", "/isCertified"),
        ({"comment": "x" * 201}, "V-TX-01", "/comment"),
        ({"worker": {"ssin": "1"}}, "V-NI-01", "/worker/ssin"),
        ({"worker": {"ssin": world.LUC, "jointCommission": "121"}}, "V-SE-01",
         "/worker/workerCode"),
        ({"worker": {"ssin": world.LUC, "workerCode": "blue", "jointCommission": "777"}},
         "V-CP-01", "/worker/jointCommission"),
        ({"worker": {"ssin": world.LUC, "workerCode": "blue", "jointCommission": "121",
                     "emailAddress": "nobody"}}, "V-PA-01", "/worker/emailAddress"),
    ],
)  # fmt: skip
def test_what_the_rules_refuse_has_the_codes_of_the_pages_and_its_place(
    payroll: Software, changed: dict[str, Any], code: str, pointer: str
) -> None:
    answer = payroll.post("/requests", wish(**changed))

    assert answer.status_code == 422, answer.content
    found = {(one.get("code"), one["pointer"]) for one in answer.json()["issues"]}
    assert (code, pointer) in found
    assert not Request.objects.exists()


def test_c41_a_wrong_number_and_a_worker_of_somebody_else_are_the_same_refusal(
    payroll: Software,
) -> None:
    wrong = world.LUC[:-2] + f"{(int(world.LUC[-2:]) + 1) % 97:02d}"
    said = []
    for ssin in (wrong, world.ELSEWHERE):
        answer = payroll.post("/requests", wish(worker={"ssin": ssin, "workerCode": "blue"}))
        assert answer.status_code == 422
        said.append(answer.json()["issues"])
        assert ssin not in answer.content.decode()
    assert said[0] == said[1]


def test_a_refusal_speaks_the_language_of_the_call_and_names_the_nearest_days(
    payroll: Software,
) -> None:
    hours = {"contract": 2400, "fullTime": 2400, "duringBreak": 1920}
    wanted = wish(regime="fifth", endDate="2025-06-30", weeklyMinutes=hours)
    sentences = set()
    for language in ("nl", "fr", "de", "en"):
        answer = payroll.post("/requests", wanted, **{"Accept-Language": language})
        [one] = [each for each in answer.json()["issues"] if each.get("code") == "V-DU-02"]
        assert (one["rule"], one["severity"]) == ("PL-03", "block")
        assert one["law"]
        assert one["nearestEndDates"] == ["2025-08-31"]
        assert answer["Content-Language"] == language
        sentences.add(one["detail"])
    assert len(sentences) == 4


def test_warnings_are_told_and_stored(payroll: Software) -> None:
    found = payroll.filed(noticeDate="2025-01-28",
                          startDate="2025-03-01", endDate="2025-03-31")  # fmt: skip

    [one] = [each for each in found["findings"] if each.get("code") == "V-NT-03"]
    assert one["severity"] == "warn"
    assert one["pointer"] == "/noticeDate"
    assert payroll.get(f"/requests/{found['ticket']}").json()["findings"] == found["findings"]


def test_a_check_stores_nothing_and_answers_right_and_allowance_apart(payroll: Software) -> None:
    answer = payroll.post("/requests/check", plain_wish())

    assert answer.status_code == 200
    found = answer.json()
    assert found["isAcceptable"] is True
    assert found["right"]["isGranted"] is True
    assert {"isGranted", "isCertain", "reasons"} == set(found["allowance"])
    assert any(one.get("isUnknown") for one in found["right"]["reasons"])
    assert not Request.objects.exists()
    assert not Draft.objects.exists()
    assert Lookup.objects.using("audit").filter(niss=world.LUC, channel="rest").exists()


def test_a_check_and_filing_say_the_same(payroll: Software) -> None:
    changed = {"endDate": "2025-04-12", "comment": "x" * 201}

    judged = payroll.post("/requests/check", plain_wish(**changed)).json()
    refused = payroll.post("/requests", wish(**changed)).json()

    assert judged["isAcceptable"] is False
    assert judged["nearestEndDates"]
    assert [one["sentence"] for one in judged["findings"]] == [
        one["detail"] for one in refused["issues"]
    ]


def test_c47_another_last_day_has_a_ticket_of_its_own(payroll: Software) -> None:
    ticket = payroll.filed()["ticket"]

    answer = payroll.post(
        f"/requests/{ticket}/modifications", {"endDate": "2025-05-31", "comment": "longer"}, **KEY
    )

    assert answer.status_code == 201
    part = answer.json()
    assert part["ticket"].startswith("04B-")
    assert part["ticket"] != ticket
    assert part["request"]["ticket"] == ticket
    assert part["endDate"] == "2025-05-31"
    found = payroll.get(f"/requests/{part['ticket']}").json()
    assert found["ticket"] == ticket
    assert found["versions"][1]["comment"] == "longer"
    again = payroll.post(
        f"/requests/{ticket}/modifications", {"endDate": "2025-05-31", "comment": "longer"}, **KEY
    )
    assert again["Idempotency-Replayed"] == "true"
    assert again.json() == part


def test_c48_a_last_day_that_the_rules_do_not_take_is_refused(payroll: Software) -> None:
    ticket = payroll.filed()["ticket"]
    place = f"/requests/{ticket}/modifications"

    assert "V-DU-01" in codes(payroll.post(place, {"endDate": "2025-05-15"}))
    assert codes(payroll.post(place, {"endDate": "2025-04-30"})) == ["V-MO-01"]


def test_c51_a_cancelled_request_has_two_tickets(payroll: Software) -> None:
    ticket = payroll.filed()["ticket"]
    place = f"/requests/{ticket}/cancellations"
    assert codes(payroll.post(place, {})) == ["V-CF-01"]

    answer = payroll.post(place, {"isConfirmed": True})

    assert answer.status_code == 201
    assert answer.json()["status"] == "cancelled"
    assert payroll.get(f"/requests/{ticket}").json()["status"] == "cancelled"
    again = payroll.post(place, {"isConfirmed": True})
    assert again.status_code == 409
    assert again.json()["reason"] == "cancelled"


@pytest.mark.parametrize("step", ["modifications", "cancellations"])
def test_c49_after_the_worker_completed_his_part_the_step_is_a_conflict_in_the_words_of_the_page(
    payroll: Software, step: str
) -> None:
    ticket = payroll.filed()["ticket"]
    world.completed(Request.objects.get())

    answer = payroll.post(
        f"/requests/{ticket}/{step}",
        {"endDate": "2025-05-31"} if step == "modifications" else {"isConfirmed": True},
    )

    assert answer.status_code == 409
    found = answer.json()
    assert (found["code"], found["reason"]) == ("V-ST-01", "workerCompleted")
    assert found["detail"] == (
        "The worker has completed this request; it can no longer be changed. Contact ONEM."
    )


def test_an_employer_without_parameters_is_told_to_send_them_first(rest: Rest) -> None:
    bare = software(rest, world.BARE)

    for path, body in (("/requests", wish()), ("/requests/check", plain_wish())):
        refused = bare.post(path, body)
        assert refused.status_code == 409
        assert refused.json()["type"].endswith("noParameters")
    place = f"/employers/{world.BARE}/parameters"
    assert bare.get(place).status_code == 404
    given = {"name": "Personnel", "emailAddress": "p@example.be", "sector": "private"}
    assert bare.put(place, given).status_code == 200
    assert bare.get(place).json()["name"] == "Personnel"
    assert codes(bare.post("/requests", wish())) == ["V-NI-02"]
    assert codes(bare.put(place, given | {"emailAddress": "p"})) == ["V-PA-01"]
    assert bare.put(place, given | {"name": " "}).status_code == 422
    public = given | {"sector": "public"}
    assert codes(bare.put(place, public)) == ["V-PA-05"]
    kept = bare.put(place, public | {"authority": "regionalOrLocal"})
    assert kept.json()["authority"] == "regionalOrLocal"


def test_a_secretariat_acts_by_mandate_and_only_while_it_lasts(rest: Rest) -> None:
    office = software(rest, world.OTHER)
    named = {"employer": {"enterpriseNumber": world.FIRM}}
    assert office.post("/requests", wish(**named)).status_code == 403
    assert office.post("/requests/check", plain_wish(**named)).status_code == 403
    assert office.post("/requests/search", named).status_code == 403
    assert office.get(f"/employers/{world.FIRM}/parameters").status_code == 404
    lent = lend()

    found = office.filed(**named)
    row = Request.objects.get()
    assert row.employer.number == world.FIRM
    assert row.versions.get().enterprise == world.OTHER
    assert office.get(f"/requests/{found['ticket']}").status_code == 200
    assert office.post("/requests/search", named).json()["total"] == 1

    lent.revoked_at = world.NOW
    lent.save()
    assert office.get(f"/requests/{found['ticket']}").status_code == 404
    assert office.post("/requests", wish(**named)).status_code == 403


def test_c59_anothers_request_and_none_are_the_same_404_and_a_mistyped_one_is_a_400(
    rest: Rest, payroll: Software
) -> None:
    ticket = payroll.filed()["ticket"].replace("-", "")
    other = software(rest, world.OTHER)
    unknown = "04B0ZZZZZZZ" + "0Z"
    mistyped = ticket[:-2] + ("0" if ticket[-2] != "0" else "2") + "Z"

    bodies = {"": None, "/modifications": {"endDate": "2025-05-31"},
              "/cancellations": {"isConfirmed": True}}  # fmt: skip
    for step, body in bodies.items():

        def ask(
            which: str, program: Software = other, step: str = step, body: Any = body
        ) -> Answer:
            path = f"/requests/{which}{step}"
            return program.get(path) if body is None else program.post(path, body)

        foreign, absent = ask(ticket), ask(sound(unknown))
        assert foreign.status_code == absent.status_code == 404
        assert told(foreign) == told(absent)
        for wrong in (mistyped, "x", "0" * 60, "%00", "..%2f"):
            assert ask(wrong, payroll).status_code in (400, 404), wrong
        assert ask(mistyped, payroll).status_code == 400
        assert ask(mistyped, other).status_code == 400


def sound(signs: str) -> str:
    """The number with the check sign that it should have."""
    from guichet.kernel.base34 import check_sign

    return f"{signs[:11]}{check_sign(signs[:11])}Z"


def told(answer: Answer) -> dict[str, Any]:
    found: dict[str, Any] = answer.json()
    found.pop("instance")
    return found


def test_searches_narrow_and_page(payroll: Software) -> None:
    for month in ("04", "05", "06"):
        payroll.filed(startDate=f"2025-{month}-01",
                      endDate="2025-05-31" if month == "05" else f"2025-{month}-30")  # fmt: skip
    world.filed(niss=world.NADIA, regime="full")

    page = payroll.post("/requests/search?page=1&pageSize=3", {}).json()
    assert (len(page["items"]), page["total"]) == (3, 4)
    assert page["next"].endswith("/requests/search?page=2&pageSize=3")
    assert "next" not in payroll.post("/requests/search?page=2&pageSize=3", {}).json()

    def total(**asked: Any) -> int:
        found: int = payroll.post("/requests/search", asked).json()["total"]
        return found

    assert total(worker={"ssin": world.LUC}) == 3
    assert total(worker={"ssin": world.ELSEWHERE}) == 0
    assert total(types=["timeCredit"]) == 0
    assert total(statuses=["waitWorker"], regimes=["full"]) == 4
    assert total(ticket=page["items"][0]["ticket"]) == 1
    assert total(filedFrom="2025-01-29") == 0
    assert total(filedUntil="2025-01-27") == 0
    assert total(filedFrom="0001-01-01", filedUntil="9999-12-31") == 4
    assert total(filedUntil="0001-01-01") == 0
    assert codes(payroll.post("/requests/search", {"types": []})) == ["V-OV-01"]
    for wrong in (
        {"ticket": "04W-0000000-00-Z"}, {"worker": {"ssin": "1"}},
        {"filedFrom": "2025-02-01", "filedUntil": "2025-01-01"}, {"since": "2025-01-01"},
    ):  # fmt: skip
        assert payroll.post("/requests/search", wrong).status_code == 400
    for query in ("?page=0", "?pageSize=201", "?page=x", "?niss=1", "?page=1&page=2"):
        assert payroll.post(f"/requests/search{query}", {}).status_code == 400


def test_tc13_a_balance_below_the_least_is_filed_when_the_worker_tells_of_it(
    payroll: Software,
) -> None:
    five_months: dict[str, Any] = {
        "type": "timeCredit", "regime": "fifth", "startDate": "2025-05-01",
        "endDate": "2025-09-30",
        "weeklyMinutes": {"contract": 2400, "fullTime": 2400, "duringBreak": 1920},
    }  # fmt: skip
    motive = {"motive": "disabledChild"}
    refused = payroll.post("/requests", wish(**five_months, details=motive))
    assert "V-DU-03" in codes(refused)

    balance = motive | {"isBalance": True}
    ticket = payroll.filed(**five_months, details=balance)["ticket"]
    assert payroll.get(f"/requests/{ticket}").json()["content"]["details"] == balance
    parental = payroll.post("/requests", wish(details={"isBalance": True}))
    assert parental.status_code == 400


def test_c74_software_sees_neither_the_workers_part_nor_what_the_office_asks(
    payroll: Software,
) -> None:
    ticket = payroll.filed()["ticket"]
    row = Request.objects.get()
    operations.complete(
        ticket=row.ticket, said={"iban": "BE68539007547034", "comment": "secret"},
        actor=operations.Actor("person", world.LUC), now=clock.now(),
    )  # fmt: skip
    Request.objects.update(state="wait_documents")

    for answer in (
        payroll.get(f"/requests/{ticket}"),
        payroll.post("/requests/search", {"statuses": ["inProgress"]}),
    ):
        text = answer.content.decode()
        assert "inProgress" in text
        for hidden in ("BE68", "secret", "wait_documents", "waitDocuments", "iban"):
            assert hidden not in text


def test_a_search_asks_the_database_as_often_for_one_row_as_for_many(
    payroll: Software, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    payroll.filed()
    with CaptureQueriesContext(
        connection,
    ) as one:
        payroll.post("/requests/search", {})
    for niss in (world.NADIA, world.BIS):
        world.filed(niss=niss)
    with django_assert_num_queries(len(one)):
        payroll.post("/requests/search", {})


def test_whoever_asks_reads_how_the_service_is_and_what_it_promises(payroll: Software) -> None:
    nobody = Software()

    assert nobody.get("/health").json() == {"status": "UP"}
    assert nobody.get("/doc/openapi.yaml").content.startswith(b"openapi: 3.0.3")
    assert payroll.get("/ping/secure").status_code == 200
    assert nobody.get("/ping/secure").status_code == 401
    assert contract(CONTRACT)["servers"][0]["url"] == "/REST/careerBreak/v1"


def test_a_reader_checks_reads_and_searches_and_changes_nothing(
    rest: Rest, payroll: Software
) -> None:
    ticket = payroll.filed()["ticket"]
    reader = software(rest, scopes=(CAREER_BREAK_CONSULT,))

    assert reader.get(f"/requests/{ticket}").status_code == 200
    assert reader.post("/requests/search", {}).status_code == 200
    assert reader.post("/requests/check", plain_wish()).status_code == 200
    for path, body in (
        ("/requests", wish()),
        (f"/requests/{ticket}/modifications", {"endDate": "2025-05-31"}),
        (f"/requests/{ticket}/cancellations", {"isConfirmed": True}),
    ):
        answer = reader.post(path, body)
        assert answer.status_code == 403
        assert answer.json()["requiredScopes"] == ["scope:guichet:career-break:request:declarant"]
