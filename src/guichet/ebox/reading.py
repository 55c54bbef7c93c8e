"""What a recipient does: opening, marking, filing, deleting, restoring."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.ebox import events, labels, visibility
from guichet.ebox.contents import CONTENTS
from guichet.ebox.models import Attachment, EventKind, Folder, Message, Publication, Reading
from guichet.ebox.visibility import Reader
from guichet.platform.db import transaction
from guichet.rules.ebox import Act, check_act


class UnknownMessage(Exception):
    """No such message, another one's, expired, or not for this reader."""


class UnknownFolder(Exception):
    """No such folder, another one's, or not for this reader."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A document and its bytes."""

    attachment: Attachment
    data: bytes


def open_document(
    *, reader: Reader, message: UUID, document: UUID, actor: Actor, now: datetime
) -> Opened:
    """The bytes of a document; the first opening of the main one makes the message read. R-EB-4.

    Raises UnknownMessage.
    """
    with transaction():
        row = _message(reader, message, now)
        attachment = Attachment.objects.filter(message=row, uuid=document).first()
        if attachment is None or row.deleted_at:
            raise UnknownMessage
        data = CONTENTS.read(attachment.digest)
        _note(row, attachment, reader, now)
        if attachment.is_main:
            _consulted(row, actor, now)
    return Opened(attachment, data)


def open_message(*, reader: Reader, message: UUID, actor: Actor, now: datetime) -> Message:
    """The message with its text; where the text is the main content it is read by this. R-EB-4.

    Raises UnknownMessage.
    """
    with transaction():
        row = _message(reader, message, now)
        if row.is_body_main and not row.deleted_at:
            _note(row, None, reader, now)
            _consulted(row, actor, now)
    return row


def carry_out(
    *,
    reader: Reader,
    messages: Collection[UUID],
    act: Act,
    actor: Actor,
    now: datetime,
    folder: int | None = None,
    label: str = "",
) -> int:
    """One act on each of these messages, all or none; how many.

    ``folder``: where to file them, None for the general part; ``label``: its name.
    Raises UnknownMessage, UnknownFolder, ActRefused, LabelRefused.
    """
    wanted = set(messages)
    with transaction():
        target = _folder(reader, folder) if act is Act.FILE else None
        found = visibility.messages(reader=reader, now=now).select_for_update(of=("self",))
        rows = list(found.filter(uuid__in=wanted).order_by("pk"))
        if len(rows) != len(wanted) or not rows:
            raise UnknownMessage
        for row in rows:
            check_act(
                act=act, is_deleted=row.deleted_at is not None, is_registered=row.is_registered
            )
        if act in _OF_LABELS:
            _OF_LABELS[act](messages=rows, name=label)
        else:
            _change(rows, act, target, actor, now)
        _record(rows, act, actor, now)
    return len(rows)


@dataclass(frozen=True, slots=True)
class Flags:
    """What a program changes of a message; None leaves it as it is."""

    message: UUID
    is_read: bool | None = None
    is_visible: bool | None = None


def change_flags(*, reader: Reader, changes: Sequence[Flags], actor: Actor, now: datetime) -> None:
    """Flags of several messages, all or none; raises UnknownMessage, for a deleted one too."""
    with transaction():
        for one in changes:
            row = _message(reader, one.message, now)
            if row.deleted_at is not None:
                raise UnknownMessage
            if one.is_visible is not None:
                Message.objects.filter(pk=row.pk).update(is_visible=one.is_visible)
            if one.is_read is not None:
                act = Act.MARK_READ if one.is_read else Act.MARK_UNREAD
                _change([row], act, None, actor, now)
                _record([row], act, actor, now)


_HAPPENED = {
    Act.FILE: "filed",
    Act.DELETE: "deleted",
    Act.RESTORE: "restored",
    Act.MARK_READ: "read",
    Act.MARK_UNREAD: "markedUnread",
    Act.LABEL: "labelled",
    Act.UNLABEL: "unlabelled",
}
_OF_LABELS = {Act.LABEL: labels.put, Act.UNLABEL: labels.take_off}


def _change(
    rows: list[Message], act: Act, folder: Folder | None, actor: Actor, now: datetime
) -> None:
    these: QuerySet[Message] = Message.objects.filter(pk__in=[row.pk for row in rows])
    match act:
        case Act.FILE:
            these.update(folder=folder)
        case Act.DELETE:
            these.update(deleted_at=now)
        case Act.RESTORE:
            these.update(deleted_at=None)
        case Act.MARK_UNREAD:
            these.update(read_at=None)
        case Act.MARK_READ:
            _make_read(rows, actor, now)


def _record(rows: list[Message], act: Act, actor: Actor, now: datetime) -> None:
    if act is Act.MARK_READ:  # whatever makes a message read says so itself
        return
    for row in rows:
        action = f"ebox.message.{_HAPPENED[act]}"
        trail.record(action=action, actor=actor, target=str(row.uuid), now=now)


def _consulted(row: Message, actor: Actor, now: datetime) -> None:
    """A main content was retrieved: that, and no flag that somebody sets, is what a sender may
    rely on.
    """
    Publication.objects.filter(pk=row.publication_id, consulted_at=None).update(consulted_at=now)
    _make_read([row], actor, now)


def _make_read(rows: list[Message], actor: Actor, now: datetime) -> None:
    fresh = [row for row in rows if row.read_at is None]
    if not fresh:
        return
    Message.objects.filter(pk__in=[row.pk for row in fresh]).update(read_at=now)
    for row in fresh:
        row.read_at = now
        trail.record(action="ebox.message.read", actor=actor, target=str(row.uuid), now=now)
    events.tell(told=[(row.box_id, row.uuid) for row in fresh], kind=EventKind.READ, now=now)


def _note(row: Message, attachment: Attachment | None, reader: Reader, now: datetime) -> None:
    Reading.objects.create(
        message=row,
        attachment=attachment,
        person_id=reader.person_id,
        client_id=reader.client_id,
        at=now,
    )


def _message(reader: Reader, message: UUID, now: datetime) -> Message:
    found = visibility.messages(reader=reader, now=now).select_for_update(of=("self",))
    for row in found.filter(uuid=message):
        return row
    raise UnknownMessage


def _folder(reader: Reader, folder: int | None) -> Folder | None:
    if folder is None:
        return None
    for row in visibility.folders(reader=reader).filter(pk=folder):
        return row
    raise UnknownFolder
