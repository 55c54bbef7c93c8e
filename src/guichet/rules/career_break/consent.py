"""Where the employer's consent is needed, or a refusal possible, and what silence means.

Sources: Royal Decree of 29 October 1997 art. 2 and 6 (a tenth and flexible use; since 10 November
2022 a refusal is written and motivated within a month, and silence is consent), Royal Decree of
10 August 1998 (small employers, weeks), CCT 103 (employers of 10 workers at most), rules of the
office on several employers (a fifth shared by part-time jobs).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from guichet.kernel.verdict import Finding, Severity
from guichet.rules.career_break import counters
from guichet.rules.career_break.credits import month_cost
from guichet.rules.career_break.facts import Facts
from guichet.rules.career_break.figures import figure, is_on
from guichet.rules.career_break.findings import Missing, found, unknown
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.regimes import several_jobs_reach_full_time


class Power(StrEnum):
    """What an employer can do: give or withhold consent, or refuse what is a right in principle."""

    CONSENT = "consent"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class Consent:
    """One reason why the employer has a say. ``key``: of its finding; ``workers``: the limit."""

    key: str
    power: Power
    workers: int | None = None
    silence_is_consent: bool = False


def consents(facts: Facts) -> tuple[Consent, ...]:
    """Every reason why the employer has a say, by what is known; none: it is a right."""
    return tuple(_by_form(facts)) + tuple(_by_size(facts))


def consent_findings(facts: Facts) -> Iterator[Finding]:
    """The same in findings: what was refused blocks, what is not yet said warns."""
    for each in consents(facts):
        inputs: dict[str, object] = {"regime": facts.regime}
        if each.workers is not None:
            inputs["workers"] = each.workers
        if facts.consent is None:
            yield found(f"{each.key}.{each.power}", Severity.WARN, **inputs)
        elif facts.consent:
            yield found(f"{each.key}.given", Severity.INFORM, **inputs)
        else:
            yield found(f"{each.key}.refused", Severity.BLOCK, **inputs)
    if facts.head_count is None and (rule := _rule_by_size(facts)) is not None:
        yield unknown(rule, Missing.HEAD_COUNT)


def is_small_balance(facts: Facts) -> bool:
    """Whether less than a standard step is left, which may be taken flexibly without consent.

    Parental leave: under four weeks full or two months half; medical assistance: under a month.
    """
    if facts.leave not in (Leave.PARENTAL, Leave.MEDICAL_ASSISTANCE):
        return False
    standing = counters.standing(facts)
    left = standing.left if standing is not None else None
    if left is None or not facts.regime.is_flexible:
        return False
    return 0 < left < month_cost(facts.leave, Regime.FULL, on=facts.first_day)


def _by_form(facts: Facts) -> Iterator[Consent]:
    is_special = facts.regime is Regime.TENTH or facts.regime.is_flexible
    if is_special and not facts.is_hospital_stay and not is_small_balance(facts):
        if facts.leave is Leave.PARENTAL:
            silent = is_on("answer.silence_is_consent", on=facts.asked_on)
            yield Consent("PL-04", Power.CONSENT, silence_is_consent=silent)
        if facts.leave is Leave.MEDICAL_ASSISTANCE:
            yield Consent("MA-04", Power.CONSENT)
    if facts.regime is Regime.FIFTH and several_jobs_reach_full_time(facts):
        yield Consent("MULTI", Power.CONSENT)


def _by_size(facts: Facts) -> Iterator[Consent]:
    if facts.head_count is None or facts.is_hospital_stay:
        return
    if facts.leave in (Leave.TIME_CREDIT, Leave.END_OF_CAREER):
        most = figure("refuse.time_credit.most_workers", on=facts.asked_on)
        if facts.head_count <= most:
            yield Consent("TC-17", Power.REFUSAL, most)
    if facts.leave is Leave.MEDICAL_ASSISTANCE:
        few = figure("refuse.medical_assistance.partial_below", on=facts.asked_on)
        if facts.head_count < few and not facts.regime.is_full:
            yield Consent("MA-07", Power.CONSENT, few)
        middle = figure("refuse.medical_assistance.used_below", on=facts.asked_on)
        if facts.head_count < middle and _has_had_long_assistance(facts):
            yield Consent("MA-08", Power.REFUSAL, middle)


def _has_had_long_assistance(facts: Facts) -> bool:
    standing = counters.standing(facts)
    if standing is None or standing.tightest is None:
        return False
    months = figure("refuse.medical_assistance.used_half_months", on=facts.asked_on)
    month = month_cost(facts.leave, Regime.HALF, on=facts.first_day)
    return standing.tightest.used >= months * month


def _rule_by_size(facts: Facts) -> str | None:
    if facts.is_hospital_stay:
        return None
    if facts.leave in (Leave.TIME_CREDIT, Leave.END_OF_CAREER):
        return "TC-17"
    return "MA-07" if facts.leave is Leave.MEDICAL_ASSISTANCE else None
