"""The same message into further boxes: the sender names a publication, and sends it once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from guichet.audit.actors import Actor
from guichet.ebox import publishing
from guichet.ebox.checking import PublicationRefused
from guichet.ebox.contents import CONTENTS
from guichet.ebox.drafts import NewDocument, NewMessage
from guichet.ebox.models import Attachment, Message
from guichet.ebox.publishing import NoDigitalUser, Published, ReferenceReused
from guichet.platform import clock
from guichet.rules.ebox_types import TYPES

MOST_RECIPIENTS: Final = 100


class UnknownPublication(Exception):
    """No message of this sender with this number that can still be read."""


@dataclass(frozen=True, slots=True)
class Target:
    """A further box: exactly one of the numbers; ``reference``: the sender's own for this one."""

    reference: str
    niss: str | None = field(default=None, repr=False)
    enterprise_number: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one target; ``fault``: empty, NO_DIGITAL_USER, REFERENCE_REUSED or

    INVALID_INPUT.
    """

    reference: str
    published: Published | None = None
    fault: str = ""


def link(
    *, sender_number: str, message: UUID, targets: Sequence[Target], actor: Actor, now: datetime
) -> list[Outcome]:
    """Publish a message of this sender into further boxes, each whole or not at all, in order.

    Registered messages are not linked: each has a proof of its own. Raises UnknownPublication.
    """
    original = _original(sender_number, message, now)
    return [_one(original, target, actor, now) for target in targets]


def _one(original: NewMessage, target: Target, actor: Actor, now: datetime) -> Outcome:
    wanted = replace(
        original,
        reference=target.reference,
        niss=target.niss,
        enterprise_number=target.enterprise_number,
    )
    try:
        published = publishing.publish(message=wanted, actor=actor, now=now)
    except NoDigitalUser:
        return Outcome(target.reference, fault="NO_DIGITAL_USER")
    except ReferenceReused:
        return Outcome(target.reference, fault="REFERENCE_REUSED")
    except PublicationRefused:
        return Outcome(target.reference, fault="INVALID_INPUT")
    return Outcome(target.reference, published)


def _original(sender_number: str, message: UUID, now: datetime) -> NewMessage:
    row = Message.objects.filter(
        uuid=message,
        sender__number=sender_number,
        expires_on__gt=clock.today(now),
        is_registered=False,
    ).first()
    if row is None or row.type not in TYPES:
        raise UnknownPublication
    rows = Attachment.objects.filter(message=row).order_by("position")
    return NewMessage(
        sender_number=sender_number,
        reference="",
        type=row.type,
        language=row.language,
        subject=row.subject,
        body=row.body,
        documents=tuple(
            NewDocument(
                one.file_name,
                one.media_type,
                CONTENTS.read(one.digest),
                one.digest,
                is_signed=one.is_signed,
            )
            for one in rows
        ),
        application=row.application,
        is_body_main=row.is_body_main and bool(row.documents),
        business_data=tuple((key, value) for key, value in row.business_data),
        action=row.action,
        due_on=row.due_on,
    )
