"""Reading attachments: what is pending, what belongs to a form, the bytes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count

from guichet.documents.attachments import operations
from guichet.documents.attachments.allowances import Allowance
from guichet.documents.attachments.models import Attachment, Content, State
from guichet.documents.attachments.operations import Owner, UnknownAttachment, owned
from guichet.documents.attachments.scanning import scanner


@dataclass(frozen=True, slots=True)
class Box:
    """What a form shows of its attachments: see ``attachments/box.html``."""

    allowance: Allowance
    pending: Sequence[Attachment]
    has_scanner: bool


@dataclass(frozen=True, slots=True)
class File:
    """An attachment with its bytes; ``kind``: its media type."""

    name: str
    kind: str
    data: bytes = field(repr=False)


def box(*, allowance: Allowance, owner: Owner) -> Box:
    """The attachments of a form that is not sent yet."""
    rows = owned(owner).filter(service=allowance.service, state=State.PENDING.value)
    return Box(allowance, list(rows.order_by("created_at", "pk")), scanner() is not None)


def applied(*, service: str, applied_to: str) -> list[Attachment]:
    """The attachments of a form that was sent, for the service that received it."""
    rows = Attachment.objects.filter(service=service, applied_to=applied_to)
    return list(rows.order_by("created_at", "pk"))


def counts(*, service: str, applied_to: Collection[str]) -> dict[str, int]:
    """How many attachments each of these forms that were sent has; those with none are left out."""
    rows = Attachment.objects.filter(service=service, applied_to__in=list(applied_to))
    found = rows.values("applied_to").annotate(count=Count("pk")).order_by()
    return {row["applied_to"]: row["count"] for row in found}


def file(*, attachment: UUID, service: str, applied_to: str) -> File | None:
    """One attachment of a form that was sent, for the service that received it."""
    wanted = {"attachment__service": service, "attachment__applied_to": applied_to}
    row = Content.objects.filter(pk=attachment, **wanted).select_related("attachment").first()
    return None if row is None else File(row.attachment.name, row.attachment.kind, bytes(row.data))


def own_file(*, attachment: UUID, owner: Owner) -> File | None:
    """One's own attachment; somebody else's and none are the same None."""
    row = owned(owner).filter(pk=attachment).select_related("content").first()
    if row is None or row.state == State.UPLOADING:
        return None
    return File(row.name, row.kind, bytes(row.content.data))


def received(*, attachment: UUID, owner: Owner) -> int:
    """How many bytes of an upload are there; raises UnknownAttachment."""
    row = owned(owner).filter(pk=attachment, state=State.UPLOADING.value).first()
    if row is None:
        raise UnknownAttachment
    return operations.received(row)
