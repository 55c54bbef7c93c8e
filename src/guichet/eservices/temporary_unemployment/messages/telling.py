"""From forms that were read to communications that are received, judged, or only answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from guichet.audit.actors import actor_of
from guichet.eservices.temporary_unemployment import operations as core
from guichet.eservices.temporary_unemployment import queries, strangers
from guichet.eservices.temporary_unemployment.content import Name, Told
from guichet.eservices.temporary_unemployment.judging import judged
from guichet.eservices.temporary_unemployment.knowing import Surroundings
from guichet.eservices.temporary_unemployment.messages.layout import path_of
from guichet.eservices.temporary_unemployment.messages.models import Delivery
from guichet.eservices.temporary_unemployment.messages.naming import Surrounding
from guichet.eservices.temporary_unemployment.messages.reading import Placed, ReadForm
from guichet.kernel.ticket import TicketNumber
from guichet.rules.temporary_unemployment import identifiers
from guichet.rules.temporary_unemployment.faults import Fault, any_blocks
from guichet.rules.temporary_unemployment.kinds import Channel

NOT_STORED: Final = "05T"
"""Prefix of the tickets of a trial: they stand for nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a form; ``ticket``: empty when it was not received."""

    position: int
    ticket: str
    faults: tuple[Placed, ...]
    own_reference: str = ""

    def warned(self, fault: Fault) -> Answer:
        """The same with one more fault."""
        more = Placed(fault, path_of(fault.field, position=self.position))
        return replace(self, faults=(*self.faults, more))


def told_of(form: ReadForm, *, language: str) -> Told | None:
    """What a form tells, None for one that cannot be read."""
    if form.meant is None:
        return None
    spoken = form.head.language or language
    return Told(
        said=form.meant.said,
        names=tuple(Name(family, given) for family, given in form.meant.names),
        language=spoken if spoken != "en" else "fr",
        own_reference=form.head.own_reference or "",
        cancels=form.meant.cancels,
    )


def tell(
    forms: Sequence[ReadForm],
    *,
    delivery: Delivery,
    now: datetime,
    meanwhile: Callable[[], None] | None = None,
) -> list[Answer]:
    """Receive the forms of a real file; judge those of a simulation; a test only goes round.

    In the transaction of the caller, in the order of the forms. ``meanwhile``: something without
    database that is done while this one stores, if it does.
    """
    told = {form.position: told_of(form, language=delivery.language) for form in forms}
    batch = {position: one for position, one in told.items() if one is not None}
    match Surrounding(delivery.surrounding):
        case Surrounding.REAL:
            found = _received(list(batch.values()), delivery, now, meanwhile)
        case Surrounding.SIMULATION:
            found = _judged(list(batch.values()), delivery, now)
        case Surrounding.TEST:
            found = [("", ()) for _ in batch]
    outcomes = dict(zip(batch, found, strict=True))
    return [_answer(form, outcomes.get(form.position), delivery) for form in forms]


_Outcome = tuple[str, tuple[Fault, ...]]


def _received(
    batch: list[Told],
    delivery: Delivery,
    now: datetime,
    meanwhile: Callable[[], None] | None,
) -> list[_Outcome]:
    sender = core.Sender(
        actor=actor_of(delivery.actor),
        channel=_channel(delivery),
        sender=delivery.enterprise,
        file=delivery.ticket,
    )
    if not batch:
        return []
    outcomes = core.receive_many(batch=batch, sender=sender, now=now, meanwhile=meanwhile)
    return [(outcome.ticket, outcome.faults) for outcome in outcomes]


def _channel(delivery: Delivery) -> Channel:
    return Channel.REST if delivery.channel == "rest" else Channel.BATCH


def _judged(batch: list[Told], delivery: Delivery, now: datetime) -> list[_Outcome]:
    around = Surroundings(batch, sender=delivery.enterprise, now=now)
    strangers.noted_in_batch(
        around.not_theirs(batch), actor=actor_of(delivery.actor), channel=_channel(delivery).value,
        file=delivery.ticket, now=now,
    )  # fmt: skip
    found: list[_Outcome] = []
    for place, told in enumerate(batch):
        faults = _faults(told, around, now)
        if not told.cancels and not any_blocks(faults):
            # As in a real file, a later form knows the earlier ones.
            around.remember(told, f"{NOT_STORED}{place}")
        found.append(("", faults))
    return found


def _faults(told: Told, around: Surroundings, now: datetime) -> tuple[Fault, ...]:
    known = around.known(told)
    if not told.cancels or not known.may_act:
        return judged(told, around).faults
    employer = identifiers.enterprise(told.said.enterprise, channel=told.said.channel) or ""
    row = queries.communication(ticket=told.cancels, employer=employer)
    return core.cancellation_faults(row, now=now, sent_at=told.said.received_at)


def _answer(form: ReadForm, outcome: _Outcome | None, delivery: Delivery) -> Answer:
    own = form.head.own_reference or ""
    if outcome is None:
        return Answer(form.position, "", form.faults, own)
    ticket, faults = outcome
    if not ticket and not any_blocks(faults):
        ticket = _trial_ticket(delivery, form)
    return Answer(form.position, ticket, form.placed(faults), own)


def _trial_ticket(delivery: Delivery, form: ReadForm) -> str:
    sequence = delivery.pk * 100_000 + form.position
    return TicketNumber.generate(prefix=NOT_STORED, sequence=sequence % 34**8).signs
