"""REST ctw v1, held to its contract: files, single communications, decisions; who may do what."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree

from guichet.access.permissions import (
    TEMPORARY_UNEMPLOYMENT,
    TEMPORARY_UNEMPLOYMENT_CONSULT,
    TEMPORARY_UNEMPLOYMENT_DECLARANT,
)
from guichet.audit.models import Entry, Lookup
from guichet.eservices.temporary_unemployment.messages import decisions
from guichet.eservices.temporary_unemployment.messages.models import Call, Delivery
from guichet.eservices.temporary_unemployment.messages.writing import Decided, Result
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.platform.db import transaction
from tests.access.machine import machine
from tests.contracts.conformity import TEMPORARY_UNEMPLOYMENT as CONTRACT
from tests.contracts.conformity import assert_conforms
from tests.doors import Rest, rest
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.messages import files, house
from tests.eservices.temporary_unemployment.messages.files import SCHEMA

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("sending"),
]
BASE: Final = "/ctw/v1"
BOTH: Final = (TEMPORARY_UNEMPLOYMENT_DECLARANT, TEMPORARY_UNEMPLOYMENT_CONSULT)
MERGE: Final = "application/merge-patch+json"
Caller = dict[str, str]


def token(rest: Rest, enterprise: str = world.FIRM, scopes: tuple[str, ...] = BOTH) -> Caller:
    known = machine(enterprise_number=enterprise, permissions=(TEMPORARY_UNEMPLOYMENT,))
    return rest.caller(enterprise, scopes=scopes, of=known)


@pytest.fixture
def caller(rest: Rest) -> Caller:
    return token(rest)


def conforming(verb: str, path: str, answer: Any) -> Any:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert_conforms(
        verb=verb, path=path, status=answer.status_code, headers=answer.headers, body=body,
        file=CONTRACT,
    )  # fmt: skip
    answer.body = body
    return answer


def upload(
    caller: Caller,
    content: bytes | None,
    *,
    name: str = "",
    signed: bytes | None = b"",
    **more: Any,
) -> Any:
    given: dict[str, Any] = dict(more)
    if content is not None:
        given["declaration"] = SimpleUploadedFile(name or house.name("FI"), content)
    signature = house.beside(content or b"") if signed == b"" else signed
    if signature is not None:
        given["signature"] = SimpleUploadedFile("FS", signature)
    return conforming("POST", "/files", Client().post(f"{BASE}/files", given, headers=caller))


def get(caller: Caller, path: str) -> Any:
    return conforming("GET", path, Client().get(BASE + path, headers=caller))


def call(verb: str, caller: Caller, path: str, body: Any = None, **headers: str) -> Any:
    kind = MERGE if verb == "PATCH" else "application/json"
    client = Client()
    answer = client.generic(
        verb, BASE + path, b"" if body is None else encoded(body), content_type=kind,
        headers=caller | headers,
    )  # fmt: skip
    return conforming(verb, path, answer)


def encoded(body: Any) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def body(**other: Any) -> dict[str, Any]:
    return {
        "kind": "expected",
        "reason": "E",
        "enterpriseNumber": world.FIRM,
        "establishmentUnit": {"number": world.PLACE, "postCode": "4000"},
        "jointCommission": "111",
        "ownReference": "2025-CT-0017",
        "noticeDate": "2025-03-09",
        "noticeMode": "posted",
        "regime": "full",
        "startDate": "2025-03-17",
        "endDate": "2025-04-13",
        "reasonDescription": "Orders fell by a third since January.",
        "hasNoSubcontracting": True,
        "workers": [{"ssin": world.ANNE, "lastName": "Dubois", "firstName": "Anne"}],
    } | other


# --- files ----------------------------------------------------------------------------------------


def test_a_file_is_taken_in_checked_and_answered(caller: Caller) -> None:
    content = files.written([house.form(), house.form(NaturalPerson=files.person("85073003329"))])
    sent = upload(caller, content)
    assert sent.status_code == 202
    ticket = sent.json()["ticket"]
    place = f"/files/{ticket}"
    assert sent.headers["Location"].endswith(BASE + place)
    assert get(caller, place).json()["state"] == "received"
    assert get(caller, f"{place}/receipt").status_code == 404
    assert get(caller, f"{place}/notifications").status_code == 404

    house.work()

    state = get(caller, place).json()
    assert (state["state"], state["forms"], state["refusedForms"]) == ("done", 2, 1)
    assert state["receipt"]["isAccepted"] is True
    receipt = etree.fromstring(get(caller, f"{place}/receipt").body)
    notified = etree.fromstring(get(caller, f"{place}/notifications").body)
    assert SCHEMA.validate(receipt)
    assert SCHEMA.validate(notified)
    forms = get(caller, f"{place}/forms?pageSize=1")
    assert (forms.json()["total"], len(forms.json()["items"])) == (2, 1)
    assert forms.json()["next"].endswith("page=2&pageSize=1")
    second = get(caller, f"{place}/forms?page=2&pageSize=1").json()["items"][0]
    assert second["isReceived"] is False
    [fault] = [one for one in second["findings"] if one["severity"] == "block"]
    assert (fault["code"], fault["path"]) == ("CTW-003", "/TWCT/Form[2]/NaturalPerson[1]/INSS")
    assert Communication.objects.get().channel == "rest"


def test_the_same_file_again_is_the_same_and_another_under_its_name_is_refused(
    caller: Caller,
) -> None:
    content = files.written([house.form()])
    first = upload(caller, content)
    again = upload(caller, content)
    other = upload(caller, files.written([house.form()] * 2))

    assert again.json()["ticket"] == first.json()["ticket"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (other.status_code, other.json()["code"]) == (409, "CTW-091")
    assert Delivery.objects.count() == 1


def test_a_file_that_is_refused_says_why_in_json_too(caller: Caller) -> None:
    content = files.written([house.form()])
    sent = upload(caller, content, signed=house.beside(b"other"))
    house.work()

    receipt = get(caller, f"/files/{sent.json()['ticket']}").json()["receipt"]
    assert (receipt["isAccepted"], receipt["code"]) == (False, "CTW-093")
    assert "signature" in receipt["detail"].lower()


@pytest.mark.parametrize(
    "given",
    [
        {"content": None},
        {"content": b"<TWCT/>", "name": "letter.xml"},
        {"content": b"<TWCT/>", "name": "FI.TWCT.999999.20250309.00001.R.1.1"},
        {"content": b"<TWCT/>", "name": "GO.TWCT.999999.20250309.00001.R.1"},
        {"content": b"<TWCT/>", "more": "text"},
    ],
    ids=["no declaration", "no name", "other sender", "trigger", "unknown part"],
)
def test_an_upload_that_is_none_is_a_400(caller: Caller, given: dict[str, Any]) -> None:
    assert upload(caller, **given).status_code == 400
    assert Delivery.objects.count() == 0


def test_a_body_that_is_no_form_or_too_large_is_refused(caller: Caller, settings: Any) -> None:
    address = f"{BASE}/files"
    raw = Client().post(address, b"x", content_type="application/xml", headers=caller)
    assert conforming("POST", "/files", raw).status_code == 415
    broken = Client().post(
        address, b"x", content_type="multipart/form-data; boundary=", headers=caller
    )
    assert conforming("POST", "/files", broken).status_code == 400
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, message_file_megabytes=1)
    assert upload(caller, b"x" * 1_500_000).status_code == 413
    assert Delivery.objects.count() == 0


def test_anothers_file_and_no_file_are_the_same_404(rest: Rest, caller: Caller) -> None:
    ticket = upload(caller, files.written([house.form()])).json()["ticket"]
    stranger = token(rest, world.OTHER)

    for path in ("", "/receipt", "/notifications", "/forms"):
        assert get(stranger, f"/files/{ticket}{path}").status_code == 404
    lines = Entry.objects.using("audit").filter(action="temporaryUnemployment.file.refused")
    assert {(one.target, one.reason) for one in lines} == {(ticket, "of_another")}
    assert get(caller, "/files/05F0000000000").status_code == 400


def test_who_has_no_sender_number_sends_no_file(rest: Rest) -> None:
    stranger = token(rest, world.OTHER)

    assert (
        upload(stranger, b"<TWCT/>", name="FI.TWCT.000001.20250309.00001.R.1.1").status_code == 403
    )


def test_scopes_decide_who_sends_and_who_reads(rest: Rest) -> None:
    reader = token(rest, scopes=(TEMPORARY_UNEMPLOYMENT_CONSULT,))

    assert upload(reader, b"<TWCT/>").status_code == 403
    assert call("POST", reader, "/communications", body()).status_code == 403
    assert get(reader, "/decisions").status_code == 200
    assert get({}, "/decisions").status_code == 401


# --- one communication ----------------------------------------------------------------------------


def test_one_communication_is_received_read_changed_and_withdrawn(caller: Caller) -> None:
    sent = call("POST", caller, "/communications", body())
    assert sent.status_code == 201, sent.json()
    ticket = sent.json()["ticket"]
    assert sent.headers["Location"].endswith(f"/communications/{ticket}")

    read = get(caller, f"/communications/{ticket}").json()
    assert (read["state"], read["communication"]["workers"][0]["ssin"]) == ("received", world.ANNE)
    assert Lookup.objects.using("audit").exists()
    changed = call("PATCH", caller, f"/communications/{ticket}", {"endDate": "2025-04-06"})
    assert changed.status_code == 200, changed.json()
    new = changed.json()
    assert new["changes"] == ticket
    assert get(caller, f"/communications/{ticket}").json()["state"] == "modified"
    gone = call("DELETE", caller, f"/communications/{new['ticket']}")
    assert (gone.status_code, gone.json()["state"]) == (200, "cancelled")
    assert gone.json()["cancellationTicket"].startswith("05C")
    again = call("DELETE", caller, f"/communications/{new['ticket']}")
    assert (again.status_code, again.json()["issues"][0]["code"]) == (422, "CTW-082")


@pytest.mark.parametrize("kind", ["firstDay", "accidentNature", "forceMajeure", "strike"])
def test_each_kind_of_communication_is_told_in_json(caller: Caller, kind: str) -> None:
    given = body(
        kind=kind,
        reason={"firstDay": "I", "accidentNature": "T", "forceMajeure": "F", "strike": "G"}[kind],
        workplace="Quai 1, 4000 Liège",
        workNature="Bricklaying",
        weatherNature="Frost",
        impossibilityReason="Mortar cannot set",
        accidentDate="2025-03-08",
        startDate="2025-03-15",
        endDate="2025-03-28",
        workers=[
            {
                "ssin": world.ANNE,
                "firstEffectiveDay": "2025-03-10",
                "isStrikeUnitMember": False,
                "circumstances": "No parts came.",
            }
        ],
    )

    answer = call("POST", caller, "/communications", given)

    assert answer.status_code == 201, answer.json()
    row = Communication.objects.get()
    assert (row.ticket, row.channel) == (answer.json()["ticket"], "rest")


def test_a_refusal_has_every_reason_with_its_place(caller: Caller) -> None:
    given = body(workers=[{"ssin": world.ANNE}, {"ssin": "85073003329"}], hasNoSubcontracting=False)

    answer = call("POST", caller, "/communications", given)

    assert answer.status_code == 422
    found = {one["code"]: one["pointer"] for one in answer.json()["issues"]}
    assert found["CTW-003"] == "/workers/1/ssin"
    assert found["CTW-017"] == "/hasNoSubcontracting"
    assert "85073003329" not in answer.body.decode()
    assert Communication.objects.count() == 0


@pytest.mark.parametrize(
    ("week", "status", "place"),
    [("0000000", 422, "/workers/0/workingDays"), ("111", 400, "workers[0].workingDays")],
)
def test_usual_days_that_are_none_are_refused_at_their_place(
    caller: Caller, week: str, status: int, place: str
) -> None:
    workers = [{"ssin": world.ANNE, "firstEffectiveDay": "2025-03-10", "workingDays": week}]
    given = body(
        kind="firstDay", reason="I", workplace="Quai 1, 4000 Liège", workNature="Bricklaying",
        weatherNature="Frost", impossibilityReason="Mortar cannot set", workers=workers,
    )  # fmt: skip

    answer = call("POST", caller, "/communications", given)

    assert answer.status_code == status
    places = [one.get("pointer") or one["name"] for one in answer.json()["issues"]]
    assert place in places
    assert Communication.objects.count() == 0


def test_a_warning_stops_nothing_and_stands_in_the_findings(caller: Caller) -> None:
    answer = call("POST", caller, "/communications", body(startDate="2025-03-10"))

    assert answer.status_code == 201
    assert "CTW-014" in [one["code"] for one in answer.json()["findings"]]


@pytest.mark.parametrize(
    "given",
    [
        b"[]",
        b"{}",
        b"\xff",
        body(kind="other"),
        body(colour="blue"),
        body(startDate="2025-02-29"),
        body(workPattern=["11111"]),
        body(ownReference="x" * 21),
        body(reasonDescription="a\x00b"),
        body(excludedPeriods=[{"startDate": "2025-03-20", "endDate": "2025-03-19"}]),
        body(enterpriseNumber="0123.456.749"),
    ],
    ids=range(11),
)
def test_what_breaks_the_contract_is_a_400(caller: Caller, given: Any) -> None:
    assert call("POST", caller, "/communications", given).status_code == 400
    assert Communication.objects.count() == 0


def test_sc70_the_same_content_again_is_meant_when_the_call_confirms_it(caller: Caller) -> None:
    first = call("POST", caller, "/communications", body())
    refused = call("POST", caller, "/communications", body(ownReference="2025-CT-0018"))
    meant = call("POST", caller, "/communications", body(isConfirmed=True))

    assert (first.status_code, refused.status_code, meant.status_code) == (201, 422, 201)
    [fault] = [one for one in refused.json()["issues"] if one["severity"] == "block"]
    assert (fault["code"], fault["pointer"]) == ("CTW-084", "/isConfirmed")
    told = get(caller, f"/communications/{meant.json()['ticket']}").json()["communication"]
    assert "isConfirmed" not in told


def test_sc69_who_asks_for_anothers_ticket_leaves_a_line(rest: Rest, caller: Caller) -> None:
    ticket = call("POST", caller, "/communications", body()).json()["ticket"]
    stranger = token(rest, world.OTHER)

    for verb, given in (("GET", None), ("PATCH", {"endDate": "2025-04-06"}), ("DELETE", None)):
        assert call(verb, stranger, f"/communications/{ticket}", given).status_code == 404
    lines = Entry.objects.using("audit").filter(action__endswith="communication.refused")
    assert [(one.target, one.actor_enterprise) for one in lines] == [(ticket, world.OTHER)] * 3


def test_a_key_makes_repeated_calls_one(caller: Caller) -> None:
    first = call("POST", caller, "/communications", body(), **{"Idempotency-Key": "k-1"})
    again = call("POST", caller, "/communications", body(), **{"Idempotency-Key": "k-1"})
    other = call(
        "POST", caller, "/communications", body(endDate="2025-04-06"), **{"Idempotency-Key": "k-1"}
    )

    assert again.json()["ticket"] == first.json()["ticket"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert other.status_code == 422
    assert (Communication.objects.count(), Call.objects.count()) == (1, 1)
    bad = call("POST", caller, "/communications", body(), **{"Idempotency-Key": "a b"})
    assert bad.status_code == 400


def test_sc70_the_same_content_again_without_a_key_is_asked_to_be_confirmed(
    caller: Caller,
) -> None:
    call("POST", caller, "/communications", body())
    answer = call("POST", caller, "/communications", body(ownReference="other"))

    assert answer.status_code == 422
    assert "CTW-084" in [one["code"] for one in answer.json()["issues"]]


def test_anothers_communication_and_employer_are_out_of_reach(rest: Rest, caller: Caller) -> None:
    ticket = call("POST", caller, "/communications", body()).json()["ticket"]
    stranger = token(rest, world.OTHER)

    for verb in ("GET", "PATCH", "DELETE"):
        answer = call(verb, stranger, f"/communications/{ticket}", {} if verb == "PATCH" else None)
        assert answer.status_code == 404
    assert call("POST", stranger, "/communications", body()).status_code == 403


# --- decisions ------------------------------------------------------------------------------------

PDF: Final = b"%PDF-1.7\n" + bytes(range(256)) * 30


def decided(ticket: str, number: str = "LIE-2025-004512", **other: Any) -> Decided:
    given: dict[str, Any] = {
        "number": number,
        "decided_on": date(2025, 3, 19),
        "result": Result.PARTIALLY_ACCEPTED,
        "ticket": ticket,
        "own_reference": "2025-CT-0017",
        "reasons": ("R02",),
        "accepted_from": date(2025, 3, 24),
        "accepted_until": date(2025, 4, 13),
    }
    return Decided(**given | other)


def deliver(row: Communication, what: Decided, now: datetime = house.NOW) -> bool:
    with transaction():
        return decisions.deliver(communication=row, decided=what, pdf=PDF, now=now)


def test_sc65_a_decision_goes_back_once_and_can_be_read(caller: Caller) -> None:
    call("POST", caller, "/communications", body())
    row = Communication.objects.get()
    assert deliver(row, decided(row.ticket))
    assert deliver(row, decided(row.ticket))

    page = get(caller, "/decisions").json()
    assert page["total"] == 1
    [one] = page["items"]
    assert (one["number"], one["result"]) == ("LIE-2025-004512", "partiallyAccepted")
    message = get(caller, one["href"].partition(BASE)[2])
    root = etree.fromstring(message.body)
    assert SCHEMA.validate(root)
    assert base64.b64decode(root.findtext("DATA/Document/Content") or "") == PDF


def test_decisions_are_asked_for_since_a_moment_and_by_page(rest: Rest, caller: Caller) -> None:
    call("POST", caller, "/communications", body())
    row = Communication.objects.get()
    for day in (20, 21, 22):
        at = datetime(2025, 3, day, 1, tzinfo=UTC)
        deliver(row, decided(row.ticket, f"LIE-2025-{day}", is_revised=day > 20), at)

    later = get(caller, "/decisions?since=2025-03-21T00:00:00%2B01:00&pageSize=1").json()
    assert (later["total"], later["items"][0]["number"]) == (2, "LIE-2025-21")
    assert (
        get(caller, later["next"].partition(BASE)[2]).json()["items"][0]["number"] == "LIE-2025-22"
    )
    assert get(caller, "/decisions?since=yesterday").status_code == 400
    assert get(caller, "/decisions?page=0").status_code == 400
    stranger = token(rest, world.OTHER)
    assert get(stranger, "/decisions").json()["total"] == 0
    number = later["items"][0]["href"].rpartition("/")[2]
    assert get(stranger, f"/decisions/{number}").status_code == 404
    assert get(caller, "/decisions/none").status_code == 404


def test_a_decision_of_the_site_does_not_go_back_by_message() -> None:
    row = world.sent(world.expected())

    assert deliver(row, decided(row.ticket)) is False


def test_the_contract_the_schema_and_the_state_are_public(rest: Rest) -> None:
    for path in ("/health", "/doc/openapi.yaml", "/doc/messageSchema"):
        assert get({}, path).status_code == 200
