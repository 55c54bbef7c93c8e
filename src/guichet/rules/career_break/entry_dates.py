"""Days that somebody types for a break: whether they can be, V-DT-01 to V-DT-08.

Sources: manual of the online service for employers; for the filing window and what a late request
is paid ``filing``; parameters ``career_break.entry.*``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guichet.kernel.period import Period, months_after
from guichet.rules.career_break.faults import Fault, blocking, warning
from guichet.rules.career_break.filing import first_filing_day, last_day_for_whole_allowance
from guichet.rules.career_break.kinds import Leave
from guichet.rules.career_break.notice import TIME_CREDITS
from guichet.rules.dated import whole

FIRST: Final = "first_day"
LAST: Final = "last_day"
WEEKS: Final = "weeks"
MOST_BLOCKS: Final = 8
_DAY_FIRST: Final = re.compile(
    r"\A\s*([0-9]{1,2})\s*[/. -]\s*([0-9]{1,2})\s*[/. -]\s*([0-9]{4})\s*\Z"
)
_ISO: Final = re.compile(r"\A\s*([0-9]{4})-([0-9]{2})-([0-9]{2})\s*\Z")


class ImpossibleDate(ValueError):
    """Not a day of the calendar, or not in the order day, month, year."""


@dataclass(frozen=True, slots=True)
class Filed:
    """Another request of the worker at this employer that is not cancelled.

    ``weeks``: its separate weeks, between which the worker works.
    """

    ticket: str
    leave: Leave
    period: Period
    weeks: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What is typed, and what it is held against.

    ``last_day``: None for an end of career that runs to the pension. ``weeks``: as of ``Filed``.
    ``employed_from`` and ``employed_until``: of the service that Dimona knows, None where it is
    open or not known.
    """

    leave: Leave
    first_day: date
    last_day: date | None
    filed_on: date
    weeks: tuple[Period, ...] = ()
    employed_from: date | None = None
    employed_until: date | None = None
    others: tuple[Filed, ...] = ()


def read_date(text: str) -> date:
    """``1/9/2025``, ``01.09.2025``, ``01-09-2025`` or ``2025-09-01``; raises ImpossibleDate."""
    text = text.strip()
    if found := _DAY_FIRST.match(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _ISO.match(text):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise ImpossibleDate("day, month and year")
    try:
        return date(year, month, day)
    except ValueError:
        raise ImpossibleDate("no day of the calendar") from None


def date_fault(text: str, *, field: str) -> Fault | None:
    """V-DT-01: the text is no date."""
    try:
        read_date(text)
    except ImpossibleDate:
        return blocking("V-DT-01", field)
    return None


def date_faults(dates: Dates) -> tuple[Fault, ...]:
    """V-DT-02 to V-DT-08. With reversed days, or a slip of the year, only that is told."""
    if dates.last_day is None and dates.leave is not Leave.END_OF_CAREER:
        return (blocking("V-DT-01", LAST),)
    if dates.last_day is not None and dates.last_day < dates.first_day:
        return (blocking("V-DT-02", LAST),)
    if slips := tuple(_slips(dates)):
        return slips
    return (*_length(dates), *_filing(dates), *_employment(dates), *_overlaps(dates))


def block_faults(blocks: Sequence[tuple[date, date]], *, is_by_weeks: bool) -> tuple[Fault, ...]:
    """Separate weeks, each a first and a last day: V-WK-01, V-WK-02 and V-DT-02 of one of them.

    Whether they are whole weeks, apart from each other and near enough is a rule of the right.
    """
    if not blocks:
        return ()
    if not is_by_weeks:
        return (blocking("V-WK-01", WEEKS),)
    found = [blocking("V-DT-02", WEEKS) for first, last in blocks if last < first]
    if len(blocks) > MOST_BLOCKS:
        found.append(blocking("V-WK-02", WEEKS, most=MOST_BLOCKS))
    return tuple(found)


def change_fault(*, last_day: date, new_last_day: date) -> Fault | None:
    """V-MO-01: a change of the end date that changes nothing."""
    return blocking("V-MO-01", LAST) if last_day == new_last_day else None


def _slips(dates: Dates) -> Iterator[Fault]:
    """A year so far off that nothing else can be said of it."""
    earliest = whole("career_break.entry.earliest_year", on=dates.filed_on)
    if dates.first_day.year < earliest:
        yield blocking("V-DT-08", FIRST, year=earliest)
    elif dates.first_day.year > dates.filed_on.year + 1:
        yield _too_early(dates)


def _length(dates: Dates) -> Iterator[Fault]:
    years = whole("career_break.entry.longest_years", on=dates.filed_on)
    if dates.leave is Leave.END_OF_CAREER or dates.last_day is None:
        return
    if dates.last_day > months_after(dates.first_day, months=12 * years):
        yield blocking("V-DT-08", LAST, "long", years=years)


def _too_early(dates: Dates) -> Fault:
    first = first_filing_day(dates.first_day)
    months = whole("career_break.filing.most_months_before", on=dates.first_day)
    return blocking("V-DT-03", FIRST, first=first, months=months)


def _filing(dates: Dates) -> Iterator[Fault]:
    if dates.filed_on < first_filing_day(dates.first_day):
        yield _too_early(dates)
    if dates.filed_on > last_day_for_whole_allowance(dates.first_day):
        yield warning("V-DT-04", FIRST)


def _employment(dates: Dates) -> Iterator[Fault]:
    begins_before = dates.employed_from is not None and dates.first_day < dates.employed_from
    if begins_before or (
        dates.employed_until is not None and dates.first_day > dates.employed_until
    ):
        yield blocking("V-DT-05", FIRST)
    elif dates.employed_until is not None and (
        dates.last_day is None or dates.last_day > dates.employed_until
    ):
        yield blocking("V-DT-06", LAST, until=dates.employed_until)


def _overlaps(dates: Dates) -> Iterator[Fault]:
    mine = dates.weeks or (Period(dates.first_day, dates.last_day or date.max),)
    for other in dates.others:
        days = other.weeks or (other.period,)
        if not any(one.overlaps(theirs) for one in mine for theirs in days):
            continue
        suspends = dates.leave.is_thematic and other.leave in TIME_CREDITS
        variant = "suspend" if suspends else ""
        yield blocking("V-DT-07", FIRST, variant, ticket=other.ticket)
