"""Changing mandates: each one transaction, a line in the trail, a mail to those concerned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from guichet.access.mandates import changing, documents, verification
from guichet.access.mandates.changing import How, MandateRefused, UnknownMandate
from guichet.access.mandates.models import Mandate
from guichet.access.mandates.telling import tell
from guichet.access.mandates.verification import LARGEST, DocumentRefused
from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules import mandates as rules
from guichet.rules.mandates import Domain, Quarter, Side, Status, Step

__all__ = ["LARGEST", "DocumentRefused", "MandateRefused", "Seat", "UnknownMandate", "Wanted"]

# A signature on paper or by card names the surest means; the page names its own.
_CARD_LEVEL: Final = 500


@dataclass(frozen=True, slots=True)
class Seat:
    """For which enterprise somebody sits at the table, and on which side."""

    number: str
    side: Side


@dataclass(frozen=True, slots=True)
class Wanted:
    """A mandate to make: with whom, for what, since which quarter, in which language."""

    other: str
    domains: tuple[Domain, ...]
    first: Quarter
    language: str


def propose(*, seat: Seat, wanted: Wanted, by: Actor, now: datetime) -> Mandate:
    """Prepare a mandate: it is kept from now on, until its maker signs or withdraws it.

    Raises MandateRefused.
    """
    with transaction(), acting(by, now=now):
        mandator, mandatary = changing.parties(seat.number, seat.side, wanted.other)
        changing.require_manager(seat.number, seat.side, by, now)
        changing.require(changing.proposal(mandator, mandatary, wanted.domains, wanted.first, now))
        row = Mandate.objects.create(
            mandator=mandator,
            mandatary=mandatary,
            domains=[one.value for one in wanted.domains],
            first_day=wanted.first.first_day,
            made_by=seat.side.value,
            maker=changing.person_of(by),
            language=wanted.language,
            made_at=now,
        )
        documents.keep(row, documents.made(row, now=now), now=now)
        changing.record("made", row, by=by, now=now)
    return row


def sign_on_page(
    *,
    seat: Seat,
    mandate: int,
    means: str,
    level: int,
    is_sure_enough: bool,
    by: Actor,
    now: datetime,
) -> Mandate:
    """Sign for a party with the sign-in of this session; the second signature makes it active.

    Raises UnknownMandate, MandateRefused.
    """
    with transaction(), acting(by, now=now):
        row = changing.locked(mandate, seat.number, seat.side)
        following = changing.after(row, Step.SIGN, seat.side)
        changing.require_signatory(row, seat.side, by.id, is_sure_enough, now)
        changing.signed(row, seat.side, changing.person_of(by), How("page", means, level), now=now)
        if not row.signatures.filter(way="document").exists():
            documents.keep(row, documents.made(row, now=now), now=now)
        _signed(row, seat.side, following, by=by, now=now)
    return row


def sign_document(*, seat: Seat, mandate: int, pdf: bytes, by: Actor, now: datetime) -> Mandate:
    """Take the document that a signatory of the party signed with a card.

    Whoever sends it in need not be the one who signed. Raises UnknownMandate, MandateRefused,
    DocumentRefused; a document that is refused leaves a line in the trail and nothing else.
    """
    try:
        with transaction(), acting(by, now=now):
            row = changing.locked(mandate, seat.number, seat.side)
            following = changing.after(row, Step.SIGN, seat.side)
            read = verification.read(
                pdf, current=documents.current(row.pk), side=seat.side, now=now
            )
            try:
                changing.require_signatory(row, seat.side, read.niss, True, now)
            except MandateRefused as refusal:
                if refusal.key == "too_late":
                    raise
                raise DocumentRefused("wrong_person") from None
            person = changing.person_of(Actor("person", read.niss))
            how = How("document", "eid", _CARD_LEVEL, read.serial_number)
            changing.signed(row, seat.side, person, how, now=now)
            documents.keep(row, pdf, now=now)
            _signed(row, seat.side, following, by=by, now=now)
    except DocumentRefused as refusal:
        changing.record_refusal(mandate, refusal.key, by=by, now=now)
        raise
    return row


def refuse(*, seat: Seat, mandate: int, by: Actor, now: datetime) -> None:
    """The other party does not want the mandate."""
    _reject(seat, mandate, Step.REFUSE, "refused", by=by, now=now)


def withdraw(*, seat: Seat, mandate: int, by: Actor, now: datetime) -> None:
    """The maker takes back what is not signed by both."""
    _reject(seat, mandate, Step.WITHDRAW, "withdrawn", by=by, now=now)


def end(*, seat: Seat, mandate: int, last: Quarter, by: Actor, now: datetime) -> None:
    """Either party chooses the last quarter; what is lent ends with its last day."""
    with transaction(), acting(by, now=now):
        row = changing.locked(mandate, seat.number, seat.side)
        changing.after(row, Step.END, seat.side, on=clock.today(now))
        changing.require_manager(seat.number, seat.side, by, now)
        changing.require(
            rules.may_end(
                last=last,
                first_day=row.first_day,
                last_day=row.last_day,
                on=clock.today(now),
            )
        )
        changing.cut(row, last.last_day)
        row.last_day, row.closing = last.last_day, "ended"
        row.save(update_fields=["last_day", "closing"])
        changing.record("ended", row, by=by, now=now, last_quarter=str(last))
        tell(row, seat.side.other, "ended", now=now)


def revoke(*, seat: Seat, mandate: int, is_sure_enough: bool, by: Actor, now: datetime) -> None:
    """A representative of the employer takes the mandate back: nothing is lent from this moment."""
    today = clock.today(now)
    with transaction(), acting(by, now=now):
        row = changing.locked(mandate, seat.number, seat.side)
        following = changing.after(row, Step.REVOKE, seat.side, on=today)
        changing.require_representative(row, by.id, is_sure_enough, now)
        row.lent.filter(revoked_at=None).update(revoked_at=now)
        row.status, row.closing = following.value, "revoked"
        row.last_day = Quarter.of(max(today, row.first_day)).last_day
        row.save(update_fields=["status", "closing", "last_day"])
        changing.record("revoked", row, by=by, now=now)
        tell(row, Side.MANDATARY, "revoked", now=now)


def _reject(seat: Seat, mandate: int, step: Step, word: str, *, by: Actor, now: datetime) -> None:
    with transaction(), acting(by, now=now):
        row = changing.locked(mandate, seat.number, seat.side)
        was = row.status
        row.status = changing.after(row, step, seat.side).value
        changing.require_manager(seat.number, seat.side, by, now)
        row.closing = word
        row.save(update_fields=["status", "closing"])
        changing.record(word, row, by=by, now=now)
        if was == Status.PENDING:  # before, nobody else knew of it
            tell(row, seat.side.other, word, now=now)


def _signed(row: Mandate, side: Side, following: Status, *, by: Actor, now: datetime) -> None:
    """What a signature does to the mandate and to those that it replaces."""
    row.status = following.value
    row.save(update_fields=["status"])
    changing.record("signed", row, by=by, now=now, side=side.value)
    if following is not Status.ACTIVE:
        tell(row, side.other, "pending", now=now)
        return
    for former in _activated(row, by=by, now=now):
        tell(former, Side.MANDATARY, "replaced", now=now)
    for party in Side:
        tell(row, party, "activated", now=now)


def _activated(row: Mandate, *, by: Actor, now: datetime) -> Sequence[Mandate]:
    """Lend what the mandate says; the mandates of which it takes a domain over."""
    wanted = tuple(Domain(one) for one in row.domains)
    first = Quarter.of(row.first_day)
    verdict = changing.proposal(row.mandator, row.mandatary, wanted, first, now)
    changing.require(verdict)
    former = changing.replaced(row, verdict.outcome, by=by, now=now)
    changing.lend(row, wanted)
    changing.record("activated", row, by=by, now=now)
    return former
