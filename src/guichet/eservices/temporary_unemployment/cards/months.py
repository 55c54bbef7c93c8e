"""A card as a page draws it: weeks of seven places, and the hours that it gives."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from guichet.eservices.temporary_unemployment.cards.sheets import Entry, Preferred, Sheet
from guichet.rules.calendar import legal_holidays
from guichet.rules.temporary_unemployment.card_days import CardDay, DayState, counts
from guichet.rules.temporary_unemployment.control_card import allowances

_WEEKS: Final = calendar.Calendar()


@dataclass(frozen=True, slots=True)
class Cell:
    """One day with the mark that stands; ``holiday``: its name in the language of the page."""

    one: CardDay
    standing: Entry | None
    holiday: str
    is_today: bool

    @property
    def is_late(self) -> bool:
        """Whether its work was marked after it began."""
        return self.one.is_marked and self.standing is not None and self.standing.is_late

    @property
    def is_rest(self) -> bool:
        """A day off that nobody marked: a Saturday, a Sunday, a holiday."""
        return not self.one.is_working and not self.one.is_marked


def weeks(found: Sheet, *, on: date, language: str) -> list[list[Cell | None]]:
    """The month as weeks; a place outside the month is None."""
    cells = {cell.one.day.day: cell for cell in as_cells(found, on=on, language=language)}
    rows = _WEEKS.monthdayscalendar(found.month.year, found.month.month)
    return [[cells.get(number) for number in row] for row in rows]


def as_cells(found: Sheet, *, on: date, language: str) -> list[Cell]:
    """Every day of the month."""
    holidays = {
        one.day: one.holiday.label.in_language(language) for one in legal_holidays(found.month.year)
    }
    return [
        Cell(one, found.standing(one.day), holidays.get(one.day, ""), one.day == on)
        for one in found.days
    ]


def allowance(days: Sequence[CardDay], chosen: Preferred) -> Fraction | None:
    """How many daily allowances the card gives, as far as the hours are known; art. 106."""
    if not chosen.weekly_minutes or not chosen.daily_minutes:
        return None
    number = counts(days).get(DayState.UNEMPLOYED, 0)
    return allowances(
        unemployed=Fraction(number * chosen.daily_minutes, 60),
        weekly=Fraction(chosen.weekly_minutes, 60),
    )
