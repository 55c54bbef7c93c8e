"""Validating acts just behind their registration, in set-based batches.

Nothing here stands in the way of registering: acts are read behind the transactions that stored
them, verdicts are written to a table of their own, and what cannot be validated now stays pending
until a later round. One validator works at a time in the whole installation; others go away.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from django.db import connection

from guichet.eservices.presence.facts import (
    ActRow,
    Cursor,
    Registers,
    microseconds,
    moment,
    registers,
    statement,
    told,
)
from guichet.eservices.presence.telling import Checked, tell
from guichet.eservices.presence.webhook_kinds import ACTS
from guichet.kernel.moments import BRUSSELS, brussels_day
from guichet.platform.db import transaction
from guichet.rules.dated import UnknownParameter
from guichet.rules.presence_checks import limits, outcome

BATCH: Final = 10_000
CHANGES: Final = 1_000
CHANGES_KEPT: Final = timedelta(days=31)
SWEPT: Final = timedelta(days=1)
FIRST_REVIEW: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one batch did.

    ``read``: acts asked for. ``written``: rounds written, the reviewed neighbours' among them.
    ``skipped``: acts that no rule covers; they stay pending. ``more``: call again.
    ``busy``: another validator was at work and nothing was done.
    """

    read: int = 0
    written: int = 0
    skipped: int = 0
    more: bool = False
    busy: bool = False


def validate_pending(*, now: datetime, limit: int = BATCH) -> Outcome:
    """Validate the acts recorded since the last round, at most ``limit`` of them."""
    with transaction():
        cursor = _alone()
        if cursor is None:
            return Outcome(busy=True)
        marks = _marks(cursor)
        bound = _bound(cursor)
        # After a restore the numbers of transactions begin again below the mark.
        mark = marks.get("pending", 0)
        where = {
            "position": min(mark, bound),
            "receipt": marks.get("pending.receipt", 0) if mark <= bound else 0,
            "bound": bound,
        }
        rows = _told(cursor, "pending", where, now=now, limit=limit)
        asked = [(row.recorded_in, row.receipt) for row in rows if row.is_asked]
        is_full = len(asked) >= limit
        done = _decide(cursor, rows, now=now, more=is_full)
        if asked:
            last, receipt = max(asked) if is_full else (bound, 0)
            _mark(cursor, {"pending": last, "pending.receipt": receipt})
    return done


def revalidate_changed(*, now: datetime, limit: int = BATCH) -> Outcome:
    """Look again at the acts that register changes touch, at most ``limit`` of them.

    A round is written only where the answer differs; all rounds are kept.
    """
    with transaction():
        cursor = _alone()
        if cursor is None:
            return Outcome(busy=True)
        marks = _marks(cursor)
        bound = _bound(cursor)
        mark = marks.get("changes", 0)
        group = cursor.rows(
            _CHANGES,
            {
                "position": min(mark, bound),
                "id": marks.get("changes.id", 0) if mark <= bound else 0,
                "bound": bound,
                "limit": CHANGES,
            },
        )
        if not group:
            return Outcome()
        day_begins, day_ends = _today(now)
        where = {
            "changes": [row[0] for row in group],
            "receipt": marks.get("changes.receipt", 0),
            "day_begins": day_begins,
            "day_ends": day_ends,
        }
        rows = _told(cursor, "changed", where, now=now, limit=limit)
        asked = [row.receipt for row in rows if row.is_asked]
        is_full = len(asked) >= limit
        done = _decide(cursor, rows, now=now, more=is_full or len(group) == CHANGES)
        if is_full:
            _mark(cursor, {"changes.receipt": max(asked)})
        else:
            last_id, last = group[-1]
            _mark(cursor, {"changes": last, "changes.id": last_id, "changes.receipt": 0})
    return done


def revalidate_corrected(*, now: datetime) -> Outcome:
    """Look again at the acts that decisions changed, and at those beside them.

    Decisions are taken by people, one by one: there are never many, and all are done at once.
    """
    with transaction():
        cursor = _alone()
        if cursor is None:
            return Outcome(busy=True)
        bound = _bound(cursor)
        # After a restore the numbers of transactions begin again below the mark.
        where = {"position": min(_marks(cursor).get("corrected", 0), bound), "bound": bound}
        rows = _told(cursor, "corrected", where, now=now, limit=0)
        done = _decide(cursor, rows, now=now, more=False)
        _mark(cursor, {"corrected": bound})
    return done


def validate_unvalidated(
    *, now: datetime, since: datetime | None = None, limit: int = BATCH
) -> Outcome:
    """Validate acts that have no verdict whatever the marks say, as after a restore.

    ``since``: the oldest moment of the act, a day ago by default; after a restore give the moment
    from which the registers may have changed unseen.
    """
    with transaction():
        cursor = _alone()
        if cursor is None:
            return Outcome(busy=True)
        where = {"since": since or now - SWEPT}
        rows = _told(cursor, "unvalidated", where, now=now, limit=limit)
        asked = sum(row.is_asked for row in rows)
        done = _decide(cursor, rows, now=now, more=asked >= limit)
    # An act that no rule covers would come back for ever.
    return done if done.skipped < done.read else Outcome(done.read, 0, done.skipped)


