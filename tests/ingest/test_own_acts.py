"""The door of one's own acts: what it stores once, what it refuses, what it never believes."""

import json
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
import yaml
from openapi_spec_validator import validate

from guichet.access import personal_tokens
from guichet.access.permissions import ENTERPRISE
from guichet.demo import numbers
from guichet.ingest.own_acts import wire
from guichet.ingest.own_acts.door import ACTS
from guichet.ingest.own_acts.judging import Refused
from tests.database import REPOSITORY
from tests.ingest.door import BASE, S1, S2, Door, opened
from tests.ingest.own import OPTIONS, ORIGIN, OWN, Worker, at, token

OTHER = numbers.enterprise(77)


@pytest.fixture
async def door(ingest_dsn: str, signing_keys: Path) -> AsyncIterator[Door]:
    """An ingest with the door of own acts open."""
    async with opened(dsn=ingest_dsn, keys=signing_keys, channel=0, **OPTIONS) as door:
        yield door


@pytest.fixture
def vera(door: Door) -> Worker:
    """A worker of this test alone."""
    return Worker(door)


def codes(outcome: dict[str, Any]) -> list[str]:
    return [reason["code"].rpartition(".")[2] for reason in outcome["reasons"]]


async def test_an_act_is_stored_for_the_person_of_the_token(vera: Worker) -> None:
    act = vera.act(deviceAt="2026-03-02T06:07:00+01:00")

    outcome = await vera.outcome(act)

    [receipt] = outcome["receipts"]
    assert (outcome["key"], outcome["outcome"]) == (act["key"], "created")
    [row] = vera.rows(
        "SELECT receipt, type, channel, activity, enterprise_number, longitude, sender,"
        " occurred_at, received_at, offset_minutes FROM presence_act WHERE ssin = %s"
    )
    assert row == (
        receipt, "in", "mobile_manual", "cleaning", "0712345630", 4.3571, None,
        at(vera.door, -2), vera.door.now, 60,
    )  # fmt: skip
    [press] = vera.rows(
        "SELECT step, receipt, position, accuracy_metres, device_at, pressed_at"
        " FROM presence_press JOIN persons_person AS p ON p.id = person_id WHERE p.niss = %s"
    )
    told = datetime(2026, 3, 2, 5, 7, tzinfo=UTC)
    assert press == ("start", receipt, "given", 12, told, vera.door.now)
    [(action, target)] = vera.rows("SELECT action, target FROM audit_entry WHERE actor_id = %s")
    assert (action, target) == ("presence.step.pressed", str(receipt))


async def test_p17_a_move_stores_an_out_of_the_first_site_and_an_in_at_the_new_one(
    vera: Worker,
) -> None:
    await vera.outcome(vera.act(ago=300))

    outcome = await vera.outcome(vera.act("move", site=S2, employer={"enterpriseNumber": OTHER}))

    assert len(outcome["receipts"]) == 2
    assert vera.log() == [("in", S1), ("out", S1), ("in", S2)]
    employers = "SELECT enterprise_number FROM presence_act WHERE ssin = %s ORDER BY occurred_at"
    assert [row for (row,) in vera.rows(employers)] == ["0712345630", "0712345630", OTHER]


async def test_a_day_waits_in_one_lot_and_an_out_is_for_whom_the_in_was(vera: Worker) -> None:
    steps = [("start", 500), ("break", 400), ("resume", 300), ("end", 200)]
    outs = {"break", "end"}
    acts = [
        vera.act(step, ago=ago, employer=... if step in outs else {"enterpriseNumber": OTHER})
        for step, ago in steps
    ]

    outcomes = await vera.outcomes(*reversed(acts))

    assert [one["outcome"] for one in outcomes] == ["created"] * 4
    assert [kind for kind, _site in vera.log()] == ["in", "out", "in", "out"]
    employers = vera.rows("SELECT DISTINCT enterprise_number FROM presence_act WHERE ssin = %s")
    assert employers == [(OTHER,)]


@pytest.mark.parametrize(
    ("ago", "expected"), [(600, "created"), (601, "refused"), (-30, "created"), (-61, "refused")]
)
async def test_p19_p20_p21_the_bounds_of_time(vera: Worker, ago: float, expected: str) -> None:
    outcome = await vera.outcome(vera.act(ago=ago))

    assert outcome["outcome"] == expected
    assert len(vera.log()) == (expected == "created")
    if expected == "refused":
        assert codes(outcome) == ["registration-date"]


async def test_p22_an_act_before_midnight_sent_after_it_is_of_the_day_before(vera: Worker) -> None:
    vera.door.now = datetime(2026, 3, 1, 23, 5, tzinfo=UTC)  # 00:05 in Brussels

    outcome = await vera.outcome(vera.act(ago=7 * 60))

    assert str(outcome["receipts"][0]).startswith("260301")


