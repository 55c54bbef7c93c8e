"""Answers: a recipient answers a message whose kind allows it, and the sender fetches them."""

import hashlib
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import connection

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.ebox import visibility
from guichet.ebox.models import Message, Reply
from guichet.ebox.reading import UnknownMessage
from guichet.ebox.visibility import Reader
from guichet.platform.db import transaction
from guichet.rules.ebox_types import TYPES

LONGEST: Final = 4_000
# So many for one message: a longer exchange is a question at the counter.
MOST: Final = 10
# Held until the transaction ends: a sender who saw number 41 has missed none below it.
_LOCK: Final = 0x45B1


class ReplyRefused(Exception):
    """``str()``: ``not_answered`` for a kind without answers, ``deleted``, ``many``."""


def may_answer(row: Message) -> bool:
    """Whether the sender takes an answer to this message."""
    kind = TYPES.get(row.type)
    return kind is not None and kind.is_answered and row.deleted_at is None


def reply(
    *, reader: Reader, message: UUID, text: str, person_id: int, actor: Actor, now: datetime
) -> UUID:
    """Answer; the same text of the same person again is the first answer.

    ``text``: 1 to 4,000 signs. Raises UnknownMessage, ReplyRefused.
    """
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    with transaction():
        found = visibility.messages(reader=reader, now=now).select_for_update(of=("self",))
        row = found.filter(uuid=message).first()
        if row is None:
            raise UnknownMessage
        _check(row)
        known = Reply.objects.filter(message=row, person=person_id, fingerprint=fingerprint)
        for one in known:
            return one.uuid
        if Reply.objects.filter(message=row).count() >= MOST:
            raise ReplyRefused("many")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        made = Reply.objects.create(
            uuid=uuid4(),
            message=row,
            sender_id=row.sender_id,
            person_id=person_id,
            text=text,
            fingerprint=fingerprint,
            at=now,
        )
        trail.record(action="ebox.message.answered", actor=actor, target=str(row.uuid), now=now)
    return made.uuid


def of_message(*, message_id: int) -> list[Reply]:
    """The answers to a message, the oldest first."""
    rows = Reply.objects.filter(message=message_id).select_related("person")
    return list(rows.order_by("number"))


def to_sender(*, sender_number: str, number: int, most: int) -> list[Reply]:
    """What was answered to a sender after ``number``, in order."""
    rows = Reply.objects.filter(sender__number=sender_number, number__gt=number)
    return list(rows.select_related("message__publication", "person").order_by("number")[:most])


def _check(row: Message) -> None:
    if row.deleted_at is not None:
        raise ReplyRefused("deleted")
    if not may_answer(row):
        raise ReplyRefused("not_answered")
