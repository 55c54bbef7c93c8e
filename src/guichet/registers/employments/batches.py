"""Entering and changing many periods at once: what Dimona decided in one batch.

One statement for the relations, one for the new periods, one for the others, whatever their number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Final

import msgspec
from django.db import connection

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.platform.changes import Touched, record_changes
from guichet.platform.models import ChangeKind
from guichet.registers.changing import changing
from guichet.registers.employments.operations import REFUSALS


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a period, and the hours (``HHMM``) of those that have them."""

    first_day: date
    last_day: date | None
    start_time: str | None = None
    end_time: str | None = None


@dataclass(frozen=True, slots=True)
class PeriodWrite:
    """A period as it shall stand; ids are keys of the registers. ``former``: its days before."""

    dimona_id: int
    person_id: int
    niss: str = field(repr=False)
    employer_id: int
    employer: str
    joint_committee: str
    worker_type: str
    user_id: int | None
    user: str | None
    span: Span
    state: str = "active"
    former: Span | None = None


def write(*, periods: Sequence[PeriodWrite], actor: Actor, now: datetime) -> None:
    """Store periods, those without ``former`` as new ones; all or none, one line of trail.

    Raises RegisterRefused with the name of a constraint.
    """
    if not periods:
        return
    new = [each for each in periods if each.former is None]
    old = [each for each in periods if each.former is not None]
    with changing(actor=actor, now=now, refusals=REFUSALS), connection.cursor() as cursor:
        if old:  # first: a period that ends or goes makes room for a new one
            cursor.execute(_CHANGE, [_parameter(old)])
        if new:
            rows = _parameter(new)
            cursor.execute(_RELATE, [rows])
            cursor.execute(_ENTER, [rows])
        trail.record(
            action="registers.employment.writtenInBulk",
            actor=actor,
            target="employments",
            now=now,
            detail={"new": len(new), "changed": len(old)},
        )
        record_changes(_touched(periods), now=now)


def _parameter(periods: Sequence[PeriodWrite]) -> str:
    rows: list[dict[str, Any]] = [
        {
            "d": each.dimona_id,
            "p": each.person_id,
            "e": each.employer_id,
            "c": each.joint_committee,
            "t": each.worker_type,
            "u": each.user_id,
            "s": each.state,
            **asdict(each.span),
        }
        for each in periods
    ]
    return msgspec.json.encode(rows).decode()


def _touched(periods: Sequence[PeriodWrite]) -> Iterator[Touched]:
    for each in periods:
        spans = [each.span] if each.former is None else [each.span, each.former]
        lasts = [span.last_day for span in spans]
        ends = [last for last in lasts if last is not None]
        for firm in sorted({each.employer, each.user or each.employer}):
            yield Touched(
                ChangeKind.EMPLOYMENT,
                niss=each.niss,
                enterprise_number=firm,
                first_day=min(span.first_day for span in spans),
                last_day=max(ends) if len(ends) == len(lasts) else None,
            )


_ROWS: Final = """json_to_recordset(%s::json) AS wanted (
    d bigint, p bigint, e bigint, c text, t text, u bigint, s text,
    first_day date, last_day date, start_time text, end_time text)"""

_RELATE: Final = f"""
INSERT INTO employments_relation
       (person_id, employer_id, joint_committee, worker_type, user_enterprise_id)
SELECT DISTINCT p, e, c, t, u FROM {_ROWS}
ON CONFLICT DO NOTHING
"""  # noqa: S608  # nothing of the text comes from outside

_HOUR: Final = "(left({0}, 2) || ':' || right({0}, 2))::time"

_ENTER: Final = f"""
INSERT INTO employments_period
       (relation_id, dimona_id, first_day, last_day, start_time, end_time, state)
SELECT relation.id, d, first_day, last_day,
       {_HOUR.format("start_time")}, {_HOUR.format("end_time")}, s
  FROM {_ROWS}
  JOIN employments_relation AS relation
    ON relation.person_id = p AND relation.employer_id = e AND relation.joint_committee = c
   AND relation.worker_type = t AND relation.user_enterprise_id IS NOT DISTINCT FROM u
"""  # noqa: S608

_CHANGE: Final = f"""
UPDATE employments_period AS period
   SET first_day = wanted.first_day, last_day = wanted.last_day,
       start_time = {_HOUR.format("wanted.start_time")},
       end_time = {_HOUR.format("wanted.end_time")}, state = s
  FROM {_ROWS}
 WHERE period.dimona_id = d
"""  # noqa: S608
