"""Checking presences of days just behind their registration, with the rules of the acts.

The same registers answer, batch by batch; what the registers change is looked at again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from importlib.resources import files
from typing import Any, Final, NamedTuple

import msgspec
from django.db import connection

from guichet.eservices.presence.days.queries import statement
from guichet.eservices.presence.facts import ActRow, Cursor, Registers, microseconds, registers
from guichet.eservices.presence.telling import Checked, tell
from guichet.eservices.presence.webhook_kinds import DAYS
from guichet.kernel.moments import BRUSSELS, brussels_day
from guichet.platform.db import transaction
from guichet.rules.dated import UnknownParameter
from guichet.rules.presence_checks import ActFacts, Capacity, Coverage, Outcome, outcome

BATCH: Final = 5_000
_CHANGES: Final = 1_000
_LOCK: Final = "SELECT pg_try_advisory_xact_lock(hashtext('guichet.presence.days'))"


class DayRow(NamedTuple):
    """A presence as the checks take it; ``round`` and ``remarks`` are None while it is pending."""

    receipt: int
    day: date
    created_at: datetime
    ssin: str | None
    limosa_number: str | None
    enterprise_number: str | None
    foreign_vat_number: str | None
    works_reference: str
    activity: str
    capacity: str | None
    recorded_in: int
    is_repeat: bool
    round: int | None
    remarks: Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Batch:
    """``written``: rounds that said something new; ``more``: call again."""

    written: int = 0
    more: bool = False


class _Decided(msgspec.Struct, gc=False):
    receipt: int
    day: date
    round: int
    validity: str
    remarks: tuple[str, ...]


class _Posting(NamedTuple):
    first_day: date
    last_day: date
    is_active: bool
    employers: tuple[str, ...]


def validate_pending(*, now: datetime, limit: int = BATCH) -> Batch:
    """Check what was registered since the last round, at most ``limit``."""
    with transaction():
        cursor = _alone()
        if cursor is None:
            return Batch()
        marks = _marks(cursor)
        bound = _bound(cursor)
        # After a restore the numbers of transactions begin again below the mark.
        mark = min(marks.get("days", 0), bound)
        where = {
            "position": mark,
            "receipt": marks.get("days.receipt", 0) if mark == marks.get("days", 0) else 0,
            "bound": bound,
            "limit": limit,
        }
        rows = _rows(cursor, "pending", where)
        written = _decide(cursor, rows, now=now)
        is_full = len(rows) >= limit
        last = rows[-1] if rows else None
        if last is not None and is_full:
            _mark(cursor, {"days": last.recorded_in, "days.receipt": last.receipt})
        else:
            _mark(cursor, {"days": bound, "days.receipt": 0})
    return Batch(written, is_full)


def revalidate_changed(*, now: datetime, limit: int = BATCH) -> Batch:
    """Look again at the presences that register changes touch."""
    with transaction():
        cursor = _alone()
        if cursor is None:
            return Batch()
        marks = _marks(cursor)
        bound = _bound(cursor)
        mark = marks.get("days.changes", 0)
        group = cursor.rows(
            _GROUP,
            {
                "position": min(mark, bound),
                "id": marks.get("days.changes.id", 0) if mark <= bound else 0,
                "bound": bound,
                "limit": _CHANGES,
            },
        )
        if not group:
            return Batch()
        where = {
            "changes": [row[0] for row in group],
            "today": brussels_day(now),
            "limit": limit,
        }
        written = _decide(cursor, _rows(cursor, "changed", where), now=now)
        last_id, last = group[-1]
        _mark(cursor, {"days.changes": last, "days.changes.id": last_id})
    return Batch(written, len(group) == _CHANGES)


def look_again(*, receipts: Sequence[int], now: datetime) -> int:
    """Check these once more, inside the caller's transaction; how many rounds were written."""
    cursor = Cursor(connection.cursor())
    return _decide(cursor, _rows(cursor, "given", {"receipts": list(receipts)}), now=now)


def foreseen(*, rows: Sequence[DayRow], now: datetime) -> list[Outcome]:
    """What the checks would say of presences that are not registered, in their order."""
    if not rows:
        return []
    cursor = Cursor(connection.cursor())
    known = registers(cursor, acts=[_act(row) for row in rows])
    posted = _postings(cursor, rows)
    return [outcome(_facts(row, known, posted, now=now)) for row in rows]


def _rows(cursor: Cursor, selection: str, where: Mapping[str, Any]) -> list[DayRow]:
    return [DayRow._make(row) for row in cursor.rows(_SELECTIONS[selection], where)]


def _decide(cursor: Cursor, rows: Sequence[DayRow], *, now: datetime) -> int:
    """Apply the rules and write the rounds that say something new."""
    if not rows:
        return 0
    known = registers(cursor, acts=[_act(row) for row in rows])
    posted = _postings(cursor, rows)
    decided, checked = [], []
    for row in rows:
        try:
            found = outcome(_facts(row, known, posted, now=now))
        except UnknownParameter:  # no figures for that day: it waits, its neighbours do not
            continue
        if row.remarks is None or tuple(row.remarks) != found.remarks:
            number = (row.round or 0) + 1
            decided.append(
                _Decided(row.receipt, row.day, number, found.validity.value, found.remarks)
            )
            checked.append(
                Checked(
                    row.receipt, row.enterprise_number, found.validity.value, found.remarks,
                    row.remarks,
                )
            )  # fmt: skip
    if decided:
        given = {"verdicts": msgspec.json.encode(decided).decode(), "now": now}
        cursor.run(_SUPERSEDE, given)
        cursor.run(_INSERT, given)
        tell(kind=DAYS, checked=checked, now=now)
    return len(decided)


