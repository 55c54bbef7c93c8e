"""Calls with an Idempotency-Key: one answer for one key."""

import asyncio
from datetime import timedelta

import psycopg
import pytest

from tests.ingest.door import NOW, Door, item


async def test_the_same_call_twice_is_stored_once_and_answered_alike(door: Door) -> None:
    key = f"key-{door.channel}"
    first = await door.register(item(), item(ssin="1" * 11), idempotency_key=key)
    door.now = NOW + timedelta(hours=1)
    again = await door.register(item(), item(ssin="1" * 11), idempotency_key=key)

    assert (first.status, again.status) == (200, 200)
    assert again.body == first.body
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert len(door.stored()) == 2


async def test_the_same_key_with_another_body_is_422(door: Door) -> None:
    key = f"key-{door.channel}"
    await door.register(item(), idempotency_key=key)
    other = await door.register(item(type="out"), idempotency_key=key)

    assert other.status == 422
    assert other.headers["content-type"] == "application/problem+json"
    assert len(door.stored()) == 1


async def test_the_same_key_of_another_client_is_another_key(door: Door) -> None:
    key = f"key-{door.channel}"
    await door.register(item(), idempotency_key=key)
    other = await door.register(
        item(type="out"), idempotency_key=key, token=door.token(client_id="another-client")
    )

    assert other.status == 200
    assert len(door.stored()) == 2


async def test_of_concurrent_calls_with_one_key_exactly_one_stores(door: Door) -> None:
    key = f"key-{door.channel}"

    answers = await asyncio.gather(
        *(door.register(item(), item(), idempotency_key=key) for _ in range(12))
    )

    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
    assert len(door.stored()) == 2


async def test_a_call_of_which_nothing_is_stored_keeps_its_answer_too(door: Door) -> None:
    key = f"key-{door.channel}"
    first = await door.register(item(employer=None), idempotency_key=key)
    again = await door.register(item(employer=None), idempotency_key=key)

    assert first.body == again.body
    assert again.headers["idempotency-replayed"] == "true"
    assert door.stored() == []


async def test_a_breach_of_the_schema_keeps_nothing(door: Door) -> None:
    key = f"key-{door.channel}"
    broken = await door.register(item(type=...), idempotency_key=key)
    mended = await door.register(item(), idempotency_key=key)

    assert (broken.status, mended.status) == (400, 200)


async def test_after_a_day_the_key_is_free_again(door: Door) -> None:
    key = f"key-{door.channel}"
    await door.register(item(), idempotency_key=key)
    door.now = NOW + timedelta(hours=24, seconds=1)
    fresh = item(registrationDate=door.now.isoformat())
    again = await door.register(fresh, idempotency_key=key)

    assert again.status == 200
    assert "idempotency-replayed" not in again.headers
    assert len(door.stored()) == 2


@pytest.mark.parametrize("key", ["", "x" * 256, "two words", "é", "tab\t", "\x00"])
async def test_a_key_that_is_none_is_400(door: Door, key: str) -> None:
    answer = await door.register(item(), idempotency_key=key)

    assert answer.status == 400
    assert answer.json["issues"][0]["in"] == "header"
    assert door.stored() == []


async def test_a_key_of_255_signs_is_one(door: Door) -> None:
    key = f"{door.channel}-".ljust(255, "~")

    assert (await door.register(item(), idempotency_key=key)).status == 200


async def test_a_row_that_postgresql_refuses_does_not_take_its_neighbours_along(
    door: Door,
) -> None:
    trap = f"trap {door.channel}"
    door.execute(_TRAP)
    answer = await door.register(
        item(), item(customReference=trap), item(), idempotency_key=f"key-{door.channel}"
    )
    again = await door.register(
        item(), item(customReference=trap), item(), idempotency_key=f"key-{door.channel}"
    )

    created = [entry["createdPresenceRegistration"] is not None for entry in answer.json]
    assert created == [True, False, True]
    assert again.body == answer.body
    assert len(door.stored()) == 2


async def test_a_lost_connection_of_unknown_fate_stores_once(door: Door) -> None:
    """Cut after the commit and before the answer: the call finds its own key and goes on."""
    key = f"key-{door.channel}"
    await door.register(item(), idempotency_key=f"warm-{door.channel}")
    lanes = door.ingest._keyed._pool._lanes
    cut: list[bool] = []
    for lane in lanes:
        original = lane.run

        async def run(step, *, until, original=original):  # type: ignore[no-untyped-def]
            async def dying(connection):  # type: ignore[no-untyped-def]
                result = await step(connection)
                if not cut:
                    cut.append(True)
                    raise psycopg.OperationalError("cut after the commit")
                return result

            return await original(dying, until=until)

        lane.run = run  # type: ignore[method-assign]
    answer = await door.register(item(), idempotency_key=key)

    assert cut == [True]
    assert answer.status == 200
    assert "idempotency-replayed" not in answer.headers
    assert len(door.stored()) == 2


# A stand-in for what our own checks do not foresee: PostgreSQL refuses one particular row.
_TRAP = """
CREATE OR REPLACE FUNCTION refuse_trap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.custom_reference LIKE 'trap %' THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER refuse_trap BEFORE INSERT ON presence_act
    FOR EACH ROW EXECUTE FUNCTION refuse_trap();
"""
