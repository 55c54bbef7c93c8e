"""The door for machines: D31 to D35, hostile input, searches, the older version."""

from __future__ import annotations

import json
from typing import Any, Final
from unittest.mock import patch

import pytest
from django.db.utils import OperationalError
from django.test import Client

from guichet.access.mandates.models import Lent, Mandate
from guichet.access.permissions import DIMONA, DIMONA_CONSULT, DIMONA_DECLARANT
from guichet.audit.models import Lookup
from guichet.eservices.dimona import operations, processing, queries
from guichet.eservices.dimona.models import Declaration
from guichet.platform import clock
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from tests.access.machine import machine
from tests.contracts.conformity import DIMONA as DIMONA_CONTRACT
from tests.contracts.conformity import assert_conforms
from tests.doors import Answer, Rest, rest
from tests.eservices.dimona import world
from tests.eservices.dimona.world import an_in, cancel

__all__ = ["rest"]
pytestmark = pytest.mark.django_db(databases=["default", "audit"])

V2: Final = "/REST/dimona/v2"
V1: Final = "/REST/dimona/v1"
BOTH: Final = (DIMONA_DECLARANT, DIMONA_CONSULT)
Caller = dict[str, str]


@pytest.fixture(autouse=True)
def _registers() -> None:
    world.build(clock.now())


def token(rest: Rest, enterprise: str = world.FIRM, scopes: tuple[str, ...] = BOTH) -> Caller:
    known = machine(enterprise_number=enterprise, permissions=(DIMONA,))
    return rest.caller(enterprise, scopes=scopes, of=known)


@pytest.fixture
def caller(rest: Rest) -> Caller:
    return token(rest)


def post(caller: Caller, body: Any, path: str = "/declarations", **headers: str) -> Answer:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = Client().post(
        whole(path), data=data, content_type="application/json", headers={**caller, **headers}
    )
    return conforming("POST", path, answer)


def get(caller: Caller, path: str) -> Answer:
    return conforming("GET", path, Client().get(whole(path), headers=caller))


def whole(path: str) -> str:
    return path if path.startswith("/REST") else V2 + path


def conforming(verb: str, path: str, answer: Answer) -> Answer:
    """The answer, which the contract describes."""
    if not path.startswith(V1):
        assert_conforms(
            verb=verb,
            path=path,
            status=answer.status_code,
            headers=answer.headers,
            body=answer.content,
            file=DIMONA_CONTRACT,
        )
    return answer


def coming(worker_type: str = "OTH", **more: Any) -> dict[str, Any]:
    """An IN for the day after the real today."""
    start = (clock.today(clock.now()) + 2 * world.DAY).isoformat()
    return an_in(worker_type, **({"startDate": start} | more))


def reference(answer: Answer) -> str:
    """The way the PHP client reads it."""
    assert answer.status_code == 201, answer.content
    place: str = answer["Location"]
    return place.partition("declarations/")[2]


def decided(caller: Caller, body: Any) -> Any:
    number = reference(post(caller, body))
    processing.process(now=clock.now())
    return get(caller, f"/declarations/{number}").json()


def issues(answer: Answer) -> list[dict[str, Any]]:
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    found: list[dict[str, Any]] = answer.json()["issues"]
    return found


