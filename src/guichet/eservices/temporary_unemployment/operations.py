"""Receiving, changing and cancelling communications: one transaction, one line of the trail.

Two that send for one employer wait for each other, so that each knows what the other sent; whether
a communication is still open is the answer of one UPDATE.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.temporary_unemployment import (
    papers,
    queries,
    steps,
    storing,
    strangers,
    tickets,
)
from guichet.eservices.temporary_unemployment.content import Told
from guichet.eservices.temporary_unemployment.crisis import measures
from guichet.eservices.temporary_unemployment.judging import Judgement, judged
from guichet.eservices.temporary_unemployment.knowing import Surroundings, calendar_of
from guichet.eservices.temporary_unemployment.models import Communication, Draft
from guichet.eservices.temporary_unemployment.storing import PREFIXES, Taken
from guichet.kernel.moments import brussels_day
from guichet.kernel.verdict import Severity
from guichet.platform.db import transaction
from guichet.rules.temporary_unemployment import check, identifiers
from guichet.rules.temporary_unemployment.communication import Known
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import found
from guichet.rules.temporary_unemployment.kinds import Channel
from guichet.rules.temporary_unemployment.states import Party, State, Step

_LOCK: Final = "temporary unemployment of "


class Refused(Exception):
    """Nothing is stored; ``faults``: everything that was found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(fault.key for fault in faults if fault.blocks))
        self.faults = tuple(faults)


