"""The days of a control card: what a worker may mark on each, when it is late, when he says why.

Work is marked before it begins. A day counts as unemployed as long as nothing else is marked. What
is marked later stays visible as late, with its reason; a day that was marked and has begun is
changed with a reason only.

Source: Royal Decree of 25 November 1991, art. 71 and 71ter. The reasons are our own choice: the
decree asks for a card without erasures.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guichet.kernel.moments import BRUSSELS
from guichet.rules.calendar import is_working_day
from guichet.rules.temporary_unemployment.control_card import CardCode
from guichet.rules.temporary_unemployment.figures import names

_ONE_DAY: Final = timedelta(days=1)


class DayState(StrEnum):
    """What a day of the card says; the first effective day is a sign beside it, not a state."""

    UNEMPLOYED = "unemployed"
    WORK = "work"
    ELSEWHERE_USUAL = "elsewhere_usual"
    ELSEWHERE_UNUSUAL = "elsewhere_unusual"
    OTHER_EMPLOYER = "other_employer"
    INCAPACITY = "incapacity"
    HOLIDAY = "holiday"
    OTHER = "other"
    NOT_APPLICABLE = "not_applicable"


WORKED: Final = (
    DayState.WORK,
    DayState.ELSEWHERE_USUAL,
    DayState.ELSEWHERE_UNUSUAL,
    DayState.OTHER_EMPLOYER,
)
"""States that are marked before the work begins."""

CODES: Final[Mapping[DayState, CardCode]] = MappingProxyType(
    {
        DayState.INCAPACITY: CardCode.INCAPACITY,
        DayState.HOLIDAY: CardCode.HOLIDAY,
        DayState.OTHER: CardCode.OTHER,
    }
)
"""The letters of the card for a day without work and without unemployment."""

MARKS: Final = tuple(state for state in DayState if state is not DayState.NOT_APPLICABLE)
"""What a worker chooses from, ``UNEMPLOYED`` being the way back."""


@dataclass(frozen=True, slots=True)
class CardDay:
    """One day of a card. ``is_marked``: somebody said so; otherwise it is what nobody marked.

    ``is_first``: the employer communicated it as first effective day; ``is_working``: a working
    day of the card, Monday to Friday without legal holidays.
    """

    day: date
    state: DayState
    is_marked: bool = False
    is_first: bool = False

    @property
    def is_working(self) -> bool:
        """Monday to Friday without legal holidays."""
        return is_working_day(self.day)

    @property
    def is_applicable(self) -> bool:
        """Whether anything can be marked on it."""
        return self.state is not DayState.NOT_APPLICABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days under contract; ``last_day`` None: without an end."""

    first_day: date
    last_day: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def days_of_month(month: date) -> tuple[date, ...]:
    """Every day of the month of ``month``."""
    first = month.replace(day=1)
    days = (first + timedelta(days=n) for n in range(31))
    return tuple(day for day in days if day.month == first.month)


def is_from_the_first(*, committee: str, on: date) -> bool:
    """Whether the card is held from the first of every month; construction."""
    return committee.partition(".")[0] in names("card.full_month_committees", on=on)


def first_day_of_card(*, month: date, committee: str, communicated: Iterable[date]) -> date:
    """From which day on the card of a month is filled in.

    In construction, or as long as no first effective day is communicated, the first of the month;
    elsewhere the first day that was communicated.
    """
    first = month.replace(day=1)
    if is_from_the_first(committee=committee, on=first):
        return first
    here = [day for day in communicated if (day.year, day.month) == (first.year, first.month)]
    return min(here, default=first)


def card_days(
    *,
    month: date,
    contract: Collection[Stretch],
    starts_on: date,
    marks: Mapping[date, DayState],
    communicated: Collection[date] = (),
    asked_until: date | None = None,
) -> tuple[CardDay, ...]:
    """The days of the card of a month.

    ``starts_on``: of `first_day_of_card`; a day before it that was marked all the same keeps what
    it says. ``asked_until``: after it no allowance is asked; None: to the end of the month.
    """

    def one(day: date) -> CardDay:
        marked = marks.get(day)
        is_marked = marked is not None and marked is not DayState.UNEMPLOYED
        is_open = any(each.covers(day) for each in contract) and (is_marked or day >= starts_on)
        if asked_until is not None and day > asked_until and not is_marked:
            is_open = False
        state = (marked or DayState.UNEMPLOYED) if is_open else DayState.NOT_APPLICABLE
        return CardDay(day, state, is_open and is_marked, day in communicated)

    return tuple(one(day) for day in days_of_month(month))


def is_late(*, state: DayState, day: date, starts_at: time, marked_at: datetime) -> bool:
    """Whether work is marked after it began. ``starts_at``: on the clock of Brussels."""
    # In one zone Python compares wall clocks: the hour that comes twice in October would be lost.
    begins = datetime.combine(day, starts_at, BRUSSELS).astimezone(UTC)
    return state in WORKED and marked_at.astimezone(UTC) > begins


def needs_reason(*, before: CardDay, after: DayState, starts_at: time, marked_at: datetime) -> bool:
    """Whether this mark is taken with a reason only: late work, or a correction of a begun day.

    ``before``: the day as it stands; nothing changes without a reason once it was marked and is
    today or past, whatever the new mark is, and be it only the hour.
    """
    today = marked_at.astimezone(BRUSSELS).date()
    if before.is_marked and before.day <= today:
        return True
    return is_late(state=after, day=before.day, starts_at=starts_at, marked_at=marked_at)


def counts(days: Iterable[CardDay]) -> dict[DayState, int]:
    """How many days of each state; of unemployment the working days only."""
    found: dict[DayState, int] = {}
    for one in days:
        if one.state is not DayState.UNEMPLOYED or one.is_working:
            found[one.state] = found.get(one.state, 0) + 1
    return found


def off(days: Iterable[CardDay]) -> frozenset[date]:
    """The days with one of the letters M, V and A: a communicated first day stays valid on them."""
    return frozenset(one.day for one in days if one.state in CODES)