def test_d31_a_declaration_has_an_address_at_once_and_an_answer_a_moment_later(
    caller: Caller,
) -> None:
    number = reference(post(caller, coming()))

    assert number.isdecimal()
    assert get(caller, f"/declarations/{number}").status_code == 404
    processing.process(now=clock.now())
    answer = get(caller, f"/declarations/{number}")
    assert answer.status_code == 200
    found = answer.json()
    assert found["declarationStatus"]["result"] == "A"
    assert found["declarationStatus"]["anomalies"] == []
    assert found["worker"]["familyName"] == "Lemaire"
    assert found["employer"]["employerId"] == int(world.ONSS[world.FIRM])
    assert found["dimonaIn"] == coming()["dimonaIn"]
    period = get(caller, f"/periods/{found['declarationStatus']['period']['id']}")
    assert period.json()["isLate"] is False
    assert Lookup.objects.using("audit").filter(niss=world.KARIM, channel="rest").exists()


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"\xff",
        b"null",
        b"1e999",
        {},
        {"dimonaIn": {}, "dimonaOut": {}},
        {"dimonaCancel": {"periodId": "abc"}},
        {"dimonaCancel": {"periodId": 1.5}},
        {"dimonaCancel": {"periodId": 2**63}},
        {"dimonaCancel": {"periodId": 10**30}},
        {"dimonaCancel": {"periodId": 1}, "employer": {"employerId": 10**40}},
        {"dimonaIn": {}, "worker": {"nationality": -1}},
        {"dimonaOut": {"periodId": 1, "endDate": "2026-02-30"}},
        {"dimonaOut": {"periodId": 1, "endDate": "2026-2-3"}},
        {"dimonaCancel": {"periodId": 1, "reason": "none"}},
        {"dimonaIn": {"features": []}},
        {"dimonaIn": {"startHour": 930}},
        {"dimonaIn": {"plannedHoursNumber": "8"}},
        {"dimonaIn": {"plannedHoursNumber": True}},
        {"dimonaCancel": {"periodId": 1}, "worker": {"ssin": 85073100130}},
        {"dimonaCancel": {"periodId": 1}, "worker": {"ssin": "\u0000"}},
        {"dimonaCancel": {"periodId": 1}, "employer": "0766985433"},
    ],
)
def test_d32_a_body_that_breaks_the_contract_is_refused_with_a_list_of_issues(
    caller: Caller, body: Any
) -> None:
    answer = post(caller, body)

    assert issues(answer)
    assert "85073100130" not in answer.content.decode()
    assert not Declaration.objects.exists()


@pytest.mark.parametrize("number", [0, -1, 10**12, 2**63 - 1])
def test_a_period_that_cannot_exist_is_a_refused_declaration(caller: Caller, number: int) -> None:
    found = decided(caller, cancel(number))

    assert found["declarationStatus"]["result"] == "B"
    [anomaly] = found["declarationStatus"]["anomalies"]
    assert anomaly["code"] == "00913-003"
    assert set(anomaly) == {"code", "descriptionFr", "descriptionNl", "description"}


@pytest.mark.parametrize("employer_id", [0, -5, 2**62, "abc", "", "12-34"])
def test_an_employer_number_that_cannot_exist_is_a_refused_declaration(
    caller: Caller, employer_id: Any
) -> None:
    found = decided(caller, coming(employer={"employerId": employer_id}))

    assert found["declarationStatus"]["result"] == "B"


def test_d33_a_token_that_may_only_consult_declares_nothing(rest: Rest) -> None:
    answer = post(token(rest, scopes=(DIMONA_CONSULT,)), coming())

    assert answer.status_code == 403
    assert answer.json()["type"].endswith("missingScope")
    assert answer.json()["requiredScopes"] == ["scope:dimona:declaration:declarant"]


def test_d33_nobody_declares_for_an_employer_without_his_mandate(rest: Rest) -> None:
    office = token(rest, world.OTHER)
    assert post(office, coming()).status_code == 403
    lent = lend()

    number = reference(post(office, coming()))
    late = reference(post(office, coming(ssin=world.LOTTE)))
    processing.process(now=clock.now(), limit=1)
    assert get(office, f"/declarations/{number}").json()["declarationStatus"]["result"] == "A"

    lent.revoked_at = clock.now()
    lent.save()
    processing.process(now=clock.now())
    status = get(office, f"/declarations/{late}").json()["declarationStatus"]
    assert [each["code"] for each in status["anomalies"]] == ["90256-155"]
    assert post(office, coming()).status_code == 403


