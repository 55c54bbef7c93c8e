"""Decisions: alone where they follow the rules, by two officers where they do not.

A decision that differs from what the rules propose or from the last one, or weighs more than usual,
waits for a second officer, who signs it or sends it back with a reason; he is never the first one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.eservices.career_break import steps
from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.office import judging, letter_texts, letters
from guichet.eservices.career_break.office.contents import Decided, content_of, sending
from guichet.eservices.career_break.office.four_eyes import changes_former, overrides
from guichet.eservices.career_break.office.judging import Case
from guichet.eservices.career_break.office.models import Letter, Proposal, Question, Signature
from guichet.eservices.career_break.office.officers import (
    Officer,
    require_handles,
    require_signs,
)
from guichet.eservices.career_break.office.operations import (
    ProposalWaiting,
    TooSoon,
    UnknownQuestion,
)
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.career_break import decisions
from guichet.rules.career_break.decisions import Override, Result
from guichet.rules.career_break.findings import sentence
from guichet.rules.career_break.states import Party, Step

_CONSTRAINT: Final = "career_break_proposal_one_waiting"


class ReasonMissing(Exception):
    """A decision that differs from the rules has a reason; ``overrides``: in what it differs."""

    def __init__(self, overrides: frozenset[Override]) -> None:
        super().__init__(", ".join(sorted(overrides)))
        self.overrides = overrides


class DaysOutside(Exception):
    """What is granted or paid lies outside the break, or the amounts do not cover the paid days."""


class UnknownProposal(LookupError):
    """No such decision, or none that waits."""


class SamePerson(Exception):
    """Nobody signs his own decision."""


class Overtaken(Exception):
    """The file changed after the decision was proposed: propose it anew."""


def waiting(row: Request) -> Proposal | None:
    """The decision on a file that waits for its second signature."""
    rows = Proposal.objects.filter(request=row, state="waiting")
    return rows.select_related("proposed_by").first()


def motivation(case: Case, *, language: str) -> str:
    """The reasons of the rules as sentences in a language, to begin the officer's text with."""
    found = decisions.weighing(case.findings)
    return "\n".join(dict.fromkeys(sentence(one).in_language(language) for one in found))


def preview(case: Case, decided: Decided, *, today: date) -> dict[str, Any]:
    """What the letter of a decision would say; nothing is stored."""
    content = content_of(case, decided, today)
    return letter(Decision(request=case.row, result=decided.result.value, content=content))


def letter(decision: Decision) -> dict[str, Any]:
    """What the letter of a decision says, in the language of the file."""
    with override(decision.content["language"]):
        return letter_texts.decision(decision)


def decide(
    *, ticket: str, decided: Decided, officer: Officer, now: datetime
) -> Decision | Proposal:
    """Decide on a file, or propose the decision to a second officer where the law of four eyes
    asks for one.

    Raises UnknownRequest, NotYours, OwnFile, StepRefused, DaysOutside, ReasonMissing,
    ProposalWaiting.
    """
    with _one_waits(), transaction(actor=officer.actor):
        row = steps.found(ticket)
        require_handles(officer, row)
        steps.following(row, Step.DECIDE, Party.OFFICER)
        if waiting(row) is not None:
            raise ProposalWaiting
        _require_within(row, decided)
        today = clock.today(now)
        content, differs = _weighed(row, decided, today)
        if differs and not decided.why.strip():
            raise ReasonMissing(differs)
        if differs:
            return _proposed(row, content, (differs, decided.why.strip()), officer, now)
        return _closed(row, Step.DECIDE, content, officer, now)


def sign(*, proposal: int, officer: Officer, now: datetime) -> Decision:
    """Sign a decision as second officer: it is taken.

    Raises UnknownProposal, SamePerson, NotYours, OwnFile, Overtaken, StepRefused.
    """
    with transaction(actor=officer.actor):
        waits = _locked(proposal)
        row = waits.request
        if waits.proposed_by_id == officer.person_id:
            raise SamePerson
        require_signs(officer, row)
        if waits.content["version"] != row.version:
            raise Overtaken
        _end(waits, "signed", officer, now)
        content = waits.content | sending(row, waits.content, clock.today(now))
        step = Step(content.pop("step", Step.DECIDE))
        if step is Step.GIVE_UP_WAITING:
            Question.objects.filter(request=row, state="open").update(state="closed")
        return _closed(row, step, content, officer, now, signed=waits)


def send_back(*, proposal: int, reason: str, officer: Officer, now: datetime) -> Proposal:
    """Send a decision back to who proposed it, with the reason.

    Raises UnknownProposal, SamePerson, NotYours, OwnFile.
    """
    with transaction(actor=officer.actor):
        waits = _locked(proposal)
        if waits.proposed_by_id == officer.person_id:
            raise SamePerson
        require_signs(officer, waits.request)
        _end(waits, "sent_back", officer, now, said=reason)
        steps.trace("decision.sentBack", waits.request, actor=officer.actor, now=now, reason=reason)
    return waits


def withdraw(*, proposal: int, officer: Officer, now: datetime) -> Proposal:
    """Whoever proposed a decision takes it back before it is signed.

    Raises UnknownProposal, also for somebody else's.
    """
    with transaction(actor=officer.actor):
        waits = _locked(proposal)
        if waits.proposed_by_id != officer.person_id:
            raise UnknownProposal
        _end(waits, "withdrawn", officer, now)
        steps.trace("decision.withdrawn", waits.request, actor=officer.actor, now=now)
    return waits


