"""How long an employer has to answer a notice, what silence means, and who may refuse.

Sources: as of ``notice``; for silence and motivated refusals the Act of 7 October 2022 (from 10
November 2022); parameters ``career_break.answer.*`` and ``career_break.refuse.*``. That silence
grants a time credit and medical assistance by weeks is inferred.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from guichet.kernel.period import months_after
from guichet.kernel.verdict import Finding, LegalSource, Severity, Verdict
from guichet.rules.calendar import working_day_after
from guichet.rules.career_break.faults import Fault, blocking
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.notice import TIME_CREDITS, Notice
from guichet.rules.career_break.texts import perceived_length
from guichet.rules.dated import switch, whole

_ONE_DAY: Final = timedelta(days=1)
_WITH_CONSENT: Final = (Regime.TENTH, Regime.FULL_FLEX, Regime.HALF_FLEX)


class Silence(StrEnum):
    """What an employer says who says nothing in time."""

    GRANTED = "granted"
    """Nothing was to be decided, or nothing was postponed: the leave goes as asked."""
    CONSENT = "consent"
    """The employer's consent was needed, and silence gives it."""
    NOTHING = "nothing"
    """No term: without an answer the notice lapses when the requested start has passed."""


class Ground(StrEnum):
    """Why an employer may refuse."""

    SMALL_EMPLOYER = "small_employer"
    EXCLUDED_CATEGORY = "excluded_category"
    CONSENT_REGIME = "consent_regime"
    FEWER_THAN_TEN = "fewer_than_ten"
    HALF_OF_CREDIT_USED = "half_of_credit_used"
    SEVERAL_EMPLOYERS = "several_employers"
    SERVICE_DECIDES = "service_decides"


@dataclass(frozen=True, slots=True)
class AnswerTerm:
    """The last day for an answer, None where the law sets none, and what silence means."""

    last_day: date | None
    silence: Silence

    @property
    def deemed_on(self) -> date | None:
        """The day from which the notice counts as accepted, None where silence says nothing."""
        if self.last_day is None or self.silence is Silence.NOTHING:
            return None
        return self.last_day + _ONE_DAY

    def days_left(self, *, on: date) -> int | None:
        """Days in which an answer is still in time, ``on`` included; 0 when the term is over."""
        return None if self.last_day is None else max(0, (self.last_day - on).days + 1)

    def is_over(self, *, on: date) -> bool:
        """Whether an answer on this day comes too late."""
        return self.last_day is not None and on > self.last_day


def answer_term(notice: Notice) -> AnswerTerm:
    """One month for time credit and parental leave, two working days for medical assistance.

    The day of the notice is not counted, and a term that ends on a Sunday ends on that Sunday.
    Working days are Monday to Friday without the legal holidays.
    """
    if notice.leave in (*TIME_CREDITS, Leave.PARENTAL):
        months = _figure("answer.months", notice)
        return AnswerTerm(months_after(notice.notified_on, months=months), _silence(notice))
    if notice.leave is Leave.MEDICAL_ASSISTANCE:
        days = _figure("answer.medical_assistance.working_days", notice)
        return AnswerTerm(working_day_after(notice.notified_on, count=days), _silence(notice))
    return AnswerTerm(None, Silence.NOTHING)


def needs_consent(notice: Notice) -> bool:
    """Whether the leave is taken with the employer's consent only, so that it may be refused.

    The head count, when it matters and is unknown, is taken to be large.
    """
    return bool(_grounds(notice) - {Ground.HALF_OF_CREDIT_USED, Ground.EXCLUDED_CATEGORY})


def refusal(notice: Notice) -> Verdict[bool]:
    """Whether the employer may refuse, with each ground, or why not."""
    grounds = _grounds(notice)
    source = SOURCES[notice.leave]
    if not grounds:
        key, limits = f"V-NO-07.{notice.leave}", _limits(Ground.SMALL_EMPLOYER, notice)
        inputs = limits if notice.leave in TIME_CREDITS else {}
        return Verdict(False, (Finding(key, Severity.BLOCK, source, inputs),))
    found = (
        Finding(f"career_break.refusal.{each}", Severity.INFORM, source, _limits(each, notice))
        for each in Ground
        if each in grounds
    )
    return Verdict(True, tuple(found))


def refusal_faults(notice: Notice, *, answered_on: date, reasons: str) -> tuple[Fault, ...]:
    """V-NO-05, V-NO-07 and V-NO-09 for an employer who refuses."""
    return (
        *_refusal(notice),
        *late_faults(notice, answered_on=answered_on),
        *reason_faults(reasons),
    )