def lend() -> Lent:
    """A mandate of the firm for another enterprise, in force."""
    firm = Enterprise.objects.get(number=world.FIRM)
    other = Enterprise.objects.get(number=world.OTHER)
    first = clock.today(clock.now()).replace(month=1, day=1)
    given = {"mandator": firm, "mandatary": other, "first_day": first}
    made = Mandate.objects.create(
        **given,
        domains=["dimona"],
        status="active",
        made_by="mandator",
        maker=Person.objects.get(niss=world.KARIM),
        language="fr",
        made_at=clock.now(),
    )
    return Lent.objects.create(
        **given, mandate=made, domain="dimona", permissions=["dimona"], is_exclusive=False
    )


def test_d35_a_retry_with_the_same_key_is_one_declaration(caller: Caller) -> None:
    key = {"Idempotency-Key": "one"}
    first = post(caller, coming(), **key)
    again = post(caller, coming(), **key)

    assert first["Location"] == again["Location"]
    assert again["Idempotency-Replayed"] == "true"
    assert Declaration.objects.count() == 1
    assert post(caller, coming(ssin=world.LOTTE), **key).status_code == 422
    assert post(caller, coming(), **{"Idempotency-Key": "a b"}).status_code == 400
    assert operations.forget_keys(now=clock.now() + 2 * operations.KEPT) == 1


def test_d35_a_server_without_database_says_503_and_nothing_is_lost(caller: Caller) -> None:
    number = reference(post(caller, coming()))
    processing.process(now=clock.now())

    with patch.object(queries, "declaration", side_effect=OperationalError):
        answer = get(caller, f"/declarations/{number}")
    assert answer.status_code == 503
    assert "Retry-After" in answer
    assert get(caller, f"/declarations/{number}").status_code == 200


def test_another_enterprises_declaration_and_no_declaration_are_the_same_404(
    rest: Rest, caller: Caller
) -> None:
    number = reference(post(caller, coming()))
    processing.process(now=clock.now())
    record = queries.declaration(int(number))
    assert record is not None
    other = token(rest, world.OTHER)

    for path in (f"/declarations/{number}", f"/periods/{record.period_id}"):
        kind = path.split("/")[1]
        foreign, absent = get(other, path).json(), get(other, f"/{kind}/123456789").json()
        foreign.pop("instance")
        absent.pop("instance")
        assert foreign == absent
        assert foreign["status"] == 404


@pytest.mark.parametrize("number", ["abc", "-1", "1.0", "1" * 19, "%20"])
def test_an_address_that_is_no_number_is_refused(caller: Caller, number: str) -> None:
    assert get(caller, f"/declarations/{number}").status_code == 400


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH"])
def test_other_verbs_are_405_in_json(caller: Caller, verb: str) -> None:
    for path in ("/declarations", "/declarations/1", "/periods/1", "/ping/secure"):
        answer = Client().generic(verb, V2 + path, headers=caller)
        assert answer.status_code == 405
        assert answer.json()["status"] == 405


def test_searches_find_what_an_employer_declared_page_by_page(rest: Rest, caller: Caller) -> None:
    for count in range(3):
        start = (clock.today(clock.now()) + (count + 2) * world.DAY).isoformat()
        decided(caller, coming(startDate=start, endDate=start))
    asked = {"employer": {"employerId": int(world.ONSS[world.FIRM])}}

    periods = post(caller, asked, "/periods/search?page=1&pageSize=2").json()
    assert (len(periods["items"]), periods["total"]) == (2, 3)
    assert periods["next"].endswith("/periods/search?page=2&pageSize=2")
    assert "next" not in post(caller, asked, "/periods/search?page=2&pageSize=2").json()
    [relation] = post(caller, asked, "/relations/search").json()["items"]
    assert len(relation["periods"]) == 3
    found = post(caller, asked, "/declarations/search").json()
    assert [each["declarationStatus"]["result"] for each in found["items"]] == ["A"] * 3
    worker = {**asked, "worker": {"ssin": world.LOTTE}}
    assert post(caller, worker, "/periods/search").json()["items"] == []
    other = token(rest, world.OTHER)
    assert post(other, asked, "/periods/search").status_code == 403
    assert issues(post(caller, {}, "/periods/search"))
    assert issues(post(caller, asked, "/periods/search?page=0"))


