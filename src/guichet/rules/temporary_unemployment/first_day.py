"""The communication of the first effective day of each month: when it may be sent, what it opens.

One per worker, employer and calendar month with unemployment for economic causes, of white collars,
for a technical accident or bad weather. Days are those of Brussels, counted in working days of the
office; hours play no part.

Source: Programme Act of 22 June 2012; Royal Decrees of 20 September 2012 and 3 February 2014; ONEM
leaflet E57.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from guichet.kernel.moments import brussels_day
from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.control_card import uncovered_day
from guichet.rules.temporary_unemployment.figures import figure
from guichet.rules.temporary_unemployment.kinds import Reason
from guichet.rules.temporary_unemployment.reasons import FIRST_DAY_REASONS
from guichet.rules.temporary_unemployment.workdays import OnemCalendar

_ONE_DAY: Final = timedelta(days=1)
_AHEAD: Final = (Reason.ECONOMIC, Reason.WHITE_COLLAR)


class NotCommunicated(ValueError):
    """A reason without a monthly communication."""


class Outcome(StrEnum):
    """How the day of sending lies to the window; too early counts as not made."""

    TOO_EARLY = "too_early"
    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Sent:
    """A judgement; ``accepted_from``: None when too early, or when the month was over.

    ``far_ahead``: more calendar days before the first day than a window of plain weeks explains,
    so that holidays should be checked.
    """

    outcome: Outcome
    window: Period
    accepted_from: date | None
    far_ahead: bool = False


@dataclass(frozen=True, slots=True)
class Charge:
    """What the employer pays: days of normal wage, then days of capped wage."""

    normal: Period
    capped: Period | None


@lru_cache(maxsize=1_024)
def window(*, reason: Reason, day: date, calendar: OnemCalendar) -> Period:
    """The days on which the first effective day ``day`` may be communicated.

    Raises NotCommunicated, or UnknownParameter for a time before the rule.
    """
    if reason not in FIRST_DAY_REASONS:
        raise NotCommunicated(reason)
    name = "working_days_before" if reason in _AHEAD else "working_days_before_other"
    first = calendar.before(day, count=figure(f"first_day.{name}", on=day))
    last = calendar.after(day, count=figure("first_day.working_days_after", on=day))
    return Period(first, last)


def judged(*, reason: Reason, day: date, sent_at: datetime, calendar: OnemCalendar) -> Sent:
    """How a communication sent at an aware moment lies to its window.

    A late one is accepted from the working day before the sending, within the month of ``day``.
    """
    sent_on = brussels_day(sent_at)
    days = window(reason=reason, day=day, calendar=calendar)
    if sent_on < days.first_day:
        ahead = (day - sent_on).days > figure("first_day.too_early_days", on=day)
        return Sent(Outcome.TOO_EARLY, days, None, far_ahead=ahead)
    if sent_on <= days.last_day:
        return Sent(Outcome.ON_TIME, days, day)
    opens = calendar.before(sent_on)
    return Sent(Outcome.LATE, days, opens if opens <= month_end(day) else None)


def may_be_cancelled(
    *, reason: Reason, day: date, cancelled_at: datetime, calendar: OnemCalendar
) -> bool:
    """Whether a cancellation comes in time: in the window (E, SE), or up to its end (I, T)."""
    on = brussels_day(cancelled_at)
    days = window(reason=reason, day=day, calendar=calendar)
    opened = reason not in _AHEAD or days.first_day <= on
    return opened and on <= days.last_day


def is_needed(day: date, *, communicated: Iterable[date]) -> bool:
    """Whether a first day in the month of ``day`` must be told: once a month, whatever the reason.

    ``communicated``: first days of this worker with this employer that were told in time.
    """
    month = (day.year, day.month)
    return all((each.year, each.month) != month for each in communicated)


def covers(
    communicated: date,
    *,
    real: date,
    calendar: OnemCalendar,
    marked: Iterable[date] = (),
) -> bool:
    """Whether a communicated day holds for the first day of the monthly declaration.

    The same day, the next working day, or the first day after those that the control card marks
    as incapacity, holiday or other (``marked``).
    """
    return real in stands_for(communicated, calendar=calendar, marked=marked)


def stands_for(
    communicated: date, *, calendar: OnemCalendar, marked: Iterable[date] = ()
) -> tuple[date, ...]:
    """The first days of a monthly declaration for which a communicated day holds, in order."""
    resumed = uncovered_day(communicated, marked=marked)
    allowed = {communicated, calendar.after(communicated), resumed}
    if resumed != communicated and not calendar.is_working(resumed):
        allowed.add(calendar.after(resumed))
    return tuple(sorted(allowed))


def charge(
    *,
    reason: Reason,
    day: date,
    accepted_from: date | None,
    prior_missing: bool = False,
) -> Charge | None:
    """What a late or missing communication costs; None when nothing is at the employer's charge.

    ``accepted_from``: as judged; None for one that is missing, until the end of the month.
    ``prior_missing``: the announcement of the suspension misses as well.
    """
    last = month_end(day) if accepted_from is None else accepted_from - _ONE_DAY
    if last < day:
        return None
    most = figure(_wage_figure(reason, prior_missing), on=day)
    normal = Period(day, min(last, day + timedelta(days=most - 1)))
    if normal.last_day == last:
        return Charge(normal, None)
    return Charge(normal, Period(normal.last_day + _ONE_DAY, last))


def month_end(day: date) -> date:
    """The last day of the month: until then a communication holds."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _wage_figure(reason: Reason, prior_missing: bool) -> str:
    if prior_missing and reason in _AHEAD:
        return "first_day.wage_days_both"
    accident = reason is Reason.ACCIDENT
    return "first_day.wage_days_accident" if accident else "first_day.wage_days"
