"""The allowance, towards the National Employment Office: the second of the two doors.

Somebody can have the right to be absent and no allowance; this says nothing of the right. Amounts
stand in ``amounts``. Sources: Royal Decree of 12 December 2001 (time credit and private sector),
Royal Decree of 2 January 1991 (thematic leave, public sector), Royal Decree of 26 January 2023
(reform of 1 February 2023); parameters ``career_break.*allowance*``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

from guichet.kernel.period import Period, end_for
from guichet.kernel.verdict import Finding, Severity, Verdict
from guichet.rules.career_break import ages, counters, seniority
from guichet.rules.career_break.credits import (
    Amount,
    Counter,
    Scope,
    Standing,
    week_cost,
    worth,
)
from guichet.rules.career_break.end_of_career import end_of_career_findings
from guichet.rules.career_break.facts import Facts, View
from guichet.rules.career_break.figures import figure, is_on
from guichet.rules.career_break.filing import allowance_first_day, last_day_for_whole_allowance
from guichet.rules.career_break.findings import Count, Missing, found, is_unknown, unknown
from guichet.rules.career_break.kinds import Layer, Leave, Motive, Regime
from guichet.rules.career_break.regimes import (
    FULL_TIME,
    least_share,
    regime_findings,
    share_elsewhere,
)

_WEEK: Final = 7
_ONE_DAY: Final = timedelta(days=1)


class Payment(StrEnum):
    """For how much of the break an allowance is paid."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What comes of the wish.

    ``is_certain``: nothing is left to be checked later. ``paid_from``: the first day with an
    allowance, None when it is not known when the file was complete. ``paid``: what of the credit
    is paid, when that is less than what is asked.
    """

    payment: Payment
    is_certain: bool
    paid_from: date | None
    paid: Amount | None = None


def allowance(facts: Facts) -> Verdict[Allowance]:
    """Whether the office pays for the wished break, with every reason.

    Raises UnknownParameter for a first day before 2002, which no request may have.
    """
    findings = tuple(_findings(facts))
    limit = _paid_units(facts)
    wished = counters.wished_cost(facts)
    payment, paid = Payment.WHOLE, None
    if limit is not None and wished > limit.left:
        payment = Payment.PART if limit.left else Payment.NONE
        paid = _worth(facts, limit.left)
        severity = Severity.WARN if limit.left else Severity.BLOCK
        findings += (found(limit.key, severity, paid=paid, regime=facts.regime),)
    if any(finding.severity is Severity.BLOCK for finding in findings):
        payment, paid = Payment.NONE, None
    certain = not any(is_unknown(finding) for finding in findings)
    return Verdict(Allowance(payment, certain, _paid_from(facts, payment), paid), findings)


def last_paid_day(facts: Facts, part: Amount, *, first_day: date) -> date:
    """The last day of what is paid of a break, from a day on; before it when nothing is.

    Of separate weeks only the days of the weeks themselves count.
    """
    if facts.regime.is_by_weeks:
        rest = _WEEK * part.weeks
        for block in facts.blocks_of_days:
            begin = max(block.first_day, first_day)
            inside = (block.last_day - begin).days + 1
            if 0 < inside < rest:
                rest -= inside
            elif inside > 0:
                return begin + timedelta(days=rest - 1)
        return facts.last_day or first_day
    end = end_for(first_day, months=part.months) if part.months else first_day - _ONE_DAY
    return end + timedelta(days=_WEEK * part.weeks + part.days)


@dataclass(frozen=True, slots=True)
class _Limit:
    key: str
    left: int


def _findings(facts: Facts) -> Iterator[Finding]:
    if facts.leave is Leave.TIME_CREDIT:
        yield from seniority.allowance_findings(facts)
        yield from _hours(facts)
        yield from ages.allowance_findings(facts)
        if facts.motive is Motive.CHILD and facts.history is None:
            yield unknown("TC-10", Missing.HISTORY)
    if facts.leave is Leave.END_OF_CAREER:
        yield from seniority.allowance_findings(facts)
        yield from regime_findings(facts)
        yield from end_of_career_findings(facts, Layer.ALLOWANCE)
    if facts.leave is Leave.PARENTAL and facts.person.born_on is None:
        yield unknown("PL-11", Missing.BIRTH_OF_CHILD)
    yield from _circumstances(facts)
    if facts.completed_on is not None:
        start = allowance_first_day(start=facts.first_day, complete_on=facts.completed_on)
        if start > facts.first_day:
            yield found(
                "FILING.late",
                Severity.WARN,
                since=start,
                until=last_day_for_whole_allowance(facts.first_day),
            )


def _circumstances(facts: Facts) -> Iterator[Finding]:
    if facts.has_forbidden_activity:
        yield found("TC-20", Severity.BLOCK)
    elif facts.has_forbidden_activity is None and facts.view is not View.EMPLOYER:
        yield unknown("TC-20", Missing.ACTIVITY)
    if facts.lives_in_eea is False:
        yield found("RESIDENCE", Severity.BLOCK)
    elif facts.lives_in_eea is None and facts.view is not View.EMPLOYER:
        yield unknown("RESIDENCE", Missing.RESIDENCE)


def _hours(facts: Facts) -> Iterator[Finding]:
    """Full time in the year before the notice; for a full break also part-time in two years.

    From 1 February 2023. Somebody at three quarters keeps the right to a half and is not paid.
    """
    if facts.regime not in (Regime.FULL, Regime.HALF):
        return
    if not is_on("regime.allowance_asks_full_time", on=facts.asked_on):
        return
    year = figure("regime.months_before", on=facts.asked_on)
    if facts.worked is None or facts.notice_on is None:
        is_part_time = facts.job is not None and facts.job.share < FULL_TIME
        if is_part_time and facts.regime is Regime.HALF and not facts.other_jobs:
            yield found("TC-07.half", Severity.BLOCK, months=Count(year, "month"))
        else:
            yield unknown("TC-07", Missing.HOURS_BEFORE)
        return
    if _least(facts, year) >= FULL_TIME:
        return
    if facts.regime is Regime.HALF:
        yield found("TC-07.half", Severity.BLOCK, months=Count(year, "month"))
        return
    longer = figure("regime.months_before_part_time", on=facts.asked_on)
    if _least(facts, longer) <= 0:
        yield found(
            "TC-07.full", Severity.BLOCK, months=Count(year, "month"), longer=Count(longer, "month")
        )


def _least(facts: Facts, months: int) -> Fraction:
    if facts.worked is None or facts.notice_on is None:
        return Fraction()
    least = least_share(facts.worked, before=facts.notice_on, months=months) or Fraction()
    # Nothing was worked here in a gap, whatever was worked elsewhere.
    return least + share_elsewhere(facts) if least else least


def _paid_units(facts: Facts) -> _Limit | None:
    if facts.leave is Leave.TIME_CREDIT and facts.motive is Motive.CHILD:
        standing = counters.child_standing(facts)
        left = None if standing is None else standing.left
        return None if left is None else _Limit("TC-10", left)
    units = ages.paid_units(facts)
    standing = counters.standing(facts)
    if units is None or standing is None or standing.tightest is None:
        return None
    return _Limit("PL-11", max(0, units - standing.tightest.used))


def _worth(facts: Facts, units: int) -> Amount:
    if facts.regime.is_by_weeks:
        return Amount(0, weeks=units // week_cost(facts.leave, on=facts.first_day))
    counter = Counter(Scope.ALLOWANCE, units, 0)
    standing = Standing(facts.leave, facts.first_day, (counter,))
    return worth(standing, facts.regime) or Amount(0)


def _paid_from(facts: Facts, payment: Payment) -> date | None:
    if payment is Payment.NONE or facts.completed_on is None:
        return None
    start = allowance_first_day(start=facts.first_day, complete_on=facts.completed_on)
    last = facts.blocks_of_days[-1].last_day if facts.blocks_of_days else None
    return None if last is not None and not Period(facts.first_day, last).contains(start) else start