def _facts(
    row: DayRow, known: Registers, posted: Mapping[str, _Posting], *, now: datetime
) -> ActFacts:
    facts = replace(
        known.facts(_act(row), now=now),
        capacity=None if row.capacity is None else Capacity(row.capacity),
    )
    if row.limosa_number is None:
        return facts
    posting = posted.get(row.limosa_number)
    if posting is None:
        # Nobody knows whose it is: nothing can be said of the chain.
        return replace(facts, limosa_number=Coverage.UNKNOWN, membership=Coverage.ACTIVE)
    covers = posting.is_active and posting.first_day <= row.day <= posting.last_day
    return replace(
        facts,
        limosa_number=Coverage.ACTIVE if covers else Coverage.INACTIVE,
        membership=_membership(row, posting, known),
    )


def _membership(row: DayRow, posting: _Posting, known: Registers) -> Coverage:
    """Of the foreign employer in the chain, or of the Belgian client for which he works."""
    found = {known.membership(row.works_reference, number, row.day) for number in posting.employers}
    for coverage in (Coverage.ACTIVE, Coverage.INACTIVE):
        if coverage in found:
            return coverage
    return Coverage.UNKNOWN


def _act(row: DayRow) -> ActRow:
    """The presence in the shape of an act at noon, so that the same registers are asked."""
    noon = microseconds(datetime.combine(row.day, time(12), BRUSSELS))
    return ActRow(
        receipt=row.receipt,
        occurred_us=noon,
        received_us=noon,
        type="day",
        ssin=row.ssin or "",
        enterprise_number=row.enterprise_number,
        foreign_vat_number=row.foreign_vat_number,
        works_reference=row.works_reference,
        activity=row.activity,
        longitude=None,
        latitude=None,
        postcode=None,
        before_type=None,
        before_us=None,
        before_site=None,
        is_repeat=row.is_repeat,
        closed_us=None,
        round=row.round,
        remarks=row.remarks,
        is_asked=True,
        recorded_in=row.recorded_in,
    )


def _postings(cursor: Cursor, rows: Iterable[DayRow]) -> dict[str, _Posting]:
    numbers = sorted({row.limosa_number for row in rows if row.limosa_number})
    if not numbers:
        return {}
    return {
        number: _Posting(first, last, state == "active", tuple(filter(None, employers)))
        for number, first, last, state, employers in cursor.rows(_POSTED, {"numbers": numbers})
    }


def _alone() -> Cursor | None:
    """A cursor that is the only validator's until the transaction ends; None when it is not."""
    cursor = Cursor(connection.cursor())
    [[is_ours]] = cursor.rows(_LOCK, {})
    return cursor if is_ours else None


def _bound(cursor: Cursor) -> int:
    [[bound]] = cursor.rows("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint", {})
    return int(bound)


def _marks(cursor: Cursor) -> dict[str, int]:
    return dict(cursor.rows("SELECT name, position FROM presence_watermark", {}))


def _mark(cursor: Cursor, marks: Mapping[str, int]) -> None:
    for name, position in marks.items():
        cursor.run(_MARK, {"name": name, "position": position})


_SELECTIONS: Final = {
    name: statement("facts_days").replace("{selection}", statement(f"select_{name}"))
    for name in ("pending", "given", "changed")
}
_GROUP: Final = files("guichet.eservices.presence").joinpath("changes.sql").read_text("utf-8")
_POSTED: Final = """
SELECT limosa.number, limosa.first_day, limosa.last_day, limosa.state,
       ARRAY[nullif(limosa.foreign_vat_number, ''), employer.number, client.number]
FROM postings_limosa AS limosa
LEFT JOIN enterprises_enterprise AS employer ON employer.id = limosa.employer_id
LEFT JOIN enterprises_enterprise AS client ON client.id = limosa.client_id
WHERE limosa.number = ANY(%(numbers)s)
"""
_SUPERSEDE: Final = """
UPDATE presence_day_verdict AS former
SET is_current = false
FROM json_to_recordset(%(verdicts)s::json) AS decided (receipt bigint, day date, round smallint)
WHERE decided.round > 1 AND former.receipt = decided.receipt AND former.day = decided.day
  AND former.is_current
"""
_INSERT: Final = """
INSERT INTO presence_day_verdict (receipt, day, decided_at, round, is_current, validity, remarks)
SELECT receipt, day, %(now)s, round, true, validity, remarks
FROM json_to_recordset(%(verdicts)s::json) AS decided (
    receipt bigint, day date, round smallint, validity text, remarks text[])
"""
_MARK: Final = """
INSERT INTO presence_watermark (name, position) VALUES (%(name)s, %(position)s)
ON CONFLICT (name) DO UPDATE SET position = excluded.position
"""