def close_unanswered(*, ticket: str, officer: Officer, now: datetime) -> Decision | Proposal:
    """Close a file as refused because nobody answered in time; by two where the rules propose
    anything else. The question stays open until then: who answers in time is still heard.

    Raises UnknownRequest, NotYours, OwnFile, StepRefused, UnknownQuestion, TooSoon,
    ProposalWaiting.
    """
    with _one_waits(), transaction(actor=officer.actor):
        row = steps.found(ticket)
        require_handles(officer, row)
        steps.following(row, Step.GIVE_UP_WAITING, Party.OFFICER)
        if waiting(row) is not None:
            raise ProposalWaiting
        asked = Question.objects.select_for_update().filter(request=row, state="open").first()
        if asked is None:
            raise UnknownQuestion
        today = clock.today(now)
        if today <= asked.answer_by:
            raise TooSoon
        with override(letters.language_of(row)):
            text = _("The file is not complete: our question was not answered in time.")
        refused = Decided(
            result=Result.REFUSED, first_day=row.first_day, last_day=row.last_day, motivation=text
        )
        content, differs = _weighed(row, refused, today)
        if differs:
            content["step"] = Step.GIVE_UP_WAITING.value
            return _proposed(row, content, (differs, text), officer, now)
        asked.state = "closed"
        asked.save(update_fields=["state"])
        return _closed(row, Step.GIVE_UP_WAITING, content, officer, now)


def _weighed(
    row: Request, decided: Decided, today: date
) -> tuple[dict[str, Any], frozenset[Override]]:
    """What the letter of a decision says, and why it takes two, if it does."""
    case = judging.case(row)
    content = content_of(case, decided, today)
    found = overrides(case, decided, today=today)
    if changes_former(row, content):
        found |= {Override.FORMER}
    return content, found


def _require_within(row: Request, decided: Decided) -> None:
    end, until = row.last_day or date.max, decided.last_day or row.last_day or date.max
    if decided.result is Result.REFUSED:
        return
    if not row.first_day <= decided.first_day <= until <= end:
        raise DaysOutside
    paid = decided.paid
    if decided.result.is_paid != bool(paid):
        raise DaysOutside
    former = decided.first_day
    for one in paid:
        last = one.last_day or until
        if not former <= one.first_day <= last <= until:
            raise DaysOutside
        former = last


def _closed(
    row: Request,
    step: Step,
    content: dict[str, Any],
    officer: Officer,
    now: datetime,
    *,
    signed: Proposal | None = None,
) -> Decision:
    actor = officer.actor
    steps.move(row, step, Party.OFFICER, now=now)
    decision = Decision(
        request=row, number=row.decisions.count() + 1, result=content["result"], content=content,
        at=now,
    )  # fmt: skip
    decision.document = letters.decide(decision, actor=actor, now=now)
    decision.save(force_insert=True)
    Letter.objects.create(
        request=row, kind="decision", decision=decision, document=decision.document,
        due_on=date.fromisoformat(content["sent_on"]),
    )  # fmt: skip
    _sign(decision, officer, signed)
    steps.noted(row, "decided", actor=actor, now=now)
    steps.trace(
        "request.decided", row, actor=actor, now=now, result=content["result"],
        number=decision.number, overrides=signed.overrides if signed else [],
    )  # fmt: skip
    return decision


def _sign(decision: Decision, officer: Officer, signed: Proposal | None) -> None:
    if signed is None:
        Signature.objects.create(decision=decision, first_id=officer.person_id)
        return
    Signature.objects.create(
        decision=decision, first_id=signed.proposed_by_id, second_id=officer.person_id,
        proposal=signed, overrides=signed.overrides,
    )  # fmt: skip


def _proposed(
    row: Request,
    content: dict[str, Any],
    because: tuple[frozenset[Override], str],
    officer: Officer,
    now: datetime,
) -> Proposal:
    differs, why = because
    proposal = Proposal.objects.create(
        request=row, result=content["result"], content=content, why=why,
        overrides=sorted(one.value for one in differs), proposed_by_id=officer.person_id,
        proposed_at=now,
    )  # fmt: skip
    steps.trace(
        "decision.proposed", row, actor=officer.actor, now=now, reason=why,
        overrides=proposal.overrides,
    )  # fmt: skip
    return proposal


def _locked(proposal: int) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",))
    rows = rows.select_related("request__person", "request__employer")
    found = rows.filter(pk=proposal, state="waiting").first()
    if found is None:
        raise UnknownProposal
    return found


def _end(
    proposal: Proposal, state: str, officer: Officer, now: datetime, *, said: str = ""
) -> None:
    proposal.state, proposal.said = state, said
    proposal.ended_by_id, proposal.ended_at = officer.person_id, now
    proposal.save(update_fields=["state", "said", "ended_by", "ended_at"])


@contextmanager
def _one_waits() -> Iterator[None]:
    """What the database refuses because a colleague was quicker is refused in the same words."""
    try:
        yield
    except IntegrityError as fault:
        diagnosis = getattr(fault.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") != _CONSTRAINT:
            raise
        raise ProposalWaiting from None
