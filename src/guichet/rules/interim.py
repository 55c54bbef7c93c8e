"""Relations of temporary workers: what a worker is shown of them, when, and in which words.

Pure: plain values in, plain values out. Sources: leaflet "Interim@Work" (relations of the
previous, current and next year; a relation is not a contract; a missing or late declaration
delays allowances); instructions of the social-security
office on the Dimona of temporary work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

# The joint committee of temporary work; relations of any other are not shown here.
COMMITTEE: Final = "322"
_ONE_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)


class Kind(StrEnum):
    """The three kinds that the calendar tells apart by letter and colour."""

    TEMPORARY = "temporary"
    FLEXI = "flexi"
    STUDENT = "student"


class State(StrEnum):
    """The seven states of a relation, in the eyes of the worker. Refused ones are none."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    LATE = "late"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    IN_TREATMENT = "in_treatment"


class Contract(StrEnum):
    """For how long the worker is taken on at once; derived from the days."""

    DAY = "day"
    WEEK = "week"
    LONGER = "longer"


class OutsideWindow(ValueError):
    """A day before the previous or after the next calendar year."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a relation, both included (no last day: open), and whether its hours run over
    midnight: an end hour not after the start hour."""

    first_day: date
    last_day: date | None
    is_over_midnight: bool = False

    @property
    def is_night(self) -> bool:
        """One shift over midnight: it belongs to the day on which it begins."""
        return self.is_over_midnight and self.last_day == self.first_day + _ONE_DAY

    def ends_by(self, limit: date) -> date:
        """The last day that a calendar marks, at most ``limit``."""
        if self.is_night:
            return self.first_day
        return limit if self.last_day is None else min(self.last_day, limit)


def window(on: date) -> tuple[date, date]:
    """First and last day of what is shown: last year, this year and the next one."""
    return date(on.year - 1, 1, 1), date(on.year + 1, 12, 31)


def years(on: date) -> tuple[int, int, int]:
    """The three years that are shown."""
    return on.year - 1, on.year, on.year + 1


def check_window(*, first: date, last: date, on: date) -> None:
    """Raises OutsideWindow for a period that reaches out of what is shown."""
    begin, end = window(on)
    if first < begin or last > end:
        raise OutsideWindow(f"from {begin} to {end}")


def is_shown(span: Span, *, on: date) -> bool:
    """Whether a relation has a marked day in the window; a night is that of its first day."""
    begin, end = window(on)
    return span.first_day <= end and span.ends_by(end) >= begin


def kind_of(worker_type: str) -> Kind:
    """The kind of a worker type of Dimona."""
    return {"FLX": Kind.FLEXI, "STU": Kind.STUDENT}.get(worker_type, Kind.TEMPORARY)


def contract_of(span: Span) -> Contract:
    """A contract of a day (a night shift is one), of a week at most, or longer."""
    if span.last_day is None:
        return Contract.LONGER
    if span.is_night or span.last_day == span.first_day:
        return Contract.DAY
    return Contract.WEEK if span.last_day - span.first_day < _WEEK else Contract.LONGER


def moment_of(span: Span, *, on: date) -> State:
    """Planned, running or ended."""
    if span.first_day > on:
        return State.PLANNED
    is_over = span.last_day is not None and span.last_day < on
    return State.ENDED if is_over else State.RUNNING


def state_of(
    span: Span, *, is_cancelled: bool, is_waiting: bool, is_late: bool, is_changed: bool, on: date
) -> State:
    """The one state that is shown first: what the worker has most reason to know."""
    if is_cancelled:
        return State.CANCELLED
    if is_waiting:
        return State.IN_TREATMENT
    if is_late:
        return State.LATE
    return State.CHANGED if is_changed else moment_of(span, on=on)


def marked_days(span: Span, *, on: date) -> tuple[date, ...]:
    """The days of the calendar that carry a mark for this relation."""
    begin, end = window(on)
    first, last = max(span.first_day, begin), span.ends_by(end)
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
