"""The plain views of presenceRegistration: shapes, bad input, times, languages."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from django.db.utils import OperationalError

from guichet.audit.models import Lookup
from guichet.demo import fixtures as world
from guichet.eservices.presence import queries
from guichet.platform import clock
from tests.access.machine import machine
from tests.doors import PROFESSIONAL_SCOPE, Answer, Rest, an_address, item, rest, stored, window

__all__ = ["rest"]
pytestmark = pytest.mark.django_db(databases=["default", "audit"])

SEARCH: Final = "/presenceRegistrations/search"
SIX: Final = datetime(2026, 3, 2, 5, 0, 12, 418000, tzinfo=UTC)
MARCH: Final = {"startDate": "2026-03-01T00:00:00+01:00", "endDate": "2026-03-08T00:00:00+01:00"}


@pytest.fixture
def caller(rest: Rest) -> dict[str, str]:
    return rest.caller(world.E1)


def told(answer: Answer, status: int = 400) -> Any:
    """The problem document, which repeats nothing that looks like a person's number."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert world.W1 not in answer.content.decode()
    return answer.json()


def names(answer: Answer) -> list[str]:
    return [issue.get("name", "") for issue in told(answer)["issues"]]


def test_one_act_is_answered_as_the_service_always_did(rest: Rest, caller: dict[str, str]) -> None:
    world.load_fixtures(today=SIX.date(), now=SIX)
    receipt = stored(
        SIX,
        received_at=SIX + timedelta(milliseconds=584),
        custom_reference="shift-20260302-0001",
        verdict=["ciao_26"],
    )

    answer = rest.get(f"/presenceRegistrations/{receipt}", caller)

    remarks = answer.json().pop("remarks")
    assert answer.json() | {"remarks": []} == {
        "id": receipt,
        "registrationDate": "2026-03-02T06:00:12.418+01:00",
        "ssin": world.W1,
        "type": "in",
        "worker": {"givenName": "Karim", "familyName": "Lemaire"},
        "employer": {"enterpriseNumber": world.E1, "foreignVatNumber": None},
        "placeOfWork": {
            "coordinates": {"longitude": 4.3571, "latitude": 50.8466},
            "address": {
                "postCode": None,
                "municipalityName": None,
                "streetName": None,
                "houseNumber": None,
                "boxNumber": None,
            },
        },
        "contractualRelationshipReference": world.S1,
        "activity": "cleaning",
        "channel": "ws",
        "customReference": "shift-20260302-0001",
        "status": {"code": "registered", "date": "2026-03-02T06:00:13.002+01:00"},
        "validity": "failed",
        "remarks": [],
    }
    [remark] = remarks
    assert remark["code"] == "ciao_26"
    assert set(remark["labels"]) == {"nl", "fr", "de", "en"}
    assert answer["Cache-Control"] == "no-store"


def test_a_search_is_answered_as_the_service_always_did(rest: Rest, caller: dict[str, str]) -> None:
    receipt = stored(SIX, verdict=[])

    answer = rest.search(
        caller, registrationDate=MARCH, type="in", employer={"enterpriseNumber": world.E1}
    )

    link = f"/REST/presenceRegistration/v1{SEARCH}?page=1&pageSize=50"
    assert answer.json() == {
        "items": [
            {
                "id": receipt,
                "registrationDate": "2026-03-02T06:00:12.418+01:00",
                "ssin": world.W1,
                "type": "in",
                "employer": {"enterpriseNumber": world.E1, "foreignVatNumber": None},
                "placeOfWork": {"coordinates": {"longitude": 4.3571, "latitude": 50.8466}},
                "contractualRelationshipReference": world.S1,
                "activity": "cleaning",
                "channel": "ws",
                "customReference": None,
                "status": {"code": "registered", "date": "2026-03-02T06:00:13.418+01:00"},
                "validity": "validated",
                "remarks": [],
            }
        ],
        "first": link,
        "last": link,
        "prev": None,
        "next": None,
        "page": 1,
        "pageSize": 50,
        "sort": {"direction": "desc", "ignoreCase": False, "property": "registrationDate"},
        "total": 1,
        "totalPages": 1,
    }


