"""How many days of economic unemployment a worker may have had in four quarters (CTW-027).

Counted from what one employer communicated, by our own choice (docs/adr/0078): in each month whose
first effective day stands, every working day from it to the end of the month that an announcement
which stands leaves without work. That is the most that it can have been: who is called back sooner
works on days that count here. The control card, which knows, is the worker's own.

Source: Act of 29 June 1981, art. 38 § 3sexies; collective agreement of 2013 of joint committee 124.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from guichet.rules.temporary_unemployment import identifiers
from guichet.rules.temporary_unemployment.communication import Announced, FirstDay
from guichet.rules.temporary_unemployment.duties import leaves_without_work
from guichet.rules.temporary_unemployment.figures import figure
from guichet.rules.temporary_unemployment.first_day import month_end
from guichet.rules.temporary_unemployment.kinds import Reason, Regime
from guichet.rules.temporary_unemployment.limits import Suspension
from guichet.rules.temporary_unemployment.regimes import Cycle
from guichet.rules.temporary_unemployment.workdays import OnemCalendar

_ONE_DAY: Final = timedelta(days=1)
_CONSTRUCTION: Final = "124"
# A small suspension leaves a week of work in two, or three days of each: every other week is the
# most without work. Of the other reduced schemes, that may leave almost nothing, every day counts.
_MOST: Final[Cycle] = (frozenset(), frozenset(range(7)))


def limit(*, committee: str, on: date) -> int:
    """From how many days in four quarters a contribution is due."""
    builds = identifiers.committee(committee).startswith(_CONSTRUCTION)
    name = "accountability.construction_days" if builds else "accountability.days"
    return figure(name, on=on)


def counted_since(day: date) -> date:
    """The first day of the four latest quarters: that of ``day`` and the three before."""
    months = 12 * day.year + (day.month - 1) // 3 * 3 - 9
    return date(months // 12, months % 12 + 1, 1)


def days_before(
    day: date,
    *,
    first_days: Iterable[FirstDay],
    announced: Iterable[Announced],
    calendar_of: Callable[[str], OnemCalendar],
) -> int:
    """The days of one worker before ``day`` in the four latest quarters.

    ``first_days``: his, as far as they count; ``announced``: by the same employer. ``calendar_of``:
    the working days of an establishment, by its number. A day in two announcements counts once.
    """
    since, known = counted_since(day), tuple(announced)
    found: set[date] = set()
    for first in first_days:
        if first.reason is Reason.ECONOMIC and since <= first.day < day:
            until = min(month_end(first.day), day - _ONE_DAY)
            found |= _of_month(first, until, known, calendar_of)
    return len(found)


def _of_month(
    first: FirstDay,
    until: date,
    announced: Iterable[Announced],
    calendar_of: Callable[[str], OnemCalendar],
) -> set[date]:
    found: set[date] = set()
    for one in announced:
        is_of_him = one.names(first.niss, section=first.section)
        if one.reason is Reason.ECONOMIC and is_of_him and not one.is_cancelled:
            days = days_of_month(one, first.day.replace(day=1), calendar_of)
            found.update(day for day in days if first.day <= day <= until)
    return found


def days_of_month(
    one: Announced, month: date, calendar_of: Callable[[str], OnemCalendar]
) -> tuple[date, ...]:
    """The days of a month, told by its first, on which an announcement leaves no work.

    The most that it can be where a reduced scheme does not tell its days.
    """
    return _without_work(one.suspension, _cycle(one), month, calendar_of(one.establishment))


def _cycle(one: Announced) -> Cycle | None:
    is_untold = one.cycle is None and one.suspension.regime is Regime.SMALL
    return _MOST if is_untold else one.cycle


@lru_cache(maxsize=4_096)
def _without_work(
    suspension: Suspension, cycle: Cycle | None, month: date, calendar: OnemCalendar
) -> tuple[date, ...]:
    """The working days of a month that an announcement leaves without work."""
    period, last = suspension.period, month_end(month)
    if last < period.first_day or period.last_day < month:
        return ()
    days = _working_days(month, calendar)
    return tuple(day for day in days if leaves_without_work(suspension, cycle, day))


@lru_cache(maxsize=1_024)
def _working_days(month: date, calendar: OnemCalendar) -> tuple[date, ...]:
    days = (month + timedelta(days=n) for n in range(month_end(month).day))
    return tuple(day for day in days if calendar.is_working(day))
