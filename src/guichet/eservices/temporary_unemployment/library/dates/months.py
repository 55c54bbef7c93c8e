"""The picture of an answer: the months in which something falls, each day with its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language

from guichet.eservices.temporary_unemployment.library.dates.answers import Fact
from guichet.rules.calendar import legal_holidays
from guichet.rules.temporary_unemployment.workdays import OnemCalendar


@dataclass(frozen=True, slots=True)
class Cell:
    """A day: the numbers of what falls on it, how it looks, the name of its holiday."""

    day: date
    numbers: tuple[int, ...]
    css: str
    holiday: str
    is_off: bool


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks from Monday on; None for days of other months."""

    first_day: date
    weeks: tuple[tuple[Cell | None, ...], ...]


def months(facts: Sequence[Fact], *, calendar: OnemCalendar) -> tuple[Month, ...]:
    """The months of these facts in order; those in which nothing falls are left out."""
    firsts = sorted({first for fact in facts for first in _firsts(fact)})
    off = calendar.bridge_days | calendar.replacement_days
    return tuple(Month(first, _weeks(first, facts, off)) for first in firsts)


def _firsts(fact: Fact) -> list[date]:
    found, first = [], fact.days.first_day.replace(day=1)
    while first <= fact.days.last_day:
        found.append(first)
        first = _next(first)
    return found


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _weeks(
    first: date, facts: Sequence[Fact], off: frozenset[date]
) -> tuple[tuple[Cell | None, ...], ...]:
    days = [first + timedelta(days=n) for n in range((_next(first) - first).days)]
    cells: list[Cell | None] = [None] * first.weekday()
    cells += [_cell(day, facts, off) for day in days]
    cells += [None] * (-len(cells) % 7)
    return tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))


def _cell(day: date, facts: Sequence[Fact], off: frozenset[date]) -> Cell:
    here = [(number, fact) for number, fact in enumerate(facts, 1) if fact.days.contains(day)]
    # What is one day stands out against what lasts.
    shown = min(here, key=lambda one: one[1].days.days, default=None)
    holiday = next((one for one in legal_holidays(day.year) if one.day == day), None)
    name = holiday.holiday.label.in_language(get_language() or "en") if holiday else ""
    css = shown[1].tone if shown else "hol" if name else "tl-off" if day in off else ""
    return Cell(day, tuple(number for number, _fact in here), css, name, day in off)