def late_faults(notice: Notice, *, answered_on: date) -> tuple[Fault, ...]:
    """V-NO-09: the term is over and silence has already accepted the leave."""
    term = answer_term(notice)
    if term.deemed_on is None or not term.is_over(on=answered_on):
        return ()
    return (blocking("V-NO-09", "answer", deemed=term.deemed_on),)


def reason_faults(reasons: str) -> tuple[Fault, ...]:
    """V-NO-05: who refuses or postpones says why, in some words that the worker can read."""
    length = perceived_length(reasons.strip())
    if length < SHORTEST_REASON:
        return (blocking("V-NO-05", "reasons", least=SHORTEST_REASON),)
    if length > LONGEST_REASON:
        return (blocking("V-NO-05", "reasons", "long", most=LONGEST_REASON),)
    return ()


def _refusal(notice: Notice) -> Iterator[Fault]:
    verdict = refusal(notice)
    if not verdict.outcome:
        [why] = verdict.findings
        yield Fault("V-NO-07", "answer", Severity.BLOCK, notice.leave.value, why.inputs)


def _silence(notice: Notice) -> Silence:
    if notice.leave is not Leave.PARENTAL or not needs_consent(notice):
        return Silence.GRANTED
    speaks = switch("career_break.answer.silence_is_consent", on=notice.notified_on)
    return Silence.CONSENT if speaks else Silence.NOTHING


def _grounds(notice: Notice) -> set[Ground]:
    match notice.leave:
        case Leave.TIME_CREDIT | Leave.END_OF_CAREER:
            found = _of_time_credit(notice)
        case Leave.PARENTAL:
            found = _of_regime(notice)
        case Leave.MEDICAL_ASSISTANCE:
            found = _of_medical_assistance(notice)
        case Leave.ORDINARY:
            found = {Ground.SERVICE_DECIDES}
        case Leave.PALLIATIVE | Leave.INFORMAL_CARER:
            return set()
    if notice.several_employers and notice.regime is Regime.FIFTH:
        found.add(Ground.SEVERAL_EMPLOYERS)
    return found


def _of_time_credit(notice: Notice) -> set[Ground]:
    found = set()
    small = _figure(_LIMITS[Ground.SMALL_EMPLOYER], notice)
    if notice.workers is not None and notice.workers <= small:
        found.add(Ground.SMALL_EMPLOYER)
    if notice.is_excluded:
        found.add(Ground.EXCLUDED_CATEGORY)
    return found


def _of_regime(notice: Notice) -> set[Ground]:
    asks = notice.regime in _WITH_CONSENT and not notice.is_balance
    return {Ground.CONSENT_REGIME} if asks else set()


def _of_medical_assistance(notice: Notice) -> set[Ground]:
    if notice.for_hospitalised_minor:
        return set()
    found = _of_regime(notice)
    if notice.workers is None:
        return found
    few = notice.workers < _figure(_LIMITS[Ground.FEWER_THAN_TEN], notice)
    if few and not notice.regime.is_full:
        found.add(Ground.FEWER_THAN_TEN)
    middling = notice.workers < _figure(_LIMITS[Ground.HALF_OF_CREDIT_USED], notice)
    used = _figure("refuse.medical_assistance.used_half_months", notice)
    if middling and notice.used_half_months >= used:
        found.add(Ground.HALF_OF_CREDIT_USED)
    return found


def _limits(ground: Ground, notice: Notice) -> dict[str, int]:
    name = _LIMITS.get(ground)
    return {} if name is None else {"workers": _figure(name, notice)}


def _figure(name: str, notice: Notice) -> int:
    return whole(f"career_break.{name}", on=notice.notified_on)


_LIMITS: Final = {
    Ground.SMALL_EMPLOYER: "refuse.time_credit.most_workers",
    Ground.FEWER_THAN_TEN: "refuse.medical_assistance.partial_below",
    Ground.HALF_OF_CREDIT_USED: "refuse.medical_assistance.used_below",
}
SHORTEST_REASON: Final = 20
LONGEST_REASON: Final = 1000
SOURCES: Final = {
    Leave.TIME_CREDIT: LegalSource("CCT 103 of 27 June 2012"),
    Leave.END_OF_CAREER: LegalSource("CCT 103 of 27 June 2012"),
    Leave.PARENTAL: LegalSource("Royal Decree of 29 October 1997"),
    Leave.MEDICAL_ASSISTANCE: LegalSource("Royal Decree of 10 August 1998"),
    Leave.PALLIATIVE: LegalSource("Recovery Act of 22 January 1985", "art. 100bis"),
    Leave.INFORMAL_CARER: LegalSource("Recovery Act of 22 January 1985", "art. 100ter"),
    Leave.ORDINARY: LegalSource("Royal Decree of 19 November 1998"),
}
