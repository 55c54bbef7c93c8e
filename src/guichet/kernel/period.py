"""Periods of calendar days, both ends included, and their arithmetic in months and weeks.

A month runs to the day before the same day-number of the next month; where that day-number does
not exist, to the last day of that month: one month from 31 January 2025 ends on 28 February.
All thirteen dated periods of the official career-break manual agree with this.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)


class ReversedPeriod(ValueError):
    """The last day lies before the first."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """``first_day`` to ``last_day``, both included; raises ReversedPeriod."""

    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ReversedPeriod("the last day lies before the first day")

    @classmethod
    def of_months(cls, first_day: date, months: int) -> Period:
        """The period of ``months`` (1 or more) that begins on ``first_day``."""
        return cls(first_day, end_for(first_day, months=months))

    @classmethod
    def of_weeks(cls, first_day: date, weeks: int) -> Period:
        """The period of ``weeks`` (1 or more) of seven days that begins on ``first_day``."""
        if weeks < 1:
            raise ValueError("at least one week")
        return cls(first_day, first_day + timedelta(days=7 * weeks - 1))

    @property
    def days(self) -> int:
        """How many calendar days, 1 or more."""
        return (self.last_day - self.first_day).days + 1

    def whole_months(self) -> int | None:
        """How many months exactly, or None when it is not a whole number of months."""
        first, last = self.first_day, self.last_day
        apart = (last.year - first.year) * 12 + last.month - first.month
        for months in (apart, apart + 1):
            if months and end_for(first, months=months) == last:
                return months
        return None

    def whole_weeks(self) -> int | None:
        """How many weeks of seven days exactly, or None."""
        weeks, rest = divmod(self.days, 7)
        return None if rest else weeks

    def contains(self, day: date) -> bool:
        """Whether ``day`` is one of its days."""
        return self.first_day <= day <= self.last_day

    def overlaps(self, other: Period) -> bool:
        """Whether they share at least one day."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day

    def overlap(self, other: Period) -> Period | None:
        """The days they share: this period clipped to the other one."""
        if not self.overlaps(other):
            return None
        return Period(max(self.first_day, other.first_day), min(self.last_day, other.last_day))

    def adjoins(self, other: Period) -> bool:
        """Whether one begins the day after the other ends."""
        first, second = sorted((self, other))
        return first.last_day < second.first_day <= first.last_day + _ONE_DAY


def end_for(first_day: date, *, months: int) -> date:
    """The last day of ``months`` (1 or more) that begin on ``first_day``."""
    if months < 1:
        raise ValueError("at least one month")
    year, month = _month_at(first_day, months)
    if first_day.day > monthrange(year, month)[1]:
        return date(year, month, monthrange(year, month)[1])
    return date(year, month, first_day.day) - _ONE_DAY


def months_before(day: date, *, months: int) -> date:
    """The same day-number ``months`` earlier, or the last day of that month if there is none."""
    return _clipped(day, -months)


def months_after(day: date, *, months: int) -> date:
    """The same day-number ``months`` later, or the last day of that month if there is none."""
    return _clipped(day, months)


def _clipped(day: date, months: int) -> date:
    year, month = _month_at(day, months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _month_at(day: date, months: int) -> tuple[int, int]:
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month0 + 1
