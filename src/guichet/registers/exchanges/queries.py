"""Reading the register of files: plain values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from guichet.kernel.base34 import InvalidNumber
from guichet.kernel.ticket import TicketNumber
from guichet.registers.exchanges.models import File


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file without its content; ``ticket``: thirteen signs."""

    id: int
    ticket: str
    sender: str
    reference: str
    channel: str
    received_at: datetime
    state: str
    fault: str
    forms: int
    refused_forms: int
    read_at: datetime | None

    @property
    def number(self) -> str:
        """The ticket as it is printed."""
        return TicketNumber(self.ticket).formatted()


def file(*, service: str, sender: str, ticket: str) -> FileRecord | None:
    """A sender's own file; another's is as unknown as none."""
    try:
        signs = TicketNumber.parse(ticket).signs
    except InvalidNumber:
        return None
    row = _rows(service, sender).filter(ticket=signs).first()
    return None if row is None else _record(row)


def files(*, service: str, sender: str, limit: int, offset: int = 0) -> Sequence[FileRecord]:
    """The files of a sender, the newest first."""
    return [_record(row) for row in _rows(service, sender).order_by("-pk")[offset : offset + limit]]


def count(*, service: str, sender: str) -> int:
    """How many files a sender has sent."""
    return _rows(service, sender).count()


def _rows(service: str, sender: str) -> QuerySet[File]:
    return File.objects.filter(service=service, sender=sender).defer("content")


def _record(row: File) -> FileRecord:
    return FileRecord(
        id=row.pk,
        ticket=row.ticket,
        sender=row.sender,
        reference=row.reference,
        channel=row.channel,
        received_at=row.received_at,
        state=row.state,
        fault=row.fault,
        forms=row.forms,
        refused_forms=row.refused_forms,
        read_at=row.read_at,
    )
