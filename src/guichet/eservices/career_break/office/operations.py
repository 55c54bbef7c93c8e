"""What officers do with files: take them, ask, close without an answer, look at them again.

Each is one transaction and one line of the trail for each file. Who comes first is the database's
answer. Decisions stand in `deciding`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from guichet.audit.actors import Actor
from guichet.eservices.career_break import steps
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office import letters
from guichet.eservices.career_break.office.models import Handling, Letter, Proposal, Question
from guichet.eservices.career_break.office.officers import Officer, require_handles
from guichet.eservices.career_break.steps import UnknownRequest
from guichet.kernel.period import months_after
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.career_break.figures import figure
from guichet.rules.career_break.states import Party, State, Step, StepRefused


class UnknownQuestion(LookupError):
    """No such question to this person or employer, or none that is open."""


class ProposalWaiting(Exception):
    """A decision on this file waits for its second signature."""


class TooSoon(Exception):
    """The term of the answer is not over, or is not in the future."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of ``addressee``, by the key of a template and in free words."""

    addressee: str
    template: str
    text: str
    answer_by: date


def take(*, tickets: Sequence[str], officer: Officer, now: datetime) -> list[str]:
    """Take files: those of the office that wait are opened, those of a colleague change hands.

    The tickets that were taken; what somebody else took meanwhile, is of another office or is
    closed is left alone.
    """
    taken: list[str] = []
    for ticket in dict.fromkeys(tickets):
        with transaction(actor=officer.actor):
            if _taken(ticket, officer, now):
                taken.append(ticket)
    return taken


def default_answer_by(*, today: date) -> date:
    """The last day to answer a question that is asked today."""
    return months_after(today, months=figure("office.answer_months", on=today))


def ask(*, ticket: str, asking: Asking, officer: Officer, now: datetime) -> Question:
    """Ask the worker or the employer for what is missing; a letter goes to the e-Box.

    Raises UnknownRequest, NotYours, OwnFile, StepRefused, TooSoon,
    ProposalWaiting.
    """
    if asking.answer_by <= clock.today(now):
        raise TooSoon
    with transaction(actor=officer.actor):
        row = steps.found(ticket)
        require_handles(officer, row)
        if Proposal.objects.filter(request=row, state="waiting").exists():
            raise ProposalWaiting
        steps.move(row, Step.ASK, Party.OFFICER, now=now)
        question = Question(
            request=row, addressee=asking.addressee, template=asking.template, text=asking.text,
            language=letters.language_of(row, asking.addressee), asked_by_id=officer.person_id,
            asked_at=now, answer_by=asking.answer_by,
        )  # fmt: skip
        question.document = letters.ask(question, actor=officer.actor, now=now)
        question.save(force_insert=True)
        Letter.objects.create(
            request=row, kind="question", question=question, document=question.document,
            due_on=clock.today(now),
        )  # fmt: skip
        steps.noted(row, "asked", actor=officer.actor, now=now)
        steps.trace("question.asked", row, actor=officer.actor, now=now, addressee=asking.addressee)
    return question


def answer(
    *, question: int, text: str, actor: Actor, now: datetime, employer: str = ""
) -> Question:
    """The answer of whoever was asked: the worker himself, or ``employer``.

    Files are sent as documents of the request; ``text`` may then be empty. Raises UnknownQuestion,
    also for the question to somebody else; StepRefused.
    """
    with transaction(actor=actor):
        rows = Question.objects.select_for_update(of=("self",)).filter(pk=question, state="open")
        if employer:
            rows = rows.filter(addressee="employer", request__employer__number=employer)
        else:
            rows = rows.filter(addressee="worker", request__person__niss=actor.id)
        row = rows.select_related("request__person", "request__employer").first()
        if row is None:
            raise UnknownQuestion
        party = Party.EMPLOYER if employer else Party.WORKER
        steps.move(row.request, Step.ANSWER, party, now=now)
        row.state, row.answer, row.answered_at = "answered", text, now
        row.save(update_fields=["state", "answer", "answered_at"])
        steps.noted(row.request, "answered", actor=actor, now=now, employer=employer)
        steps.trace("question.answered", row.request, actor=actor, now=now, by=party.value)
    return row


def reopen(*, ticket: str, reason: str, officer: Officer, now: datetime) -> Request:
    """Look at a closed file again; a letter that was not sent yet stays where it is.

    Raises UnknownRequest, NotYours, OwnFile, StepRefused.
    """
    with transaction(actor=officer.actor):
        row = steps.found(ticket)
        require_handles(officer, row)
        steps.move(row, Step.REVIEW, Party.OFFICER, now=now)
        _hold(row, officer, now)
        letters.withdraw(row, today=clock.today(now))
        steps.noted(row, "reopened", actor=officer.actor, now=now, said={"reason": reason})
        steps.trace("request.reopened", row, actor=officer.actor, now=now, reason=reason)
    return row


def _taken(ticket: str, officer: Officer, now: datetime) -> bool:
    try:
        row = steps.found(ticket)
    except UnknownRequest:
        return False
    if not officer.handles(row):
        return False
    if row.state in (State.IN_PROGRESS, State.WAIT_DOCUMENTS):
        if Handling.objects.filter(request=row, officer_id=officer.person_id).exists():
            return False
        _hold(row, officer, now)
        steps.trace("request.handed", row, actor=officer.actor, now=now)
        return True
    try:
        steps.move(row, Step.TAKE, Party.OFFICER, now=now)
    except StepRefused:
        return False
    _hold(row, officer, now)
    steps.noted(row, "taken", actor=officer.actor, now=now)
    steps.trace("request.taken", row, actor=officer.actor, now=now)
    return True


def _hold(row: Request, officer: Officer, now: datetime) -> None:
    given = {"officer_id": officer.person_id, "since": now}
    Handling.objects.update_or_create(request=row, defaults=given)
