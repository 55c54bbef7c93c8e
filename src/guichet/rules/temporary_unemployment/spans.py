"""How long a suspension may last: so many weeks, or so many months from day number to day number.

``k`` weeks from S end on S + 7k - 1; ``k`` months end the day before the same day number, or on the
last day of a month that does not have it.

Source: Judicial Code, art. 54, by analogy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from guichet.kernel.period import Period

_ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """In what a duration is counted."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Span:
    """A duration of one unit or more."""

    number: int
    unit: Unit

    def period_from(self, first_day: date) -> Period:
        """The period of this length that begins on ``first_day``."""
        if self.unit is Unit.WEEK:
            return Period.of_weeks(first_day, self.number)
        return Period.of_months(first_day, self.number)

    def days_from(self, first_day: date) -> int:
        """How many calendar days it has from ``first_day``."""
        return self.period_from(first_day).days


def longer(one: Span, other: Span, *, first_day: date) -> Span:
    """The longer of two durations that begin on a day; the first when they are equal."""
    return max(one, other, key=lambda span: span.days_from(first_day))


def counted_days(period: Period, *, excluded: Iterable[Period] = ()) -> int:
    """The days of a period without those of ``excluded``, which may overlap each other."""
    out = tuple(excluded)
    days = (period.first_day + timedelta(days=n) for n in range(period.days))
    return sum(not any(cut.contains(day) for cut in out) for day in days)


def last_counted_day(first_day: date, *, days: int, excluded: Iterable[Period] = ()) -> date:
    """The day on which ``days`` (1 or more) days are reached that lie in no excluded period."""
    out = tuple(excluded)
    day = first_day - _ONE_DAY
    while days > 0:
        day += _ONE_DAY
        days -= not any(cut.contains(day) for cut in out)
    return day