@pytest.mark.parametrize("what", ["relations", "periods", "declarations"])
def test_a41_a_wrong_number_and_a_replaced_one_are_told_apart_in_a_search(
    caller: Caller, what: str
) -> None:
    employer = {"employer": {"enterpriseNumber": world.FIRM}}
    wrong = world.NEW[:-2] + f"{(int(world.NEW[-2:]) + 1) % 97:02d}"

    for number in (wrong, "1", "x" * 11):
        refused = post(caller, employer | {"worker": {"ssin": number}}, f"/{what}/search")
        assert kinds(refused) == [("invalidStructure", "worker.ssin")]
        assert number not in refused.json()["issues"][0]["detail"]
    replaced = post(caller, employer | {"worker": {"ssin": world.BIS}}, f"/{what}/search")
    assert kinds(replaced) == [("replacedSsin", "worker.ssin")]
    [issue] = replaced.json()["issues"]
    assert issue["replacedBy"] == world.NEW
    assert world.BIS not in replaced.content.decode()
    assert Lookup.objects.using("audit").filter(niss=world.NEW, purpose="dimona.number").exists()
    current = {"worker": {"ssin": issue["replacedBy"]}}
    assert post(caller, employer | current, f"/{what}/search").status_code == 200


def test_a41_a_member_that_nobody_knows_is_unknown_input(caller: Caller) -> None:
    body = an_in() | {"colour": "red"}

    assert kinds(post(caller, body)) == [("unknownInput", "colour")]
    inside = {"employer": {"enterpriseNumber": world.FIRM, "hue": 1}}
    assert kinds(post(caller, inside, "/periods/search")) == [("unknownInput", "employer.hue")]


def kinds(answer: Answer) -> list[tuple[str, str]]:
    """The last word of each issue's type, with the name of the input."""
    assert answer.status_code == 400, answer.content
    return [(one["type"].rsplit(":", 1)[-1], one["name"]) for one in answer.json()["issues"]]


@pytest.mark.usefixtures("rest")
def test_whoever_asks_reads_how_the_service_is_and_what_it_promises() -> None:
    assert get({}, "/health").json() == {"status": "UP"}
    answer = Client().get(f"{V2}/doc/openapi.yaml")
    assert answer["Content-Type"] == "application/yaml"
    assert answer.content.startswith(b"openapi: 3.0.3")


def test_the_ping_answers_who_has_a_token(caller: Caller) -> None:
    assert get(caller, "/ping/secure").status_code == 200
    assert get({}, "/ping/secure").status_code == 401


def test_the_older_version_has_its_older_names(caller: Caller) -> None:
    start = (clock.today(clock.now()) + world.DAY).isoformat()
    body = {
        "employer": {"enterpriseNumber": world.FIRM},
        "worker": {"ssin": world.KARIM},
        "dimonaIn": {
            "startingDate": start,
            "endingDate": start,
            "dimonaFeatures": {"jointCommissionNumber": 302, "workerType": "OTH"},
        },
    }
    answer = post(caller, body, f"{V1}/declarations")
    assert "/REST/dimona/v1/declarations/" in answer["Location"]
    processing.process(now=clock.now())

    found = get(caller, f"{V1}/declarations/{reference(answer)}").json()

    assert found["dimonaIn"]["startingDate"] == start
    assert found["status"]["result"] == "A"
    assert found["status"]["anomaliesCollection"] == []
    gone = post(caller, cancel(found["status"]["dimonaNumber"]) | {}, f"{V1}/declarations")
    assert gone.status_code == 201


def test_a_refused_declaration_tells_no_name_of_the_register(caller: Caller) -> None:
    found = decided(caller, coming(committee="200"))

    assert found["declarationStatus"]["result"] == "B"
    assert found["worker"] == {"ssin": world.KARIM}
    assert "period" not in found["declarationStatus"]
