"""The working days of the National Employment Office, by which first effective days are judged.

Monday to Friday without the ten legal holidays, without the replacement holidays and the bridge
days of the establishment; the schedule of the worker plays no part. The control card counts other
days (``control_card``): the two calendars are never mixed.

Source: guideline of the office on the monthly communication, leaflet E57; Act of 4 January 1974.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from guichet.rules import calendar

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OnemCalendar:
    """``replacement_days``: days off in place of a holiday; ``bridge_days``: closed in between."""

    replacement_days: frozenset[date] = field(default_factory=frozenset)
    bridge_days: frozenset[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        """Whether ``day`` counts."""
        is_off = day in self.replacement_days or day in self.bridge_days
        return calendar.is_working_day(day) and not is_off

    def after(self, day: date, *, count: int = 1) -> date:
        """The ``count``-th (1 or more) working day after ``day``, which is not counted itself."""
        return self._walked(day, count, _ONE_DAY)

    def before(self, day: date, *, count: int = 1) -> date:
        """The ``count``-th (1 or more) working day before ``day``, which is not counted itself."""
        return self._walked(day, count, -_ONE_DAY)

    def first_of_week(self, day: date) -> date:
        """The first working day of the calendar week of ``day``, else of a later week."""
        sunday_before = day - timedelta(days=day.weekday() + 1)
        return self.after(sunday_before)

    def between(self, first_day: date, last_day: date) -> int:
        """How many working days lie between two days, both included; 0 when reversed."""
        days = (last_day - first_day).days + 1
        return sum(self.is_working(first_day + timedelta(days=n)) for n in range(days))

    def _walked(self, day: date, count: int, step: timedelta) -> date:
        if count < 1:
            raise ValueError("at least one working day")
        while count:
            day += step
            count -= self.is_working(day)
        return day
