"""What an institution does with the questions: the queue, one question, its steps.

A question that nobody took belongs to every institution; a taken one to the institution that
took it, and for the others it does not exist.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from guichet.access.counter.models import Question
from guichet.audit import trail
from guichet.audit.actors import MAINTENANCE, Actor
from guichet.kernel.ticket import TicketNumber
from guichet.platform import post
from guichet.platform.db import transaction
from guichet.platform.masking import masked
from guichet.rules.questions import State, Step, after

# [OUR CHOICE] Long enough for somebody to come back to an answer; the privacy page says it.
KEPT: Final = timedelta(days=365)


class UnknownQuestion(Exception):
    """No such question, or another institution's."""


def queue(*, institution_number: str, states: tuple[State, ...]) -> QuerySet[Question]:
    """The questions in these states that the institution may see, the oldest first."""
    return _visible(institution_number).filter(state__in=states).order_by("asked_at", "id")


def counts(*, institution_number: str) -> dict[str, int]:
    """How many questions stand in each state, for the institution."""
    found = _visible(institution_number).values("state").annotate(count=Count("id"))
    return {row["state"]: row["count"] for row in found.order_by()}


def question(*, number: str, institution_number: str) -> Question | None:
    """One question with the person who asked it, or None."""
    found = _visible(institution_number).select_related("person", "taken_by")
    return found.filter(number=_signs(number)).first()


def take(*, number: str, person_id: int, actor: Actor, now: datetime) -> Question:
    """Take a question out of the queue of all; raises UnknownQuestion, StepRefused."""

    def change(row: Question) -> None:
        row.institution_number, row.taken_by_id = actor.enterprise, person_id

    return _step(number, Step.TAKE, change, actor=actor, now=now)


def give_back(*, number: str, actor: Actor, now: datetime) -> Question:
    """Put it back into the queue of all; raises UnknownQuestion, StepRefused."""

    def change(row: Question) -> None:
        row.institution_number = row.taken_by_id = None

    return _step(number, Step.GIVE_BACK, change, actor=actor, now=now)


def answer(*, number: str, text: str, actor: Actor, now: datetime) -> Question:
    """Answer it, once: by mail to a visitor, in "My questions" to a person.

    Raises UnknownQuestion, StepRefused.
    """

    def change(row: Question) -> None:
        row.answer, row.answered_at = text, now
        _deliver(row, now=now)

    return _step(number, Step.ANSWER, change, actor=actor, now=now)


def close(*, number: str, actor: Actor, now: datetime) -> Question:
    """Nothing more will be done with it; raises UnknownQuestion, StepRefused."""

    def change(row: Question) -> None:
        row.closed_at = now

    return _step(number, Step.CLOSE, change, actor=actor, now=now)


def forget(*, now: datetime) -> int:
    """Remove what was asked more than a year ago and is not open any more; how many."""
    over = Question.objects.filter(
        state__in=[State.ANSWERED, State.CLOSED], asked_at__lt=now - KEPT
    )
    with transaction():
        count, _each = over.delete()
        if count:
            trail.record(
                action="counter.questions.forgotten",
                actor=MAINTENANCE,
                target="questions",
                now=now,
                detail={"count": count},
            )
    return count


def _visible(institution_number: str) -> QuerySet[Question]:
    mine = Q(institution_number=institution_number)
    return Question.objects.filter(mine | Q(state=State.NEW.value))


def _step(
    number: str, step: Step, change: Callable[[Question], None], *, actor: Actor, now: datetime
) -> Question:
    with transaction():
        visible = _visible(actor.enterprise or "").select_for_update(of=("self",))
        row = visible.filter(number=_signs(number)).first()
        if row is None:
            raise UnknownQuestion
        row.state = after(State(row.state), step).value
        change(row)
        row.save()
        trail.record(
            action=f"counter.question.{_HAPPENED[step]}", actor=actor, target=row.number, now=now
        )
    return row


_HAPPENED: Final = {
    Step.TAKE: "taken",
    Step.GIVE_BACK: "givenBack",
    Step.ANSWER: "answered",
    Step.CLOSE: "closed",
}


def _signs(number: str) -> str:
    """As it is stored, whatever the spaces and hyphens; what is no number finds nothing."""
    try:
        return TicketNumber.parse(number).signs
    except ValueError:
        return ""


def _deliver(row: Question, *, now: datetime) -> None:
    if row.email:
        _mail(row, now=now)
    else:
        _tell_person(row)


def _mail(row: Question, *, now: datetime) -> None:
    """The answer with the question, in its language; a number of a person is masked in both."""
    number = TicketNumber(row.number).formatted()
    with override(row.language):
        body = _(
            "Answer to your question %(number)s:\n\n%(answer)s\n\n"
            "You asked:\n\n%(message)s\n\n"
            "Nobody reads an answer to this mail. Do you want to ask something else? Use the "
            "contact form again and name this number."
        ) % {"number": number, "answer": masked(row.answer), "message": masked(row.message)}
        subject = _("Answer to your question %(number)s") % {"number": number}
        post.mail(to=row.email, subject=subject, body=body, now=now, language=row.language)


def _tell_person(row: Question) -> None:
    """Have the e-Box deliver it, by a job in this transaction; "My questions" has it anyway."""
    if row.person is None:
        return
    number = TicketNumber(row.number).formatted()
    with override(row.language):
        app.configure_task(name="ebox.publish").defer(
            sender_number=row.institution_number,
            reference=f"question-{row.number}",
            message_type="message.reply",
            language=row.language,
            subject=_("Answer to your question %(number)s") % {"number": number},
            body=_("%(answer)s\n\nYou asked:\n\n%(message)s")
            % {"answer": row.answer, "message": row.message},
            niss=row.person.niss,
        )
