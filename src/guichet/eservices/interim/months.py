"""The calendar: months of weeks of days, with what is declared on each day."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from guichet.eservices.interim.queries import Relation
from guichet.rules import interim as rules
from guichet.rules.calendar import legal_holidays
from guichet.rules.interim import Kind

LETTERS: Final = {Kind.TEMPORARY: "I", Kind.FLEXI: "F", Kind.STUDENT: "S"}
TINTS: Final = {Kind.TEMPORARY: "is-brand", Kind.FLEXI: "is-amber", Kind.STUDENT: "is-blue"}
_WEEKS: Final = calendar.Calendar()


@dataclass(frozen=True, slots=True)
class Cell:
    """One day with its relations; ``holiday``: its name in the language of the page, or empty."""

    day: date
    relations: tuple[Relation, ...]
    holiday: str
    is_today: bool

    @property
    def letters(self) -> list[str]:
        """The letters of the day, each once; of cancelled relations only when there is no other."""
        return list(dict.fromkeys(LETTERS[one.kind] for one in self._counting))

    @property
    def css(self) -> str:
        """How the day is drawn: colour never says more than the letter does."""
        if not self.relations:
            return "hol" if self.holiday else ""
        return "off" if self._counting[0].is_cancelled else TINTS[self._counting[0].kind]

    @property
    def _counting(self) -> list[Relation]:
        standing = [one for one in self.relations if not one.is_cancelled]
        return standing or list(self.relations)


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of seven places; a place outside the month is None."""

    first_day: date
    weeks: tuple[tuple[Cell | None, ...], ...]


def months(found: Iterable[Relation], *, year: int, on: date, language: str) -> list[Month]:
    """The twelve months of a year."""
    days = _marked(found, on)
    return [_month(year, number, days, on, language) for number in range(1, 13)]


def month(found: Iterable[Relation], *, year: int, number: int, on: date, language: str) -> Month:
    """One month."""
    return _month(year, number, _marked(found, on), on, language)


def counts(found: Iterable[Relation], *, year: int, on: date) -> dict[str, int]:
    """Days with something declared in a year, by kind, and those of cancelled relations only."""
    days: dict[str, set[date]] = defaultdict(set)
    for one in found:
        name = "cancelled" if one.is_cancelled else one.kind.value
        days[name] |= {day for day in rules.marked_days(one.span, on=on) if day.year == year}
    return {name: len(marked) for name, marked in days.items() if marked}


def _marked(found: Iterable[Relation], on: date) -> dict[date, list[Relation]]:
    days: dict[date, list[Relation]] = defaultdict(list)
    for one in found:
        for day in rules.marked_days(one.span, on=on):
            days[day].append(one)
    return days


def _month(
    year: int, number: int, days: dict[date, list[Relation]], on: date, language: str
) -> Month:
    holidays = {one.day: one.holiday.label.in_language(language) for one in legal_holidays(year)}

    def cell(day: int) -> Cell | None:
        if not day:
            return None
        here = date(year, number, day)
        return Cell(here, tuple(days.get(here, ())), holidays.get(here, ""), here == on)

    weeks = _WEEKS.monthdayscalendar(year, number)
    return Month(date(year, number, 1), tuple(tuple(map(cell, week)) for week in weeks))
