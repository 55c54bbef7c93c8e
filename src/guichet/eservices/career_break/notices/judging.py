"""What is checked before a worker sends a notice: terms, steps, days, right and allowance apart.

It gathers what Dimona and earlier requests know, and asks the rules; it holds none. What Dimona
does not know is said to be checked later.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from guichet.eservices.career_break import checks, dossier, law, queries
from guichet.eservices.career_break.content import Asked
from guichet.eservices.career_break.law import Answer, Known, Reason
from guichet.eservices.career_break.notices.content import Wish
from guichet.kernel.verdict import Finding, Severity
from guichet.registers.persons.models import Person
from guichet.rules.career_break import consent, silence
from guichet.rules.career_break import notice as rules
from guichet.rules.career_break.allowances import Payment, allowance
from guichet.rules.career_break.counters import follows_exhausted_palliative
from guichet.rules.career_break.entry import mail_fault, text_fault
from guichet.rules.career_break.entry_dates import Dates, date_faults
from guichet.rules.career_break.facts import Facts, View
from guichet.rules.career_break.faults import Fault, blocking
from guichet.rules.career_break.findings import entry_code, is_unknown, sentence
from guichet.rules.career_break.hours import Hours, hours_faults
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.rights import right

# What a notice cannot be; everything else the law says stands beside it, and may be sent.
_STOPS: Final = ("V-DU-01", "V-DU-02", "V-DU-03", "V-DU-04", "V-DU-06", "V-DU-07", "V-DU-08",
                 "V-RG-01", "V-AG-01")  # fmt: skip
_LEAST: Final = "V-DU-03"
_PER_PERSON: Final = (Leave.PARENTAL, Leave.MEDICAL_ASSISTANCE, Leave.PALLIATIVE)
_FIELDS: Final = {"V-DU": "last_day", "V-AG": "first_day"}
# For whom: a key of an earlier break, or somebody new. Between the worker and this check.
FOR_WHOM: Final = "for_whom"
PRIVATE: Final = (FOR_WHOM, "child_born_on")
# The window for requests to the office is no window for a notice.
_OF_THE_OFFICE: Final = ("V-DT-03", "V-DT-04")


@dataclass(frozen=True, slots=True)
class Judged:
    """What speaks against a notice, and what the law says of the leave.

    ``last_for_notice``: the last day for a notice in time; ``answer_by``: for an answer, if it is
    sent today. None where the law sets no such day, or while the days cannot be.
    """

    faults: tuple[Fault, ...]
    answers: tuple[Answer, Answer] | None = None
    last_for_notice: date | None = None
    answer_by: date | None = None
    is_balance: bool = False
    follows_palliative: bool = False

    @property
    def blocks(self) -> bool:
        """Whether it cannot be sent."""
        return any(one.blocks for one in self.faults)


def judged(*, wish: Wish, person: Person, employer: str, sector: str, today: date) -> Judged:
    """The checks of a notice of today; ``sector``: of the employer's parameters."""
    if wish.leave not in tuple(Leave):
        return Judged((blocking("V-RQ-01", "leave"),))
    if wish.regime not in tuple(Regime):
        return Judged((blocking("V-RG-01", "regime"),))
    if wish.first_day is None:
        return Judged((blocking("V-DT-01", "first_day"),))
    known = checks.facts_of(employer=employer, sector=sector, person=person)
    dated = tuple(_dates(wish, wish.first_day, known, today))
    if any(one.blocks and one.code in ("V-DT-01", "V-DT-02", "V-DT-08") for one in dated):
        return Judged(dated)
    facts = _facts(wish, wish.first_day, known, person, today)
    notice = _notice(wish, wish.first_day, employer, facts, today)
    told = rules.notice_faults(notice, today=today)
    found = (*dated, *told, *_hours(wish), *_texts(wish, today), *_steps(facts))
    return Judged(
        _once(found),
        _answers(facts),
        rules.last_day_for(notice),
        silence.answer_by(notice),
        notice.is_balance,
        notice.follows_palliative,
    )


def asked_of(wish: Wish, *, committee: str, notified_on: date) -> Asked:
    """The wish as an employer's part would say it."""
    return Asked(
        committee=committee, leave=wish.leave, details=wish.details, regime=wish.regime,
        first_day=wish.first_day, last_day=wish.last_day, contract_minutes=wish.contract_minutes,
        full_time_minutes=wish.full_time_minutes, has_other_employers=wish.has_other_employers,
        notified_on=notified_on,
    )  # fmt: skip


