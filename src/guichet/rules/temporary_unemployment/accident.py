"""The days after a technical accident: what is told by when, what is paid, when suspension starts.

Wage is due for seven days with that of the accident; only a longer stop is worth telling.

Source: Act of 3 July 1978, art. 49; ONEM leaflet E27. The nature is told on the first *working* day
after, the reading of the office that is the more generous one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from guichet.kernel.period import Period, end_for
from guichet.rules.temporary_unemployment.figures import figure
from guichet.rules.temporary_unemployment.workdays import OnemCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class AccidentDays:
    """``wage``: the guaranteed days; ``warned_after``: last day that is not too long."""

    nature_by: date
    council_by: date
    list_by: date
    wage: Period
    suspension_from: date
    warned_after: date


def accident_days(
    accident_on: date, *, calendar: OnemCalendar, showed_up: bool = False
) -> AccidentDays:
    """Every day that counts after an accident.

    ``showed_up``: workers who were not warned came that day; it is paid and the seven days start
    on the next one.
    """
    first = accident_on + timedelta(days=1 if showed_up else 0)
    wage_days = figure("accident.wage_days", on=accident_on)
    begins = first + timedelta(days=wage_days)
    return AccidentDays(
        nature_by=calendar.after(accident_on),
        council_by=_later(accident_on, "council_days"),
        list_by=_later(accident_on, "list_days"),
        wage=Period(accident_on, begins - timedelta(days=1)),
        suspension_from=begins,
        warned_after=last_day_unwarned(begins),
    )


def last_day_unwarned(begins: date) -> date:
    """The last day of a suspension that is not warned about as too long."""
    return end_for(begins, months=figure("accident.months", on=begins))


def _later(accident_on: date, name: str) -> date:
    return accident_on + timedelta(days=figure(f"accident.{name}", on=accident_on))
