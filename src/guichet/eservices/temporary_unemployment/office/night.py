"""The night: decisions that may be seen go into the e-Box and back by the way they came.

Each way of each decision is a row that is waiting or is done, so a night that was broken off goes
on where it stopped, and one that runs twice sends nothing twice. Several processes share the work
by the number of the decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import F, QuerySet
from django.utils.translation import override

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.documents import operations as documents
from guichet.documents import queries as sealed
from guichet.ebox import publishing, senders
from guichet.ebox.drafts import NewDocument, NewMessage
from guichet.eservices.temporary_unemployment.models import GONE
from guichet.eservices.temporary_unemployment.office import channels, letter_texts
from guichet.eservices.temporary_unemployment.office.models import Decision, Delivery, Run
from guichet.platform import clock
from guichet.platform.db import transaction

ACTOR: Final = system("temporary_unemployment.office")
APPLICATION: Final = "temporary-unemployment"
_STATES: Final = {"ebox": "sent", "paper": "paper", "": "waiting"}
HOUR: Final = 2
_TYPE: Final = "decision.unemployment"
_STEP: Final = 25


@dataclass(frozen=True, slots=True)
class Part:
    """The ``number``-th of ``of`` parts of the work."""

    number: int = 0
    of: int = 1


def is_time(now: datetime) -> bool:
    """From two o'clock in Brussels on; later hours take up what was left."""
    return now.astimezone(clock.BRUSSELS).hour >= HOUR


def waiting(now: datetime) -> int:
    """How many decisions still have to go out."""
    return _due(now, Part()).count()


def withdraw_void(*, now: datetime) -> int:
    """Keep back what the employer forestalled on the day of its decision; how many ways."""
    rows = Delivery.objects.filter(state="waiting", due_on__lte=clock.today(now))
    return rows.filter(decision__communication__state__in=GONE).update(state="withdrawn")


def deliver_part(*, part: Part, run: int, now: datetime) -> int:
    """Send the decisions of one part; how many went out whole."""
    sender, done, noted = sender_number(), 0, 0
    for key in list(_due(now, part).order_by("pk").values_list("pk", flat=True)):
        done += deliver(decision=key, sender=sender, now=now)
        if done - noted >= _STEP:
            _note(run, done - noted)
            noted = done
    _note(run, done - noted)
    return done


def deliver(*, decision: int, sender: str, now: datetime) -> bool:
    """Send one decision by each of its ways; whether nothing of it waits any more.

    The letter is made first where no job has made it yet.
    """
    reference = Decision.objects.values_list("document", flat=True).get(pk=decision)
    if not documents.make(reference=reference, now=now):
        return False
    pdf = sealed.sealed_pdf(reference=reference)
    if pdf is None:
        return False
    with transaction(actor=ACTOR):
        rows = Delivery.objects.select_for_update(of=("self",), skip_locked=True)
        rows = rows.filter(decision=decision, state="waiting", due_on__lte=clock.today(now))
        given = [_given(row, sender, pdf, now) for row in _whole(rows)]
    return all(given)


def sender_number() -> str:
    """The organisation that sends the messages; empty where none is connected to the e-Box."""
    return senders.number_of(APPLICATION)


def _due(now: datetime, part: Part) -> QuerySet[Decision]:
    rows = Delivery.objects.filter(state="waiting", due_on__lte=clock.today(now))
    found = Decision.objects.filter(pk__in=rows.values("decision_id"))
    if part.of == 1:
        return found
    return found.annotate(turn=F("id") % part.of).filter(turn=part.number)


def _whole(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return rows.select_related("decision__communication__employer").order_by("way")


def _given(row: Delivery, sender: str, pdf: bytes, now: datetime) -> bool:
    """One way of a decision; whether it waits no more."""
    if row.way == "message":
        row.state = "sent" if channels.give_back(row.decision, pdf, now=now) else "closed"
    else:
        row.state = _into_box(row.decision, sender, pdf, now)
    row.attempts += 1
    row.problem = "" if row.state != "waiting" else "no_sender"
    row.sent_at = now if row.state == "sent" else None
    row.save(update_fields=["state", "attempts", "problem", "sent_at"])
    trail.record(
        action="temporaryUnemployment.decision.sent", actor=ACTOR, target=row.decision.number,
        now=now, detail={"way": row.way, "state": row.state},
    )  # fmt: skip
    return row.state != "waiting"


def _into_box(decision: Decision, sender: str, pdf: bytes, now: datetime) -> str:
    if not sender:
        return "waiting"
    message = _message(decision, sender, pdf)
    return _STATES[publishing.deliver_or_post(message=message, actor=ACTOR, now=now)]


def _message(decision: Decision, sender: str, pdf: bytes) -> NewMessage:
    with override(decision.language):
        subject, body = letter_texts.message(decision)
    name = letter_texts.file_name(decision)
    return NewMessage(
        sender_number=sender,
        reference=f"temporary-unemployment-{decision.number}",
        type=_TYPE,
        language=decision.language,
        subject=subject,
        body=body,
        documents=(NewDocument(name, "application/pdf", pdf, is_signed=True),),
        enterprise_number=decision.communication.employer.number,
        application=APPLICATION,
        is_body_main=True,
    )


def _note(run: int, done: int) -> None:
    if done:
        Run.objects.filter(pk=run).update(done=F("done") + done)


def posted(*, delivery: int, offices: frozenset[str], actor: Actor, now: datetime) -> bool:
    """Somebody put a letter of these offices into the post; whether it waited for that."""
    with transaction(actor=actor):
        rows = Delivery.objects.filter(
            pk=delivery, state="paper", decision__communication__office__in=offices
        )
        moved = rows.update(state="posted", sent_at=now)
        if moved:
            trail.record(
                action="temporaryUnemployment.letter.posted", actor=actor,
                target=f"delivery/{delivery}", now=now,
            )  # fmt: skip
    return bool(moved)
