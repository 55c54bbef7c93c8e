"""The letters of the office: made with what they tell of, sent to the e-Box on their day.

A decision goes out on the next working day, so that a mistake can still be held back. Whoever has
no open e-Box gets it by post: the desk says which ones.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.documents import queries as documents
from guichet.documents.operations import Recipient, issue
from guichet.ebox import publishing
from guichet.ebox.drafts import NewDocument, NewMessage
from guichet.eservices.career_break import decided, dossier, telling
from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.office import letter_texts
from guichet.eservices.career_break.office.models import Letter, Question
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.persons import queries as persons
from guichet.rules.calendar import working_day_after

DECISION: Final = "career_break.decision"
QUESTION: Final = "career_break.question"
_TYPES: Final = {"decision": "decision.career-break", "question": "career-break.step"}
_EMPLOYER_TYPE: Final = "career-break.question"
_APPLICATION: Final = "career-break"
_SENT: Final = "career_break_office.sealed"


def language_of(row: Request, addressee: str = "worker") -> str:
    """The language of a file: what the worker chose, else his own; the employer's for himself."""
    if addressee == "employer":
        return row.employer.language
    said = dossier.said_in(row)
    return (said.language if said else "") or row.person.language


def sent_on(*, today: date) -> date:
    """The day on which a decision of today is sent."""
    return working_day_after(today)


def decide(decision: Decision, *, actor: Actor, now: datetime) -> str:
    """Ask for letter C62, in the caller's transaction; the reference of the document."""
    row = decision.request
    language = decision.content["language"]
    with override(language):
        return issue(
            template="career-break-decision",
            data=letter_texts.decision(decision),
            language=language,
            title=_("Decision on your career break (C62)"),
            recipient=Recipient(niss=_current(row)),
            kind=DECISION,
            actor=actor,
            now=now,
            then=_SENT,
        )


def ask(question: Question, *, actor: Actor, now: datetime) -> str:
    """Ask for the letter of a question, in the caller's transaction; its reference."""
    row = question.request
    if question.addressee == "employer":
        recipient = Recipient(enterprise_number=row.employer.number)
    else:
        recipient = Recipient(niss=_current(row))
    with override(question.language):
        return issue(
            template="career-break-question",
            data=letter_texts.question(question),
            language=question.language,
            title=_("Question about request %(number)s")
            % {"number": TicketNumber(row.ticket).formatted()},
            recipient=recipient,
            kind=QUESTION,
            actor=actor,
            now=now,
            subjects=[row.person.niss],
            then=_SENT,
        )


def publish_due(*, actor: Actor, now: datetime) -> int:
    """Send what is due and sealed; how many went out. What cannot go yet is tried again."""
    sender = telling.sender_number()
    if not sender:
        return 0
    waiting = Letter.objects.filter(way="", due_on__lte=clock.today(now)).order_by("due_on", "pk")
    return sum(_published(pk, sender, actor, now) for pk in waiting.values_list("pk", flat=True))


def publish(*, reference: str, actor: Actor, now: datetime) -> bool:
    """Send the letter of this document, if its day has come; whether it went out."""
    sender = telling.sender_number()
    due = Letter.objects.filter(document=reference, way="", due_on__lte=clock.today(now))
    pk = due.values_list("pk", flat=True).first()
    return bool(sender and pk is not None and _published(pk, sender, actor, now))


def withdraw(row: Request, *, today: date) -> None:
    """Letters with a decision whose day has not come stay here, in the caller's transaction.

    From its day on the worker may have read the decision on his pages.
    """
    waiting = Letter.objects.filter(request=row, kind="decision", way="", due_on__gt=today)
    waiting.update(way="withdrawn")


def held(references: Collection[str]) -> Collection[str]:
    """Of these letters C62, those that the worker may not read, or not yet."""
    return decided.held(references, today=clock.today(clock.now()))


def to_post(offices: Collection[str]) -> QuerySet[Letter]:
    """Letters of some offices for people without an open e-Box, the oldest first."""
    rows = Letter.objects.filter(way="paper", request__office__in=offices)
    rows = rows.select_related("request__person")
    return rows.order_by("due_on", "pk")


def posted(*, letter: int, offices: Collection[str], actor: Actor, now: datetime) -> bool:
    """Somebody put a letter of these offices into the post; whether it waited for that."""
    with transaction(actor=actor):
        rows = Letter.objects.filter(pk=letter, way="paper", request__office__in=offices)
        moved = rows.update(way="posted", sent_at=now)
        if moved:
            trail.record(
                action="careerBreak.letter.posted", actor=actor, target=f"letter/{letter}", now=now
            )
    return bool(moved)


def _published(pk: int, sender: str, actor: Actor, now: datetime) -> bool:
    with transaction(actor=actor):
        rows = Letter.objects.select_for_update(of=("self",), skip_locked=True)
        letter = rows.filter(pk=pk, way="").first()
        if letter is None:
            return False
        pdf = documents.sealed_pdf(reference=letter.document)
        if pdf is None:
            return False
        message = _message(letter, sender, pdf)
        letter.way = publishing.deliver_or_post(message=message, actor=actor, now=now)
        if not letter.way:
            return False
        letter.sent_at = now if letter.way == "ebox" else None
        letter.save(update_fields=["way", "sent_at"])
        trail.record(
            action="careerBreak.letter.sent", actor=actor, target=f"letter/{pk}", now=now,
            detail={"way": letter.way},
        )  # fmt: skip
    return letter.way == "ebox"


def _message(letter: Letter, sender: str, pdf: bytes) -> NewMessage:
    row, question = letter.request, letter.question
    is_employer = question is not None and question.addressee == "employer"
    language = question.language if question else letter.decision.content["language"]  # type: ignore[union-attr]  # one of the two, says the database
    with override(language):
        if question is not None:
            subject, body = letter_texts.question_message(question)
        else:
            subject, body = letter_texts.decision_message(row)
    return NewMessage(
        sender_number=sender,
        reference=f"career-break-letter-{letter.pk}",
        type=_EMPLOYER_TYPE if is_employer else _TYPES[letter.kind],
        language=language,
        subject=subject,
        body=body,
        documents=(NewDocument(f"{letter.document}.pdf", "application/pdf", pdf, is_signed=True),),
        niss=None if is_employer else _current(row),
        enterprise_number=row.employer.number if is_employer else None,
        application=_APPLICATION,
        is_body_main=True,
        due_on=question.answer_by if question else None,
    )


def _current(row: Request) -> str:
    return persons.current_number(niss=row.person.niss)