def test_an_act_at_an_address_shows_the_address(rest: Rest, caller: dict[str, str]) -> None:
    receipt = stored(SIX, address=an_address(post_code="9000", municipality_name="Gent"))

    place = rest.get(f"/presenceRegistrations/{receipt}", caller).json()["placeOfWork"]
    [found] = rest.search(caller, registrationDate=MARCH).json()["items"]

    assert place["coordinates"] is None
    assert place["address"]["municipalityName"] == "Gent"
    assert found["placeOfWork"] == {"address": place["address"]}


def test_a_foreign_employer_and_an_unknown_person(rest: Rest) -> None:
    sender = machine(enterprise_number=world.E1)
    caller = rest.caller(world.E1, of=sender)
    receipt = stored(
        SIX,
        ssin="85073100131",
        employer=None,
        foreign_vat_number=world.FOREIGN_VAT,
        sender=rest.channel(sender),
    )

    act = rest.get(f"/presenceRegistrations/{receipt}", caller).json()

    assert act["worker"] == {"givenName": None, "familyName": None}
    assert act["employer"] == {"enterpriseNumber": None, "foreignVatNumber": world.FOREIGN_VAT}


@pytest.mark.parametrize(
    ("occurred_at", "shown"),
    [
        ("2026-07-01T06:00:00Z", "2026-07-01T08:00:00.000+02:00"),
        ("2026-10-25T00:30:00Z", "2026-10-25T02:30:00.000+02:00"),
        ("2026-10-25T01:30:00Z", "2026-10-25T02:30:00.000+01:00"),
        ("2026-03-29T01:00:00Z", "2026-03-29T03:00:00.000+02:00"),
        ("2026-03-02T05:00:12.123456Z", "2026-03-02T06:00:12.123456+01:00"),
    ],
)
def test_moments_carry_the_belgian_offset_of_their_own_day(
    rest: Rest, caller: dict[str, str], occurred_at: str, shown: str
) -> None:
    receipt = stored(datetime.fromisoformat(occurred_at))

    act = rest.get(f"/presenceRegistrations/{receipt}", caller).json()

    assert act["registrationDate"] == shown


@pytest.mark.parametrize(
    "number", ["abc", "0", "1.5", "-1", "1e3", "%20", "1" * 16, "9" * 400, "٣", "85073100130x"]
)
def test_a_number_that_is_none_is_400_in_the_path(
    rest: Rest, caller: dict[str, str], number: str
) -> None:
    answer = rest.get(f"/presenceRegistrations/{number}", caller)

    [issue] = told(answer)["issues"]
    assert (issue["in"], issue["name"]) == ("path", "id")
    assert number not in issue["detail"]


def test_an_unknown_parameter_of_a_reading_is_refused(rest: Rest, caller: dict[str, str]) -> None:
    answer = rest.get("/presenceRegistrations/260302000000001?select=id", caller)

    assert names(answer) == ["select"]


BODIES: Final[dict[str, tuple[bytes, str]]] = {
    "no JSON": (b"{", "body"),
    "not UTF-8": (b'{"criteria": {"registrationDate": {"startDate": "\xff"}}}', "body"),
    "a number": (b"7", "body"),
    "an array": (b"[]", "body"),
    "NaN": (b'{"criteria": NaN}', "body"),
    "deep": (b"[" * 100_000, "body"),
    "a number of a person as a member": (b'{"85073100130": 1, "criteria": {}}', "*"),
    "a number of a person as a type": (
        b'{"criteria": {"registrationDate": {"startDate": "2026-03-01", "endDate": "2026-03-02"},'
        b' "type": "85073100130"}}',
        "criteria.type",
    ),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_makes_no_sense_is_400(rest: Rest, caller: dict[str, str], name: str) -> None:
    body, place = BODIES[name]

    assert names(rest.post(SEARCH, body, caller)) == [place]


CRITERIA: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "a short ssin": ({"ssin": "850731"}, "criteria.ssin"),
    "an ssin of other digits": ({"ssin": "٨٥٠٧٣١٠٠١٣٠"}, "criteria.ssin"),
    "an ssin with a line end": ({"ssin": "85073100130\n"}, "criteria.ssin"),
    "a number as ssin": ({"ssin": 85073100130}, "criteria.ssin"),
    "a type of its own": ({"type": "pause"}, "criteria.type"),
    "a validity of its own": ({"validity": "good"}, "criteria.validity"),
    "a status of its own": ({"status": {"code": "open"}}, "criteria.status.code"),
    "a status of no day": ({"status": {"date": "2026-02-30T00:00:00Z"}}, "criteria.status.date"),
    "a NUL": ({"customReference": "a\x00b"}, "criteria.customReference"),
    "a huge id": ({"id": 10**30}, "criteria.id"),
    "a text as id": ({"id": "260302000000001"}, "criteria.id"),
    "remarks that are no list": ({"remarks": "caw_1"}, "criteria.remarks"),
    "a remark without code": ({"remarks": [{}]}, "criteria.remarks[0].code"),
    "too many remarks": ({"remarks": [{"code": "caw_1"}] * 51}, "criteria.remarks"),
    "a list of employers": ({"employer": [world.E1]}, "criteria.employer"),
}


