"""The seals: made behind the writers, and any later change of a sealed row is found and named."""

import threading
from datetime import UTC, datetime, timedelta

import hypothesis
import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from hypothesis import strategies as st

from guichet.audit import sealing, trail
from guichet.audit.actors import Actor
from guichet.audit.lookups import looked_up
from guichet.audit.models import Entry, Lookup, Seal, SealMark
from guichet.audit.verification import Break, Broken, verify

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])

START = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
CLERK = Actor(kind="person", id="85073100130", enterprise="0712345630")
TABLES = ("audit_entry", "audit_lookup")
SNAPSHOT = sealing.snapshot  # the real one; see conftest


def minute(number: int) -> datetime:
    return START + timedelta(minutes=number)


def write(number: int, *, entries: int = 2, lookups: int = 1) -> None:
    """Rows that PostgreSQL wrote in the minute of that number."""
    at = minute(number) + timedelta(seconds=20)
    for index in range(entries):
        Entry.objects.create(
            at=at, action="works.site.declared", actor_kind="person", actor_id=CLERK.id,
            target=f"site {index}", detail={"b": 1, "a": [1.5, "é"]}, recorded_at=at,
        )  # fmt: skip
    for _ in range(lookups):
        Lookup.objects.create(
            at=at, viewer_kind="person", viewer_id=CLERK.id, niss="85073003328",
            purpose="presence.search", channel="portal", recorded_at=at,
        )  # fmt: skip