async def test_the_same_key_is_the_same_act_even_when_the_answer_was_lost_and_time_is_over(
    vera: Worker,
) -> None:
    act = vera.act(ago=2)
    first = await vera.outcome(act)
    vera.door.now = at(vera.door, 3600)

    again = await vera.outcome(act)

    assert again["outcome"] == "known"
    assert again["receipts"] == first["receipts"]
    assert vera.log() == [("in", S1)]


async def test_a_key_twice_in_one_lot_and_a_second_phone_a_moment_later_count_once(
    vera: Worker,
) -> None:
    act = vera.act(ago=30)

    outcomes = await vera.outcomes(act, act, vera.act(ago=60), vera.act(ago=5))

    assert [one["outcome"] for one in outcomes].count("created") == 1
    assert len({one["receipts"][0] for one in outcomes}) == 1
    assert vera.log() == [("in", S1)]


async def test_a_press_sent_again_tells_that_its_act_was_cancelled_meanwhile(
    vera: Worker,
) -> None:
    act, move = vera.act(ago=300), vera.act("move", site=S2)
    [receipt] = (await vera.outcome(act))["receipts"]
    left, entered = (await vera.outcome(move))["receipts"]
    vera.corrected(receipt, status="cancelled")
    vera.corrected(entered, status="cancelled")

    again = [await vera.outcome(act) for _time in range(2)]
    moved = await vera.outcome(move)

    for each in again:
        assert (each["outcome"], each["receipts"]) == ("known", [receipt])
        assert each["cancelled"] == [receipt]
    assert (moved["receipts"], moved["cancelled"]) == ([left, entered], [entered])
    assert len(vera.log()) == 3


async def test_a_new_press_at_the_minute_of_a_cancelled_act_is_a_new_act(vera: Worker) -> None:
    first = vera.act(ago=30)
    [gone] = (await vera.outcome(first))["receipts"]
    vera.corrected(gone, status="cancelled")

    new = await vera.outcome(vera.act(ago=20, after=0))
    same = await vera.outcome(vera.act(ago=10))

    assert new["outcome"] == "created"
    assert new["receipts"] != [gone]
    assert "cancelled" not in new
    assert (same["outcome"], same["receipts"]) == ("known", new["receipts"])
    assert vera.log() == [("in", S1), ("in", S1)]


async def test_an_act_is_compared_with_what_a_correction_made_of_it(vera: Worker) -> None:
    [receipt] = (await vera.outcome(vera.act(ago=400)))["receipts"]
    vera.corrected(receipt, status="edited", moved=380)

    near = await vera.outcome(vera.act(ago=30))
    where_it_was = await vera.outcome(vera.act(ago=400))

    assert (near["outcome"], near["receipts"]) == ("known", [receipt])
    assert "cancelled" not in near
    assert where_it_was["outcome"] == "created"


async def test_a_key_of_another_act_is_refused_and_not_swallowed(vera: Worker) -> None:
    act = vera.act(ago=300)
    await vera.outcome(act)

    assert codes(await vera.outcome(act | {"step": "break"})) == ["key-reused"]


@pytest.mark.parametrize(("state", "stands"), [("prepared", True), ("reported", False)])
@pytest.mark.parametrize("is_same_key", [True, False])
async def test_an_act_in_time_takes_the_place_of_a_prepared_correction_and_not_of_a_sent_one(
    vera: Worker, state: str, stands: bool, is_same_key: bool
) -> None:
    act = vera.act(ago=590)
    vera.door.execute(
        "INSERT INTO presence_correction (person_id, key, part, kind, reason, words, type, step,"
        " occurred_at, works_reference, state, prepared_at, reported_at, last_day)"
        " SELECT id, %s, 0, 'add', 'noNetwork', '', 'in', 'start', %s, %s, %s, now(), now(),"
        " now()::date FROM persons_person WHERE niss = %s",
        act["key"] if is_same_key else uuid.uuid4(), at(vera.door, -620), S1, state, vera.ssin,
    )  # fmt: skip

    outcome = await vera.outcome(act)

    assert vera.log() == ([("in", S1)] if stands else [])
    if not stands:
        assert codes(outcome) == ["correction-sent"]
    query = (
        "SELECT state FROM presence_correction JOIN persons_person AS p ON p.id = person_id"
        " WHERE p.niss = %s"
    )
    assert vera.rows(query) == [("withdrawn" if stands else state,)]


