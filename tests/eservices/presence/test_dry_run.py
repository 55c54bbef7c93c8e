"""REST presenceCheck: would this be accepted, and with which remarks? Nothing is stored."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.audit.models import Lookup
from guichet.demo import fixtures as world
from guichet.eservices.presence import validation
from guichet.eservices.presence.dry_run.acts import _Asked, _Before, _nearest
from guichet.platform import clock
from tests.contracts.conformity import assert_conforms
from tests.database import REPOSITORY
from tests.doors import PROFESSIONAL_SCOPE, Rest, item, rest, stored

__all__ = ["rest"]
pytestmark = pytest.mark.django_db(databases=["default", "audit"])

BASE: Final = "/REST/presenceCheck/v1"
CONTRACT: Final = REPOSITORY / "contracts" / "presenceCheck-v1.yaml"


@pytest.fixture(autouse=True)
def _small_world() -> None:
    world.load_fixtures(today=clock.today(clock.now()), now=clock.now())


def today() -> date:
    return clock.today(clock.now())


def day(**changed: Any) -> dict[str, Any]:
    """A presence of W1 of E1 at the construction site S2, today."""
    good: dict[str, Any] = {
        "day": today().isoformat(),
        "worksReference": world.S2,
        "ssin": world.W1,
        "employer": {"enterpriseNumber": world.E1},
    }
    return {name: value for name, value in (good | changed).items() if value is not None}


def asked(rest: Rest, what: str, items: Any, *, caller: Any = None, status: int = 200) -> Any:
    """The answer, held against the contract."""
    headers = caller or rest.caller(world.E1)
    body = json.dumps({"items": items}) if not isinstance(items, bytes) else items
    path = f"/{what}/check"
    answer = Client().post(BASE + path, body, content_type="application/json", headers=headers)
    assert answer.status_code == status, answer.content
    assert_conforms(
        verb="post", path=path, status=status, headers=answer.headers, body=answer.content,
        file=CONTRACT,
    )  # fmt: skip
    return answer.json()


def codes(answer: Any) -> list[tuple[bool, list[str], list[str]]]:
    return [
        (
            one["accepted"],
            [each["errorCode"].rpartition(".")[2] for each in one.get("errors", ())],
            [each["code"] for each in one.get("remarks", ())],
        )
        for one in answer["items"]
    ]


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM presence_act) + (SELECT count(*) FROM presence_day)"
        )
        [count] = cursor.fetchone() or (0,)
    return int(count)


def test_an_act_is_foreseen_with_its_remarks_and_nothing_is_stored(rest: Rest) -> None:
    early = (clock.now() - timedelta(minutes=11)).isoformat()
    items = [
        item(),
        item(ssin=world.W2),  # E1 has no Dimona of hers
        item(registrationDate=early),
        item(contractualRelationshipReference=world.S3, ssin=world.W1),
    ]
    before = rows()

    found = codes(asked(rest, "acts", items))

    assert found[0] == (True, [], [])
    assert found[1] == (True, [], ["caw_1"])
    assert found[2] == (False, ["registration-date"], [])
    assert found[3][0]
    assert rows() == before


def test_an_act_is_judged_behind_the_log_and_behind_the_acts_of_the_same_call(rest: Rest) -> None:
    now = clock.now()
    stored(now - timedelta(minutes=5), type="in")

    [again, out, second] = codes(
        asked(
            rest,
            "acts",
            [
                item(registrationDate=(now - timedelta(minutes=4)).isoformat()),
                item(registrationDate=(now - timedelta(minutes=3)).isoformat(), type="OUT"),
                item(registrationDate=(now - timedelta(minutes=2)).isoformat(), type="out"),
            ],
        )
    )

    assert again == (True, [], ["ciao_21"])
    assert out == (True, [], [])
    assert second == (True, [], ["ciao_901"])


def test_the_same_act_again_is_a_repeat(rest: Rest) -> None:
    now = clock.now()
    stored(now - timedelta(minutes=5), type="in")
    same = item(registrationDate=(now - timedelta(minutes=5)).isoformat())
    new = item(registrationDate=(now - timedelta(minutes=1)).isoformat(), type="out")

    found = codes(asked(rest, "acts", [same, new, new]))

    assert [remarks for _accepted, _errors, remarks in found] == [["caw_14"], [], ["caw_14"]]


def test_what_the_dry_run_says_is_what_registering_gives(rest: Rest) -> None:
    """The remarks of the round of checks behind the registration are those foreseen."""
    items = [item(), item(ssin=world.W2), item(ssin=world.W3, type="out")]
    foreseen = [remarks for _yes, _no, remarks in codes(asked(rest, "acts", items))]
    caller = rest.caller(world.E1)
    receipts = [
        entry["createdPresenceRegistration"]["id"] for entry in rest.register(caller, *items)
    ]

    validation.validate_unvalidated(now=clock.now())
    given = []
    for receipt in receipts:
        read = rest.get(f"/presenceRegistrations/{receipt}", caller).json()
        given.append([each["code"] for each in read["remarks"]])

    assert given == foreseen


def test_days_are_foreseen_with_their_refusals_and_remarks(rest: Rest) -> None:
    items = [
        day(),
        day(ssin=world.W2),
        day(day=(today() - timedelta(days=1)).isoformat()),
        day(day=(today() + timedelta(days=2)).isoformat()),
        day(ssin=None, employer=None, limosaNumber=world.LIMOSA),
        day(ssin=None, employer=None, limosaNumber="12"),
        day(worksReference="nowhere"),
        day(customReference="x" * 65),
    ]
    before = rows()

    found = codes(asked(rest, "days", items))

    assert found[0] == (True, [], [])
    assert found[1] == (True, [], ["caw_1"])
    assert [errors for _accepted, errors, _remarks in found[2:]] == [
        ["past"], ["tooFar"], [], ["limosa"], ["site"], ["reference"],
    ]  # fmt: skip
    assert rows() == before


@pytest.mark.parametrize("what", ["acts", "days"])
def test_nobody_learns_anything_about_the_people_of_others(rest: Rest, what: str) -> None:
    """E3 stands in no chain: whether W1 exists or works at E1 stays unknown to it."""
    stranger = rest.caller(world.E3)
    unknown = world.numbers.niss(born_on=date(1999, 9, 9), is_female=True)
    make = item if what == "acts" else day

    answers = asked(rest, what, [make(), make(ssin=unknown)], caller=stranger)["items"]

    assert answers[0] == answers[1]
    assert not answers[0]["accepted"]
    assert answers[0]["errors"][0]["errorCode"].lower().replace("-", "").endswith("notauthorized")
    assert not Lookup.objects.using("audit").filter(purpose="presence.check").exists()


@pytest.mark.parametrize("what", ["acts", "days"])
def test_a_question_that_is_answered_leaves_a_trace_for_the_person(rest: Rest, what: str) -> None:
    make = item if what == "acts" else day

    asked(rest, what, [make(), make(ssin=world.W2)])

    seen = Lookup.objects.using("audit").filter(purpose="presence.check", channel="rest")
    assert {each.niss for each in seen} == {world.W1, world.W2}


@pytest.mark.parametrize("what", ["acts", "days"])
def test_who_may_not_register_may_not_ask(rest: Rest, what: str) -> None:
    reader = rest.caller(world.E1, scopes=(PROFESSIONAL_SCOPE,))
    make = item if what == "acts" else day

    assert asked(rest, what, [make()], caller=reader, status=403)["status"] == 403
    assert asked(rest, what, [make()], caller={"Authorization": "Bearer x"}, status=401)


BAD: Final[Sequence[bytes]] = (
    b" ",
    b"{",
    b"[]",
    b'{"items": []}',
    b'{"items": [{}]}',
    b'{"items": [{"day": "2026-13-01", "worksReference": "x"}]}',
    b'{"items": [{"day": "2026-01-01", "worksReference": "x", "more": 1}]}',
    b'{"items": [{"day": "2026-01-01", "worksReference": "x", "ssin": "one"}]}',
    b'{"items": [' + b"[" * 5_000 + b"]" * 5_000 + b"]}",
    b'\xff{"items": []}',
)


@pytest.mark.parametrize("body", BAD)
@pytest.mark.parametrize("what", ["acts", "days"])
def test_a_body_that_is_none_is_refused_whole(rest: Rest, what: str, body: bytes) -> None:
    assert asked(rest, what, body, status=400)["status"] == 400


@pytest.mark.parametrize("what", ["acts", "days"])
def test_more_than_two_hundred_are_refused(rest: Rest, what: str) -> None:
    make = item if what == "acts" else day

    assert len(asked(rest, what, [make()] * 200)["items"]) == 200
    assert asked(rest, what, [make()] * 201, status=400)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["in", "out"]), min_size=1, max_size=6))
def test_the_order_of_a_call_is_read_as_the_log_would_read_it(kinds: list[str]) -> None:
    begin = clock.now()
    asked_ = [
        _Asked(at, world.W1, begin + timedelta(seconds=at), kind, world.S1)
        for at, kind in enumerate(kinds)
    ]
    empty = _Before(None, None, None, is_repeat=False)

    found = [_nearest(one, asked_, empty).type for one in asked_]

    assert found == [None, *kinds[:-1]]


def test_the_contract_is_published_and_health_answers(rest: Rest) -> None:
    contract = Client().get(f"{BASE}/doc/openapi.yaml")
    assert contract.status_code == 200
    assert contract.content == CONTRACT.read_bytes()
    assert Client().get(f"{BASE}/health").json() == {"status": "UP"}