def sql(text: str, *values: object) -> None:
    """As somebody who may switch the triggers off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(text, values)


@pytest.fixture
def sealed() -> None:
    """Four minutes with rows and their seals."""
    for number in range(4):
        write(number)
    sealing.seal(now=minute(10))


def test_a_minute_is_sealed_two_minutes_after_its_end() -> None:
    write(0)

    assert sealing.seal(now=minute(2)) == 0
    assert sealing.seal(now=minute(3)) == 2
    assert sealing.seal(now=minute(4)) == 0
    assert {(seal.table_name, seal.rows) for seal in Seal.objects.all()} == {
        ("audit_entry", 2),
        ("audit_lookup", 1),
    }


def test_what_nobody_touched_verifies(sealed: None) -> None:
    found = verify()

    assert found.broken is None
    assert (found.seals, found.rows) == (8, 12)
    assert found.head == Seal.objects.order_by("-id")[0].chain


def test_the_digest_of_a_row_does_not_depend_on_the_session(sealed: None) -> None:
    found = set()
    for zone, style in (("UTC", "ISO, DMY"), ("Asia/Kathmandu", "German, MDY")):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('TimeZone', %s, true)", [zone])
            cursor.execute("SELECT set_config('DateStyle', %s, true)", [style])
            cursor.execute(
                f"SELECT encode({sealing.row_digest('audit_entry')}, 'hex')"
                " FROM audit_entry AS r ORDER BY id LIMIT 1"
            )
            found.add(cursor.fetchone())

    assert len(found) == 1


def test_each_link_holds_the_one_before(sealed: None) -> None:
    before = sealing.GENESIS
    for seal in Seal.objects.order_by("id"):
        assert seal.chain == sealing.chained(seal, before=before)
        before = seal.chain


@pytest.mark.parametrize("table", TABLES)
def test_a_deleted_row_is_found(sealed: None, table: str) -> None:
    sql(f"DELETE FROM {table} WHERE id = (SELECT min(id) FROM {table} WHERE recorded_at >= %s)",
        minute(2))  # fmt: skip

    assert verify().broken == Broken(table, minute(2), Break.DELETED)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("transaction_of", ["recorded_in", "DEFAULT"])
def test_a_row_that_is_put_in_is_found(sealed: None, table: str, transaction_of: str) -> None:
    columns = {
        "audit_entry": "at, action, actor_kind, actor_id, target, reason",
        "audit_lookup": "at, viewer_kind, viewer_id, niss, purpose, channel",
    }[table]
    copied = "" if transaction_of == "DEFAULT" else ", recorded_in"
    sql(
        f"INSERT INTO {table} ({columns}, recorded_at{copied}) SELECT {columns}, recorded_at"
        f"{copied} FROM {table} WHERE recorded_at >= %s ORDER BY id LIMIT 1",
        minute(1),
    )

    assert verify().broken == Broken(table, minute(1), Break.INSERTED)
    sealing.seal(now=minute(20))
    assert verify().broken == Broken(table, minute(1), Break.INSERTED)


def test_a_row_put_into_a_minute_without_rows_is_found(sealed: None) -> None:
    sealing.seal(now=minute(30))
    sql(
        "INSERT INTO audit_entry (at, action, actor_kind, actor_id, target, reason, recorded_at)"
        " VALUES (now(), 'a.b', 'system', 'x', 'x', '', %s)",
        minute(15),
    )

    for later in (30, 31, 32):
        found = verify().broken
        assert found is not None
        assert (found.table, found.minute) == ("audit_entry", minute(15))
        assert found.kind in (Break.INSERTED, Break.UNSEALED)
        sealing.seal(now=minute(later))


_CHANGES = {
    "audit_entry": {
        "at": "at + interval '1 second'",
        "action": "'works.site.undone'",
        "actor_kind": "'system'",
        "actor_id": "'85073003328'",
        "actor_enterprise": "'0712345631'",
        "target": "'another'",
        "reason": "'another'",
        "detail": "'{}'::jsonb",
        "result": "'refused'",
        "trace_id": "'x'",
        "recorded_at": "recorded_at + interval '1 second'",
        "recorded_in": "recorded_in - 1",
    },
    "audit_lookup": {
        "at": "at - interval '1 microsecond'",
        "viewer_kind": "'system'",
        "viewer_id": "'x'",
        "viewer_enterprise": "'0712345631'",
        "niss": "'85073100130'",
        "purpose": "'x'",
        "channel": "'x'",
        "result": "'refused'",
        "trace_id": "'x'",
        "recorded_at": "recorded_at + interval '1 second'",
        "recorded_in": "recorded_in - 1",
    },
}


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table in TABLES for column in _CHANGES[table]]
)
def test_a_change_of_any_column_is_found(sealed: None, table: str, column: str) -> None:
    sql(
        f"UPDATE {table} SET {column} = {_CHANGES[table][column]} WHERE id ="
        f" (SELECT min(id) FROM {table} WHERE recorded_at >= %s)",
        minute(3),
    )

    found = verify().broken
    assert found is not None
    assert (found.table, found.minute) == (table, minute(3))
    assert found.kind is Break.CHANGED


def test_every_column_is_under_the_seal() -> None:
    for model in (Entry, Lookup):
        table = model._meta.db_table
        own = {field.column for field in model._meta.get_fields()}  # type: ignore[union-attr]
        assert own == set(sealing.COLUMNS[table]) | {"at", "recorded_at"}


@hypothesis.settings(
    max_examples=25, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@hypothesis.given(
    table=st.sampled_from(TABLES),
    number=st.integers(0, 3),
    deed=st.sampled_from(["change", "delete", "insert", "move"]),
)
def test_any_single_deed_is_found_and_its_minute_named(table: str, number: int, deed: str) -> None:
    """Each example in a transaction of its own that is undone."""
    if not Seal.objects.exists():
        for index in range(4):
            write(index)
        sealing.seal(now=minute(10))
    victim = f"(SELECT max(id) FROM {table} WHERE recorded_at < %s)"
    text = {
        "change": f"UPDATE {table} SET trace_id = 'x' WHERE id = {victim}",
        "delete": f"DELETE FROM {table} WHERE id = {victim}",
        "move": f"UPDATE {table} SET recorded_at = recorded_at + interval '9 hours'"
        f" WHERE id = {victim}",
        "insert": f"INSERT INTO {table} SELECT (jsonb_populate_record(t, jsonb_build_object("
        f"'id', 999999))).* FROM {table} AS t WHERE id = {victim}",
    }[deed]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(text, [minute(number + 1)])
        found = verify().broken
        transaction.set_rollback(True)

    kinds = {"change": Break.CHANGED, "insert": Break.INSERTED}
    assert found == Broken(table, minute(number), kinds.get(deed, Break.DELETED))


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE audit_seal SET rows = rows + 1 WHERE id = (SELECT min(id) + 2 FROM audit_seal)",
        "DELETE FROM audit_seal WHERE id = (SELECT min(id) + 2 FROM audit_seal)",
        "UPDATE audit_seal SET minute = minute + interval '1 hour'"
        " WHERE id = (SELECT min(id) + 2 FROM audit_seal)",
    ],
)
def test_a_seal_that_is_touched_breaks_the_chain(sealed: None, deed: str) -> None:
    sql(deed)

    assert verify().broken is not None


def test_the_end_of_the_chain_cut_off_leaves_rows_without_a_seal(sealed: None) -> None:
    sql("DELETE FROM audit_seal WHERE id = (SELECT max(id) FROM audit_seal)")

    found = verify().broken
    assert found is not None
    assert found.kind is Break.UNSEALED


def test_seals_refuse_to_be_changed(sealed: None) -> None:
    from django.db import IntegrityError

    for text in ("UPDATE audit_seal SET rows = 0", "DELETE FROM audit_seal"):
        with (
            pytest.raises(IntegrityError, match="audit_seal refuses"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(text)


def test_what_a_long_transaction_wrote_is_sealed_when_it_ends(database_url: str) -> None:
    write(0)
    with psycopg.connect(database_url) as slow:
        slow.execute(
            "INSERT INTO audit_entry (at, action, actor_kind, actor_id, target, reason,"
            " recorded_at) VALUES (now(), 'a.b', 'system', 'slow', 'x', '', %s)",
            [minute(0)],
        )
        write(1)

        sealing.seal(now=minute(10))
        assert verify().broken is None
        slow.commit()
    assert verify().broken is None

    sealing.seal(now=minute(11))

    assert verify().broken is None
    assert verify().rows == Entry.objects.count() + Lookup.objects.count()
    links = Seal.objects.filter(table_name="audit_entry", minute=minute(0))
    assert sorted(link.rows for link in links) == [1, 2]


def test_writers_never_wait_for_the_sealer(database_url: str) -> None:
    write(0)
    with transaction.atomic():
        sealing.lock()
        list(Seal.objects.select_for_update())
        _seal_inside()

        with psycopg.connect(database_url, autocommit=True) as writer:
            writer.execute("SET lock_timeout = '200ms'")
            writer.execute(
                "INSERT INTO audit_entry (at, action, actor_kind, actor_id, target, reason)"
                " VALUES (now(), 'a.b', 'system', 'x', 'x', '')"
            )
            writer.execute(
                "INSERT INTO audit_lookup (at, viewer_kind, viewer_id, niss, purpose, channel)"
                " VALUES (now(), 'system', 'x', 'x', 'x', 'x')"
            )


def _seal_inside() -> None:
    """What `seal` does, in a transaction that is still open."""
    oldest, unborn = sealing.snapshot()
    for table in TABLES:
        sealing._seal_table(table, minute(5), oldest, unborn, minute(7))


def test_two_sealers_at_once_make_each_seal_once() -> None:
    for number in range(5):
        write(number)
    faults: list[BaseException] = []

    def run() -> None:
        try:
            sealing.seal(now=minute(10))
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    sealers = [threading.Thread(target=run) for _ in range(3)]
    for one in sealers:
        one.start()
    for one in sealers:
        one.join()

    assert faults == []
    assert Seal.objects.count() == 10
    assert verify().broken is None


def test_sealing_goes_on_while_many_write() -> None:
    stop = threading.Event()

    def writing() -> None:
        try:
            while not stop.is_set():
                looked_up(viewer=CLERK, subjects=["85073003328"], purpose="x", channel="portal",
                          now=START)  # fmt: skip
        finally:
            connections.close_all()

    writers = [threading.Thread(target=writing) for _ in range(3)]
    for one in writers:
        one.start()
    now = _server_now()
    for step in range(8):
        sealing.seal(now=now + timedelta(minutes=4 * step + 4))
    stop.set()
    for one in writers:
        one.join()

    assert SealMark.objects.count() == 2


def _server_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [now] = cursor.fetchone() or (START,)
    return now  # type: ignore[no-any-return]


def test_the_trail_and_the_look_ups_carry_result_and_moment() -> None:
    trail.record(action="a.b", actor=CLERK, target="x", now=START)
    trail.record_refusal(action="a.b", actor=CLERK, target="x", now=START, reason="no")

    first, second = Entry.objects.order_by("id")
    assert (first.result, second.result) == ("ok", "refused")
    assert first.recorded_at is not None
    assert first.trace_id is None


def test_the_command_says_what_holds_and_what_does_not(
    sealed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("audit", "verify")
    told = capsys.readouterr().out
    assert "8 seals over 12 rows hold" in told
    assert "Head of the chain" in told

    sql("DELETE FROM audit_lookup WHERE recorded_at < %s", minute(1))
    with pytest.raises(CommandError, match=r"audit_lookup, 2026-03-02 05:00 UTC: a row was del"):
        call_command("audit", "verify")
    call_command("audit", "verify", "--from", "2026-03-02T05:02")


def test_the_oldest_running_transaction_bounds_what_is_final(database_url: str) -> None:
    with psycopg.connect(database_url) as slow:
        [own] = slow.execute("SELECT pg_current_xact_id()::text::bigint").fetchone() or (0,)

        with transaction.atomic():
            oldest, unborn = SNAPSHOT()

        assert oldest <= own < unborn
