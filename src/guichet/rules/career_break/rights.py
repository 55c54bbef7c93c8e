"""The right to be absent, towards the employer: the first of the two doors.

``right`` looks at everything the law asks before somebody may be absent, and gives every reason,
not the first one only. The terms of the written notice stand in ``notice`` and the threshold of the
company in ``threshold``; the allowance is another question (``allowances``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from guichet.kernel.verdict import Finding, Severity, Verdict
from guichet.rules.career_break import ages, counters, durations, seniority
from guichet.rules.career_break.catalogue import catalogue_findings
from guichet.rules.career_break.consent import Consent, consent_findings, consents
from guichet.rules.career_break.credits import Amount, Counter, Scope, Standing, worth
from guichet.rules.career_break.durations import Length, Misfit, Unit
from guichet.rules.career_break.end_of_career import end_of_career_findings
from guichet.rules.career_break.facts import EarlierBreak, Facts, View
from guichet.rules.career_break.findings import Count, Missing, found, is_unknown, unknown
from guichet.rules.career_break.kinds import Layer, Leave, Regime
from guichet.rules.career_break.persons import person_findings
from guichet.rules.career_break.regimes import regime_findings


@dataclass(frozen=True, slots=True)
class Right:
    """What comes of the wish.

    ``exists``: nothing blocks. ``is_certain``: nothing is left to be checked later. ``count``: the
    months or weeks asked, None when they are no whole number. ``before`` and ``after``: the
    credit, None when earlier breaks are not known. ``ends``: the nearest valid last days.
    """

    exists: bool
    is_certain: bool
    unit: Unit | None
    count: int | None
    before: Standing | None
    after: Standing | None
    ends: tuple[date, ...]
    consents: tuple[Consent, ...]


def right(facts: Facts) -> Verdict[Right]:
    """Whether the worker may be absent as wished, with every reason.

    Raises UnknownParameter for a first day before 2002, which no request may have.
    """
    offered = tuple(catalogue_findings(facts))
    if any(finding.severity is Severity.BLOCK for finding in offered):
        # What does not exist has no length, no credit and no conditions.
        return _verdict(offered, length=None, before=None, after=None, consent=())
    before = counters.standing(facts)
    length = durations.length_of(facts, left=_left(facts, before), odd_days=_odd_days(before))
    after = None if before is None else before.after(counters.wished_cost(facts))
    findings = (*offered, *_findings(facts, length, before))
    return _verdict(findings, length=length, before=before, after=after, consent=consents(facts))


def _verdict(
    findings: tuple[Finding, ...],
    *,
    length: Length | None,
    before: Standing | None,
    after: Standing | None,
    consent: tuple[Consent, ...],
) -> Verdict[Right]:
    outcome = Right(
        exists=all(finding.severity is not Severity.BLOCK for finding in findings),
        is_certain=not any(is_unknown(finding) for finding in findings),
        unit=None if length is None else length.shape.unit,
        count=None if length is None else length.count,
        before=before,
        after=after,
        ends=() if length is None else length.ends,
        consents=consent,
    )
    return Verdict(outcome, findings)


def _findings(facts: Facts, length: Length, before: Standing | None) -> Iterator[Finding]:
    yield from regime_findings(facts)
    yield from seniority.right_findings(facts)
    yield from ages.right_findings(facts)
    yield from person_findings(facts)
    if facts.leave is Leave.END_OF_CAREER:
        yield from end_of_career_findings(facts, Layer.RIGHT)
    yield from _length(facts, length, before)
    yield from _credit(facts, before)
    yield from consent_findings(facts)


def _left(facts: Facts, before: Standing | None) -> int | None:
    """Whole months or weeks that the credit allows; an employer's view does not limit."""
    if before is None or facts.view is View.EMPLOYER:
        return None
    is_by_weeks = facts.regime.is_by_weeks or facts.is_hospital_stay
    return before.weeks() if is_by_weeks else before.months(facts.regime)


def _odd_days(before: Standing | None) -> int:
    if before is None or before.leave is not Leave.TIME_CREDIT:
        return 0
    amount = worth(before, Regime.FULL)
    return 0 if amount is None else amount.days