@pytest.mark.parametrize("name", CRITERIA)
def test_a_criterion_that_makes_no_sense_is_400(
    rest: Rest, caller: dict[str, str], name: str
) -> None:
    criteria, place = CRITERIA[name]

    answer = rest.search(caller, registrationDate=MARCH, **criteria)

    assert names(answer) == [place]


@pytest.mark.parametrize(
    ("sort", "place"),
    [
        ({"property": "worker.familyName"}, "sort.property"),
        ({"direction": "up"}, "sort.direction"),
        ({"ignoreCase": "yes"}, "sort.ignoreCase"),
        ({"by": "id"}, "sort.by"),
    ],
)
def test_an_order_that_does_not_exist_is_400(
    rest: Rest, caller: dict[str, str], sort: dict[str, Any], place: str
) -> None:
    assert names(rest.search(caller, registrationDate=MARCH, sort=sort)) == [place]


def test_every_fault_of_a_search_is_named_at_once(rest: Rest, caller: dict[str, str]) -> None:
    answer = rest.search(
        caller,
        registrationDate={"startDate": "yesterday", "endDate": "2026-03-02T06:00:00"},
        type="pause",
        sort={"property": "name"},
    )

    assert names(answer) == [
        "criteria.registrationDate.startDate",
        "criteria.registrationDate.endDate",
        "criteria.type",
        "sort.property",
    ]


def test_words_are_read_in_any_case_and_null_asks_nothing(
    rest: Rest, caller: dict[str, str]
) -> None:
    receipt = stored(SIX, verdict=["caw_1"])

    found = rest.found(
        caller,
        registrationDate=MARCH,
        type="IN",
        validity="Failed",
        status={"code": "FAILED", "date": None},
        remarks=[{"code": "caw_1"}],
        ssin=None,
        employer=None,
        sort={"property": "id", "direction": "ASC", "ignoreCase": True},
    )

    assert found == [receipt]


def test_the_last_of_two_members_of_one_name_counts(rest: Rest, caller: dict[str, str]) -> None:
    receipt = stored(SIX)
    bounds = json.dumps(MARCH)
    body = f'{{"criteria": {{"registrationDate": {bounds}, "type": "out", "type": "in"}}}}'

    answer = rest.post(SEARCH, body.encode(), caller)

    assert [act["id"] for act in answer.json()["items"]] == [receipt]


@pytest.mark.parametrize(
    ("verb", "path", "status"),
    [
        ("GET", SEARCH, 405),
        ("POST", "/presenceRegistrations/260302000000001", 405),
        ("OPTIONS", SEARCH, 405),
        ("GET", "/presenceRegistrations", 404),
        ("GET", "/presenceRegistrations/", 404),
        ("GET", "/elsewhere", 404),
    ],
)
def test_another_verb_and_another_path_are_problems_too(
    rest: Rest, caller: dict[str, str], verb: str, path: str, status: int
) -> None:
    answer = rest.ask(verb, path, caller)

    told(answer, status)
    assert answer.has_header("Allow") is (status == 405)


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("application/*;q=0.1, text/html", 200),
        ("*/*", 200),
        ("", 200),
        ("nonsense", 200),
        ("text/html", 406),
        ("application/json;q=0, */*", 406),
    ],
)
def test_who_takes_no_json_is_told_so(
    rest: Rest, caller: dict[str, str], accept: str, status: int
) -> None:
    answer = rest.post(SEARCH, {"criteria": {"registrationDate": MARCH}}, caller, Accept=accept)

    assert answer.status_code == status
    assert "Accept" in answer["Vary"]


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/json-patch+json"])
def test_another_media_type_is_415(rest: Rest, caller: dict[str, str], kind: str) -> None:
    told(rest.post(SEARCH, b"{}", caller, content_type=kind), 415)


