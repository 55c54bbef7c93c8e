"""Keeping files as pending, in one piece or in parts; applying them with a form; letting go."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.documents.attachments.allowances import Allowance
from guichet.documents.attachments.models import Attachment, Content, Part, State
from guichet.documents.attachments.scanning import ScannerAway, scanner
from guichet.platform import files
from guichet.platform.db import savepoint, transaction
from guichet.platform.files import FileRefused
from guichet.registers.persons.models import Person

# A form that is not sent within a day is begun anew.
PENDING_FOR: Final = timedelta(days=1)
LARGEST_PART: Final = 2 * 1024 * 1024
_LONGEST_NAME: Final = 120
_UNWANTED: Final = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069<>:\"/\\|?*]+")


class AttachmentRefused(Exception):
    """``code``: those of `FileRefused`, and ``quota_files``, ``quota_bytes``, ``virus``,
    ``scanner_away``, ``part``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnknownAttachment(LookupError):
    """No attachment of this owner in that state."""


@dataclass(frozen=True, slots=True, repr=False)
class Owner:
    """A person, for himself or for an enterprise; or software of an enterprise.

    ``person_id`` and ``niss``: 0 and empty for software; ``client``: its client id.
    """

    person_id: int
    niss: str
    enterprise_number: str = ""
    client: str = ""

    @property
    def actor(self) -> Actor:
        """The same for the trail."""
        if self.client:
            return Actor("client", self.client, self.enterprise_number)
        return Actor("person", self.niss, self.enterprise_number or None)


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that may be kept; ``digest``: SHA-256 of what is kept, in hexadecimal."""

    read: files.Read
    digest: str
    is_scanned: bool
    is_cleaned: bool


def owned(owner: Owner) -> QuerySet[Attachment]:
    """What belongs to this owner."""
    rows = Attachment.objects.filter(enterprise_number=owner.enterprise_number)
    if not owner.person_id:
        return rows.filter(person=None)
    return rows.filter(person_id=owner.person_id)


def attach(
    *,
    allowance: Allowance,
    owner: Owner,
    name: str,
    data: bytes,
    is_cleaned: bool,
    now: datetime,
) -> Attachment:
    """Keep a whole file as pending; raises AttachmentRefused."""
    looked = look_at(allowance=allowance, name=name, data=data, is_cleaned=is_cleaned)
    with transaction():
        return keep(allowance=allowance, owner=owner, name=name, looked=looked, now=now)


def look_at(*, allowance: Allowance, name: str, data: bytes, is_cleaned: bool) -> Looked:
    """Look at a whole file, before any transaction: a scanner is slow; raises AttachmentRefused."""
    read, is_scanned = _looked_at(allowance, name, data, is_cleaned)
    return Looked(read, hashlib.sha256(read.data).hexdigest(), is_scanned, is_cleaned)


def keep(
    *, allowance: Allowance, owner: Owner, name: str, looked: Looked, now: datetime
) -> Attachment:
    """Keep what was looked at as pending, in the caller's transaction.

    Raises AttachmentRefused when there is no room, NoTransaction.
    """
    with savepoint():
        size = len(looked.read.data)
        _require_room(allowance, owner, size)
        attachment = _new(
            allowance, owner, name=name, size=size, is_cleaned=looked.is_cleaned, now=now
        )
        _fill(attachment, looked.read, looked.is_scanned)
        attachment.save(force_insert=True)
        Content.objects.create(attachment=attachment, data=looked.read.data)
        _trace("attached", attachment, owner, now)
    return attachment


def begin(
    *, allowance: Allowance, owner: Owner, name: str, size: int, is_cleaned: bool, now: datetime
) -> Attachment:
    """Announce a file that will arrive in parts; raises AttachmentRefused."""
    if size <= 0:
        raise AttachmentRefused("empty")
    if size > allowance.largest:
        raise AttachmentRefused("too_large")
    with transaction():
        _require_room(allowance, owner, size)
        attachment = _new(allowance, owner, name=name, size=size, is_cleaned=is_cleaned, now=now)
        attachment.save(force_insert=True)
    return attachment


def add_part(*, owner: Owner, attachment: UUID, begin: int, data: bytes) -> int:
    """Keep the next part; how many bytes are there now. The same part once more changes nothing.

    Raises UnknownAttachment, or AttachmentRefused (``part``) for one that does not fit.
    """
    with transaction():
        row = _locked(owner, attachment, State.UPLOADING)
        there = received(row)
        if begin < there:  # sent again, because the answer was lost
            return there
        fits = begin == there and 0 < len(data) <= LARGEST_PART and there + len(data) <= row.size
        if not fits:
            raise AttachmentRefused("part")
        Part.objects.create(attachment=row, begin=begin, data=data)
        return there + len(data)


def received(row: Attachment) -> int:
    """How many bytes of an attachment that is uploading are there."""
    last = row.parts.order_by("-begin").first()
    return 0 if last is None else last.begin + len(last.data)


def finish(*, allowance: Allowance, owner: Owner, attachment: UUID, now: datetime) -> Attachment:
    """All parts are there: look at the file and keep it as pending.

    Raises UnknownAttachment, or AttachmentRefused; a file that is refused is gone.
    """
    row = (
        owned(owner)
        .filter(pk=attachment, service=allowance.service, state=State.UPLOADING.value)
        .first()
    )
    if row is None:
        raise UnknownAttachment
    if received(row) != row.size:
        raise AttachmentRefused("part")
    whole = b"".join(bytes(one.data) for one in row.parts.order_by("begin"))
    try:
        read, is_scanned = _looked_at(allowance, row.name, whole, row.is_cleaned)
    except AttachmentRefused:
        remove(owner=owner, attachment=attachment)
        raise
    with transaction():
        row = _locked(owner, attachment, State.UPLOADING)
        _fill(row, read, is_scanned)
        row.save()
        Content.objects.create(attachment=row, data=read.data)
        row.parts.all().delete()
        _trace("attached", row, owner, now)
    return row


def remove(*, owner: Owner, attachment: UUID) -> None:
    """Let go of a file that was not sent; raises UnknownAttachment."""
    with transaction():
        if not let_go(owner=owner, attachments=[attachment]):
            raise UnknownAttachment


def let_go(*, owner: Owner, attachments: Sequence[UUID]) -> int:
    """Let go of files that were not sent, in the caller's transaction; how many there were."""
    with savepoint():
        rows = owned(owner).filter(~Q(state=State.APPLIED.value), pk__in=attachments)
        count = rows.count()
        rows.delete()
    return count