def review_never_closed(*, now: datetime, limit: int = BATCH) -> Outcome:
    """Look again at INs whose time to be closed is over and which no OUT followed."""
    with transaction():
        cursor = _alone()
        if cursor is None:
            return Outcome(busy=True)
        marks = _marks(cursor)
        position = marks.get("closing")
        began = now - FIRST_REVIEW if position is None else moment(position)
        where = {"position_at": began, "receipt": marks.get("closing.receipt", 0)}
        rows = _told(cursor, "never_closed", where, now=now, limit=limit)
        asked = [(row.occurred_us, row.receipt) for row in rows if row.is_asked]
        is_full = len(asked) >= limit
        done = _decide(cursor, rows, now=now, more=is_full)
        over = now - limits(brussels_day(now)).open_max
        last, receipt = max(asked) if is_full else (microseconds(max(over, began)), 0)
        _mark(cursor, {"closing": last, "closing.receipt": receipt})
    return done


def forget_changes(*, now: datetime) -> int:
    """Delete the register changes that were looked at more than a month ago; how many."""
    with transaction():
        cursor = Cursor(connection.cursor())
        marks = _marks(cursor)
        return cursor.run(
            "DELETE FROM platform_change"
            " WHERE (recorded_in, id) <= (%(position)s, %(id)s)"
            " AND (recorded_in, id) <= (%(days)s, %(days_id)s) AND at < %(before)s",
            {
                "position": marks.get("changes", 0),
                "id": marks.get("changes.id", 0),
                "days": marks.get("days.changes", 0),
                "days_id": marks.get("days.changes.id", 0),
                "before": now - CHANGES_KEPT,
            },
        )


_CHANGES: Final = statement("changes")
_SUPERSEDE: Final = statement("supersede_verdicts")
_INSERT: Final = statement("insert_verdicts")
_ENCODER: Final = msgspec.json.Encoder()


class _Decided(msgspec.Struct, gc=False):
    """A row of presence_verdict as the statements take it."""

    receipt: int
    occurred_at: datetime
    round: int
    validity: str
    remarks: tuple[str, ...]


def _alone() -> Cursor | None:
    """A cursor that is the only validator's until the transaction ends; None when it is not."""
    cursor = Cursor(connection.cursor())
    [[is_ours]] = cursor.rows(
        "SELECT pg_try_advisory_xact_lock(hashtext('guichet.presence.validation'))", {}
    )
    if not is_ours:
        return None
    cursor.run("SET LOCAL work_mem = '64MB'", {})
    return cursor


def _bound(cursor: Cursor) -> int:
    """The oldest transaction that still runs: below it everything is there or never will be."""
    [[bound]] = cursor.rows("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint", {})
    return int(bound)


def _marks(cursor: Cursor) -> dict[str, int]:
    return dict(cursor.rows("SELECT name, position FROM presence_watermark", {}))


def _mark(cursor: Cursor, marks: Mapping[str, int]) -> None:
    for name, position in marks.items():
        cursor.run(
            "INSERT INTO presence_watermark (name, position) VALUES (%(name)s, %(position)s)"
            " ON CONFLICT (name) DO UPDATE SET position = excluded.position",
            {"name": name, "position": position},
        )


def _told(
    cursor: Cursor, selection: str, where: Mapping[str, Any], *, now: datetime, limit: int
) -> list[ActRow]:
    open_max = limits(brussels_day(now)).open_max
    parameters = {**where, "now": now, "open_max": open_max, "limit": limit}
    return told(cursor, selection=selection, parameters=parameters)


def _decide(cursor: Cursor, rows: list[ActRow], *, now: datetime, more: bool) -> Outcome:
    """Apply the rule to every act and write the rounds that say something new."""
    if not rows:
        return Outcome(more=more)
    decided, skipped = _judged(rows, registers(cursor, acts=rows), now=now)
    if decided:
        verdicts = {"verdicts": _ENCODER.encode(decided).decode(), "now": now}
        if any(each.round > 1 for each in decided):
            cursor.run(_SUPERSEDE, verdicts)
        cursor.run(_INSERT, verdicts)
        tell(kind=ACTS, checked=_checked(rows, decided), now=now)
    asked = sum(row.is_asked for row in rows)
    return Outcome(read=asked, written=len(decided), skipped=skipped, more=more)


def _judged(
    rows: Iterable[ActRow], known: Registers, *, now: datetime
) -> tuple[list[_Decided], int]:
    decided: list[_Decided] = []
    skipped = 0
    for row in rows:
        try:
            found = outcome(known.facts(row, now=now))
        except UnknownParameter:
            # No figures for that day: the act waits, and its neighbours do not wait for it.
            skipped += 1
            continue
        if row.remarks is None or tuple(row.remarks) != found.remarks:
            decided.append(
                _Decided(
                    row.receipt,
                    moment(row.occurred_us),
                    (row.round or 0) + 1,
                    found.validity.value,
                    found.remarks,
                )
            )
    return decided, skipped


def _checked(rows: Iterable[ActRow], decided: Sequence[_Decided]) -> Iterator[Checked]:
    """What was decided, with the employer and the remarks of before."""
    known = {row.receipt: row for row in rows}
    for one in decided:
        row = known[one.receipt]
        yield Checked(one.receipt, row.enterprise_number, one.validity, one.remarks, row.remarks)


def _today(now: datetime) -> tuple[datetime, datetime]:
    day = brussels_day(now)
    begins = datetime(day.year, day.month, day.day, tzinfo=BRUSSELS)
    return begins, begins + timedelta(days=1)