def _length(facts: Facts, length: Length, before: Standing | None) -> Iterator[Finding]:
    if facts.last_day is None and not facts.weeks and not length.shape.may_be_open:
        yield unknown("LENGTH", Missing.LAST_DAY)
    shape = length.shape
    for misfit in length.misfits:
        if misfit is Misfit.CREDIT:
            continue
        inputs: dict[str, object] = {"regime": facts.regime, "ends": length.ends}
        if misfit in (Misfit.STEP, Misfit.MINIMUM, Misfit.MAXIMUM, Misfit.TOO_MANY_WEEKS):
            inputs["limit"] = Count(_limit(misfit, length), shape.unit.value)
        if length.count is not None:
            inputs["asked"] = Count(length.count, shape.unit.value)
        yield found(f"{_LENGTH_RULES[facts.leave]}.{_SENTENCES[misfit]}", Severity.BLOCK, **inputs)
    if not length.misfits and length.count is not None and length.count < shape.minimum:
        rule = "PL-06" if facts.leave is Leave.PARENTAL else "TC-13"
        key = rule if before is not None and facts.view is not View.EMPLOYER else f"{rule}.said"
        yield found(key, Severity.INFORM, asked=Count(length.count, shape.unit.value))


def _limit(misfit: Misfit, length: Length) -> int:
    if misfit is Misfit.STEP:
        return length.shape.step
    return length.shape.minimum if misfit is Misfit.MINIMUM else length.shape.maximum or 0


def _credit(facts: Facts, before: Standing | None) -> Iterator[Finding]:
    if facts.leave is Leave.END_OF_CAREER:
        return
    if before is None:
        yield unknown(_CREDIT_RULES[facts.leave], Missing.HISTORY)
        return
    if any(each.person is None for each in _same_leave(facts)) and facts.view is not View.EMPLOYER:
        yield unknown(_CREDIT_RULES[facts.leave], Missing.WHO_FOR)
    if facts.leave is Leave.MEDICAL_ASSISTANCE and counters.is_doubled(facts):
        yield found("MA-06", Severity.INFORM)
    left, wished = before.left, counters.wished_cost(facts)
    tightest = before.tightest
    if left is None or tightest is None:
        return
    if wished > left and counters.may_be_doubled(facts, tightest.after(wished)):
        yield unknown("MA-06", Missing.SINGLE_PARENT)
    elif wished > left:
        yield _exceeded(facts, before, tightest)


def _exceeded(facts: Facts, before: Standing, tightest: Counter) -> Finding:
    amount = worth(before, facts.regime) or Amount(0)
    if facts.view is View.EMPLOYER:
        return found("CREDIT.here", Severity.WARN, left=amount, regime=facts.regime)
    key = f"{_CREDIT_RULES[facts.leave]}.{_SCOPES[tightest.scope]}"
    return found(key, Severity.BLOCK, left=amount, regime=facts.regime)


def _same_leave(facts: Facts) -> Iterator[EarlierBreak]:
    if facts.leave not in (Leave.PARENTAL, Leave.MEDICAL_ASSISTANCE, Leave.PALLIATIVE):
        return
    yield from (each for each in facts.history or () if each.leave is facts.leave)


_LENGTH_RULES: Final = {
    Leave.TIME_CREDIT: "TC-LENGTH",
    Leave.END_OF_CAREER: "EOC-08",
    Leave.PARENTAL: "PL-03",
    Leave.MEDICAL_ASSISTANCE: "MA-03",
    Leave.PALLIATIVE: "PC-03",
    Leave.INFORMAL_CARER: "IC-03",
    Leave.ORDINARY: "CB-03",
}
_SENTENCES: Final = {
    Misfit.REVERSED: "reversed",
    Misfit.NOT_WHOLE: "whole",
    Misfit.STEP: "step",
    Misfit.MINIMUM: "minimum",
    Misfit.MAXIMUM: "maximum",
    Misfit.WEEKS: "weeks",
    Misfit.TOO_MANY_WEEKS: "most_weeks",
    Misfit.HOSPITAL: "hospital",
}
_CREDIT_RULES: Final = {
    Leave.TIME_CREDIT: "TC-11",
    Leave.PARENTAL: "PL-CREDIT",
    Leave.MEDICAL_ASSISTANCE: "MA-CREDIT",
    Leave.PALLIATIVE: "PC-03",
    Leave.INFORMAL_CARER: "IC-02",
    Leave.ORDINARY: "CB-04",
}
_SCOPES: Final = {
    Scope.PERSON: "person",
    Scope.CAREER: "career",
    Scope.MOTIVE: "motive",
    Scope.AGREEMENT: "agreement",
    Scope.ALLOWANCE: "allowance",
}
