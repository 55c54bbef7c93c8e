"""Closures: of which nothing is communicated, and how many days of unemployment they give.

Source: Act of 3 July 1978, art. 28, 1°; Royal Decree of 25 November 1991; ONEM leaflet E23.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from guichet.rules.temporary_unemployment.figures import figure

CONSTRUCTION: Final = "124"


def vacation_unemployment(*, closure_days: int, holidays_left: int) -> int:
    """The days of a closure for annual holidays that nobody's holiday pay covers.

    In working days of the worker. ``holidays_left``: own, then youth or senior holidays, which are
    used first; what was used up with a former employer is not left and does not count against him,
    what was freely taken with this employer counts as left.
    """
    return max(0, closure_days - max(0, holidays_left))


def vacation_credit(*, days_a_week: int, used_days: int, on: date) -> int:
    """Days of unemployment for annual closure that are left in the calendar year and employer."""
    return max(0, figure("closure.weeks", on=on) * days_a_week - used_days)


def may_be_rest_closure(*, entered_on: date, closed_on: date, committee: str) -> bool:
    """Whether a shortage of compensatory rest gives unemployment in a closure.

    Only who entered service this year or the year before, never in construction.
    """
    is_recent = closed_on.year - 1 <= entered_on.year and entered_on <= closed_on
    return is_recent and committee.partition(".")[0] != CONSTRUCTION