class Unseen(Exception):
    """A warning came up that the person has not been shown; nothing is stored."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(fault.key for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends for which employer (ten digits) by which channel.

    ``sender``: ten digits of the enterprise that sends, the employer's own when empty; ``file``:
    the ticket of the file that it came in.
    """

    actor: Actor
    employer: str = ""
    channel: Channel = Channel.WEB
    sender: str = ""
    file: str = ""

    @property
    def enterprise(self) -> str:
        """The enterprise that sends."""
        return self.sender or self.employer

    def party(self, employer: str) -> Party:
        """As whom it acts towards an employer."""
        return Party.EMPLOYER if self.enterprise == employer else Party.SENDER


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one communication; without a ticket it was refused and is not stored."""

    ticket: str
    faults: tuple[Fault, ...]
    key: int = 0

    @property
    def is_taken(self) -> bool:
        """Whether it was received."""
        return bool(self.ticket)


def communicate(
    *,
    told: Told,
    sender: Sender,
    now: datetime,
    seen: Collection[str] | None = None,
    confirmed: bool = False,
    draft: UUID | None = None,
) -> Communication:
    """Receive one communication, once for each draft however often it is sent.

    ``seen``: the keys of the warnings that stood on the page, None for a machine, whose warnings
    never stop anything; ``confirmed``: the same content again is meant. A communication whose
    ``said.changes`` names a ticket takes its place. Raises Refused, Unseen, Closed.
    """
    measures.must_be_open(now=now)
    with transaction(actor=sender.actor):
        _one_at_a_time([told])
        done = Communication.objects.filter(draft=draft).first() if draft else None
        if done is not None and done.employer.number == told.said.enterprise:
            return done
        around = Surroundings([told], sender=sender.enterprise, now=now, confirmed=confirmed)
        outcome = _receive([told], around, sender, now, seen=seen, draft=draft)[0]
        if not outcome.is_taken:
            raise Refused(outcome.faults)
        if draft is not None:
            Draft.objects.filter(key=draft).delete()
        trail.record(
            action="temporaryUnemployment.communication.received", actor=sender.actor,
            target=outcome.ticket, now=now,
            detail={"kind": told.said.kind.value, "warned": [one.key for one in outcome.faults]},
        )  # fmt: skip
        row = Communication.objects.select_related("employer", "changes").get(pk=outcome.key)
        if sender.channel is Channel.WEB:
            row.document = papers.issue_receipt(row=row, told=told, actor=sender.actor, now=now)
            row.save(update_fields=["document"])
        return row


def communicate_many(
    *, batch: Sequence[Told], sender: Sender, now: datetime
) -> tuple[Outcome, ...]:
    """Receive a batch in one transaction, as `receive_many` does."""
    with transaction(actor=sender.actor):
        return receive_many(batch=batch, sender=sender, now=now)


def receive_many(
    *,
    batch: Sequence[Told],
    sender: Sender,
    now: datetime,
    confirmed: bool = False,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[Outcome, ...]:
    """Receive a batch in the caller's transaction: originals, changes, cancellations, in order.

    A refused one never stops its neighbours, and a warning stops nothing. ``confirmed``: the same
    content again is meant; ``meanwhile``: something without database that is done while this one
    stores, if it does. One line of the trail, and one for each ticket of somebody else that a form
    names. Raises Closed.
    """
    measures.must_be_open(now=now)
    _one_at_a_time(batch)
    around = Surroundings(batch, sender=sender.enterprise, now=now, confirmed=confirmed)
    outcomes = _receive(batch, around, sender, now, meanwhile=meanwhile)
    strangers.noted_in_batch(
        around.not_theirs(batch), actor=sender.actor, channel=sender.channel.value,
        file=sender.file, now=now,
    )  # fmt: skip
    taken = sum(outcome.is_taken for outcome in outcomes)
    trail.record(
        action="temporaryUnemployment.batch.received", actor=sender.actor,
        target=sender.file or (outcomes[0].ticket if outcomes else ""), now=now,
        detail={"forms": len(outcomes), "taken": taken},
    )  # fmt: skip
    return outcomes


def cancel(*, ticket: str, sender: Sender, now: datetime, remark: str = "") -> Communication:
    """Withdraw a communication; it stays readable under its ticket and gets one more.

    Late ones are cancelled too, with a warning. Raises Refused, Closed.
    """
    measures.must_be_open(now=now)
    with transaction(actor=sender.actor):
        row = queries.communication(ticket=ticket, employer=sender.employer)
        faults = cancellation_faults(row, now=now)
        if row is None or any(fault.blocks for fault in faults):
            raise Refused(faults)
        _cancel(row, sender, remark, faults, now)
        trail.record(
            action="temporaryUnemployment.communication.cancelled", actor=sender.actor,
            target=row.ticket, now=now, detail={"warned": [one.key for one in faults]},
        )  # fmt: skip
        row.refresh_from_db()
        return row


def cancellation_faults(
    row: Communication | None, *, now: datetime, sent_at: datetime | None = None
) -> tuple[Fault, ...]:
    """What speaks against the withdrawal of a communication now.

    ``sent_at``: when it was received, where it is handled later: that moment is late or is not.
    """
    if row is None:
        return (found("CTW-082", "ticket", "cancel"),)
    # As far as the employer can know: a refusal never tells that there is a decision of today.
    state = queries.shown_state(row, today=brussels_day(now))
    return _of_cancellation(row, state, sent_at or now)


def warnings_of_cancellation(row: Communication) -> tuple[Fault, ...]:
    """What was said of the withdrawal of a communication that is cancelled."""
    return _of_cancellation(row, State.RECEIVED, row.cancelled_at) if row.cancelled_at else ()


def _of_cancellation(row: Communication, state: State, at: datetime) -> tuple[Fault, ...]:
    told = queries.told_of(row)
    calendar = calendar_of(employer=row.employer.number, establishment=row.establishment)
    return check.cancellation_faults(told.said, state=state, at=at, known=Known(calendar=calendar))


def _one_at_a_time(batch: Sequence[Told]) -> None:
    """Wait until nobody else sends for the same employers; always in the same order."""
    numbers = sorted({told.said.enterprise for told in batch})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s || number, 0))"
            " FROM unnest(%s::text[]) AS number",
            [_LOCK, numbers],
        )


def _receive(
    batch: Sequence[Told],
    around: Surroundings,
    sender: Sender,
    now: datetime,
    *,
    seen: Collection[str] | None = None,
    draft: UUID | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[Outcome, ...]:
    numbers = iter(tickets.take(PREFIXES[sender.channel], count=len(batch)))
    outcomes: list[Outcome] = []
    taken: list[Taken] = []
    places: list[int] = []
    for told in batch:
        if told.cancels:
            outcomes.append(_withdrawn(told, around, sender, now))
            continue
        judgement = judged(told, around)
        if judgement.blocks:
            outcomes.append(Outcome("", judgement.faults))
            continue
        if seen is not None:
            _shown(judgement.faults, seen)
        ticket = next(numbers)
        one = _taken(told, judgement, around, sender, ticket=ticket, draft=draft)
        if told.said.changes and not _replaced(told, one, around, sender, now):
            outcomes.append(Outcome("", (*judgement.faults, found("CTW-082", "changes"))))
            continue
        around.remember(told, one.ticket)
        places.append(len(outcomes))
        outcomes.append(Outcome(one.ticket, judgement.faults))
        taken.append(one)
    keys = storing.store(taken, meanwhile=meanwhile)
    for place, key, one in zip(places, keys, taken, strict=True):
        outcomes[place] = Outcome(one.ticket, one.faults, key)
    return tuple(outcomes)


def _taken(
    told: Told,
    judgement: Judgement,
    around: Surroundings,
    sender: Sender,
    *,
    ticket: str,
    draft: UUID | None,
) -> Taken:
    said = told.said
    employer = identifiers.enterprise(said.enterprise, channel=said.channel) or ""
    old = around.of_ticket(employer, said.changes) if said.changes else None
    return Taken(
        told=told,
        ticket=ticket,
        employer=around.employers[employer],
        sender=sender.enterprise,
        file=sender.file,
        told_on=judgement.told_on,
        faults=judgement.faults,
        calendar=around.calendar(employer, said.establishment),
        changes=None if old is None else old.key,
        nature=around.nature_key(employer, said.nature_ticket) if said.nature_ticket else None,
        draft=None if draft is None else str(draft),
    )


def _replaced(told: Told, one: Taken, around: Surroundings, sender: Sender, now: datetime) -> bool:
    """Whether the communication that is changed was still open, and is replaced now."""
    if one.changes is None:
        return False
    employer = identifiers.enterprise(told.said.enterprise, channel=told.said.channel) or ""
    return steps.took(
        key=one.changes, step=Step.MODIFY, party=sender.party(employer),
        channel=sender.channel, by=sender.actor, detail={"by": one.ticket}, now=now,
    )  # fmt: skip


def _withdrawn(told: Told, around: Surroundings, sender: Sender, now: datetime) -> Outcome:
    known = around.known(told)
    if not known.may_act:
        return Outcome("", (found("CTW-002", "enterprise"),))
    employer = identifiers.enterprise(told.said.enterprise, channel=told.said.channel) or ""
    row = queries.communication(ticket=told.cancels, employer=employer)
    faults = cancellation_faults(row, now=now, sent_at=told.said.received_at)
    if row is None or any(fault.blocks for fault in faults):
        return Outcome("", faults)
    given = _cancel(row, sender, told.said.remarks, faults, now)
    around.forget(row.ticket, State.CANCELLED)
    return Outcome(given, faults, key=row.pk)


def _cancel(
    row: Communication, sender: Sender, remark: str, faults: Sequence[Fault], now: datetime
) -> str:
    """The ticket of the cancellation; raises Refused when somebody was quicker."""
    [ticket] = tickets.take(tickets.CANCELLATION)
    took = steps.took(
        key=row.pk, step=Step.CANCEL, party=sender.party(row.employer.number),
        channel=sender.channel, by=sender.actor, remark=remark,
        detail={"ticket": ticket, "warned": [fault.key for fault in faults]}, now=now,
        with_values={"cancellation_ticket": ticket, "cancelled_at": now},
    )  # fmt: skip
    if not took:
        raise Refused([found("CTW-082", "ticket", "cancel")])
    return ticket


def _shown(faults: Sequence[Fault], seen: Collection[str]) -> None:
    new = [one for one in faults if one.severity is Severity.WARN and mark(one) not in seen]
    if new:
        raise Unseen(faults)


def mark(fault: Fault) -> str:
    """By what a warning on a page is known again: its key and its field."""
    return f"{fault.key}:{fault.field}"
