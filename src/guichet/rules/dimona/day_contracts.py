"""Successive day contracts of a temp worker with one user: how many stand in a row.

Source: zone 01254 of the glossary; from the fortieth in a half-year on, a special contribution is
due. What interrupts a row is ours: a working day without a contract.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from guichet.rules.calendar import working_days

MOST_SHOWN: Final = 999
# From this one on in a half-year a special contribution is due.
SPECIAL_FROM: Final = 40
_DAY: Final = timedelta(days=1)


def is_over_midnight(*, start_hour: str, end_hour: str) -> bool:
    """Whether hours (``HHMM`` or empty) run over midnight; without an end hour nobody knows."""
    return bool(start_hour and end_hour) and end_hour <= start_hour


def is_day_contract(
    first: date, last: date | None, *, start_hour: str = "", end_hour: str = ""
) -> bool:
    """Whether a contract is one of a day: both days are one, or one shift runs over midnight."""
    if last is None or last == first:
        return last is not None
    is_night = is_over_midnight(start_hour=start_hour, end_hour=end_hour)
    return is_night and last - first == _DAY


def half_year(day: date) -> tuple[date, date]:
    """The first and the last day of the half-year in which a day falls."""
    if day.month <= 6:
        return date(day.year, 1, 1), date(day.year, 6, 30)
    return date(day.year, 7, 1), date(day.year, 12, 31)


def successive(days: Iterable[date], *, on: date) -> int:
    """Day contracts in a row up to the one of ``on``, within its half-year; 0 when it has none.

    ``days``: the day of each contract; two contracts of one day count twice.
    """
    first, _last = half_year(on)
    standing = sorted((day for day in days if first <= day <= on), reverse=True)
    if not standing or standing[0] != on:
        return 0
    count, former = 0, on
    for day in standing:
        if working_days(day + _DAY, former - _DAY) > 0:
            break
        count, former = count + 1, day
    return min(count, MOST_SHOWN)