def _dates(wish: Wish, first_day: date, known: checks.Facts, today: date) -> Iterator[Fault]:
    from_day, until = checks.served(known, first_day)
    dates = Dates(
        leave=Leave(wish.leave), first_day=first_day, last_day=wish.last_day, filed_on=today,
        employed_from=from_day, employed_until=until, others=known.filed,
    )  # fmt: skip
    is_slip = first_day.year > today.year + 1
    for one in date_faults(dates):
        if is_slip or one.code not in _OF_THE_OFFICE:
            yield one


def _facts(
    wish: Wish, first_day: date, known: checks.Facts, person: Person, today: date
) -> Facts | None:
    """The worker's own view: the breaks at every employer, and nothing guessed."""
    at_start = checks.period_at(known, first_day)
    asked = asked_of(
        wish, committee=at_start.joint_committee if at_start else "", notified_on=today
    )
    taken = dossier.history(person, known_on=today)
    earlier = tuple(replace(one.rules, is_own=one.employer == known.employer) for one in taken)
    facts = law.wish_of(
        asked,
        Known(
            sector=known.sector,
            employed_since=checks.served(known, first_day)[0],
            service=known.service.spells,
            temporary=known.service.temporary,
            born_on=known.birth_date,
            sex=known.sex,
            earlier=earlier,
        ),
    )
    if facts is None:
        return None
    head_count = queries.head_count(employer=known.employer, notified_on=today)
    cared_for = replace(facts.person, key=wish.details.get(FOR_WHOM) or None)
    is_open = facts.leave in _PER_PERSON and cared_for.key is None
    return replace(
        facts,
        view=View.WORKER,
        head_count=head_count,
        person=cared_for,
        # Another child's leave is no reason to say that this one has none left.
        history=None if is_open and _has_had(facts) else facts.history,
    )


def _has_had(facts: Facts) -> bool:
    return any(one.leave is facts.leave for one in facts.history or ())


def _notice(
    wish: Wish, first_day: date, employer: str, facts: Facts | None, today: date
) -> rules.Notice:
    return rules.Notice(
        leave=Leave(wish.leave),
        regime=Regime(wish.regime),
        start=first_day,
        notified_on=today,
        workers=queries.head_count(employer=employer, notified_on=today),
        follows_palliative=facts is not None and follows_exhausted_palliative(facts),
        is_extension=wish.details.get("is_extension") == "yes",
        is_balance=facts is not None and consent.is_small_balance(facts),
        for_hospitalised_minor=wish.details.get("relation") == "hospital",
        several_employers=wish.has_other_employers,
    )


def _hours(wish: Wish) -> tuple[Fault, ...]:
    if wish.contract_minutes is None or wish.full_time_minutes is None:
        return (blocking("V-HR-01", "contract_minutes"),)
    hours = Hours(contract=wish.contract_minutes, full_time=wish.full_time_minutes)
    expected = checks.expected_minutes(asked_of(wish, committee="", notified_on=date.min))
    found = hours_faults(
        replace(hours, during=expected), leave=Leave(wish.leave), regime=Regime(wish.regime)
    )
    return tuple(one for one in found if one.code in ("V-HR-01", "V-HR-02", "V-HR-03"))


def _texts(wish: Wish, today: date) -> Iterator[Fault]:
    found = (
        text_fault(wish.message, field="message", on=today),
        mail_fault(wish.email, field="email", is_needed=False),
    )
    yield from (one for one in found if one is not None)


def _steps(facts: Facts | None) -> Iterator[Fault]:
    """Steps, least and most, with the nearest ends; régime and age where they cannot be."""
    if facts is None:
        return
    for one in right(facts).findings:
        code = entry_code(one)
        if facts.takes_balance and code == _LEAST:  # breaks from before this service are not known
            continue
        if one.severity is Severity.BLOCK and code in _STOPS:
            field = _FIELDS.get(code[:4], "regime")
            values = dict(sentence(one).as_mapping())
            yield Fault(code, field, Severity.BLOCK, one.key, values)


def _answers(facts: Facts | None) -> tuple[Answer, Answer] | None:
    if facts is None:
        return None
    absent, paid = right(facts), allowance(facts)
    is_paid = absent.outcome.exists and paid.outcome.payment is not Payment.NONE
    return (
        Answer(absent.outcome.exists, absent.outcome.is_certain, _reasons(absent.findings)),
        Answer(is_paid, paid.outcome.is_certain, _reasons(paid.findings)),
    )


def _reasons(findings: tuple[Finding, ...]) -> tuple[Reason, ...]:
    return tuple(
        Reason(sentence(one).as_mapping(), one.source, one.severity, is_unknown(one))
        for one in findings
    )


def _once(found: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Each code once a field: the first says it best."""
    kept: dict[tuple[str, str], Fault] = {}
    for one in found:
        kept.setdefault((one.code, one.field), one)
    return tuple(kept.values())
