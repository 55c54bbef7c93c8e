"""Taking files in, and noting what became of them; inside the transaction of the caller."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.kernel.ticket import EMPLOYER_BATCH, TicketNumber
from guichet.platform.db import savepoint
from guichet.registers.exchanges.models import File

_SEQUENCES: Final = 34**8


class ReferenceReused(Exception):
    """The sender's reference stands for another file; ``ticket``: of that one."""

    def __init__(self, ticket: str) -> None:
        super().__init__(ticket)
        self.ticket = ticket


@dataclass(frozen=True, slots=True)
class Received:
    """A file that is stored; ``is_repeat``: it had been sent before, byte by byte."""

    id: int
    ticket: str
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class NewFile:
    """What was sent: ``reference`` of the sender, ``content`` as it came."""

    service: str
    sender: str
    reference: str
    content: bytes
    channel: str


def receive(*, file: NewFile, actor: Actor, now: datetime) -> Received:
    """Store a file once; the same file under the same reference is the same file.

    Raises ReferenceReused, NoTransaction.
    """
    digest = hashlib.sha256(file.content).hexdigest()
    with savepoint():
        _one_at_a_time(file)
        known = File.objects.filter(
            service=file.service, sender=file.sender, reference=file.reference
        ).first()
        if known is not None:
            if known.digest != digest:
                raise ReferenceReused(known.ticket)
            return Received(known.pk, known.ticket, is_repeat=True)
        number = TicketNumber.generate(
            prefix=EMPLOYER_BATCH, sequence=secrets.randbelow(_SEQUENCES)
        )
        row = File.objects.create(
            ticket=number.signs,
            service=file.service,
            sender=file.sender,
            reference=file.reference,
            digest=digest,
            content=file.content,
            channel=file.channel,
            actor=str(actor),
            received_at=now,
        )
        trail.record(
            action=f"{file.service}.file.received",
            actor=actor,
            target=row.ticket,
            now=now,
            detail={"bytes": len(file.content)},
        )
        return Received(row.pk, row.ticket)


def locked(*, file: int) -> File | None:
    """The file, if it is still to be read, held until the transaction ends."""
    return File.objects.select_for_update().filter(pk=file, state="received").first()


def settle(
    *, file: File, actor: Actor, now: datetime, fault: str = "", forms: int = 0, refused: int = 0
) -> None:
    """Note what became of a file: accepted with its counts, or refused with a fault."""
    file.state = "refused" if fault else "accepted"
    file.fault, file.forms, file.refused_forms, file.read_at = fault, forms, refused, now
    file.save(update_fields=["state", "fault", "forms", "refused_forms", "read_at"])
    trail.record(
        action=f"{file.service}.file.{file.state}",
        actor=actor,
        target=file.ticket,
        now=now,
        reason=fault,
        detail={"forms": forms, "refused": refused},
    )


def _one_at_a_time(file: NewFile) -> None:
    key = f"{file.service} {file.sender} {file.reference}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 36))", [key])
