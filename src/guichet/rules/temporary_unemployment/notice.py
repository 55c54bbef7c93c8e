"""When workers and the office must have been told of economic unemployment, and what late costs.

"n calendar days before, the day of the notice not counted": between the notice and the first day S
lie at least n days, so the last day for it is S - (n + 1). The office is told on the day of the
notice. Late is warned about, never refused: the employer owes wage for the first days.

Source: Act of 3 July 1978, art. 51 (blue collars) and 77/4 (white collars); ONEM leaflets E22, E55.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.figures import figure
from guichet.rules.temporary_unemployment.terms import NoticeRule, Terms
from guichet.rules.temporary_unemployment.workdays import OnemCalendar

_ONE_DAY: Final = timedelta(days=1)
_WEDNESDAY: Final = 2


@dataclass(frozen=True, slots=True)
class LastNotice:
    """The last day for a notice; ``at_start_of_day``: before work begins on it."""

    day: date
    at_start_of_day: bool = False


@dataclass(frozen=True, slots=True)
class Lateness:
    """What a late notice costs and how it is repaired.

    ``days``: calendar days after the last day for it, 1 or more. ``wage``: the days of normal wage;
    ``allowances_from``: None when the whole suspension is paid. ``start_instead``: the first start
    that the same notice would have allowed; the end stays where it was.
    """

    days: int
    last_notice: date
    wage: Period
    allowances_from: date | None
    start_instead: date


def latest_notice(start: date, *, terms: Terms, calendar: OnemCalendar | None = None) -> LastNotice:
    """The last day on which a notice for a suspension that starts on ``start`` is in time."""
    match terms.notice:
        case NoticeRule.DAYS:
            return LastNotice(start - timedelta(days=terms.notice_days + 1))
        case NoticeRule.WEDNESDAY:
            monday = start - timedelta(days=start.weekday())
            return LastNotice(monday - timedelta(days=7 - _WEDNESDAY))
        case NoticeRule.LAST_WORKING_DAY:
            return LastNotice((calendar or OnemCalendar()).before(start), at_start_of_day=True)


def earliest_start(posted_on: date, *, terms: Terms, calendar: OnemCalendar | None = None) -> date:
    """The first start that a notice of ``posted_on`` allows."""
    days = calendar or OnemCalendar()
    match terms.notice:
        case NoticeRule.DAYS:
            start = posted_on + timedelta(days=terms.notice_days + 1)
        case NoticeRule.WEDNESDAY:
            weeks = 1 if posted_on.weekday() <= _WEDNESDAY else 2
            start = posted_on + timedelta(days=7 * weeks - posted_on.weekday())
        case NoticeRule.LAST_WORKING_DAY:
            # The notice itself must fall on a working day, or wait for the next one.
            told = posted_on if days.is_working(posted_on) else days.after(posted_on)
            start = told + _ONE_DAY
    return days.first_of_week(start) if terms.starts_first_working_day else start


def first_start(
    posted_on: date,
    *,
    terms_on: Callable[[date], Terms],
    after: date | None = None,
    calendar: OnemCalendar | None = None,
) -> date:
    """The first start that a notice of ``posted_on`` allows, where terms may change meanwhile.

    ``terms_on``: the terms of a suspension that starts on a day: each start is judged by its own.
    ``after``: only starts later than this day.
    """
    days = calendar or OnemCalendar()
    day = max(posted_on, after or posted_on) + _ONE_DAY
    rules = terms_on(day)
    start = earliest_start(posted_on, terms=rules, calendar=days)
    if start >= day and terms_on(start) == rules:
        return start
    while not _allows(posted_on, day, terms_on(day), days):
        day += _ONE_DAY
    return day


def _allows(posted_on: date, start: date, rules: Terms, days: OnemCalendar) -> bool:
    if rules.starts_first_working_day and days.first_of_week(start) != start:
        return False
    return posted_on <= latest_notice(start, terms=rules, calendar=days).day


def days_between(posted_on: date, start: date) -> int:
    """The days that lie between a notice and the start, neither counted; 0 when there is none."""
    return max(0, (start - posted_on).days - 1)


def lateness(
    *,
    posted_on: date,
    start: date,
    terms: Terms,
    last_day: date | None = None,
    first_effective: date | None = None,
    calendar: OnemCalendar | None = None,
    terms_on: Callable[[date], Terms] | None = None,
) -> Lateness | None:
    """What a notice costs that came too late; None for one in time.

    ``last_day``: of the suspension, when known. ``first_effective``: the first day really without
    work, from which the wage counts; the start when unknown. ``terms_on``: those of another start,
    which may lie beyond the end of a derogation; the same when left out.
    """
    last = latest_notice(start, terms=terms, calendar=calendar).day
    if posted_on <= last:
        return None
    begun = first_effective or start
    wage_days = figure("notice.wage_days", on=start)
    until = begun + timedelta(days=wage_days - 1)
    whole = last_day is not None and last_day <= until
    return Lateness(
        days=(posted_on - last).days,
        last_notice=last,
        wage=Period(begun, max(begun, last_day) if last_day and whole else until),
        allowances_from=None if whole else until + _ONE_DAY,
        start_instead=first_start(
            posted_on, terms_on=terms_on or (lambda day: terms), after=start, calendar=calendar
        ),
    )


def communication_gap(*, posted_on: date, received_on: date) -> int:
    """How many days the office was told after the notice; they must be the same day."""
    return (received_on - posted_on).days


def told_on(
    *, original: date, changed: date, keeps_end: bool, moves_start: bool, adds_workers: bool
) -> date:
    """The day of receipt that counts for a changed communication.

    The original one only where the start is moved later, the end kept, and nobody added: a new
    period or new workers take the day of the change.
    """
    return original if moves_start and keeps_end and not adds_workers else changed
