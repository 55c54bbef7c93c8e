"""A card goes to the payment body: whole, once, with a sealed receipt; and the choices behind it.

The receipt and what the payment body answers follow by jobs, in the transaction of the sending.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.temporary_unemployment.cards import (
    marking,
    paying,
    receipts,
    sheets,
    tickets,
)
from guichet.eservices.temporary_unemployment.cards.bodies import Body
from guichet.eservices.temporary_unemployment.cards.marking import Key
from guichet.eservices.temporary_unemployment.cards.models import Card, Choice, Delivery, Sending
from guichet.eservices.temporary_unemployment.cards.sheets import Preferred, Sheet
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.temporary_unemployment.card_days import CardDay, DayState
from guichet.rules.temporary_unemployment.card_sending import Early, State, Step, after


class Changed(Exception):
    """The card is not any more as the worker saw it: he looks again before he sends."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a worker says when he sends: ``seen``: of the sheet before him."""

    seen: str
    body: Body
    language: str
    early: Early = Early.NOT
    permission: str = field(default="", repr=False)


def send(*, key: Key, said: Told, actor: Actor, now: datetime) -> Sending:
    """Send a card; pressed twice, it is sent once.

    Raises UnknownCard, Changed, card_sending.StepRefused (sent already, or before its window).
    """
    with transaction(actor=actor):
        card = marking.locked(key, now)
        found = marking.sheet_of(key, now)
        if again := _same(card, said):
            return again
        if found.seen != said.seen:
            raise Changed
        today = clock.today(now)
        card.state = after(
            state=found.state, step=Step.SEND, month=key.month, today=today, early=said.early
        ).value
        made = _sent(card, found, said, actor, now)
        card.version, card.correction, card.changed_at = made.version, "", now
        card.save(update_fields=["state", "version", "correction", "changed_at"])
        _prefer(card.person_id, now, body=said.body.value)
        trail.record(
            action="temporaryUnemployment.card.sent", actor=actor, target=made.ticket, now=now,
            detail={"employer": key.employer, "month": f"{key.month:%Y-%m}",
                    "version": made.version, "early": said.early.value},
        )  # fmt: skip
    return made


def hand_over(*, document: str, now: datetime) -> bool:
    """Give the card of a sealed receipt to its payment body; whether it has it now.

    Raises paying.NotTaken when the body does not answer.
    """
    made = _of_document(document)
    if made is None or Delivery.objects.filter(sending=made).exists():
        return made is not None
    number = paying.PAYMENT_BODY.receive(_handed(made))  # outside the transaction: it may take time
    with transaction():
        _row, is_new = Delivery.objects.get_or_create(
            sending=made, defaults={"number": number, "at": now}
        )
        if is_new:
            trail.record(
                action="temporaryUnemployment.card.delivered", actor=receipts.ACTOR,
                target=made.ticket, now=now, detail={"body": made.body},
            )  # fmt: skip
    return True


def choose(*, person_id: int, chosen: Preferred, actor: Actor, now: datetime) -> None:
    """Keep what a worker prefers."""
    with transaction(actor=actor):
        _prefer(
            person_id, now, body=chosen.body, usual_start=chosen.usual_start,
            weekly_minutes=chosen.weekly_minutes, daily_minutes=chosen.daily_minutes,
        )  # fmt: skip
        trail.record(
            action="temporaryUnemployment.choice.kept", actor=actor,
            target=f"person/{person_id}", now=now,
        )  # fmt: skip


def as_sent(found: Sheet, *, early: Early, today: date) -> tuple[CardDay, ...]:
    """The days as they would go today; without more allowance asked, the later ones are empty."""
    if early is not Early.NOTHING_MORE:
        return found.days
    return tuple(
        one if one.day <= today or one.is_marked else
        CardDay(one.day, DayState.NOT_APPLICABLE, is_first=one.is_first)
        for one in found.days
    )  # fmt: skip


def _same(card: Card, said: Told) -> Sending | None:
    """What was sent from the page that the worker has before him, when he pressed twice."""
    if card.state != State.SENT.value:
        return None
    version = said.seen.partition(".")[0]
    rows = Sending.objects.filter(card=card, version=card.version)
    return rows.first() if version == str(card.version - 1) else None


def _sent(card: Card, found: Sheet, said: Told, actor: Actor, now: datetime) -> Sending:
    days = as_sent(found, early=said.early, today=clock.today(now))
    made = Sending(
        card=card,
        version=card.version + 1,
        ticket=tickets.take(),
        content={"committee": found.committee, "days": [_plain(found, one) for one in days]},
        early=said.early.value,
        permission=said.permission if said.early is Early.ALLOWED else "",
        reason=card.correction,
        body=said.body.value,
        language=said.language,
        sent_at=now,
    )
    made.document = receipts.issue_receipt(made=made, days=days, actor=actor, now=now)
    made.save(force_insert=True)
    return made


def _plain(found: Sheet, one: CardDay) -> dict[str, Any]:
    standing = found.standing(one.day) if one.is_marked else None
    return {
        "day": one.day.isoformat(),
        "state": one.state.value,
        "marked": one.is_marked,
        "first": one.is_first,
        "late": bool(standing and standing.is_late),
    }


def _handed(made: Sending) -> paying.Handed:
    card = made.card
    former = Sending.objects.filter(card=card, version=made.version - 1).first()
    return paying.Handed(
        body=Body(made.body),
        ticket=made.ticket,
        corrects=former.ticket if former else "",
        niss=card.person.niss,
        employer=card.employer.number,
        month=card.month,
        days=[(date.fromisoformat(one["day"]), one["state"]) for one in made.content["days"]],
        sent_at=made.sent_at,
    )


def _of_document(document: str) -> Sending | None:
    rows = Sending.objects.select_related("card__person", "card__employer")
    return rows.filter(document=document).first()


def _prefer(person_id: int, now: datetime, **given: Any) -> None:
    known = Choice.objects.select_for_update().filter(person_id=person_id).first()
    if known is None:
        start = {"usual_start": sheets.USUAL_START} | given
        Choice.objects.create(person_id=person_id, changed_at=now, **start)
        return
    changed = [name for name, value in given.items() if getattr(known, name) != value]
    for name in changed:
        setattr(known, name, given[name])
    if changed:
        known.changed_at = now
        known.save(update_fields=[*changed, "changed_at"])
