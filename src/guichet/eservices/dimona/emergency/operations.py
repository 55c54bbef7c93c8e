"""Switching the emergency on and off, announcing in it, and linking what is declared later.

A dossier excuses nothing by itself: a declaration that is late stays late, and the dossier stands
beside it for whoever judges it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError
from django.db.models import Q

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.eservices.dimona.emergency import queries
from guichet.eservices.dimona.models import Declaration, Dossier, Emergency
from guichet.kernel.ticket import EMERGENCY, TicketNumber
from guichet.platform.db import transaction

_SEQUENCES: Final = 34**8


class AlreadyOpen(Exception):
    """The emergency was declared already."""


class NotOpen(Exception):
    """There is no emergency: Dimona can be used."""


class UnknownDossier(LookupError):
    """No dossier of this enterprise has this number."""


class UnknownDeclaration(LookupError):
    """No declaration of this enterprise has this number."""


class LinkedElsewhere(Exception):
    """The declaration belongs to another dossier."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What an employer could not declare: the act, the worker by name, the first day of it."""

    kind: str
    worker: str = field(repr=False)
    first_day: date
    contact: str = field(repr=False)
    text: str = field(default="", repr=False)


def begin(*, reason: str, actor: Actor, now: datetime) -> None:
    """Declare the emergency; raises AlreadyOpen."""
    try:
        with transaction(), acting(actor, now=now):
            row = Emergency.objects.create(reason=reason, opened_at=now)
            trail.record(
                action="dimona.emergency.begun",
                actor=actor,
                target=str(row.pk),
                now=now,
                reason=reason,
            )
    except IntegrityError:
        raise AlreadyOpen from None


def end(*, actor: Actor, now: datetime) -> None:
    """Dimona works again; raises NotOpen."""
    with transaction(), acting(actor, now=now):
        row = Emergency.objects.select_for_update().filter(closed_at=None).first()
        if row is None:
            raise NotOpen
        row.closed_at = now
        row.save(update_fields=["closed_at"])
        trail.record(action="dimona.emergency.ended", actor=actor, target=str(row.pk), now=now)


def announce(
    *, enterprise: str, sender: str, said: Announcement, actor: Actor, now: datetime
) -> str:
    """Keep what could not be declared; the number of the dossier. Raises NotOpen."""
    with transaction(), acting(actor, now=now):
        emergency = Emergency.objects.select_for_update().filter(closed_at=None).first()
        if emergency is None:
            raise NotOpen
        sequence = secrets.randbelow(_SEQUENCES)
        number = TicketNumber.generate(prefix=EMERGENCY, sequence=sequence).signs
        Dossier.objects.create(
            number=number,
            emergency=emergency,
            enterprise=enterprise,
            sender=sender,
            kind=said.kind,
            worker=said.worker,
            first_day=said.first_day,
            text=said.text,
            contact=said.contact,
            made_at=now,
        )
        trail.record(action="dimona.dossier.made", actor=actor, target=number, now=now)
        return number


def link(*, number: str, declaration: int, enterprise: str, actor: Actor, now: datetime) -> None:
    """Say that a declaration is the one that a dossier announced; once more changes nothing.

    Raises UnknownDossier, UnknownDeclaration, LinkedElsewhere.
    """
    with transaction(), acting(actor, now=now):
        dossier = queries.dossier(number=number, enterprise=enterprise)
        if dossier is None:
            raise UnknownDossier(number)
        row = (
            Declaration.objects.select_for_update()
            .filter(Q(employer=enterprise) | Q(sender=enterprise, employer=""), pk=declaration)
            .first()
        )
        if row is None:
            raise UnknownDeclaration(declaration)
        if row.dossier not in ("", dossier.number):
            raise LinkedElsewhere
        row.dossier = dossier.number
        row.save(update_fields=["dossier"])
        trail.record(
            action="dimona.dossier.linked",
            actor=actor,
            target=dossier.number,
            now=now,
            detail={"declaration": declaration},
        )