def apply(
    *, service: str, owner: Owner, applied_to: str, now: datetime, only: Sequence[UUID] = ()
) -> list[UUID]:
    """The form is sent: its pending files belong to it now, in the caller's transaction.

    ``applied_to``: the business key of the form; ``only``: these files, all pending ones without.
    Raises UnknownAttachment when one of ``only`` is not pending, NoTransaction.
    """
    with savepoint():
        rows = owned(owner).filter(service=service, state=State.PENDING.value)
        if only:
            rows = rows.filter(pk__in=only)
        found = list(rows.select_for_update().order_by("created_at", "pk"))
        if only and len(found) != len(set(only)):
            raise UnknownAttachment
        for row in found:
            row.state, row.applied_to, row.applied_at = State.APPLIED.value, applied_to, now
            row.save(update_fields=["state", "applied_to", "applied_at"])
            _trace("applied", row, owner, now)
    return [row.pk for row in found]


def expire(*, now: datetime) -> int:
    """Let go of what was not sent within a day; how many files."""
    with transaction():
        old = Attachment.objects.filter(
            ~Q(state=State.APPLIED.value), created_at__lt=now - PENDING_FOR
        )
        count = old.count()
        old.delete()
    return count


def forget_applied(*, service: str, applied_to: Sequence[str]) -> int:
    """Remove the files of forms that are past their term, in the caller's transaction; how many.

    The caller says it in the trail with its forms. Raises NoTransaction.
    """
    with savepoint():
        rows = Attachment.objects.filter(
            service=service, applied_to__in=applied_to, state=State.APPLIED.value
        )
        count = rows.count()
        rows.delete()
    return count


def forget_files(*, service: str, attachments: Sequence[UUID]) -> int:
    """Remove some files of forms that were sent, in the caller's transaction; how many.

    The caller says it in the trail with its form. Raises NoTransaction.
    """
    with savepoint():
        rows = Attachment.objects.filter(
            service=service, pk__in=attachments, state=State.APPLIED.value
        )
        count = rows.count()
        rows.delete()
    return count


def _looked_at(
    allowance: Allowance, name: str, data: bytes, is_cleaned: bool
) -> tuple[files.Read, bool]:
    try:
        read = files.read(
            data,
            largest=allowance.largest,
            kinds=allowance.kinds,
            name=name,
            is_cleaned=is_cleaned,
        )
    except FileRefused as refusal:
        raise AttachmentRefused(refusal.code) from None
    looking = scanner()
    if looking is None:
        return read, False
    try:
        if not looking.is_clean(data):
            raise AttachmentRefused("virus")
    except ScannerAway:
        raise AttachmentRefused("scanner_away") from None
    return read, True


def _require_room(allowance: Allowance, owner: Owner, size: int) -> None:
    """The quota, counted while nobody else of this owner counts."""
    if owner.person_id:  # what software sends never waits: nothing piles up
        Person.objects.select_for_update(no_key=True).get(pk=owner.person_id)
    held = owned(owner).filter(~Q(state=State.APPLIED.value), service=allowance.service)
    sums = held.aggregate(count=Count("pk"), size=Sum("size"))
    if sums["count"] >= allowance.most_files:
        raise AttachmentRefused("quota_files")
    if (sums["size"] or 0) + size > allowance.most_bytes:
        raise AttachmentRefused("quota_bytes")


def _new(
    allowance: Allowance, owner: Owner, *, name: str, size: int, is_cleaned: bool, now: datetime
) -> Attachment:
    return Attachment(
        service=allowance.service,
        person_id=owner.person_id or None,
        enterprise_number=owner.enterprise_number,
        name=clean_name(name),
        size=size,
        is_cleaned=is_cleaned,
        state=State.UPLOADING.value,
        created_at=now,
    )


def _fill(attachment: Attachment, read: files.Read, is_scanned: bool) -> None:
    attachment.kind, attachment.size = read.kind.value, len(read.data)
    attachment.digest = hashlib.sha256(read.data).hexdigest()
    attachment.is_scanned, attachment.state = is_scanned, State.PENDING.value


def clean_name(name: str) -> str:
    """The name of a file without folders and signs that mean something elsewhere."""
    last = re.split(r"[/\\]", name)[-1]
    stem, _, ending = _UNWANTED.sub(" ", last).strip(" .").rpartition(".")
    return f"{stem[: _LONGEST_NAME - 5].strip() or 'file'}.{ending[:4].lower()}"


def _locked(owner: Owner, attachment: UUID, state: State) -> Attachment:
    rows = owned(owner).filter(pk=attachment, state=state.value)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise UnknownAttachment
    return row


def _trace(happened: str, row: Attachment, owner: Owner, now: datetime) -> None:
    trail.record(
        action=f"documents.attachment.{happened}",
        actor=owner.actor,
        target=f"attachment/{row.pk}",
        now=now,
        detail={"service": row.service, "digest": row.digest, "form": row.applied_to},
    )
