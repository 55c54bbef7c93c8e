"""Alternative automatic methods: declared with their proof, ended, never changed in between.

Source: Royal Decrees of 11 February 2014 (N15): equal
guarantees, the same data, traceable origin, and proof that who is on site is registered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.documents.attachments import operations as attachments
from guichet.documents.attachments.operations import Owner
from guichet.eservices.presence.days import crews
from guichet.eservices.presence.kiosk.allowances import PROOF
from guichet.eservices.presence.kiosk.models import Method
from guichet.platform import clock
from guichet.platform.db import transaction


class UnknownMethod(LookupError):
    """The enterprise declared none of this number."""


class SiteRefused(Exception):
    """The enterprise announces presences of days on no such site today."""


class ProofMissing(Exception):
    """A method is declared with at least one document."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What somebody says of a method; ``works_reference`` empty: every site of the firm."""

    works_reference: str
    name: str
    description: str
    guarantees: str
    origin: str
    proof: str
    first_day: date
    last_day: date | None


def declare(
    *,
    wanted: Declared,
    files: Sequence[UUID],
    owner: Owner,
    actor: Actor,
    now: datetime,
) -> Method:
    """Declare a method with its proof, which belongs to it from now on.

    Raises SiteRefused, ProofMissing, UnknownAttachment.
    """
    if not files:
        raise ProofMissing
    enterprise = owner.enterprise_number
    if wanted.works_reference:
        sites = crews.sites(enterprise=enterprise, on=clock.today(now))
        if wanted.works_reference not in {one.reference for one in sites}:
            raise SiteRefused
    with transaction(actor=actor):
        row = Method.objects.create(
            enterprise_number=enterprise,
            works_reference=wanted.works_reference,
            name=wanted.name,
            description=wanted.description,
            guarantees=wanted.guarantees,
            origin=wanted.origin,
            proof=wanted.proof,
            first_day=wanted.first_day,
            last_day=wanted.last_day,
            declared_by_id=owner.person_id,
            declared_at=now,
        )
        attachments.apply(
            service=PROOF.service, owner=owner, applied_to=str(row.number), now=now, only=files
        )
        _told("presence.method.declared", row, actor, now)
    return row


def end(*, number: UUID, enterprise: str, actor: Actor, now: datetime) -> Method:
    """Today is the last day of a method; again it changes nothing. Raises UnknownMethod."""
    with transaction(actor=actor):
        rows = Method.objects.select_for_update()
        row = rows.filter(number=number, enterprise_number=enterprise).first()
        if row is None:
            raise UnknownMethod
        today = clock.today(now)
        if row.ended_at is None and (row.last_day is None or row.last_day >= today):
            row.ended_at, row.last_day = now, max(today, row.first_day)
            row.save(update_fields=["ended_at", "last_day"])
            _told("presence.method.ended", row, actor, now)
    return row


def state(row: Method, *, today: date) -> str:
    """``ended``, ``coming``, ``over`` or ``inForce``, as the page names it."""
    if row.ended_at is not None:
        return "ended"
    if row.first_day > today:
        return "coming"
    return "over" if row.last_day is not None and row.last_day < today else "inForce"


def _told(action: str, row: Method, actor: Actor, now: datetime) -> None:
    trail.record(
        action=action,
        actor=actor,
        target=f"method/{row.number}",
        now=now,
        detail={"site": row.works_reference or "all"},
    )
