"""Interim@Work as JSON: the same data as the page, of the session's person and of nobody else."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from django.test import Client
from openapi_spec_validator import validate

from guichet.documents.models import Document
from guichet.platform import clock, wording
from tests.contracts.conformity import assert_conforms
from tests.database import REPOSITORY
from tests.eservices.dimona import world
from tests.eservices.dimona.world import AGENCY, KARIM, LOTTE, NOW, USER, day, said
from tests.portal.browsing import signed_in, text

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
BASE: Final = "/interimAtWork/v1"
CONTRACT: Final = REPOSITORY / "contracts/interimAtWork-v1.yaml"
POSTED: Final = ("/relations/query", "/exports")
READ: Final = ("/relations/p1",)


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def karim() -> Client:
    """A worker whom agencies lend."""
    return signed_in(KARIM)


def declared(first: int = 1, last: int | None = None, **more: Any) -> int:
    """A temp work period from and until so many days after today; its number."""
    given = {"startDate": day(first), "endDate": day(first if last is None else last)} | more
    record = said(world.temp(**given))
    assert record.period_id is not None
    return record.period_id


def conforming(verb: str, path: str, answer: Any) -> Any:
    assert_conforms(
        verb=verb, path=path, status=answer.status_code, headers=answer.headers,
        body=answer.content, file=Path(CONTRACT),
    )  # fmt: skip
    return answer


def post(client: Client, path: str = "/relations/query", body: Any = None) -> Any:
    data = body if isinstance(body, str) else json.dumps({} if body is None else body)
    answer = client.post(BASE + path, data=data, content_type="application/json")
    return conforming("POST", path, answer)


def get(client: Client, path: str) -> Any:
    return conforming("GET", path, client.get(BASE + path))


def issues(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 400, answer.content
    return [(one["type"].rsplit(":", 1)[-1], one["name"]) for one in answer.json()["issues"]]


def test_the_contract_is_valid_and_published() -> None:
    document = yaml.safe_load(CONTRACT.read_text("utf-8"))
    validate(document)

    assert yaml.safe_load(Client().get(f"{BASE}/doc/openapi.yaml").content) == document
    assert get(Client(), "/health").json() == {"status": "UP"}


def test_the_page_and_the_interface_give_the_same_relations(karim: Client) -> None:
    numbers = [declared(1), declared(3, 5), declared(-20, -18)]
    said(world.cancel(numbers[1], employer=AGENCY))

    told = post(karim).json()

    page = text(karim, "/interim/list/")
    assert told["total"] == len(told["items"]) == 3
    assert f"{told['total']} relations" in page
    assert [one["id"] for one in told["items"]] == [f"p{numbers[at]}" for at in (1, 0, 2)]
    for one in told["items"]:
        assert one["agency"]["enterpriseNumber"] == AGENCY
        assert one["user"]["enterpriseNumber"] == USER
        assert one["agency"]["name"] in page
    assert {one["state"] for one in told["items"]} >= {"cancelled"}


def test_the_page_and_the_interface_say_the_same_of_one_relation(karim: Client) -> None:
    number = declared(-3, -2)
    said(world.update(number, employer=AGENCY, endDate=day(-1)))

    told = get(karim, f"/relations/p{number}").json()

    page = text(karim, f"/interim/relations/p{number}/")
    agency, user = told["agency"], told["user"]
    for fact in (agency["name"], agency["employerNumber"], user["name"], number):
        assert str(fact) in page
    assert (told["isLate"], "Declared late" in page) == (True, True)
    assert [one["kind"] for one in told["changes"]] == ["in", "update"]
    for change in told["changes"]:
        assert f"Declaration {change['declarationNumber']}" in page
        assert f"{wording.day(date.fromisoformat(change['endDate']))}" in page
    assert {one["code"] for one in told["anomalies"]} >= {"90373-460"}
    for remark in told["anomalies"]:
        assert f"{remark['description']} {remark['code']}" in page


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 2), ({"startDate": day(2)}, 1), ({"endDate": day(2)}, 1), ({"kind": "temporary"}, 2),
        ({"agency": AGENCY}, 2), ({"words": "zebra"}, 0), ({"state": "cancelled"}, 0),
    ],
)  # fmt: skip
def test_each_filter_narrows_as_on_the_page(
    karim: Client, wanted: dict[str, str], count: int
) -> None:
    declared(1)
    declared(4)

    if wanted.get("kind"):
        wanted = {"kind": post(karim).json()["items"][0]["kind"]}
    assert post(karim, body=wanted).json()["total"] == count


def test_one_relation_shows_its_history_and_anothers_is_as_unknown_as_none(karim: Client) -> None:
    number = declared(1)
    said(world.update(number, employer=AGENCY, startDate=day(2), endDate=day(2)))

    one = get(karim, f"/relations/p{number}").json()

    assert [change["kind"] for change in one["changes"]] == ["in", "update"]
    assert one["startDate"] == day(2)
    stranger = signed_in(LOTTE)
    bare = set()
    for client, reference in (
        (stranger, f"p{number}"), (karim, "p600000000027"), (karim, "x"), (karim, "w1"),
    ):  # fmt: skip
        answer = get(client, f"/relations/{reference}")
        assert answer.status_code == 404
        bare.add(answer.json()["detail"])
    assert len(bare) == 1


def test_an_export_is_accepted_and_its_page_stands_where_it_says(karim: Client) -> None:
    declared(1)

    answer = post(karim, "/exports", {"startDate": day(0)})

    assert answer.status_code == 202
    [document] = Document.objects.all()
    assert answer.json()["reference"] == document.reference
    assert answer["Location"].endswith(f"/documents/{document.reference}/")
    assert karim.get(f"/documents/{document.reference}/").status_code == 200
    assert signed_in(LOTTE).get(f"/documents/{document.reference}/").status_code == 404


@pytest.mark.parametrize("path", POSTED)
@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"colour": 1}, ("unknownInput", "colour")),
        ({"ssin": LOTTE}, ("unknownInput", "ssin")),
        ({"startDate": "soon"}, ("schemaViolation", "startDate")),
        ({"startDate": "1999-01-01"}, ("invalidInput", "startDate")),
        ({"startDate": day(3), "endDate": day(1)}, ("invalidInput", "endDate")),
        ({"agency": "0000000000"}, ("invalidInput", "agency")),
        ({"words": "x" * 101}, ("invalidInput", "words")),
        ({"kind": 7}, ("schemaViolation", "kind")),
    ],
)
def test_a_faulty_query_names_the_member(
    karim: Client, path: str, body: dict[str, Any], fault: tuple[str, str]
) -> None:
    assert issues(post(karim, path, body)) == [fault]
    assert not Document.objects.exists()


@pytest.mark.parametrize("path", POSTED)
@pytest.mark.parametrize("body", [" ", "{", "[]", "null", "[" * 10_000, '{"a": 1e999}'])
def test_a_body_that_is_no_query_is_refused(karim: Client, path: str, body: str) -> None:
    assert post(karim, path, body).status_code == 400


@pytest.mark.parametrize(
    ("somebody", "status"),
    [
        (Client, 401),
        (lambda: signed_in(KARIM, means="password", level=200), 403),
        (lambda: signed_in(KARIM, means="card", level=300), 200),
    ],
)
def test_i16_a_visitor_is_unknown_and_a_password_is_not_enough(
    somebody: Callable[[], Client], status: int
) -> None:
    client = somebody()

    for path in POSTED:
        assert post(client, path).status_code in ({200, 202} if status == 200 else {status})
    for path in READ:
        assert get(client, path).status_code == (404 if status == 200 else status)


def test_a_call_without_the_form_token_changes_nothing() -> None:
    client = signed_in(KARIM)
    client.handler.enforce_csrf_checks = True

    answer = client.post(f"{BASE}/exports", data="{}", content_type="application/json")

    assert answer.status_code == 403
    assert not Document.objects.exists()


@pytest.mark.parametrize("path", [*POSTED, *READ])
def test_other_verbs_and_media_are_refused_in_json(karim: Client, path: str) -> None:
    verb = "GET" if path in POSTED else "POST"
    answer = karim.generic(verb, BASE + path)
    assert answer.status_code == 405
    assert answer.json()["status"] == 405
    if path in POSTED:
        sent = karim.post(BASE + path, data="{}", content_type="text/plain")
        assert sent.status_code == 415
