"""First effective days that an announced suspension makes due, month after month.

Each calendar month in which somebody is without work for economic causes, as a white collar or for
a technical accident has its own communication. The day foreseen is the first of the month that the
announcement leaves without work; the real one may come later, never earlier.

Source: Programme Act of 22 June 2012; ONEM leaflet E57.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.first_day import charge, month_end, window
from guichet.rules.temporary_unemployment.kinds import Reason
from guichet.rules.temporary_unemployment.limits import Suspension
from guichet.rules.temporary_unemployment.regimes import Cycle, works_on
from guichet.rules.temporary_unemployment.workdays import OnemCalendar

_ONE_DAY: Final = timedelta(days=1)


class Standing(StrEnum):
    """How today lies to the days on which a first day may be communicated."""

    AHEAD = "ahead"
    OPEN = "open"
    LAST_DAY = "last_day"
    MISSED = "missed"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Scheme:
    """An announced suspension that stands; ``workers``: their numbers, none for a section."""

    ticket: str
    reason: Reason
    suspension: Suspension
    cycle: Cycle | None = None
    workers: frozenset[str] = frozenset()
    section: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """One communication that is due for a worker, or for a whole section (``niss`` empty).

    ``day``: the first day foreseen; ``days``: when it may be told; ``told``: the day that was.
    ``wage``: the normal wage that is at stake while it is not told, None while nothing is.
    """

    niss: str
    section: str
    ticket: str
    reason: Reason
    day: date
    days: Period
    standing: Standing
    told: date | None = None
    wage: Period | None = None


@dataclass(frozen=True, slots=True)
class _Now:
    """What a duty is judged on."""

    told: Collection[tuple[str, date, Reason]]
    calendar: OnemCalendar
    today: date


def foreseen(scheme: Scheme, *, month: date, calendar: OnemCalendar) -> date | None:
    """The first day without work of a month (any day of it); None when there is none."""
    period = scheme.suspension.period
    day = max(month.replace(day=1), period.first_day)
    last = min(month_end(month), period.last_day)
    while day <= last:
        if is_without_work(scheme, day, calendar=calendar):
            return day
        day += _ONE_DAY
    return None


def is_without_work(scheme: Scheme, day: date, *, calendar: OnemCalendar) -> bool:
    """Whether a day is one of unemployment by the announcement: no closure, no day of work."""
    return calendar.is_working(day) and leaves_without_work(scheme.suspension, scheme.cycle, day)


def leaves_without_work(suspension: Suspension, cycle: Cycle | None, day: date) -> bool:
    """Whether an announcement covers a day with no closure and no day of work; of any calendar."""
    period = suspension.period
    if not period.contains(day) or any(cut.contains(day) for cut in suspension.excluded):
        return False
    return cycle is None or not works_on(cycle, start=period.first_day, day=day)


def duties(
    schemes: Iterable[Scheme],
    *,
    month: date,
    told: Collection[tuple[str, date, Reason]],
    calendar: OnemCalendar,
    today: date,
) -> tuple[Duty, ...]:
    """What is due in a month, each worker once whatever the number of schemes.

    ``told``: first days that count (number, day, reason); a section is told with its first worker.
    """
    now = _Now(told, calendar, today)
    found: dict[tuple[str, str], Duty] = {}
    for scheme in schemes:
        day = foreseen(scheme, month=month, calendar=calendar)
        if day is None:
            continue
        for niss in sorted(scheme.workers) or [""]:
            duty = _duty(scheme, niss, day, now)
            known = found.get((niss, duty.section))
            if known is None or duty.day < known.day:
                found[niss, duty.section] = duty
    return tuple(sorted(found.values(), key=lambda one: (one.days.last_day, one.niss)))


def standing(days: Period, *, today: date) -> Standing:
    """How a day lies to a window."""
    if today < days.first_day:
        return Standing.AHEAD
    if today > days.last_day:
        return Standing.MISSED
    return Standing.LAST_DAY if today == days.last_day else Standing.OPEN


def _duty(scheme: Scheme, niss: str, day: date, now: _Now) -> Duty:
    section = "" if niss else scheme.section
    days = window(reason=scheme.reason, day=day, calendar=now.calendar)
    # Any of the reasons of the month will do; of a section nobody's number is known.
    mine = [
        each
        for whose, each, reason in now.told
        if (each.year, each.month) == (day.year, day.month)
        and (whose == niss if niss else reason is scheme.reason)
    ]
    what = (niss, section, scheme.ticket, scheme.reason, day, days)
    if mine:
        return Duty(*what, Standing.TOLD, told=min(mine))
    how = standing(days, today=now.today)
    if how is not Standing.MISSED:
        return Duty(*what, how)
    cost = charge(reason=scheme.reason, day=day, accepted_from=None)
    return Duty(*what, how, wage=None if cost is None else cost.normal)
