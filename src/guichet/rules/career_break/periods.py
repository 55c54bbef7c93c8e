"""How months, weeks, ages and terms are counted: the conventions of career breaks.

A period includes both its days. A month runs to the day before the same day-number of the next
month, clipped to the last day of a shorter one. Notice "n months before" is clipped the same way.
A birthday of 29 February falls on 28 February in common years (convention).
"""

from __future__ import annotations

from datetime import date, timedelta

from guichet.kernel.period import Period, end_for, months_after, months_before

__all__ = [
    "age_on",
    "birthday",
    "cover",
    "end_for",
    "is_under",
    "last_of_month",
    "latest_notice",
    "monday_after",
    "months_and_days",
    "started_months",
    "whole_months",
    "whole_weeks",
]

_ONE_DAY = timedelta(days=1)
_MONDAY = 0


def whole_months(first_day: date, last_day: date) -> int | None:
    """How many months exactly, or None; None too when the days are reversed."""
    return None if last_day < first_day else Period(first_day, last_day).whole_months()


def whole_weeks(first_day: date, last_day: date) -> int | None:
    """How many weeks of seven days exactly, or None; None too when the days are reversed."""
    return None if last_day < first_day else Period(first_day, last_day).whole_weeks()


def started_months(first_day: date, last_day: date) -> int:
    """How many months, each begun month counting whole; at least 1."""
    apart = (last_day.year - first_day.year) * 12 + last_day.month - first_day.month
    months = max(1, apart)
    while end_for(first_day, months=months) < last_day:
        months += 1
    return months


def birthday(born_on: date, *, age: int) -> date:
    """The day on which somebody reaches an age in years."""
    return months_after(born_on, months=12 * age)


def is_under(born_on: date, *, age: int, on: date) -> bool:
    """Whether somebody has not reached an age; on the birthday itself they have."""
    return on < birthday(born_on, age=age)


def age_on(born_on: date, *, on: date) -> int:
    """The age in whole years; 0 before the first birthday and before birth."""
    years = max(0, on.year - born_on.year)
    return years if years == 0 or birthday(born_on, age=years) <= on else years - 1


def latest_notice(start: date, *, months: int) -> date:
    """The last day for a notice of ``months`` before ``start``."""
    return months_before(start, months=months)


def last_of_month(day: date, *, months: int = 0) -> date:
    """The last day of the month that comes ``months`` after the month of ``day``."""
    return months_after(day.replace(day=1), months=months + 1) - _ONE_DAY


def monday_after(day: date) -> date:
    """The Monday of the week that follows the week of ``day``."""
    return day + timedelta(days=7 - (day.weekday() - _MONDAY))


def cover(periods: tuple[Period, ...]) -> Period:
    """From the first day of the earliest to the last day of the latest of one or more periods."""
    return Period(min(p.first_day for p in periods), max(p.last_day for p in periods))


def months_and_days(period: Period) -> tuple[int, int]:
    """The whole months of a period, and the days (0 to 30) that follow them."""
    first, last = period.first_day, period.last_day
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    while months and end_for(first, months=months) > last:
        months -= 1
    done = end_for(first, months=months) if months else first - _ONE_DAY
    return months, (last - done).days
