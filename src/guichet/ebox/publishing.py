"""Publishing: a sender puts a message with its documents into a box, once for each reference."""

import hashlib
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.db import IntegrityError

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.ebox import boxes, events, proofs
from guichet.ebox.checking import check
from guichet.ebox.contents import CONTENTS, digest_of
from guichet.ebox.drafts import NewMessage
from guichet.ebox.models import Attachment, Box, EventKind, Message, Publication, Sender
from guichet.platform import clock
from guichet.platform.db import savepoint, transaction
from guichet.registers.persons import queries as persons
from guichet.registers.sorting import sort_key
from guichet.rules import ebox as rules
from guichet.rules.ebox import Key
from guichet.rules.ebox_types import TYPES


class NoDigitalUser(Exception):
    """The box was never opened, or its consent was taken back: the sender must use paper."""


class UnknownSender(Exception):
    """This organisation is not connected to the e-Box."""


class ReferenceReused(Exception):
    """The sender used this reference for something else."""


@dataclass(frozen=True, slots=True)
class Published:
    """``is_new``: False for the repetition of a call that was already carried out."""

    uuid: UUID
    is_new: bool
    published_at: datetime
    expires_on: date


def publish(*, message: NewMessage, actor: Actor, now: datetime) -> Published:
    """Publish in a transaction of its own; see `deliver`."""
    with transaction():
        return deliver(message=message, actor=actor, now=now)


def deliver(*, message: NewMessage, actor: Actor, now: datetime) -> Published:
    """Publish inside the caller's transaction, whole or not at all.

    The same reference with the same content is the first publication again.
    Raises PublicationRefused, UnknownSender, NoDigitalUser, ReferenceReused.
    """
    check(message)
    with savepoint():
        sender = Sender.objects.filter(number=message.sender_number).first()
        if sender is None:
            raise UnknownSender
        fingerprint = _fingerprint(message)
        known = _known(sender, message.reference, fingerprint)
        return known or _first(message, sender, fingerprint, actor, now)


def deliver_or_post(*, message: NewMessage, actor: Actor, now: datetime) -> str:
    """Publish a letter as `deliver` does: ``ebox``; ``paper`` where nobody opened a box, somebody
    posts it; empty while its sender is not connected, it is tried again.

    Raises PublicationRefused, ReferenceReused.
    """
    try:
        deliver(message=message, actor=actor, now=now)
    except NoDigitalUser:
        return "paper"
    except UnknownSender:
        return ""
    return "ebox"


def _first(
    message: NewMessage, sender: Sender, fingerprint: str, actor: Actor, now: datetime
) -> Published:
    box = _box(message, actor, now)
    today, kind = clock.today(now), TYPES[message.type]
    expires_on = rules.expiry_date(published_on=today, validity=kind.validity)
    digests = [CONTENTS.keep(one.data) for one in message.documents]
    try:
        with savepoint():
            publication = Publication.objects.create(
                uuid=uuid4(),
                sender=sender,
                reference=message.reference,
                fingerprint=fingerprint,
                box=box,
                is_registered=kind.is_registered,
                evidence=digests,
                published_at=now,
                expires_on=expires_on,
            )
    except IntegrityError:  # the same call at the same moment
        known = _known(sender, message.reference, fingerprint)
        if known is None:
            raise
        return known
    _store(message, publication, sender, digests, now)
    if kind.is_registered:
        publication.proof = proofs.ask(
            message=message, publication=publication, sender=sender, digests=digests,
            actor=actor, now=now,
        )  # fmt: skip
        publication.save(update_fields=["proof"])
    trail.record(
        action="ebox.message.published",
        actor=actor,
        target=str(publication.uuid),
        now=now,
        detail={"sender": sender.number, "type": message.type},
    )
    events.tell(told=[(box.pk, publication.uuid)], kind=EventKind.NEW, now=now)
    return Published(publication.uuid, True, now, expires_on)


def _store(
    message: NewMessage,
    publication: Publication,
    sender: Sender,
    digests: list[str],
    now: datetime,
) -> None:
    kind, days = TYPES[message.type], _days(publication, now)
    is_body_main = message.is_body_main or not message.documents
    is_enterprise = message.enterprise_number is not None
    names = (sender.name_nl, sender.name_fr, sender.name_de, sender.name_en)
    row = Message.objects.create(
        uuid=publication.uuid,
        publication=publication,
        box_id=publication.box_id,
        sender=sender,
        application=message.application,
        type=message.type,
        level=kind.level if is_enterprise else 1,
        service=kind.service if is_enterprise else "",
        is_required=kind.is_required,
        is_registered=kind.is_registered,
        language=message.language,
        subject=message.subject,
        search_key=sort_key(message.subject, *names),
        body=message.body,
        is_body_main=is_body_main,
        attention_niss=message.attention_niss,
        attention_name=message.attention_name,
        business_data=[list(pair) for pair in message.business_data],
        action=message.action,
        due_on=message.due_on,
        original_uuid=message.original,
        documents=len(message.documents),
        published_at=now,
        **days,
    )
    Attachment.objects.bulk_create(
        Attachment(
            message=row,
            uuid=uuid4(),
            position=at,
            file_name=one.file_name,
            media_type=one.media_type,
            size=len(one.data),
            digest=digest,
            is_main=at == 1 and not is_body_main,
            is_signed=one.is_signed,
        )
        for at, (one, digest) in enumerate(zip(message.documents, digests, strict=True), start=1)
    )


def _days(publication: Publication, now: datetime) -> dict[str, Any]:
    day, end = clock.today(now), publication.expires_on
    return {
        "expires_on": end,
        "remind_on": rules.reminder_day(published_on=day, expires_on=end),
        "alert_on": rules.alert_day(published_on=day, expires_on=end),
    }


def _box(message: NewMessage, actor: Actor, now: datetime) -> Box:
    if message.enterprise_number:
        box = boxes.ensured(number=message.enterprise_number, actor=actor, now=now)
    else:
        current = persons.current_number(niss=message.niss or "")
        box = Box.objects.filter(person__niss=current).first()
    if box is None or boxes.state_of(box) is not Key.OPEN:
        raise NoDigitalUser
    return box


def delivered_at(*, sender_number: str, reference: str) -> datetime | None:
    """When a message of this sender came into the box; None when it never did."""
    rows = Publication.objects.filter(sender__number=sender_number, reference=reference)
    return rows.values_list("published_at", flat=True).first()


def _known(sender: Sender, reference: str, fingerprint: str) -> Published | None:
    row = Publication.objects.filter(sender=sender, reference=reference).first()
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise ReferenceReused
    return Published(row.uuid, False, row.published_at, row.expires_on)


def _fingerprint(message: NewMessage) -> str:
    """Of everything that the sender gave, the bytes by their digest."""
    names = [one.name for one in fields(message) if one.name != "documents"]
    told: dict[str, Any] = {name: getattr(message, name) for name in names}
    told["documents"] = [
        [one.file_name, one.media_type, digest_of(one.data), one.is_signed]
        for one in message.documents
    ]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()
