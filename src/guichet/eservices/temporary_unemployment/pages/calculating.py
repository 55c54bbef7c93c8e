"""The calculator beside the days: a calendar picture and its table, from the same marks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from guichet.eservices.temporary_unemployment import deadlines as days
from guichet.eservices.temporary_unemployment import typed
from guichet.eservices.temporary_unemployment.deadlines import Mark
from guichet.eservices.temporary_unemployment.pages.walking import Walk
from guichet.eservices.temporary_unemployment.phrases import MARKS
from guichet.rules.temporary_unemployment.workdays import OnemCalendar

_MOST_MONTHS: Final = 4
_LETTERS: Final = "ABCDEFGHIJKLMNOP"


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the picture: its letter and tone, empty for an ordinary one."""

    day: date
    letter: str
    tone: str
    name: Any
    is_today: bool
    is_off: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the picture; a None stands for a day of another month."""

    first_day: date
    weeks: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A mark in words."""

    letter: str
    name: Any
    mark: Mark


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The same marks, as a table and as a picture."""

    rows: tuple[Row, ...]
    months: tuple[Month, ...]
    days_off: bool


def deadlines(walk: Walk, step: str, boxes: Mapping[str, Any]) -> Deadlines:
    """What the calculator shows for the boxes of a step."""
    read = walk.read({step: boxes})
    said = read.told.said
    if not said.lines and said.first_day is None:
        said = replace(said, first_day=typed.day_of(str(boxes.get("day", ""))))
    known = walk.known(replace(read, told=replace(read.told, said=said)))
    found = days.marks(said, known)
    rows = tuple(
        Row(letter, MARKS[mark.name], mark) for letter, mark in zip(_LETTERS, found, strict=False)
    )
    months = tuple(
        _month(first, rows, known.calendar, walk.today) for first in _months(rows, walk.today)
    )
    off = bool(known.calendar.bridge_days or known.calendar.replacement_days)
    return Deadlines(rows, months, off)


def _months(rows: Sequence[Row], today: date) -> list[date]:
    """The months in which something begins or ends, the earliest ones."""
    named = {day.replace(day=1) for row in rows for day in (row.mark.first_day, row.mark.last_day)}
    return sorted(named)[:_MOST_MONTHS]


def _month(first: date, rows: Sequence[Row], calendar: OnemCalendar, today: date) -> Month:
    count = monthrange(first.year, first.month)[1]
    cells: list[Cell | None] = [None] * first.weekday()
    for at in range(count):
        day = first + timedelta(days=at)
        cells.append(_cell(day, rows, is_today=day == today, is_off=not calendar.is_working(day)))
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))
    return Month(first, weeks)


def _cell(day: date, rows: Sequence[Row], *, is_today: bool, is_off: bool) -> Cell:
    """The shortest mark wins where several lie on a day: it says more."""
    here = [row for row in rows if row.mark.first_day <= day <= row.mark.last_day]
    if not here:
        return Cell(day, "", "", "", is_today, is_off)
    row = min(here, key=lambda each: each.mark.last_day - each.mark.first_day)
    return Cell(day, row.letter, row.mark.tone, row.name, is_today, is_off)
