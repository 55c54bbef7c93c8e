"""Lots of presences: a draft that fills up step by step, then registered with its progress.

A draft is a row, so that nothing that was chosen is lost and no number of a person stands in an
address. What is small is registered at once, what is large in a job, piece by piece; each piece is
whole or not at all, and a lot is registered once however often it is sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from procrastinate.contrib.django import app

from guichet.audit.actors import Actor, actor_of
from guichet.eservices.presence.days import operations
from guichet.eservices.presence.days.crews import Member
from guichet.eservices.presence.days.operations import Foreseen, Sender, Wanted
from guichet.eservices.presence.models import Lot
from guichet.platform.db import transaction

AT_ONCE: Final = 200
PIECE: Final = 500
MOST: Final = 5_000


class TooMany(Exception):
    """More than five thousand presences in one lot."""


class UnknownLot(Exception):
    """No lot of this person for this enterprise, or none in that state."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose lot it is: a person (row) for an enterprise; ``quality`` and mandate do not matter."""

    person_id: int
    enterprise_number: str


def begin(
    *,
    holder: Holder,
    reference: str,
    members: Sequence[Member],
    days: Sequence[date],
    now: datetime,
) -> Lot:
    """A new draft for a site, perhaps with a crew and days already."""
    with transaction():
        return Lot.objects.create(
            number=uuid4(),
            person_id=holder.person_id,
            enterprise_number=holder.enterprise_number,
            works_reference=reference,
            crew=[_kept(one) for one in members],
            days=[day.isoformat() for day in days],
            state=Lot.State.DRAFT,
            made_at=now,
        )


def draft(*, holder: Holder, number: UUID) -> Lot:
    """A draft of this holder; raises UnknownLot for another's, none, and one that was sent."""
    row = lot(holder=holder, number=number)
    if row.state != Lot.State.DRAFT:
        raise UnknownLot
    return row


def lot(*, holder: Holder, number: UUID) -> Lot:
    """A lot of this holder in any state; raises UnknownLot."""
    row = Lot.objects.filter(
        number=number,
        person=holder.person_id,
        enterprise_number=holder.enterprise_number,
    ).first()
    if row is None:
        raise UnknownLot
    return row


def put_crew(*, row: Lot, members: Sequence[Member]) -> None:
    """Who is announced."""
    with transaction():
        row.crew = [_kept(one) for one in members]
        row.save(update_fields=["crew"])


def put_days(*, row: Lot, days: Sequence[date]) -> None:
    """On which days; raises TooMany."""
    if len(days) * len(row.crew) > MOST:
        raise TooMany
    with transaction():
        row.days = [day.isoformat() for day in days]
        row.save(update_fields=["days"])


def crew(row: Lot) -> list[Member]:
    """The people of a lot."""
    return [Member(*one) for one in row.crew]


def days(row: Lot) -> list[date]:
    """The days of a lot."""
    return [date.fromisoformat(one) for one in row.days]


def foreseen(*, row: Lot, sender: Sender, now: datetime) -> list[Foreseen]:
    """What would become of each, by person and then by day."""
    return operations.foresee(wanted=_wanted(row), sender=sender, now=now)


def send(
    *, holder: Holder, number: UUID, without: Sequence[int], actor: Actor, now: datetime
) -> Lot:
    """Register a draft, without the presences at these places; sent again it is the same lot.

    Raises UnknownLot.
    """
    with transaction():
        row = _locked(holder, number)
        if row.state == Lot.State.DRAFT:
            row.total = len(row.crew) * len(row.days)
            row.left_out = sorted({place for place in without if 0 <= place < row.total})
            row.outcomes = [None] * row.total
            row.state, row.sent_at, row.actor = Lot.State.WAITING.value, now, str(actor)
            row.save()
            if row.total > AT_ONCE:
                app.configure_task(name="presence.lot").defer(lot=row.pk)
    if row.total <= AT_ONCE:
        work(lot=row.pk, now=now)
        row.refresh_from_db()
    return row


def stop(*, holder: Holder, number: UUID) -> None:
    """Register no more of what still waits; raises UnknownLot."""
    with transaction():
        row = _locked(holder, number)
        if row.state == Lot.State.WAITING:
            row.state = Lot.State.STOPPED.value
            row.save(update_fields=["state"])


def work(*, lot: int, now: datetime) -> None:
    """Register a lot piece by piece, each in a transaction of its own, until it is done."""
    while True:
        with transaction():
            row = Lot.objects.select_for_update().filter(pk=lot).first()
            if row is None or row.state != Lot.State.WAITING:
                return
            _piece(row, now)


def forget_old(*, before: datetime) -> int:
    """Delete drafts and lots made before; the presences stay. How many."""
    with transaction():
        return Lot.objects.filter(made_at__lt=before).delete()[0]


def _piece(row: Lot, now: datetime) -> None:
    wanted, out = _wanted(row), set(row.left_out)
    places = [at for at in range(row.done, row.total) if at not in out][:PIECE]
    sender = _sender(row)
    taken = operations.announce(
        wanted=[wanted[at] for at in places], sender=sender, actor=actor_of(row.actor), now=now
    )
    for at, one in zip(places, taken, strict=True):
        row.outcomes[at] = [one.receipt, [str(why) for why in one.refusals]]
        row.taken += one.receipt is not None
        row.refused += one.receipt is None
    row.done = places[-1] + 1 if places else row.total
    if not [at for at in range(row.done, row.total) if at not in out]:
        row.done, row.state, row.finished_at = row.total, Lot.State.DONE.value, now
    row.save()


def _sender(row: Lot) -> Sender:
    return Sender("assistant", row.enterprise_number, is_portal=True, person_id=row.person_id)


def _wanted(row: Lot) -> list[Wanted]:
    return [
        Wanted(
            day=day,
            works_reference=row.works_reference,
            ssin=one.ssin,
            limosa_number=one.limosa_number,
            enterprise_number=one.employer if one.ssin else None,
            foreign_vat_number=one.vat if one.ssin else None,
        )
        for one in crew(row)
        for day in days(row)
    ]


def _kept(one: Member) -> list[Any]:
    return [one.ssin, one.limosa_number, one.employer, one.vat, one.name, one.employer_name]


def _locked(holder: Holder, number: UUID) -> Lot:
    row = (
        Lot.objects.select_for_update()
        .filter(
            number=number,
            person=holder.person_id,
            enterprise_number=holder.enterprise_number,
        )
        .first()
    )
    if row is None:
        raise UnknownLot
    return row
