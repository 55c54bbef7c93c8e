"""What is done on the provider's side: tickets handed in, test cards made and revoked."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.csam.eid.authority import Card, CardAuthority, CardKind, ensure_authority
from guichet.csam.eid.judge import Holder, Refusal
from guichet.csam.eid.models import TestCard, Ticket
from guichet.csam.eid.tickets import digest, serial
from guichet.kernel.niss import Niss
from guichet.platform.db import transaction


class TicketRefused(Exception):
    """No such ticket for this login: used, too late, of another browser, or never given."""


class UnknownCard(Exception):
    """No test card with this serial number."""


@dataclass(frozen=True, slots=True, repr=False)
class Wanted:
    """A test card to be made."""

    niss: str
    given_name: str
    family_name: str
    kind: CardKind = CardKind.AUTHENTICATION
    expired: bool = False
    revoked: bool = False


def redeem(*, ticket: str, login: str, now: datetime) -> Holder | Refusal:
    """Take a ticket out, once, within its sixty seconds, for the login that it was given for.

    ``login``: the handle of the login of the browser that hands it in (see `handles`). What the
    listener read from the card leaves the database here. Raises TicketRefused, which says to
    nobody which of the conditions failed.
    """
    with transaction():
        tickets = Ticket.objects.select_for_update().filter(
            digest=digest(ticket), login=login, created_at__lte=now, expires_at__gt=now
        )
        found = tickets.first()
        if found is None:
            raise TicketRefused
        found.delete()
        if found.refusal is not None:
            return Refusal(found.refusal)
        holder = Holder(found.niss or "", found.given_name, found.family_name)
        actor = Actor(kind="person", id=holder.niss)
        trail.record(action="csam.eid.read", actor=actor, target="card", now=now)
    return holder


def note_refused_ticket(*, now: datetime) -> None:
    """Leave a line in the trail about a ticket that was not taken; outside any transaction."""
    trail.record_refusal(
        action="csam.eid.ticketRefused",
        actor=system("csam-eid"),
        target="ticket",
        now=now,
        reason="used, too late or of another browser",
    )


def forget_tickets(*, now: datetime) -> int:
    """Delete the tickets that nobody handed in; how many."""
    with transaction():
        return Ticket.objects.filter(expires_at__lte=now).delete()[0]


def issue_test_card(*, wanted: Wanted, authority: Path, actor: Actor, now: datetime) -> Card:
    """Make a certificate by the test authority in this folder and note it in the list.

    Raises InvalidNiss. The private key is in the answer and nowhere else.
    """
    ensure_authority(authority, now=now)
    card = CardAuthority(authority).issue(
        niss=wanted.niss,
        given_name=wanted.given_name,
        family_name=wanted.family_name,
        now=now,
        kind=wanted.kind,
        expired=wanted.expired,
    )
    number = serial(card.certificate)
    with transaction():
        TestCard.objects.create(
            serial=number,
            niss=Niss.parse(wanted.niss).digits,
            name=f"{wanted.given_name} {wanted.family_name}",
            kind=wanted.kind.value,
            made_at=now,
            valid_until=card.certificate.not_valid_after_utc,
            revoked_at=now if wanted.revoked else None,
        )
        target = f"test-card/{number}"
        trail.record(action="csam.testCard.issued", actor=actor, target=target, now=now)
    return card


def revoke_test_card(*, number: str, actor: Actor, now: datetime) -> None:
    """Put a test card on the list of revoked ones; twice is once. Raises UnknownCard."""
    with transaction():
        card = TestCard.objects.select_for_update().filter(serial=number).first()
        if card is None:
            raise UnknownCard
        if card.revoked_at is not None:
            return
        card.revoked_at = now
        card.save(update_fields=["revoked_at"])
        target = f"test-card/{number}"
        trail.record(action="csam.testCard.revoked", actor=actor, target=target, now=now)