async def test_the_same_move_from_a_second_phone_counts_once_whichever_comes_first(
    vera: Worker,
) -> None:
    await vera.outcome(vera.act(ago=500))
    leaves = {"site": S1}

    later = await vera.outcome(vera.act("move", ago=100, site=S2, leaves=leaves))
    earlier = await vera.outcome(vera.act("move", ago=130, site=S2, leaves=leaves))

    assert (later["outcome"], earlier["outcome"]) == ("created", "known")
    assert vera.log() == [("in", S1), ("out", S1), ("in", S2)]


async def test_an_old_page_is_told_that_the_situation_has_changed(vera: Worker) -> None:
    first = await vera.outcome(vera.act(ago=300, after=0))
    assert first["outcome"] == "created"

    late = await vera.outcome(vera.act("break", ago=100, after=0))
    right = await vera.outcome(vera.act("break", ago=100, after=first["receipts"][0]))

    assert codes(late) == ["situation-changed"]
    assert right["outcome"] == "created"


async def test_p29_two_outs_in_a_row_are_stored(vera: Worker) -> None:
    outcomes = await vera.outcomes(vera.act("end", ago=300), vera.act("end", ago=100))

    assert [one["outcome"] for one in outcomes] == ["created", "created"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"site": "1Y103CF820"}, "contractual-relationship-reference"),
        ({"site": "1YI03CF8203SZ"}, "contractual-relationship-reference"),
        ({"employer": ...}, "employer"),
        ({"employer": {"enterpriseNumber": "0712345631"}}, "enterprise-number"),
        ({"employer": {"foreignVatNumber": "??"}}, "foreign-vat-number"),
        ({"employer": {"enterpriseNumber": OTHER, "foreignVatNumber": "FR1"}}, "employer"),
        ({"position": {"state": "refused"}}, "place-of-work"),
    ],
)
async def test_an_unfit_act_is_refused_by_itself(
    vera: Worker, changed: dict[str, Any], code: str
) -> None:
    outcomes = await vera.outcomes(vera.act(ago=200, **changed), vera.act("end", ago=20))

    assert [one["outcome"] for one in outcomes] == ["refused", "created"]
    assert codes(outcomes[0]) == [code]
    assert len(vera.log()) == 1


async def test_without_a_position_the_site_or_the_person_says_where(vera: Worker) -> None:
    refused = {"state": "refused"}
    act = vera.act(position=refused, address={"postCode": "9000", "municipalityName": "Gent"})

    assert (await vera.outcome(act))["outcome"] == "created"
    assert vera.rows("SELECT address ->> 'postCode' FROM presence_act WHERE ssin = %s") == [
        ("9000",)
    ]
    assert vera.rows(
        "SELECT position FROM presence_press JOIN persons_person AS p ON p.id = person_id"
        " WHERE p.niss = %s"
    ) == [("refused",)]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{", b"\xff", b'{"acts": []}', b'{"acts": null}', b'{"acts": [1]}',
        b'{"acts": [{"ssin": "85073100130"}]}', b'{"acts": [{}], "ssin": "85073100130"}',
        b"[" * 60_000,
    ],
)  # fmt: skip
async def test_a_body_of_another_shape_is_a_400_that_repeats_nothing(
    vera: Worker, body: bytes
) -> None:
    answer = await vera.door.call(
        "POST", ACTS, body, token=token(vera.door, vera.pseudonym), content_type="application/json"
    )

    assert answer.status == 400
    assert answer.json["type"] == "urn:problem-type:belgif:badRequest"
    assert b"85073100130" not in answer.body


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("key", "1"), ("step", "done"), ("step", "fly"), ("site", "A" * 41), ("site", None),
        ("occurredAt", "2026-03-02T06:00:00"), ("deviceAt", "yesterday"), ("ssin", "85073100130"),
        ("position", {"state": "somewhere"}), ("position", {}), ("after", -1), ("after", "1"),
        ("position", {"state": "given", "coordinates": {"longitude": 181, "latitude": 0}}),
        ("position", {"state": "given", "accuracyMetres": -1}),
    ],
)  # fmt: skip
async def test_a_member_out_of_the_contract_refuses_the_call(
    vera: Worker, member: str, value: object
) -> None:
    answer = await vera.send(vera.act(**{member: value}))

    assert answer.status == 400
    assert vera.log() == []
    assert "85073100130" not in answer.body.decode()


async def test_more_than_fifty_acts_or_64_kb_are_too_much(vera: Worker) -> None:
    many = await vera.send(*[vera.act(ago=at) for at in range(51)])
    large = await vera.send(vera.act(site="A" * 70_000))

    assert (many.status, large.status) == (400, 413)


