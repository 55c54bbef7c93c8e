"""A file as the desk shows it: plain values for the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guichet.eservices.career_break import words as service
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office import parts, queries
from guichet.eservices.career_break.office.judging import Case, Counted
from guichet.eservices.career_break.office.models import Proposal, Question
from guichet.eservices.career_break.office.officers import Officer
from guichet.eservices.career_break.office.queries import Due
from guichet.kernel.verdict import Finding, LegalSource, Severity, Verdict
from guichet.platform import wording
from guichet.rules.career_break.allowances import Payment
from guichet.rules.career_break.credits import Counter
from guichet.rules.career_break.findings import is_unknown, rule_of, sentence
from guichet.rules.career_break.states import Party, State, Step, may

employer_facts = parts.employer_facts
worker_facts = parts.worker_facts


@dataclass(frozen=True, slots=True)
class Listed:
    """A file in the list; ``has_started``: the break has begun; ``may_take``: it can be ticked."""

    row: Request
    employer_name: str
    due: Due | None
    holder: str
    has_started: bool
    may_take: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of an answer with its rule and its law."""

    text: str
    rule: str
    source: LegalSource
    severity: Severity
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The right, or the allowance; ``tone``: of its edge, ``word``: yes, no, or to be checked."""

    title: str
    tone: str
    icon: str
    word: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Credit:
    """Every earlier break with its units, and each counter before and after this break."""

    rows: list[Counted]
    counters: list[tuple[Counter, int]]
    cost: int


def listed(row: Request, names: Mapping[str, str], officer: Officer, *, today: date) -> Listed:
    """A row of the list."""
    handling = getattr(row, "handling", None)
    holder = handling.officer if handling is not None else None
    is_mine = holder is not None and holder.pk == officer.person_id
    return Listed(
        row,
        names.get(row.employer.number, ""),
        queries.due(row, today=today),
        f"{holder.given_name} {holder.family_name}" if holder else "",
        row.first_day <= today,
        officer.handles(row)
        and row.state in queries.AT_THE_OFFICE
        and not (is_mine and row.state != State.WAIT_ONEM),
    )


def answers(case: Case) -> list[Answer]:
    """The right and the allowance, never merged; empty while too little is known."""
    if case.answers is None:
        return []
    right, paid = case.answers.right, case.answers.allowance
    return [
        _answer(_("Right to the interruption"), right, right.outcome.exists,
                right.outcome.is_certain),
        _answer(
            _("Allowance"),
            paid,
            right.outcome.exists and paid.outcome.payment is not Payment.NONE,
            paid.outcome.is_certain and paid.outcome.payment is not Payment.PART,
        ),
    ]  # fmt: skip


def credit(case: Case) -> Credit | None:
    """The calculation of the credit; None where earlier breaks do not count."""
    before, after = case.before, case.after
    if before is None or after is None:
        return None
    counters = [
        (counter, later.left)
        for counter, later in zip(before.counters, after.counters, strict=True)
    ]
    return Credit(case.counted(), counters, case.cost)


def open_steps(
    row: Request, officer: Officer, proposal: Proposal | None, *, today: date
) -> frozenset[str]:
    """What this officer can do with the file now."""
    state, found = State(row.state), set[str]()
    if proposal is not None:
        return frozenset({"sign"})
    if not officer.handles(row):
        return frozenset()
    for step in (Step.TAKE, Step.ASK, Step.DECIDE, Step.REVIEW):
        if may(state=state, step=step, party=Party.OFFICER):
            found.add(step.value)
    if _is_overdue(row, today):
        found.add("close")
    return frozenset(found)


def _is_overdue(row: Request, today: date) -> bool:
    if row.state != State.WAIT_DOCUMENTS:
        return False
    return Question.objects.filter(request=row, state="open", answer_by__lt=today).exists()


def _answer(title: str, verdict: Verdict[Any], is_yes: bool, is_certain: bool) -> Answer:
    reasons = tuple(_reason(one) for one in verdict.findings)
    if not is_yes:
        return Answer(title, "is-red", "octagon", _("No"), reasons)
    if is_certain:
        return Answer(title, "is-green", "disc-tick", _("Yes"), reasons)
    return Answer(title, "is-amber", "triangle", _("Yes, but something is to be checked"), reasons)


def _reason(finding: Finding) -> Reason:
    language = (get_language() or "en")[:2]
    return Reason(
        sentence(finding).in_language(language), rule_of(finding), finding.source,
        finding.severity, is_unknown(finding),
    )  # fmt: skip


def period(row: Request) -> str:
    """The days of a break."""
    last = wording.day(row.last_day) if row.last_day else ""
    return service.sentence(
        leave=row.leave, regime=row.regime, first=wording.day(row.first_day), last=last
    )
