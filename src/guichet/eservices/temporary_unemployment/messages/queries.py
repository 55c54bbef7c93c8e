"""Reading files and what goes back: a sender his own, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from guichet.audit.actors import Actor
from guichet.eservices.temporary_unemployment import strangers, tickets
from guichet.eservices.temporary_unemployment.messages import answering, contents, kept
from guichet.eservices.temporary_unemployment.messages.models import Answer, Delivery, Form
from guichet.eservices.temporary_unemployment.messages.reading import Placed
from guichet.kernel.ticket import InvalidNumber, TicketNumber


@dataclass(frozen=True, slots=True)
class FormRecord:
    """A form with what became of it; ``ticket``: empty when it was not received."""

    number: int
    employer: str
    identification: str
    own_reference: str
    ticket: str
    faults: tuple[Placed, ...]

    @property
    def printed(self) -> str:
        """The ticket as it is printed, empty for none."""
        return TicketNumber(self.ticket).formatted() if self.ticket else ""


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A decision that went back to a sender; ``says``: its values."""

    id: int
    ticket: str
    made_at: datetime
    says: dict[str, object]


def delivery(*, enterprise: str, ticket: str) -> Delivery | None:
    """A set of the sender by its ticket; another's, a mistyped one and none are the same None."""
    try:
        signs = TicketNumber.parse(ticket[:60]).signs
    except InvalidNumber:
        return None
    return Delivery.objects.filter(enterprise=enterprise, ticket=signs).first()


def note_stranger(*, ticket: str, actor: Actor, channel: str, now: datetime) -> None:
    """Somebody asked for a set that is not his: a line in the trail, as of a communication."""
    signs = tickets.signs_of(ticket[:60])
    if signs:
        is_known = Delivery.objects.filter(ticket=signs).exists()
        strangers.noted_of(
            "file", ticket=signs, is_known=is_known, actor=actor, channel=channel, now=now
        )


def deliveries(*, enterprise: str, limit: int, offset: int = 0) -> Sequence[Delivery]:
    """The sets of a sender, the newest first."""
    rows = Delivery.objects.filter(enterprise=enterprise).order_by("-pk")
    return list(rows[offset : offset + limit])


def count(*, enterprise: str) -> int:
    """How many sets a sender has sent."""
    return Delivery.objects.filter(enterprise=enterprise).count()


def forms(
    *, delivery: int, limit: int, offset: int = 0, only_refused: bool = False
) -> Sequence[FormRecord]:
    """The forms of a set that are answered, in the order of the files."""
    rows = _forms(delivery, only_refused).order_by("number")
    return [
        FormRecord(
            number=row.number,
            employer=row.head.get("enterprise", ""),
            identification=row.head.get("identification", ""),
            own_reference=row.own_reference,
            ticket=row.ticket,
            faults=kept.placed(row.faults),
        )
        for row in rows[offset : offset + limit]
    ]


def form_count(*, delivery: int, only_refused: bool = False) -> int:
    """How many forms of a set are answered."""
    return int(_forms(delivery, only_refused).count())


def decisions(
    *, enterprise: str, since: datetime | None, limit: int, offset: int = 0
) -> tuple[Sequence[DecisionRecord], int]:
    """The decisions that went to a sender, the oldest first, and how many there are in all."""
    rows = Answer.objects.filter(enterprise=enterprise, kind="DEFI")
    if since is not None:
        rows = rows.filter(made_at__gte=since)
    total = rows.count()
    page = rows.defer("signature").order_by("pk")[offset : offset + limit]
    return [_decision(row) for row in page], total


def decision_message(*, enterprise: str, number: int) -> bytes | None:
    """A decision as it went back (DEFI), None for another's, none, and one past its retention."""
    row = Answer.objects.filter(enterprise=enterprise, kind="DEFI", pk=number).first()
    return None if row is None else b"".join(contents.pieces(row.content_id)) or None


def receipt(row: Delivery) -> bytes | None:
    """The receipt of a set, None while it was not checked."""
    return None if row.checked_at is None else answering.receipt_of(row)


def _forms(delivery: int, only_refused: bool) -> QuerySet[Form]:
    rows = Form.objects.filter(delivery=delivery)
    return rows.filter(ticket="") if only_refused else rows


def _decision(row: Answer) -> DecisionRecord:
    return DecisionRecord(row.pk, row.communication, row.made_at, row.decision or {})
