"""Days without work in a week contract of a temp worker.

An IN for a week declares every one of its days. A day on which nobody works is declared all the
same, and costs the worker his unemployment benefit of that day; day contracts leave it free.
Source: instructions of the social-security office on the Dimona of temporary work; that a
contract of two to seven days is one of a week,
and that Sundays carry no benefit, is ours.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

LONGEST: Final = 7
_DAY: Final = timedelta(days=1)
_SUNDAY: Final = 6


def is_week_contract(first: date, last: date | None) -> bool:
    """Whether a contract is one of a week: two to seven days, both bounds included."""
    return last is not None and 2 <= (last - first).days + 1 <= LONGEST


def empty_days(*, first: date, last: date, worked: Collection[int]) -> tuple[date, ...]:
    """The days of a week contract on which nobody works, Sundays left out, in their order.

    ``worked``: the weekdays on which he works, Monday 0.
    """
    if not is_week_contract(first, last):
        return ()
    days = (first + at * _DAY for at in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() not in {*worked, _SUNDAY})
