"""What can still be done with a communication that was received: change, withdraw, copy."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from guichet.eservices.temporary_unemployment import following, queries, typed
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.rules.temporary_unemployment.duties import Duty, Standing
from guichet.rules.temporary_unemployment.kinds import Kind
from guichet.rules.temporary_unemployment.states import Step, open_from

_OF_WORKER: Final = ("niss", "family", "given", "category", "agency")


def is_open(row: Communication, *, today: date) -> bool:
    """Whether the employer may still change or withdraw it, as far as he can know today."""
    return queries.shown_state(row, today=today) in open_from(Step.CANCEL)


def may_copy(row: Communication) -> bool:
    """Whether the same is communicated again next month."""
    return row.kind == Kind.FIRST_DAY.value


def boxes_of(row: Communication) -> dict[str, Any]:
    """The boxes of a draft that changes a communication."""
    return typed.typed_of(queries.told_of(row))


def next_month(row: Communication, *, today: date) -> dict[str, Any]:
    """The boxes of the same communication for the next month: its workers, without their days.

    The day that stands there is the first working day of the month after that of the copied one,
    or of this month where that one lies behind.
    """
    boxes = boxes_of(row)
    days = [one.first_day for one in queries.lines(row) if one.first_day is not None]
    last = max(days, default=today)
    month_after = (last.replace(day=1) + timedelta(days=31)).replace(day=1)
    first = max(month_after, today.replace(day=1))
    working = following.calendar(row.employer.number, row.establishment)
    day = working.after(first - timedelta(days=1))
    lines = [
        {name: value for name, value in one.items() if name != "day"}
        for one in boxes[typed.WORKERS]["lines"]
    ]
    boxes[typed.WORKERS] = boxes[typed.WORKERS] | {"lines": lines}
    return boxes | {typed.MONTH: {"day": typed.written(day)}}


def is_tellable(duty: Duty) -> bool:
    """Whether today lies among the days on which this first day may be told."""
    return duty.standing in (Standing.OPEN, Standing.LAST_DAY)


def of_due(row: Communication, *, today: date) -> dict[str, Any]:
    """The boxes of the first days that may be told today of an announcement: each worker with his.

    Those of one month, the earliest; of a section the workers are still to be chosen.
    """
    due = [
        one for one in following.due(employer=row.employer.number, today=today)
        if one.ticket == row.ticket and is_tellable(one)
    ]  # fmt: skip
    if not due:
        return {}
    first = min(one.day for one in due)
    days = {
        one.niss: one.day
        for one in due
        if (one.day.year, one.day.month) == (first.year, first.month)
    }
    boxes = boxes_of(row)
    lines = [
        {name: one[name] for name in _OF_WORKER if name in one}
        | ({"day": typed.written(days[one["niss"]])} if days[one["niss"]] != first else {})
        for one in boxes[typed.WORKERS]["lines"]
        if one["niss"] in days
    ]
    return {
        typed.PLACE: boxes[typed.PLACE] | {"own_reference": ""},
        typed.MONTH: {"day": typed.written(first)},
        typed.WORKERS: {"scope": "workers", "section": "", "lines": lines},
    }
