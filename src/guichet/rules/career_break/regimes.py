"""Whether a régime goes with the hours that somebody works: full-time, three quarters, less.

Sources: CCT 103 (12 months before the notice for time credit, 24 for the end of a career),
CCT 103/7 (a fifth over fewer than five days, from 1 January 2026), Royal Decrees of 29 October 1997
art. 2 and 10 August 1998, Recovery Act of 22 January 1985 art. 100bis and 100ter; Royal Decree of
12 December 2001 for the allowance. Several jobs: their shares are added, and from 1 April 2017 a
fifth may be taken where they make one full-time job together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from guichet.kernel.period import Period, months_before
from guichet.kernel.verdict import Finding, Severity
from guichet.rules.career_break.facts import Facts, View, WorkedSpell
from guichet.rules.career_break.figures import figure, is_on
from guichet.rules.career_break.findings import Count, Missing, found, unknown
from guichet.rules.career_break.kinds import Leave, Regime

FULL_TIME: Final = Fraction(1)
_FIVE_DAYS: Final = 5
_ONE_DAY: Final = timedelta(days=1)
_RULES: Final = {
    Leave.TIME_CREDIT: "TC-05",
    Leave.END_OF_CAREER: "EOC-01",
    Leave.PARENTAL: "PL-02",
    Leave.MEDICAL_ASSISTANCE: "MA-02",
    Leave.PALLIATIVE: "PC-02",
    Leave.INFORMAL_CARER: "IC-04",
}
_HALF_FROM_THREE_QUARTERS: Final = frozenset(
    {Leave.TIME_CREDIT, Leave.END_OF_CAREER, Leave.MEDICAL_ASSISTANCE, Leave.PALLIATIVE}
)
_PERIODS: Final = {Leave.TIME_CREDIT: "months_before", Leave.END_OF_CAREER: "months_before_end"}


def regime_findings(facts: Facts) -> Iterator[Finding]:
    """What the hours of the contract, now and in the months before, say of the wished régime."""
    if facts.regime.is_full or facts.leave is Leave.ORDINARY:
        return
    rule, needed = _RULES[facts.leave], share_needed(facts)
    if facts.job is None:
        yield unknown(rule, Missing.HOURS)
        return
    if facts.works_four_fifths_by_credit and facts.leave is Leave.END_OF_CAREER:
        return
    elsewhere = share_elsewhere(facts)
    share = facts.job.share + elsewhere
    if share < needed and facts.other_jobs is None:
        yield unknown(rule, Missing.OTHER_JOBS)
    elif share < needed:
        yield _too_little(facts, rule, needed, is_added=bool(elsewhere))
    else:
        yield from _before(facts, rule, needed - elsewhere)
    if facts.regime is Regime.FIFTH:
        yield from _days(facts)


def share_needed(facts: Facts) -> Fraction:
    """The part of a full-time job that the régime asks for; 0 for a full break."""
    if facts.regime.is_full:
        return Fraction()
    if facts.regime is Regime.HALF and facts.leave in _HALF_FROM_THREE_QUARTERS:
        return Fraction(figure("regime.half_percent", on=facts.first_day), 100)
    return FULL_TIME


def least_share(worked: tuple[WorkedSpell, ...], *, before: date, months: int) -> Fraction | None:
    """The smallest part of a full-time job in the months before a day.

    0 where a part of those months was not worked at all; None when nothing was handed over.
    """
    if not worked:
        return None
    window = Period(months_before(before, months=months), before - _ONE_DAY)
    inside = sorted(
        (shared, spell.job.share)
        for spell in worked
        if (shared := spell.period.overlap(window)) is not None
    )
    covered_to = window.first_day - _ONE_DAY
    for period, _share in inside:
        if period.first_day > covered_to + _ONE_DAY:
            return Fraction()
        covered_to = max(covered_to, period.last_day)
    if covered_to < window.last_day:
        return Fraction()
    return min(share for _period, share in inside)


def share_elsewhere(facts: Facts) -> Fraction:
    """What the jobs with other employers add; nothing for a fifth of time credit before 2017."""
    is_credit = facts.leave in (Leave.TIME_CREDIT, Leave.END_OF_CAREER)
    if is_credit and not is_on("regime.several_jobs", on=facts.asked_on):
        return Fraction()
    return sum((job.share for job in facts.other_jobs or ()), Fraction())


def several_jobs_reach_full_time(facts: Facts) -> bool:
    """Whether it is only with the jobs elsewhere that a full-time job is reached."""
    if facts.job is None or not facts.other_jobs or facts.job.share >= FULL_TIME:
        return False
    return facts.job.share + share_elsewhere(facts) >= FULL_TIME


def _too_little(facts: Facts, rule: str, needed: Fraction, *, is_added: bool) -> Finding:
    # For a half with several employers the threshold was not found: a warning only.
    is_assumed = is_added and facts.regime.standard is Regime.HALF
    severity = Severity.WARN if is_assumed else Severity.BLOCK
    sort = "full_time" if needed == FULL_TIME else "three_quarters"
    key = f"{rule}.{sort}" if not is_added else f"MULTI.{sort}"
    return found(key, severity, regime=facts.regime)


def _before(facts: Facts, rule: str, needed: Fraction) -> Iterator[Finding]:
    name = _PERIODS.get(facts.leave)
    if name is None:
        return
    months = figure(f"regime.{name}", on=facts.asked_on)
    if facts.worked is None or facts.notice_on is None:
        yield unknown(rule, Missing.HOURS_BEFORE)
        return
    least = least_share(facts.worked, before=facts.notice_on, months=months)
    if least is None:
        yield unknown(rule, Missing.HOURS_BEFORE)
    elif least < needed:
        sort = "full_time_before" if needed == FULL_TIME else "three_quarters_before"
        yield found(
            f"{rule}.{sort}", Severity.BLOCK, regime=facts.regime, months=Count(months, "month")
        )


def _days(facts: Facts) -> Iterator[Finding]:
    if facts.leave not in (Leave.TIME_CREDIT, Leave.END_OF_CAREER):
        return
    if facts.days_per_week is None:
        if facts.view is not View.EMPLOYER:
            yield unknown("TC-06", Missing.DAYS)
        return
    if facts.days_per_week >= _FIVE_DAYS:
        return
    if not is_on("regime.fifth_under_five_days", on=facts.asked_on):
        yield found("TC-05.five_days", Severity.BLOCK, days=facts.days_per_week)
    elif facts.agreement.allows_few_days is None:
        yield unknown("TC-06", Missing.FEW_DAYS_AGREEMENT)
    elif not facts.agreement.allows_few_days:
        yield found("TC-06.no_agreement", Severity.BLOCK, days=facts.days_per_week)
