"""Whether somebody would have worked on a day, as far as it is known.

Not one of the two calendars of deadlines: this only says whether a first day looks like a slip.
"""

from __future__ import annotations

from datetime import date

from guichet.rules.calendar import is_legal_holiday
from guichet.rules.temporary_unemployment.workdays import OnemCalendar


def is_usual(day: date, *, usual_days: frozenset[int] | None, calendar: OnemCalendar) -> bool:
    """Whether work is usual: no holiday, replacement or bridge day, and a weekday of the schedule.

    ``usual_days``: Monday is 0; Monday to Friday when it is not told.
    """
    if is_legal_holiday(day) or day in calendar.replacement_days or day in calendar.bridge_days:
        return False
    return day.weekday() in (frozenset(range(5)) if usual_days is None else usual_days)
