"""Days and hours of work as stretches on the clock of Belgium, quarters, and how long they last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from guichet.kernel.moments import BRUSSELS, elapsed
from guichet.rules.dimona.message import Times, hour_of

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter in which a day falls."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.later(1).first_day - _DAY

    def later(self, count: int) -> Quarter:
        """The quarter so many quarters later; earlier for a negative count."""
        index = self.year * 4 + self.number - 1 + count
        return Quarter(index // 4, index % 4 + 1)


def begins(times: Times) -> datetime:
    """The first instant on the wall clock; a day without hours begins at midnight."""
    assert times.start_date is not None
    hour = hour_of(times.start_hour)
    return datetime.combine(times.start_date, time(*hour) if hour else time())


def ends(times: Times) -> datetime | None:
    """The instant after the last one on the wall clock; None without end."""
    if times.end_date is None:
        return None
    hour = hour_of(times.end_hour)
    if hour:
        return datetime.combine(times.end_date, time(*hour))
    if times.end_date == date.max:
        return None
    return datetime.combine(times.end_date + _DAY, time())


def overlap(one: Times, other: Times) -> bool:
    """Whether two stretches share an instant of the wall clock."""
    first_end, second_end = ends(one), ends(other)
    return (second_end is None or begins(one) < second_end) and (
        first_end is None or begins(other) < first_end
    )


def length(times: Times) -> timedelta | None:
    """The time that really passes, over the nights in March and October too; None without end."""
    end = ends(times)
    if end is None:
        return None
    return elapsed(begins(times).replace(tzinfo=BRUSSELS), end.replace(tzinfo=BRUSSELS))


def start_moment(times: Times) -> datetime:
    """The aware moment at which the work begins."""
    return begins(times).replace(tzinfo=BRUSSELS)


def with_end(times: Times) -> Times:
    """Hours without an end date: the end is on the day of the start, or on the next one."""
    if times.end_date is not None or times.start_date is None or not times.end_hour:
        return times
    first, last = hour_of(times.start_hour), hour_of(times.end_hour)
    is_night = first is not None and last is not None and last < first
    end = times.start_date + _DAY if is_night else times.start_date
    return Times(times.start_date, end, times.start_hour, times.end_hour)


def days_in(times: Times, first: date, last: date) -> int:
    """How many days of a window lie in the stretch, both bounds included."""
    assert times.start_date is not None
    begin = max(times.start_date, first)
    end = last if times.end_date is None else min(times.end_date, last)
    return max(0, (end - begin).days + 1)
