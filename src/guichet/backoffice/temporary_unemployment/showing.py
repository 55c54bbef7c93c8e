"""A communication as the desk shows it: plain values for the pages."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from guichet.eservices.temporary_unemployment import following, words
from guichet.eservices.temporary_unemployment import queries as received
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.eservices.temporary_unemployment.office import queries
from guichet.eservices.temporary_unemployment.office.judging import Case
from guichet.eservices.temporary_unemployment.office.officers import Officer
from guichet.eservices.temporary_unemployment.office.queries import Due
from guichet.eservices.temporary_unemployment.queries import Criteria
from guichet.kernel.period import Period
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.temporary_unemployment.first_day import month_end
from guichet.rules.temporary_unemployment.states import DECIDED, State

# So many months of a long scheme are drawn; the others are told in words.
_MOST_MONTHS: Final = 4


@dataclass(frozen=True, slots=True)
class Listed:
    """A communication in the list; ``may_take``: it can be ticked."""

    row: Communication
    employer_name: str
    due: Due | None
    holder: str
    may_take: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the picture: announced, cut out, accepted, no working day, or another month."""

    day: date
    is_here: bool
    tone: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the picture."""

    first_day: date
    weeks: list[list[Cell]]


def closing(row: Communication, *, today: date) -> str:
    """When its establishment closed or closes, empty while no closing is known."""
    places = enterprises.establishments(number=row.employer.number)
    mine = (one for one in places if one.number == row.establishment)
    return next((words.closing(one, today) for one in mine), "")


def listed(
    row: Communication, names: Mapping[str, str], officer: Officer, *, today: date
) -> Listed:
    """A row of the list."""
    handling = getattr(row, "handling", None)
    holder = handling.officer if handling is not None else None
    is_mine = holder is not None and holder.pk == officer.person_id
    return Listed(
        row,
        names.get(row.employer.number, ""),
        queries.due(row, today=today),
        f"{holder.given_name} {holder.family_name}" if holder else "",
        officer.handles(row) and row.state in queries.WAITING and not is_mine,
    )


def open_steps(row: Communication, officer: Officer, *, holder: int) -> frozenset[str]:
    """What this officer can do with it now."""
    state, found = State(row.state), set[str]()
    if state.value in queries.WAITING and officer.handles(row) and holder != officer.person_id:
        found.add("take")
    if state is State.UNDER_REVIEW and officer.handles(row):
        found.add("decide")
    if state in DECIDED and officer.revises(row):
        found.add("revise")
    return frozenset(found)


def earlier(row: Communication, *, limit: int = 15) -> list[Communication]:
    """The other communications of the employer, the newest first."""
    rows = received.chosen(Criteria(employer=row.employer.number)).exclude(pk=row.pk)
    return list(rows[:limit])


def limits(row: Communication, *, today: date) -> list[following.Used]:
    """How much of their limits the running schemes of the employer use."""
    return following.used(employer=row.employer.number, today=today)


def months(case: Case) -> list[Month]:
    """The picture of the announced days; none for what has no period."""
    said, proposal = case.said, case.proposal
    period = said.period
    if period is None:
        return []
    begins = proposal.accepted_from or period.last_day
    ends = proposal.accepted_until or period.last_day
    found: list[Month] = []
    first = period.first_day.replace(day=1)
    while first <= period.last_day and len(found) < _MOST_MONTHS:
        weeks = Calendar().monthdatescalendar(first.year, first.month)
        cells = [
            [_cell(day, first, period, (begins, ends), case) for day in week] for week in weeks
        ]
        found.append(Month(first, cells))
        first = month_end(first) + timedelta(days=1)
    return found


def _cell(
    day: date, month: date, period: Period, accepted: tuple[date, date], case: Case
) -> Cell:  # fmt: skip
    is_here = day.month == month.month
    if not period.contains(day):
        tone = "" if case.known.calendar.is_working(day) else "off"
    elif any(cut.contains(day) for cut in case.said.excluded):
        tone = "cut"
    elif accepted[0] <= day <= accepted[1]:
        tone = "accepted"
    else:
        tone = "wage"
    return Cell(day, is_here, tone if is_here else "")
