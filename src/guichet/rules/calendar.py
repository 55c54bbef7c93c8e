"""The ten legal holidays of Belgium by rule, and working days.

Source: Act of 4 January 1974 on holidays, art. 4; Royal Decree of 18 April 1974, art. 1. The
National Day and the others are fixed by date or by their distance from Easter Sunday.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from guichet.kernel.label import Label

_ONE_DAY: Final = timedelta(days=1)


class Holiday(StrEnum):
    """A legal holiday."""

    NEW_YEAR = "newYear"
    EASTER_MONDAY = "easterMonday"
    LABOUR_DAY = "labourDay"
    ASCENSION = "ascension"
    WHIT_MONDAY = "whitMonday"
    NATIONAL_DAY = "nationalDay"
    ASSUMPTION = "assumption"
    ALL_SAINTS = "allSaints"
    ARMISTICE = "armistice"
    CHRISTMAS = "christmas"

    @property
    def label(self) -> Label:
        """Its name in four languages."""
        return _LABELS[self]


@dataclass(frozen=True, slots=True, order=True)
class LegalHoliday:
    """A holiday on its day of a year."""

    day: date
    holiday: Holiday


@lru_cache(maxsize=64)
def legal_holidays(year: int) -> tuple[LegalHoliday, ...]:
    """The ten legal holidays of ``year`` in order.

    Ten entries and sometimes nine days: in 2008 Ascension fell on the first of May.
    """
    easter = easter_sunday(year)
    moving = [LegalHoliday(easter + timedelta(days=n), kind) for kind, n in _AFTER_EASTER.items()]
    fixed = [LegalHoliday(date(year, m, d), kind) for kind, (m, d) in _ON_DATE.items()]
    return tuple(sorted(moving + fixed))


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(legal.day for legal in legal_holidays(year))


def is_legal_holiday(day: date) -> bool:
    """Whether ``day`` is one of the ten."""
    return day in _holidays(day.year)


def is_working_day(day: date) -> bool:
    """Whether ``day`` is Monday to Friday and no legal holiday."""
    return day.weekday() < 5 and not is_legal_holiday(day)


def working_day_after(day: date, *, count: int = 1) -> date:
    """The ``count``-th (1 or more) working day after ``day``, which is not counted itself."""
    if count < 1:
        raise ValueError("at least one working day")
    while count:
        day += _ONE_DAY
        count -= is_working_day(day)
    return day


def working_days(first_day: date, last_day: date) -> int:
    """How many working days lie between two days, both included; 0 when reversed."""
    return sum(
        is_working_day(first_day + timedelta(days=n))
        for n in range((last_day - first_day).days + 1)
    )


def easter_sunday(year: int) -> date:
    """Easter by the Gregorian reckoning, from 1583 (the anonymous algorithm of 1876)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap, rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - shift + 15) % 30
    quarter, left = divmod(in_century, 4)
    weekday = (32 + 2 * rest + 2 * quarter - epact - left) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


_AFTER_EASTER: Final[Mapping[Holiday, int]] = MappingProxyType(
    {Holiday.EASTER_MONDAY: 1, Holiday.ASCENSION: 39, Holiday.WHIT_MONDAY: 50}
)
_ON_DATE: Final[Mapping[Holiday, tuple[int, int]]] = MappingProxyType(
    {
        Holiday.NEW_YEAR: (1, 1),
        Holiday.LABOUR_DAY: (5, 1),
        Holiday.NATIONAL_DAY: (7, 21),
        Holiday.ASSUMPTION: (8, 15),
        Holiday.ALL_SAINTS: (11, 1),
        Holiday.ARMISTICE: (11, 11),
        Holiday.CHRISTMAS: (12, 25),
    }
)
_LABELS: Final[Mapping[Holiday, Label]] = MappingProxyType(
    {
        Holiday.NEW_YEAR: Label("Nieuwjaar", "Nouvel An", "Neujahr", "New Year's Day"),
        Holiday.EASTER_MONDAY: Label(
            "Paasmaandag", "Lundi de Pâques", "Ostermontag", "Easter Monday"
        ),
        Holiday.LABOUR_DAY: Label(
            "Dag van de Arbeid", "Fête du Travail", "Tag der Arbeit", "Labour Day"
        ),
        Holiday.ASCENSION: Label(
            "Onze-Lieve-Heer-Hemelvaart", "Ascension", "Christi Himmelfahrt", "Ascension Day"
        ),
        Holiday.WHIT_MONDAY: Label(
            "Pinkstermaandag", "Lundi de Pentecôte", "Pfingstmontag", "Whit Monday"
        ),
        Holiday.NATIONAL_DAY: Label(
            "Nationale feestdag", "Fête nationale", "Nationalfeiertag", "National Day"
        ),
        Holiday.ASSUMPTION: Label(
            "Onze-Lieve-Vrouw-Hemelvaart", "Assomption", "Mariä Himmelfahrt", "Assumption Day"
        ),
        Holiday.ALL_SAINTS: Label("Allerheiligen", "Toussaint", "Allerheiligen", "All Saints' Day"),
        Holiday.ARMISTICE: Label(
            "Wapenstilstand", "Armistice", "Waffenstillstand", "Armistice Day"
        ),
        Holiday.CHRISTMAS: Label("Kerstmis", "Noël", "Weihnachten", "Christmas Day"),
    }
)