def test_a_compressed_body_is_415(rest: Rest, caller: dict[str, str]) -> None:
    told(rest.post(SEARCH, b"{}", caller, **{"Content-Encoding": "gzip"}), 415)


@pytest.mark.parametrize("size", [1_100_000, 7_000_000])
def test_a_body_of_megabytes_is_413(rest: Rest, caller: dict[str, str], size: int) -> None:
    body = b'{"criteria": "' + b"x" * size + b'"}'

    assert told(rest.post(SEARCH, body, caller), 413)["limit"] == 1024 * 1024


def test_no_token_and_a_wrong_token_are_401_with_a_challenge(rest: Rest) -> None:
    for header in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic x"}):
        for answer in (
            rest.get("/presenceRegistrations/260302000000001", header),
            rest.search(header),
        ):
            told(answer, 401)
            assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_of_the_professional_scope_reads(rest: Rest, caller: dict[str, str]) -> None:
    reader = rest.caller(world.E1, scopes=(PROFESSIONAL_SCOPE,))

    assert rest.search(reader).status_code == 200


def test_an_accident_is_a_500_that_says_nothing(
    rest: Rest,
    caller: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(**_: Any) -> None:
        raise ValueError(f"{world.W1} is in the way")

    monkeypatch.setattr(queries, "search", broken)

    problem = told(rest.search(caller), 500)

    assert problem["detail"] == "An error occurred in the internals of the service"
    assert world.W1 not in caplog.text
    assert "ValueError" in caplog.text


def test_a_database_that_is_away_is_503(
    rest: Rest, caller: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(queries, "search", away)

    answer = rest.search(caller)

    told(answer, 503)
    assert answer["Retry-After"] == "2"


def test_the_callers_trace_comes_back_as_related(rest: Rest, caller: dict[str, str]) -> None:
    theirs = "2f0a2f1e-6a38-4b0c-9d67-9a0b7d1c2e55"

    answer = rest.search(caller, query="?page=0")
    traced = rest.get("/doc/openapi.yaml", {}, **{"BelGov-Trace-Id": theirs})
    personal = rest.get("/doc/openapi.yaml", {}, **{"BelGov-Trace-Id": world.W1})

    assert told(answer)["instance"] == f"urn:uuid:{answer['BelGov-Trace-Id']}"
    assert traced["BelGov-Related-Trace-Id"] == theirs
    assert traced["BelGov-Trace-Id"] != theirs
    assert not personal.has_header("BelGov-Related-Trace-Id")


def test_a_search_without_hits_looks_at_nobody(rest: Rest, caller: dict[str, str]) -> None:
    page = rest.search(caller, registrationDate=MARCH).json()

    assert (page["items"], page["total"], page["totalPages"]) == ([], 0, 0)
    assert page["last"].endswith("page=1&pageSize=50")
    assert not Lookup.objects.using("audit").exists()


def test_an_act_is_found_at_the_moment_its_answer_shows(rest: Rest, caller: dict[str, str]) -> None:
    [entry] = rest.register(caller, item())
    shown = entry["createdPresenceRegistration"]["registrationDate"]

    found = rest.found(caller, registrationDate={"startDate": shown, "endDate": shown})

    assert found == [entry["createdPresenceRegistration"]["id"]]


def test_a_page_beyond_the_last_points_back_to_it(rest: Rest, caller: dict[str, str]) -> None:
    stored(clock.now())

    page = rest.search(caller, query="?page=9", registrationDate=window()).json()

    assert (page["items"], page["total"], page["totalPages"]) == ([], 1, 1)
    assert page["next"] is None
    assert page["prev"].endswith("?page=1&pageSize=50")
