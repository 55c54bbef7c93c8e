"""The gatherer: one commit for what came meanwhile, answers after the commit, nothing half done."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from guichet.ingest.gather import Gatherer
from guichet.ingest.lanes import Full, Lane, Unavailable
from guichet.presence_log.acts import NewAct
from guichet.presence_log.receipts import receipt_of
from tests.ingest.door import E1, NOW, S1, W1, Door, item

NOWHERE = "postgresql://nobody@/nothing?host=/nonexistent"


def act(number: int, **changed: object) -> NewAct:
    """A row with a receipt of its own."""
    made = NewAct(
        occurred_at=NOW,
        received_at=NOW,
        offset_minutes=60,
        type="in",
        ssin=W1,
        works_reference=S1,
        activity="cleaning",
        channel="ws",
        receipt=receipt_of(occurred_at=NOW, number=500_000_000 + number),
        sender=number,
        enterprise_number=E1,
        longitude=4.3,
        latitude=50.8,
    )
    for name, value in changed.items():
        setattr(made, name, value)
    return made


@asynccontextmanager
async def gathering(dsn: str, **options: object) -> AsyncIterator[Gatherer]:
    gatherer = Gatherer(dsn=dsn, on_death=lambda: None, **options)  # type: ignore[arg-type]
    gatherer.start()
    try:
        yield gatherer
    finally:
        await gatherer.close()


def found(dsn: str, acts: list[NewAct]) -> set[int]:
    with psycopg.connect(dsn) as connection:
        rows = connection.execute(
            "SELECT receipt FROM presence_act WHERE receipt = ANY(%s)",
            [[each.receipt for each in acts]],
        )
        return {receipt for (receipt,) in rows}


async def test_what_arrives_together_is_stored_by_few_commits(door: Door) -> None:
    acts = [act(door.channel % 10**8 + n) for n in range(100)]
    async with gathering(door.dsn) as gatherer:
        await asyncio.gather(*(gatherer.put([each]) for each in acts))

        assert gatherer.flushes <= 3
        assert gatherer.rows_waiting == 0
    assert len(found(door.dsn, acts)) == 100


async def test_bad_rows_fail_alone(door: Door) -> None:
    acts = [act(door.channel % 10**8 + n) for n in range(16)]
    acts[3].type = "sideways"  # CHECK
    acts[7].custom_reference = "a\x00b"  # NUL
    acts[11].address = {"x": 1}  # type: ignore[assignment]  # two places
    async with gathering(door.dsn) as gatherer:
        refused = await asyncio.gather(*(gatherer.put([each]) for each in acts))

    bad = {acts[n].receipt for n in (3, 7, 11)}
    named = {each.receipt for each, lost in zip(acts, refused, strict=True) if each.receipt in lost}
    assert named == bad
    assert found(door.dsn, acts) == {each.receipt for each in acts} - bad


async def test_an_act_far_from_every_partition_gets_one(door: Door) -> None:
    long_ago = act(door.channel % 10**8, occurred_at=datetime(1999, 12, 31, 23, 30, tzinfo=UTC))
    async with gathering(door.dsn) as gatherer:
        assert await gatherer.put([long_ago]) == frozenset()


async def test_the_same_batch_twice_is_stored_once(door: Door) -> None:
    acts = [act(door.channel % 10**8 + n) for n in range(5)]
    async with gathering(door.dsn) as gatherer:
        await gatherer.put(acts)
        await gatherer.put(acts)

    with psycopg.connect(door.dsn) as connection:
        receipts = [each.receipt for each in acts]
        query = "SELECT count(*) FROM presence_act WHERE receipt = ANY(%s)"
        assert connection.execute(query, [receipts]).fetchone() == (5,)


async def test_the_queue_takes_a_call_whole_or_not_at_all(door: Door) -> None:
    gatherer = Gatherer(dsn=door.dsn, bound=10, on_death=lambda: None)
    gatherer.put([act(n) for n in range(6)])

    with pytest.raises(Full):
        gatherer.put([act(n) for n in range(5)])
    gatherer.put([act(n) for n in range(4)])

    assert gatherer.rows_waiting == 10


async def test_a_closing_gatherer_takes_nothing_and_stores_what_waits(door: Door) -> None:
    acts = [act(door.channel % 10**8 + n) for n in range(30)]
    gatherer = Gatherer(dsn=door.dsn, on_death=lambda: None)
    waiting = [gatherer.put([each]) for each in acts]
    gatherer.start()
    closing = asyncio.create_task(gatherer.close())
    await asyncio.sleep(0)

    with pytest.raises(Full):
        gatherer.put([act(1)])
    await closing

    assert all(done.result() == frozenset() for done in waiting)
    assert len(found(door.dsn, acts)) == 30


async def test_a_caller_who_left_hinders_nobody(door: Door) -> None:
    acts = [act(door.channel % 10**8 + n) for n in range(3)]
    gatherer = Gatherer(dsn=door.dsn, on_death=lambda: None)
    waiting = [gatherer.put([each]) for each in acts]
    waiting[1].cancel()
    gatherer.start()

    assert (await waiting[0], await waiting[2]) == (frozenset(), frozenset())
    await gatherer.close()


async def test_without_a_database_the_wait_ends(door: Door) -> None:
    async with gathering(NOWHERE, patience=0.2) as gatherer:
        with pytest.raises(Unavailable):
            await gatherer.put([act(1)])

        assert gatherer.rows_waiting == 0


async def test_a_dead_worker_fails_its_callers_and_ends_the_process(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    died = []
    gatherer = Gatherer(dsn=door.dsn, lanes=1, on_death=lambda: died.append(True))

    async def burst(*_: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr(gatherer, "_stored", burst)
    gatherer.start()

    with pytest.raises(Unavailable):
        await gatherer.put([act(1)])
    assert died == [True]
    await gatherer.close()


@pytest.mark.parametrize(
    "fault",
    [
        psycopg.OperationalError("gone"),
        psycopg.errors.AdminShutdown("gone"),
        psycopg.errors.ReadOnlySqlTransaction("a standby"),
        psycopg.InterfaceError("closed"),
    ],
)
async def test_a_step_is_run_again_after_a_passing_fault(door: Door, fault: Exception) -> None:
    lane = Lane(dsn=door.dsn, name="test")
    faults = [fault, fault]

    async def step(connection: object) -> str:
        if faults:
            raise faults.pop()
        return "done"

    until = asyncio.get_running_loop().time() + 10
    assert await lane.run(step, until=until) == "done"
    await lane.close()


async def test_a_step_that_hangs_ends_with_its_time(door: Door) -> None:
    lane = Lane(dsn=door.dsn, name="test")

    async def step(connection: psycopg.AsyncConnection[tuple[object, ...]]) -> None:
        await connection.execute("SELECT pg_sleep(60)")

    with pytest.raises(Unavailable):
        await lane.run(step, until=asyncio.get_running_loop().time() + 0.2)
    await lane.close()


async def test_a_full_queue_is_503_with_retry_after(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise Full

    monkeypatch.setattr(door.ingest._gatherer, "put", full)

    answer = await door.register(item())

    assert answer.status == 503
    assert answer.headers["retry-after"] == "2"
    assert answer.json["type"] == "urn:problem-type:belgif:serviceUnavailable"
    assert door.stored() == []


async def test_a_row_that_postgresql_refuses_is_an_error_of_its_item(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What our own checks let pass and PostgreSQL does not is no accident of the whole call."""
    monkeypatch.setattr("guichet.presence_log.acts.CHANNEL", "ws")
    honest = door.ingest._activities.of
    monkeypatch.setattr(
        door.ingest._activities, "of", lambda ref: "a\x00b" if ref == S1 else honest(ref)
    )

    answer = await door.register(item(), item(contractualRelationshipReference="1Y103CF8204TZ"))

    first, second = answer.json
    [error] = first["notCreatedPresenceRegistration"]["errorList"]
    assert error["errorCode"].endswith(".not-stored")
    assert second["createdPresenceRegistration"] is not None
    assert len(door.stored()) == 1


async def test_the_numbers_of_receipts_are_taken_again_before_they_run_out(door: Door) -> None:
    answers = await asyncio.gather(*(door.register(*[item()] * 200) for _ in range(60)))

    receipts = [
        entry["createdPresenceRegistration"]["id"] for answer in answers for entry in answer.json
    ]
    assert len(set(receipts)) == 12_000
    assert door.stored() == sorted(receipts)


async def test_a_refused_start_says_why(door: Door) -> None:
    door.now = NOW + timedelta(days=1)
    from guichet.ingest.app import Ingest
    from guichet.rules.presence import Profile

    broken = Ingest(dsn=NOWHERE, keys_path=door.keys, issuer="i", audience="a", profile=Profile())

    with pytest.raises(psycopg.OperationalError):
        await broken.startup()
