"""The electronic control card eC3.2: when a month may be sent, and how many allowances it gives.

A working day of the card is Monday to Friday without legal holidays; bridge days and replacement
holidays of the employer play no part here.

Source: Royal Decree of 25 November 1991, art. 71ter § 2 (card) and art. 106 (number of allowances).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

from guichet.rules.calendar import is_working_day

_ONE_DAY: Final = timedelta(days=1)
_HALF: Final = Fraction(1, 2)


class CardCode(StrEnum):
    """What a worker marks on a day without work, besides the unemployment itself."""

    INCAPACITY = "M"
    HOLIDAY = "V"
    OTHER = "A"


def earliest_sending(day: date, *, early_allowed: bool = False) -> date:
    """The first day on which the card of the month of ``day`` may be sent.

    The last working day but one. ``early_allowed``: no more allowance is asked for the rest of the
    month, or the office allowed an early payment; then from the first of the month.
    """
    first = day.replace(day=1)
    if early_allowed:
        return first
    days = [first + timedelta(days=n) for n in range(31)]
    return [each for each in days if each.month == first.month and is_working_day(each)][-2]


def allowances(*, unemployed: Fraction, weekly: Fraction) -> Fraction:
    """How many daily allowances a month gives: P x 6 / Q, in halves.

    ``unemployed``: hours without work in the month (P); ``weekly``: mean hours a week of the
    worker (Q). Rounded down below a quarter, to a half from a quarter, up from three quarters.
    Raises ValueError for hours below zero, or no weekly hours.
    """
    if unemployed < 0 or weekly <= 0:
        raise ValueError("hours are not negative, and a week has some")
    halves = unemployed * 6 / weekly / _HALF + _HALF
    return (halves.numerator // halves.denominator) * _HALF


def uncovered_day(communicated: date, *, marked: Iterable[date]) -> date:
    """The first day from ``communicated`` that the card does not mark M, V or A, by calendar days.

    ``marked``: days with one of these codes.
    """
    off = frozenset(marked)
    while communicated in off:
        communicated += _ONE_DAY
    return communicated
