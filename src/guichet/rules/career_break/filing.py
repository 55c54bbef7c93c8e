"""When a request may be filed, and from which day a break is paid.

A request is complete when both parts and every mandatory document are there. Source: Royal Decree
of 12 December 2001; parameters ``career_break.filing.*``.
"""

from __future__ import annotations

from datetime import date, timedelta

from guichet.kernel.period import Period, end_for, months_before
from guichet.rules.dated import whole


def first_filing_day(start: date) -> date:
    """The first day on which a request for a break from ``start`` may be filed."""
    return months_before(start, months=_figure("most_months_before", start))


def last_day_for_whole_allowance(start: date) -> date:
    """The last day on which a complete request is paid from the start.

    Two months counted from the day after the start: for 1 September the first of November, for
    the last of February the last of April.
    """
    return end_for(start + timedelta(days=1), months=_figure("months_for_allowance", start))


def days_left(start: date, *, on: date) -> int:
    """Days in which a complete request is still paid from the start, ``on`` included; or 0."""
    return max(0, (last_day_for_whole_allowance(start) - on).days + 1)


def allowance_first_day(*, start: date, complete_on: date) -> date:
    """The day from which the break is paid: its start, or the day of the complete request."""
    return start if complete_on <= last_day_for_whole_allowance(start) else complete_on


def paid_period(period: Period, *, complete_on: date) -> Period | None:
    """The days of the break that are paid; None when the request came after its end."""
    first = allowance_first_day(start=period.first_day, complete_on=complete_on)
    return None if first > period.last_day else Period(first, period.last_day)


def _figure(name: str, start: date) -> int:
    return whole(f"career_break.filing.{name}", on=start)
