"""Recomputing the seals: whether any row of the trail was changed, taken out or put in since.

The chain is followed from its first link to its last; then the rows of each link are read again.
The first broken minute is named, with what happened to it. What nobody can tell from inside the
database is that its end was cut off together with the mark: note the head of the chain elsewhere
(the command prints it) and compare.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db import connection

from guichet.audit.models import Seal, SealMark
from guichet.audit.sealing import BORN_IN_TIME, COLUMNS, GENESIS, chained, row_digest

_CHUNK: Final = 500


class Break(StrEnum):
    """What does not hold."""

    CHAIN = "a seal was changed, removed or put in"
    CHANGED = "a row was changed"
    DELETED = "a row was deleted"
    INSERTED = "a row was inserted"
    UNSEALED = "a row stands without a seal: it was put in, or the seal was cut off"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first minute that does not hold, and why."""

    table: str
    minute: datetime
    kind: Break

    def __str__(self) -> str:
        return f"{self.table}, {self.minute:%Y-%m-%d %H:%M} UTC: {self.kind.value}"


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at. ``broken``: the first minute that does not hold, or None."""

    seals: int
    rows: int
    purged: int
    head: str
    broken: Broken | None


def verify(*, first: datetime | None = None, last: datetime | None = None) -> Verified:
    """Recompute the whole chain, and the rows of the minutes from ``first`` to ``last``, included.

    A purged minute has no rows any more: its seal is kept and is counted in ``purged``.
    """
    purges = list(Seal.objects.filter(kind=Seal.Kind.PURGE))
    seals = rows = purged = 0
    faults: list[Broken] = []
    head = GENESIS
    for chunk in _chunks():
        faults += _chain_faults(chunk, head)
        head = chunk[-1].chain
        wanted = [link for link in chunk if _is_wanted(link, first, last)]
        seals, rows = seals + len(wanted), rows + sum(link.rows for link in wanted)
        for fault, was_purged in _compare(wanted, purges):
            purged += was_purged
            faults += [fault] if fault else []
    for table in COLUMNS:
        faults += _strangers(table, first, last)
    broken = min(faults, key=lambda fault: (fault.minute, fault.kind), default=None)
    return Verified(seals=seals, rows=rows, purged=purged, head=head, broken=broken)


def _is_wanted(link: Seal, first: datetime | None, last: datetime | None) -> bool:
    return (
        link.kind == Seal.Kind.ROWS
        and (first is None or link.minute >= first)
        and (last is None or link.minute <= last)
    )


def is_purged(link: Seal, purges: list[Seal]) -> bool:
    """Whether a purge removed the rows of this link."""
    text = link.minute.isoformat()
    return any(link.minute < one.minute and text not in one.kept_minutes for one in purges)


def _chunks() -> Iterator[list[Seal]]:
    """The links in their order, some hundreds at a time: ten years of minutes are many."""
    after = 0
    while chunk := list(Seal.objects.filter(pk__gt=after).order_by("pk")[:_CHUNK]):
        yield chunk
        after = chunk[-1].pk


def _chain_faults(chunk: list[Seal], before: str) -> list[Broken]:
    for link in chunk:
        if link.chain != chained(link, before=before):
            return [Broken(link.table_name, link.minute, Break.CHAIN)]
        before = link.chain
    return []


def _compare(links: list[Seal], purges: list[Seal]) -> Iterator[tuple[Broken | None, bool]]:
    """For each link: what is wrong with its rows, and whether they were purged."""
    for table in COLUMNS:
        own = [link for link in links if link.table_name == table]
        gone = [purge for purge in purges if purge.table_name == table]
        found = _recomputed(table, [link.pk for link in own])
        for link in own:
            rows, digest = found[link.pk]
            if rows == 0 and is_purged(link, gone):
                yield None, True
            elif (rows, digest) == (link.rows, link.digest):
                yield None, False
            else:
                yield Broken(table, link.minute, _kind(rows, link.rows)), False


def _kind(rows: int, sealed: int) -> Break:
    if rows == sealed:
        return Break.CHANGED
    return Break.DELETED if rows < sealed else Break.INSERTED


def _recomputed(table: str, seals: list[int]) -> dict[int, tuple[int, str | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT s.id, count(r.id),
                   encode(sha256(string_agg({row_digest(table)}, ''::bytea ORDER BY r.id)
                                 FILTER (WHERE r.id IS NOT NULL)), 'hex')
            FROM audit_seal AS s
            LEFT JOIN {table} AS r
              ON r.recorded_at >= s.minute AND r.recorded_at < s.minute + interval '1 minute'
             AND coalesce(r.recorded_in, 0) >= s.first_transaction
             AND coalesce(r.recorded_in, 0) < s.next_transaction
            WHERE s.id = ANY(%s) GROUP BY s.id
            """,  # noqa: S608  # names of our own tables and columns
            [seals],
        )
        return {pk: (rows, digest) for pk, rows, digest in cursor.fetchall()}


def _strangers(table: str, first: datetime | None, last: datetime | None) -> list[Broken]:
    """Rows in sealed time that no link covers.

    One whose transaction began after its minute was sealed was put in; one that was final when
    the sealer passed has lost its seal. What a long transaction wrote waits for its own link.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT min(date_trunc('minute', r.recorded_at, 'UTC')),
                   NOT {BORN_IN_TIME}
            FROM {table} AS r JOIN audit_seal_mark AS m ON m.table_name = %(table)s
            WHERE r.recorded_at < m.sealed_before
              AND (%(first)s::timestamptz IS NULL OR r.recorded_at >= %(first)s)
              AND (%(last)s::timestamptz IS NULL
                   OR r.recorded_at < %(last)s::timestamptz + interval '1 minute')
              AND NOT EXISTS (
                  SELECT 1 FROM audit_seal AS s
                  WHERE s.table_name = %(table)s AND s.kind = 'rows'
                    AND s.minute = date_trunc('minute', r.recorded_at, 'UTC')
                    AND coalesce(r.recorded_in, 0) >= s.first_transaction
                    AND coalesce(r.recorded_in, 0) < s.next_transaction)
              AND (coalesce(r.recorded_in, 0) < m.open_transaction OR NOT {BORN_IN_TIME})
            GROUP BY 2
            """,  # noqa: S608  # names of our own tables and columns
            {"table": table, "first": first, "last": last},
        )
        found = cursor.fetchall()
    return [
        Broken(table, minute, Break.INSERTED if is_new else Break.UNSEALED)
        for minute, is_new in found
    ]


def heads() -> dict[str, datetime]:
    """How far each table is sealed."""
    return {mark.table_name: mark.sealed_before for mark in SealMark.objects.all()}
