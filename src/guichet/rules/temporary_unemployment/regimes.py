"""Which régime the announced days of work make: full, large or small suspension.

A cycle is a tuple of weeks, each the set of its working days, Monday being 0.

Source: Act of 3 July 1978, art. 51 and 77/1; ONEM leaflets E22 and E55.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.figures import figure
from guichet.rules.temporary_unemployment.kinds import Regime

Cycle = tuple[frozenset[int], ...]
NO_WORK: Final[Cycle] = (frozenset(),)


def regime_of(cycle: Cycle, *, on: date, white_collar: bool = False) -> Regime:
    """The régime of a cycle of one week or more.

    One day of work a fortnight is treated as a full suspension. Where weeks without work alternate,
    a week counts as worked from two days on: one in two or more is a small suspension.
    """
    days = [len(week) for week in cycle]
    if white_collar:
        return Regime.WHITE_REDUCED if any(days) else Regime.WHITE_FULL
    if not any(days):
        return Regime.FULL
    if max(days) == 1 and 2 * sum(days) <= len(days):
        return Regime.ONE_DAY_PER_FORTNIGHT
    if 0 in days:
        worked = sum(number >= 2 for number in days)
        return Regime.SMALL if 2 * worked >= len(days) else Regime.LARGE
    return Regime.LARGE if min(days) < figure("regime.large_below", on=on) else Regime.SMALL


def has_too_few_days(cycle: Cycle, *, on: date) -> bool:
    """Whether a reduced scheme of white collars has a week with fewer than two days of work."""
    least = figure("white_collar.least_days", on=on)
    return any(cycle) and any(len(week) < least for week in cycle)


def most_suspended_days(*, working_days: int, on: date) -> int:
    """How many days of a week of so many working days may be suspended for white collars."""
    return max(0, working_days - figure("white_collar.least_days", on=on))


def cycle_of(period: Period, *, worked: Collection[date]) -> Cycle:
    """The weeks of a period, Monday to Sunday, with the days on which work is done.

    Weeks at either end may be part weeks; a day outside the period is left out.
    """
    days = frozenset(day for day in worked if period.contains(day))
    monday = period.first_day - timedelta(days=period.first_day.weekday())
    weeks: list[frozenset[int]] = []
    while monday <= period.last_day:
        week = (monday + timedelta(days=n) for n in range(7))
        weeks.append(frozenset(day.weekday() for day in week if day in days))
        monday += timedelta(days=7)
    return tuple(weeks)


def days_of(pattern: str) -> frozenset[int]:
    """The weekdays of ``1111100``, Monday first."""
    return frozenset(day for day, mark in enumerate(pattern) if mark == "1")


def pattern_of(week: Collection[int]) -> str:
    """Weekdays as ``1111100``, Monday first."""
    return "".join("1" if day in week else "0" for day in range(7))


def works_on(cycle: Cycle, *, start: date, day: date) -> bool:
    """Whether ``day`` is a day of work in a cycle whose first week is that of ``start``."""
    monday = start - timedelta(days=start.weekday())
    return day.weekday() in cycle[((day - monday).days // 7) % len(cycle)]