async def test_only_a_token_for_own_acts_opens_this_door_and_no_other(
    vera: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, mine = vera.door, vera.pseudonym
    machine = door.token(audience=OWN)
    old = token(door, mine, now=door.now.timestamp() - personal_tokens.LIFETIME - 1)
    strange = [
        ("", 401), ("x.y.z", 401), (machine, 401), (door.token(), 401), (old, 401),
        (token(door, mine, audience="http://elsewhere.example"), 401),
        (token(door, mine, issuer="http://elsewhere.example"), 401),
        (token(door, uuid.uuid4()), 401),
    ]  # fmt: skip
    monkeypatch.setattr(personal_tokens, "SCOPE", "scope:" + ENTERPRISE)
    narrow = token(door, mine)
    monkeypatch.undo()

    answers = [(await vera.send(vera.act(), token=text)).status for text, _status in strange]
    scoped = await vera.send(vera.act(), token=narrow)
    machines = await door.register(token=token(door, mine), content_type="application/json")

    assert answers == [status for _text, status in strange]
    assert (scoped.status, scoped.json["type"].rpartition(":")[2]) == (403, "missingScope")
    assert machines.status == 401
    assert vera.log() == []


async def test_nobody_registers_for_somebody_else(vera: Worker, door: Door) -> None:
    other = Worker(door)
    act = vera.act()
    await vera.outcome(act)

    # The same key under another person is another act, and says nothing about the first.
    answer = await other.outcome(act)

    assert answer["outcome"] == "created"
    assert vera.log() == other.log() == [("in", S1)]


async def test_only_the_portal_may_call_from_a_page(vera: Worker) -> None:
    mine = await vera.send(vera.act())
    foreign = await vera.send(vera.act(), origin="http://portal.example.evil.example")
    refused = await vera.send(vera.act(), token="")
    asked = await vera.door.call(
        "OPTIONS", ACTS, origin=ORIGIN, access_control_request_method="POST", token=""
    )
    elsewhere = await vera.door.call("OPTIONS", ACTS, origin="null", token="")

    for answer in (mine, refused, asked):
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert "access-control-allow-credentials" not in answer.headers
    for answer in (foreign, elsewhere):
        assert not any(name.startswith("access-control-allow") for name in answer.headers)
    assert asked.status == 204
    assert asked.headers["access-control-allow-headers"] == "Authorization, Content-Type"
    assert asked.headers["access-control-allow-methods"] == "POST"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
async def test_other_verbs_are_refused_and_nothing_can_be_taken_back(
    vera: Worker, method: str
) -> None:
    answer = await vera.door.call(method, ACTS, token=token(vera.door, vera.pseudonym))

    assert answer.status == 405
    assert answer.headers["allow"] == "POST"


async def test_the_door_says_that_it_works_and_what_was_not_asked_is_kept_as_such(
    vera: Worker,
) -> None:
    act = vera.act(position={"state": "notAsked"}, address={"postCode": "9000"})

    health = await vera.door.call("GET", "/REST/checkInOut/v1/health", token="")

    assert (health.status, health.json) == (200, {"status": "UP"})
    assert (await vera.outcome(act))["outcome"] == "created"
    assert vera.rows(
        "SELECT position FROM presence_press JOIN persons_person AS p ON p.id = person_id"
        " WHERE p.niss = %s"
    ) == [("not_asked",)]


async def test_the_door_is_closed_where_no_audience_is_set(
    ingest_dsn: str, signing_keys: Path
) -> None:
    async with opened(dsn=ingest_dsn, keys=signing_keys, channel=0) as plain:
        assert not plain.ingest.hot({"path": ACTS})
        assert plain.ingest.hot({"path": f"{BASE}/health"})


def test_a_token_names_nobody(door: Door, vera: Worker) -> None:
    import base64

    text = token(door, vera.pseudonym).split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))

    assert vera.ssin not in json.dumps(claims)
    assert claims["exp"] - claims["iat"] == 300


def test_the_contract_says_what_the_door_takes_and_answers() -> None:
    contract = yaml.safe_load((REPOSITORY / "contracts/checkInOut-v1.yaml").read_text("utf-8"))
    validate(contract)
    schemas = contract["components"]["schemas"]
    act, outcome = schemas["OwnAct"], schemas["Outcome"]

    taken = {field.encode_name for field in msgspec.structs.fields(wire.OwnAct)}
    answered = {field.encode_name for field in msgspec.structs.fields(wire.Outcome)}
    assert set(act["properties"]) == taken
    assert set(outcome["properties"]) == answered
    assert tuple(act["properties"]["step"]["enum"]) == get_args(wire.Step)
    assert tuple(schemas["Position"]["properties"]["state"]["enum"]) == get_args(wire.PositionState)
    assert schemas["OwnActs"]["properties"]["acts"]["maxItems"] == wire.MOST_ACTS
    said = outcome["properties"]["reasons"]["items"]["properties"]["code"]["description"]
    assert all(code.rpartition(".")[2] in said for code in Refused)
