"""Storing many communications at once: numbers taken in blocks, two statements for all.

Rows travel as one JSON parameter, as those of presence do (docs/adr/0007).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import msgspec
from django.db import connection

from guichet.eservices.temporary_unemployment import tickets
from guichet.eservices.temporary_unemployment.content import (
    Told,
    plain_cycle,
    plain_fault,
    plain_periods,
)
from guichet.platform.db import under_way
from guichet.rules.temporary_unemployment import identifiers
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.first_day import judged
from guichet.rules.temporary_unemployment.kinds import Channel, Kind
from guichet.rules.temporary_unemployment.offices import office_of_establishment
from guichet.rules.temporary_unemployment.reasons import FIRST_DAY_REASONS
from guichet.rules.temporary_unemployment.regimes import pattern_of
from guichet.rules.temporary_unemployment.states import State
from guichet.rules.temporary_unemployment.workdays import OnemCalendar

PREFIXES: Final = {
    Channel.WEB: tickets.WEB,
    Channel.BATCH: tickets.BATCH,
    Channel.REST: tickets.BATCH,
    Channel.PAPER: tickets.PAPER,
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A communication that is to be stored; ``employer``, ``changes`` and ``nature``: rows."""

    told: Told
    ticket: str
    employer: int
    sender: str
    file: str
    told_on: date
    faults: tuple[Fault, ...]
    calendar: OnemCalendar
    changes: int | None = None
    nature: int | None = None
    draft: str | None = None


def office_code(postcode: str, *, on: date) -> str:
    """The competent office, empty where the table has none."""
    office = office_of_establishment(postcode, on=on)
    return "" if office is None else office.code


def store(batch: Sequence[Taken], *, meanwhile: Callable[[], None] | None = None) -> list[int]:
    """Insert them with their workers, in the caller's transaction; their rows, in order.

    ``meanwhile``: what the caller has to do that needs no database, while it stores.
    """
    if not batch:
        return []
    keys = _keys(len(batch))
    communications = [_row(key, one) for key, one in zip(keys, batch, strict=True)]
    lines = [row for key, one in zip(keys, batch, strict=True) for row in _lines(key, one)]
    with under_way() as send:
        send(_INSERT_COMMUNICATIONS, [msgspec.json.encode(communications).decode()])
        if lines:
            send(_INSERT_LINES, [msgspec.json.encode(lines).decode()])
        if meanwhile is not None:
            meanwhile()
    return keys


def _keys(count: int) -> list[int]:
    statement = """
        SELECT nextval(pg_get_serial_sequence('temporary_unemployment_communication', 'id'))
        FROM generate_series(1, %s)
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [count])
        return [row[0] for row in cursor.fetchall()]


def _row(key: int, one: Taken) -> dict[str, Any]:
    told, said = one.told, one.told.said
    return {
        "id": key,
        "ticket": one.ticket,
        "kind": said.kind,
        "reason": said.reason,
        "state": State.RECEIVED,
        "employer_id": one.employer,
        "establishment": said.establishment,
        "postcode": said.postcode,
        "office": office_code(said.postcode, on=said.start),
        "committee": identifiers.committee(said.committee),
        "level": said.level or "",
        "channel": said.channel,
        "sender": one.sender,
        "file": one.file,
        "language": told.language,
        "own_reference": told.own_reference,
        "told_on": _iso(one.told_on),
        "posted_on": _iso(said.posted_on),
        "notice_kind": said.notice_kind or "",
        "first_day": _iso(said.first_day),
        "last_day": _iso(said.last_day),
        "regime": said.regime or "",
        "cycle": plain_cycle(said.cycle),
        "excluded": plain_periods(said.excluded),
        "causes": said.causes,
        "workplace": said.workplace,
        "nature_of_work": said.nature_of_work,
        "weather": said.weather,
        "why_impossible": said.why_impossible,
        "accident_on": _iso(said.accident_on),
        "nature_id": one.nature,
        "section": " ".join(said.section.split()),
        "remarks": said.remarks,
        "ground": told.ground or "",
        "workers": len(said.lines),
        "warnings": [plain_fault(fault) for fault in one.faults],
        "digest": told.digest,
        "draft": one.draft,
        "received_at": said.received_at.isoformat(),
        "changes_id": one.changes,
    }


def _lines(key: int, one: Taken) -> list[dict[str, Any]]:
    return [_line(key, one, index) for index in range(len(one.told.said.lines))]


def _line(key: int, one: Taken, index: int) -> dict[str, Any]:
    said, line, name = one.told.said, one.told.said.lines[index], one.told.name(index)
    outcome, accepted = "", None
    counts = said.kind is Kind.FIRST_DAY and said.reason in FIRST_DAY_REASONS
    if counts and line.first_day is not None:
        sent = judged(
            reason=said.reason, day=line.first_day, sent_at=said.received_at, calendar=one.calendar
        )
        outcome, accepted = sent.outcome.value, sent.accepted_from
    return {
        "communication_id": key,
        "number": index + 1,
        "niss": identifiers.niss(line.niss, channel=said.channel),
        "family_name": name.family,
        "given_name": name.given,
        "category": line.category,
        "is_agency": line.is_agency,
        "section": line.section,
        "first_day": _iso(line.first_day),
        "outcome": outcome,
        "accepted_from": _iso(accepted),
        "workplace": line.workplace,
        "in_striking_unit": line.in_striking_unit,
        "circumstances": line.circumstances,
        "usual_days": "" if line.usual_days is None else pattern_of(line.usual_days),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


_COMMUNICATION: Final = (
    "id bigint, ticket text, kind text, reason text, state text, employer_id bigint,"
    " establishment text, postcode text, office text, committee text, level text, channel text,"
    " sender text, file text, language text, own_reference text, told_on date, posted_on date,"
    " notice_kind text, first_day date, last_day date, regime text, cycle jsonb, excluded jsonb,"
    " causes text, workplace text, nature_of_work text, weather text, why_impossible text,"
    " accident_on date, nature_id bigint, section text, remarks text, ground text,"
    " workers integer, warnings jsonb, digest text, draft uuid, received_at timestamptz,"
    " changes_id bigint"
)
_LINE: Final = (
    "communication_id bigint, number integer, niss text, family_name text, given_name text,"
    " category text, is_agency boolean, section text, first_day date, outcome text,"
    " accepted_from date, workplace text, in_striking_unit boolean, circumstances text,"
    " usual_days text"
)


def _insert(table: str, columns: str, *, override: str = "") -> str:
    names = ", ".join(one.split()[0] for one in columns.split(","))
    return (
        f"INSERT INTO {table} ({names}) {override}"  # noqa: S608 - every part is written here
        f" SELECT {names} FROM json_to_recordset(%s::json) AS given ({columns})"
    )


_INSERT_COMMUNICATIONS: Final = _insert(
    "temporary_unemployment_communication", _COMMUNICATION, override="OVERRIDING SYSTEM VALUE"
)
_INSERT_LINES: Final = _insert("temporary_unemployment_line", _LINE)
