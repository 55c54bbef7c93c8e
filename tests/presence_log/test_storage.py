"""The tables of the log: what they promise by themselves, and the doors to them."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import psycopg
import pytest

from guichet.presence_log import keyed, partitions, read, record
from guichet.presence_log.acts import NewAct
from guichet.presence_log.receipts import receipt_of, take_blocks
from tests import database

Connection = psycopg.Connection[Any]
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
_numbers = count(1)


@pytest.fixture(scope="session")
def log_dsn(database_url: str, worker_id: str) -> Iterator[str]:
    """A database of this worker for the tests of the log."""
    name = f"guichet_log_{worker_id}"
    yield database.recreate(database_url, name)
    database.drop(database_url, name)


@pytest.fixture
def log(log_dsn: str) -> Iterator[Connection]:
    """A transaction with the partitions of 2026, undone at the end."""
    with psycopg.connect(log_dsn) as connection:
        partitions.ensure_months(
            connection=connection, first_day=date(2026, 1, 1), last_day=date(2026, 12, 31)
        )
        yield connection
        connection.rollback()


def act(**changed: object) -> NewAct:
    made = NewAct(
        occurred_at=NOON,
        received_at=NOON + timedelta(seconds=3),
        offset_minutes=60,
        type="in",
        ssin="85073100130",
        works_reference="1Y103CF8203SZ",
        activity="cleaning",
        channel="ws",
        enterprise_number="0712345630",
        longitude=4.3571,
        latitude=50.8466,
    )
    for name, value in changed.items():
        setattr(made, name, value)
    if not made.receipt:
        made.receipt = receipt_of(occurred_at=made.occurred_at, number=next(_numbers))
    return made


def receipts(log: Connection) -> list[int]:
    return [row[0] for row in log.execute("SELECT receipt FROM presence_act ORDER BY receipt")]


def test_an_act_is_read_by_its_receipt(log: Connection) -> None:
    stored = act(custom_reference="shift-1")
    record.record(connection=log, acts=[stored, act()])

    found = read.act(connection=log, receipt=stored.receipt)

    assert found is not None
    assert (found.occurred_at, found.custom_reference, found.validity) == (NOON, "shift-1", None)
    assert read.act(connection=log, receipt=stored.receipt + 500) is None


def test_a_read_by_receipt_touches_one_partition(log: Connection) -> None:
    start, end = read.day_bounds(act().receipt)
    plan = log.execute(
        "EXPLAIN (FORMAT json) SELECT 1 FROM presence_act"
        " WHERE receipt = %s AND occurred_at >= %s AND occurred_at < %s",
        [1, start, end],
    ).fetchone()

    assert plan is not None
    scanned = {name for name in json.dumps(plan[0]).split('"') if name.startswith("presence_act_2")}
    assert {name for name in scanned if "receipt" not in name} == {"presence_act_2026_03"}


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 1)])
def test_the_bounds_of_a_day_are_its_midnights_also_when_the_clocks_change(day: date) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    start, end = read.day_bounds(receipt_of(occurred_at=noon, number=1))

    assert (start.date(), start.hour, end.date(), end.hour) == (day, 0, day + timedelta(1), 0)


def test_a_receipt_is_unique_by_itself(log: Connection) -> None:
    first = act()
    record.record(connection=log, acts=[first])
    second = act(receipt=first.receipt, occurred_at=NOON + timedelta(seconds=1))

    record.record(connection=log, acts=[second])

    assert receipts(log) == [first.receipt]
    with pytest.raises(psycopg.errors.UniqueViolation):
        log.execute(
            "INSERT INTO presence_act SELECT (a).* FROM (SELECT a FROM presence_act AS a) AS copy"
        )


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"type": "break"}, "presence_act_type_known"),
        ({"ssin": "8507310013"}, "presence_act_ssin_length"),
        ({"enterprise_number": None}, "presence_act_one_employer"),
        ({"foreign_vat_number": "PL0000000000"}, "presence_act_one_employer"),
        ({"longitude": None}, "presence_act_one_place"),
        ({"longitude": None, "latitude": None}, "presence_act_one_place"),
        ({"works_reference": "1Y103CF8203SZZ"}, "presence_act_text_lengths"),
        ({"custom_reference": "x" * 65}, "presence_act_text_lengths"),
        ({"receipt": -1}, "presence_act_receipt_positive"),
    ],
)
def test_the_table_keeps_its_promises(
    log: Connection, changed: dict[str, object], name: str
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation) as refusal:
        record.record(connection=log, acts=[act(**changed)])

    assert refusal.value.diag.constraint_name == name


def test_the_row_names_the_transaction_that_stored_it(log: Connection) -> None:
    record.record(connection=log, acts=[act()])

    row = log.execute("SELECT recorded_in, pg_current_xact_id()::text FROM presence_act").fetchone()

    assert row is not None
    assert str(row[0]) == row[1]


def test_blocks_of_numbers_do_not_overlap(log: Connection) -> None:
    first = take_blocks(log, count=3) + take_blocks(log, count=2)

    assert len(set(first)) == 5
    assert all(number % 1000 == 0 for number in first)


def test_months_are_made_once_and_meet_at_midnight_in_brussels(log: Connection) -> None:
    made = partitions.ensure_months(
        connection=log, first_day=date(2040, 3, 17), last_day=date(2040, 5, 1)
    )
    again = partitions.ensure_months(
        connection=log, first_day=date(2040, 3, 1), last_day=date(2040, 5, 31)
    )

    assert (made, again) == (3, 0)
    edge = datetime(2040, 3, 31, 22, tzinfo=UTC)  # midnight in Brussels: 1 April
    for moment, month in ((edge, "04"), (edge - timedelta(microseconds=1), "03")):
        stored = act(occurred_at=moment)
        record.record(connection=log, acts=[stored])
        row = log.execute(
            "SELECT tableoid::regclass::text FROM presence_act WHERE receipt = %s",
            [stored.receipt],
        ).fetchone()
        assert row == (f"presence_act_2040_{month}",)


def test_months_past_their_term_are_dropped_and_counted(log: Connection) -> None:
    old, kept = act(occurred_at=NOON - timedelta(days=32)), act()
    record.record(connection=log, acts=[old, kept])

    gone = partitions.drop_before(connection=log, month=date(2026, 3, 1))

    assert gone == 1
    assert receipts(log) == [kept.receipt]
    names = log.execute("SELECT relname FROM pg_class WHERE relname LIKE '%_2026_0_'").fetchall()
    assert not [name for (name,) in names if name.endswith(("_01", "_02"))]


def call(body: bytes = b"{}", *, now: datetime = NOON, key: str = "k") -> keyed.KeyedCall:
    return keyed.KeyedCall("client", key, body, b"[%d]" % next(_numbers), [act()], now)


def test_a_key_keeps_its_answer(log: Connection) -> None:
    first = keyed.record_keyed(connection=log, call=call())
    again = keyed.record_keyed(connection=log, call=call())

    assert (first.replayed, again.replayed) == (False, True)
    assert again.answer == first.answer
    assert len(receipts(log)) == 1


def test_a_key_is_not_for_another_body(log: Connection) -> None:
    keyed.record_keyed(connection=log, call=call())

    with pytest.raises(keyed.KeyReused):
        keyed.record_keyed(connection=log, call=call(b"[]"))


def test_keys_are_forgotten_after_a_day_and_not_before(log: Connection) -> None:
    keyed.record_keyed(connection=log, call=call(now=NOON, key="old"))
    keyed.record_keyed(connection=log, call=call(now=NOON + timedelta(hours=1), key="young"))

    gone = keyed.forget_old_keys(connection=log, now=NOON + timedelta(hours=24, seconds=1))

    assert gone == 1
    assert log.execute("SELECT key FROM presence_idempotency").fetchall() == [("young",)]
