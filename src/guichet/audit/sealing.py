"""Sealing the trail and the look-ups, minute by minute, behind the writers.

A minute is that of PostgreSQL's own clock when a row was written. A job seals minutes that ended
two minutes ago or more; it reads, and holds no lock that a writer would wait for. What it may
include is decided by transactions: rows whose transaction lies below the oldest one still running
are final. A transaction that ran longer shows its rows later, and they get a further link for
their minute. A row of a minute that was sealed before its transaction began cannot be honest: it
is left without a seal, and `verification` names it.

Each link holds the digest of the one before: changing, taking out or adding a link breaks every
later one.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import connection, models

from guichet.audit.models import Seal, SealMark
from guichet.platform.db import transaction

DELAY: Final = timedelta(minutes=2)
MINUTE: Final = timedelta(minutes=1)
GENESIS: Final = "0" * 64
_LOCK: Final = 0x6775_6963_7365_616C  # one sealer at a time
_NOTHING_SEALED: Final = {
    "sealed_before": datetime(2000, 1, 1, tzinfo=UTC),
    "open_transaction": 0,
    "unborn_transaction": 0,
}
# Whoever writes into a minute began before the sealer passed it: below every link made for that
# minute or a later one, and below what had not begun at the last pass.
BORN_IN_TIME: Final = """
    r.recorded_in < least(m.unborn_transaction, (
        SELECT min(s.unborn_transaction) FROM audit_seal AS s
        WHERE s.table_name = m.table_name AND s.kind = 'rows'
          AND s.minute >= date_trunc('minute', r.recorded_at, 'UTC')))
"""

_log = logging.getLogger(__name__)

_MOMENT: Final = "(extract(epoch from r.{0}) * 1000000)::bigint"
_COMMON: Final = ("result", "trace_id", "recorded_in")
# What the digest of a row is made of: every column, in this order. A new column goes at the end,
# with a new word in front of the digest.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "audit_entry": (
        "id", "action", "actor_kind", "actor_id", "actor_enterprise", "target", "reason",
        "detail", *_COMMON,
    ),
    "audit_lookup": (
        "id", "viewer_kind", "viewer_id", "viewer_enterprise", "niss", "purpose", "channel",
        *_COMMON,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Minute:
    """The rows of one minute that a link covers."""

    minute: datetime
    rows: int
    digest: str


def row_digest(table: str) -> str:
    """SQL for the SHA-256 of one row ``r``: the same whatever the session's settings."""
    parts = [_MOMENT.format("at"), _MOMENT.format("recorded_at")]
    parts += [f"r.{name}" for name in COLUMNS[table]]
    return f"sha256(convert_to(jsonb_build_array({', '.join(parts)})::text, 'UTF8'))"


def chained(seal: Seal, *, before: str) -> str:
    """The chain value of a link: SHA-256 over the value before and all that the link says."""
    said = [
        before, seal.kind, seal.table_name, _text(seal.minute), seal.first_transaction,
        seal.next_transaction, seal.unborn_transaction, seal.rows, seal.digest,
        seal.kept_minutes, _text(seal.made_at),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said).encode("ascii")).hexdigest()


def append(seal: Seal) -> Seal:
    """Put a link at the end of the chain, inside the caller's transaction and under its lock."""
    last = Seal.objects.order_by("-id").first()
    seal.chain = chained(seal, before=last.chain if last else GENESIS)
    seal.save(force_insert=True)
    return seal


def lock() -> None:
    """Be the only one who lengthens the chain until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def seal(*, now: datetime) -> int:
    """Seal every final row of the minutes that ended two minutes before ``now``; links made.

    ``now``: on the clock of PostgreSQL, never shifted.
    """
    cutoff = now.replace(second=0, microsecond=0) - DELAY
    with transaction():
        lock()
        oldest_running, unborn = snapshot()
        return sum(
            _seal_table(table, cutoff, oldest_running, unborn, now) for table in sorted(COLUMNS)
        )


def snapshot() -> tuple[int, int]:
    """The oldest transaction still running, and a number below which every other one began.

    The second is our own: whoever writes first after this moment gets a higher one. The upper end
    of a snapshot would not do: a transaction that runs may lie beyond it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")  # before the snapshot is taken
        cursor.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, "
            "pg_current_xact_id()::text::bigint"
        )
        first, last = cursor.fetchone() or (0, 0)
    return int(first), int(last)


def _seal_table(
    table: str, cutoff: datetime, oldest_running: int, unborn: int, now: datetime
) -> int:
    mark, _ = SealMark.objects.get_or_create(table_name=table, defaults=_NOTHING_SEALED)
    found = _found(table, mark, cutoff, oldest_running)
    made = 0
    for minute in found:
        earlier = _earlier(table, minute.minute)
        first = max((one.next_transaction for one in earlier), default=0)
        if earlier and first >= oldest_running:
            continue
        append(
            Seal(
                kind=Seal.Kind.ROWS,
                table_name=table,
                minute=minute.minute,
                first_transaction=first,
                next_transaction=oldest_running,
                unborn_transaction=unborn,
                rows=minute.rows,
                digest=minute.digest,
                made_at=now,
            )
        )
        made += 1
    mark.sealed_before = max(cutoff, mark.sealed_before)
    mark.open_transaction, mark.unborn_transaction = oldest_running, unborn
    mark.save()
    return made


def _found(table: str, mark: SealMark, cutoff: datetime, oldest_running: int) -> Iterable[Minute]:
    """Minutes with rows that are final and not sealed: new ones, and what came late."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT date_trunc('minute', r.recorded_at, 'UTC'), count(*),
                   encode(sha256(string_agg({row_digest(table)}, ''::bytea ORDER BY r.id)), 'hex')
            FROM {table} AS r JOIN audit_seal_mark AS m ON m.table_name = %(table)s
            WHERE r.recorded_at < %(cutoff)s AND r.recorded_in < %(running)s
              AND (r.recorded_at >= %(sealed)s OR (r.recorded_in >= %(open)s AND {BORN_IN_TIME}))
            GROUP BY 1 ORDER BY 1
            """,  # noqa: S608  # names of our own tables and columns
            {
                "cutoff": cutoff,
                "running": oldest_running,
                "sealed": mark.sealed_before,
                "open": mark.open_transaction,
                "table": table,
            },
        )
        rows = cursor.fetchall()
    return [Minute(minute, count, digest) for minute, count, digest in rows]


def _earlier(table: str, minute: datetime) -> models.QuerySet[Seal]:
    return Seal.objects.filter(kind=Seal.Kind.ROWS, table_name=table, minute=minute)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
