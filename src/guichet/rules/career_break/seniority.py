"""How long somebody must have worked for the employer before the notice.

Sources: CCT 103 (24 months before the written notice for time credit and end of career), Royal
Decree of 29 October 1997 art. 4 (12 months in the 15 before the notice for parental leave; time as
temporary worker at the same user counts since 10 November 2022), Royal Decree of 12 December 2001
(36 months for the allowance of the child motive, notices from 1 June 2023).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from guichet.kernel.period import Period, months_after, months_before
from guichet.kernel.verdict import Finding, Severity
from guichet.rules.career_break.credits import MONTH_DAYS
from guichet.rules.career_break.facts import Facts
from guichet.rules.career_break.figures import figure, is_on
from guichet.rules.career_break.findings import Count, Missing, found, unknown
from guichet.rules.career_break.kinds import Leave, Motive
from guichet.rules.career_break.periods import months_and_days

_ONE_DAY: Final = timedelta(days=1)
_CHILDREN: Final = frozenset({Motive.CHILD, Motive.DISABLED_CHILD})


def right_findings(facts: Facts) -> Iterator[Finding]:
    """What the right to be absent asks of seniority."""
    match facts.leave:
        case Leave.TIME_CREDIT | Leave.END_OF_CAREER:
            rule = "TC-02" if facts.leave is Leave.TIME_CREDIT else "EOC-02"
            yield from _at_least(facts, rule, "seniority.right")
        case Leave.PARENTAL:
            yield from _twelve_of_fifteen(facts)
        case _:
            return


def allowance_findings(facts: Facts) -> Iterator[Finding]:
    """What the allowance asks of seniority: more than the right, for the child motive."""
    if facts.leave is Leave.END_OF_CAREER:
        yield from _at_least(facts, "EOC-02", "seniority.right")
    if facts.leave is Leave.TIME_CREDIT and facts.motive is Motive.CHILD:
        yield from _at_least(facts, "TC-04", "seniority.child_allowance")


def is_after_all_parental_leave(facts: Facts) -> bool | None:
    """Whether a time credit for a child follows, without a gap, the last of all parental leave."""
    if facts.leave is not Leave.TIME_CREDIT or facts.motive not in _CHILDREN:
        return False
    if facts.all_parental_used is False:
        return False
    if facts.history is None:
        return None
    follows = any(
        taken.leave is Leave.PARENTAL and (facts.first_day - taken.period.last_day).days == 1
        for taken in facts.history
    )
    # With a gap it does not matter whether everything was used.
    return facts.all_parental_used if follows else False


def first_notice(since: date, *, months: int) -> date:
    """The first day of a notice on which so many months of service are behind it."""
    day = months_after(since, months=months)
    while months_before(day, months=months) < since:
        day += _ONE_DAY
    return day


def unbroken(periods: Iterable[Period], *, on: date) -> Period | None:
    """The service without a gap around a day; None when none runs then.

    Contracts that follow each other day by day are one service.
    """
    found: list[Period] = []
    for period in sorted(periods):
        if found and period.first_day <= found[-1].last_day + _ONE_DAY:
            last = max(found[-1].last_day, period.last_day)
            found[-1] = Period(found[-1].first_day, last)
        else:
            found.append(period)
    return next((each for each in found if each.contains(on)), None)


def months_in(periods: Iterable[Period], window: Period) -> tuple[int, int]:
    """Months and days of service in a window; 30 odd days make a month, no day counts twice."""
    days = 0
    seen_to: date | None = None
    for period in sorted(periods):
        shared = period.overlap(window)
        if shared is None or (seen_to is not None and shared.last_day <= seen_to):
            continue
        if seen_to is not None and shared.first_day <= seen_to:
            shared = Period(seen_to + _ONE_DAY, shared.last_day)
        months, odd = months_and_days(shared)
        days += months * MONTH_DAYS + odd
        seen_to = shared.last_day
    return divmod(days, MONTH_DAYS)


def _earliest(since: date, name: str, *, months: int) -> date:
    """The first day of a notice in time, by what is asked on that day itself."""
    day = first_notice(since, months=months)
    needed = figure(name, on=day)
    return day if needed <= months else _earliest(since, name, months=needed)


def _at_least(facts: Facts, rule: str, name: str) -> Iterator[Finding]:
    months = figure(name, on=facts.asked_on)
    if facts.notice_on is None or facts.employed_since is None:
        missing = Missing.NOTICE if facts.notice_on is None else Missing.EMPLOYED_SINCE
        yield unknown(rule, missing)
        return
    if facts.employed_since <= months_before(facts.notice_on, months=months):
        return
    if rule == "TC-02" and (exempt := is_after_all_parental_leave(facts)) is not False:
        if exempt:
            yield found("TC-03", Severity.INFORM)
        else:
            yield unknown("TC-03", Missing.PARENTAL_USED)
        return
    yield found(
        rule,
        Severity.BLOCK,
        months=Count(months, "month"),
        since=facts.employed_since,
        notice=facts.notice_on,
        earliest=_earliest(facts.employed_since, name, months=months),
    )


def _twelve_of_fifteen(facts: Facts) -> Iterator[Finding]:
    is_served = facts.employed_since is not None or facts.service or facts.temporary
    if facts.notice_on is None or not is_served:
        missing = Missing.NOTICE if facts.notice_on is None else Missing.EMPLOYED_SINCE
        yield unknown("PL-08", missing)
        return
    needed = figure("seniority.parental_months", on=facts.notice_on)
    span = figure("seniority.parental_window", on=facts.notice_on)
    window = Period(months_before(facts.notice_on, months=span), facts.notice_on - _ONE_DAY)
    service = list(facts.service)
    if is_on("seniority.temporary_counts", on=facts.notice_on):
        service += facts.temporary
    if facts.employed_since is not None and facts.employed_since <= window.last_day:
        service.append(Period(facts.employed_since, window.last_day))
    if _is_long_enough(facts, service, window, needed):
        return
    yield found("PL-08", Severity.BLOCK, months=Count(needed, "month"), window=Count(span, "month"))


def _is_long_enough(facts: Facts, service: list[Period], window: Period, needed: int) -> bool:
    since, notice = facts.employed_since, facts.notice_on
    # Months of different lengths must not cost anybody a day: the calendar decides first.
    if since and notice and since <= months_before(notice, months=needed):
        return True
    return months_in(service, window)[0] >= needed
