"""Means of registration: given to one person by his employer, printed, blocked for ever."""

import hashlib
import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.presence.days import crews
from guichet.eservices.presence.kiosk.models import Means
from guichet.platform import clock
from guichet.platform.db import savepoint, transaction
from guichet.registers.persons.models import Person
from guichet.rules.presence_means import CARD_LENGTH, CARD_LETTERS, may_be_a_badge, plain

_ONCE: Final = ("presence_means_badge_once", "presence_means_one_eid")


class UnknownMeans(LookupError):
    """The enterprise gave none of this number, or it is blocked."""


class NotStaff(Exception):
    """The person does not work for this enterprise today."""


class BadgeRefused(Exception):
    """The number could be taken for something else, or is not one."""


class GivenAlready(Exception):
    """The badge, or the eID of this person, is a means already."""


def issue(
    *,
    kind: str,
    niss: str,
    identifier: str,
    enterprise: str,
    person_id: int,
    actor: Actor,
    now: datetime,
) -> Means:
    """Give a means to one of one's own people.

    ``identifier``: the number of a badge, as it is read. Raises NotStaff, BadgeRefused,
    GivenAlready.
    """
    number = plain(identifier) if kind == Means.Kind.BADGE else ""
    if kind == Means.Kind.BADGE and not may_be_a_badge(number):
        raise BadgeRefused
    staff = crews.own_staff(enterprise=enterprise, on=clock.today(now))
    person = Person.objects.filter(niss=niss, replaced_by=None).first()
    if person is None or niss not in {one.ssin for one in staff}:
        raise NotStaff
    with transaction(actor=actor):
        try:
            with savepoint():
                made = Means.objects.create(
                    kind=kind,
                    person=person,
                    enterprise_number=enterprise,
                    identifier=number,
                    issued_at=now,
                    issued_by_id=person_id,
                )
        except IntegrityError as fault:
            if any(name in str(fault) for name in _ONCE):
                raise GivenAlready from None
            raise
        _told("presence.means.issued", made, actor, now)
    return made


def print_card(*, number: UUID, enterprise: str, actor: Actor, now: datetime) -> tuple[Means, str]:
    """A new code for a card, known in full this once; what was printed before is void.

    Raises UnknownMeans.
    """
    token = "".join(secrets.choice(CARD_LETTERS) for _ in range(CARD_LENGTH))
    with transaction(actor=actor):
        row = _locked(number, enterprise)
        if row.kind != Means.Kind.CARD or row.blocked_at is not None:
            raise UnknownMeans
        row.token_hash, row.printed_at = token_hash(token), now
        row.save(update_fields=["token_hash", "printed_at"])
        _told("presence.means.printed", row, actor, now)
    return row, token


def block(*, number: UUID, enterprise: str, actor: Actor, now: datetime) -> Means:
    """Block a means for ever, lost or given back; again it changes nothing. Raises UnknownMeans."""
    with transaction(actor=actor):
        row = _locked(number, enterprise)
        if row.blocked_at is None:
            row.blocked_at = now
            row.save(update_fields=["blocked_at"])
            _told("presence.means.blocked", row, actor, now)
    return row


def token_hash(token: str) -> str:
    """How the code of a card is kept: 121 random bits need no salt."""
    return hashlib.sha256(token.encode("ascii", "replace")).hexdigest()


def _locked(number: UUID, enterprise: str) -> Means:
    rows = Means.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(number=number, enterprise_number=enterprise).first()
    if row is None:
        raise UnknownMeans
    return row


def _told(action: str, row: Means, actor: Actor, now: datetime) -> None:
    trail.record(
        action=action,
        actor=actor,
        target=f"means/{row.number}",
        now=now,
        detail={"kind": str(row.kind), "person": row.person_id},
    )
