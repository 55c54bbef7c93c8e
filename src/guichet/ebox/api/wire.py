"""Messages and documents as the contract writes them."""

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from guichet.ebox.models import Attachment, Consumer, Message
from guichet.ebox.replies import may_answer
from guichet.kernel.moments import BRUSSELS

Text = Annotated[str, Meta(min_length=1, max_length=20_000)]


class Person(msgspec.Struct, forbid_unknown_fields=True):
    """Who inside the enterprise should read it."""

    type: str
    id: str
    name: str = ""


class Datum(msgspec.Struct, forbid_unknown_fields=True):
    """A value of the sender's own business."""

    key: str
    value: str


class MessageShown(msgspec.Struct, rename="camel"):
    """One message, without its contents."""

    message_id: str
    message_type_id: str
    read_status: str
    receipt_date: str
    expiration_date: date
    registered_mail: bool
    sender_organization_id: str
    sender_application_id: str | UnsetType
    language: str
    subject: str
    body_main_content: bool
    reply_authorized: bool
    visible: bool
    original_message_id: str | UnsetType
    for_the_attention_of: Person | UnsetType
    business_data_list: list[Datum] | UnsetType
    action: str | UnsetType
    due_date: date | UnsetType


class AttachmentShown(msgspec.Struct, rename="camel"):
    """One document of a message, without its bytes; ``size`` in kB, at least one."""

    attachment_id: str
    file_name: str
    main_content: bool
    media_type: str
    size: int
    digest: str
    attachment_signed: bool


class BoxShown(msgspec.Struct, rename="camel"):
    """A box that a program reads: how it says which one it means, and since when."""

    box_id: str
    ebox_type: str
    named_since: str
    enterprise_number: str | UnsetType


class Part(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """A file of the call: in which part it is, and what it claims to be."""

    http_part_name: str
    file_name: str
    media_type: str
    digest: str = ""
    main_content: bool = False
    attachment_signed: bool = False


class Recipient(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """A box: of an enterprise by its number, of a person by his."""

    ebox_type: str
    id: str


class MessageToPublish(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """What a sender publishes."""

    recipient: Recipient
    sender_organization_id: str
    reference: str
    message_type_id: str
    language: str
    subject: str
    sender_application_id: str = ""
    body: str = ""
    body_main_content: bool = False
    attachments: list[Part] = []
    for_the_attention_of: Person | UnsetType = UNSET
    business_data_list: list[Datum] = []
    original_message_id: str = ""
    action: str = ""
    due_date: date | UnsetType = UNSET


class Change(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """What a consumer changes of a message."""

    read_status: str | UnsetType = UNSET
    visible: bool | UnsetType = UNSET


class ChangeOfOne(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """The same for one of several."""

    message_id: str
    read_status: str | UnsetType = UNSET
    visible: bool | UnsetType = UNSET


class Changes(msgspec.Struct, forbid_unknown_fields=True):
    """Several changes, all or none."""

    items: Annotated[list[ChangeOfOne], Meta(min_length=1, max_length=100)]


class References(msgspec.Struct, forbid_unknown_fields=True):
    """References of a sender whose state is asked."""

    references: Annotated[list[str], Meta(min_length=1, max_length=100)]


class Link(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """A further box for a message, with the sender's reference for it."""

    recipient: Recipient
    reference: str


class MessageToLink(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """A message that the sender published, and the further boxes."""

    message_id: str
    sender_organization_id: str
    recipients: Annotated[list[Link], Meta(min_length=1, max_length=100)]


class UsersAsked(msgspec.Struct, forbid_unknown_fields=True):
    """Boxes of which a sender asks whether they are open."""

    users: Annotated[list[Recipient], Meta(min_length=1, max_length=100)]


def belgian(moment: datetime) -> str:
    """A moment on the clock of Brussels."""
    return moment.astimezone(BRUSSELS).isoformat(timespec="milliseconds")


def message(row: Message) -> MessageShown:
    """A message as the contract writes it."""
    about = Person("person", row.attention_niss, row.attention_name)
    data = [Datum(key, value) for key, value in row.business_data]
    return MessageShown(
        message_id=str(row.uuid),
        message_type_id=row.type,
        read_status="READ" if row.read_at else "UNREAD",
        receipt_date=belgian(row.published_at),
        expiration_date=row.expires_on,
        registered_mail=row.is_registered,
        sender_organization_id=row.sender.number,
        sender_application_id=row.application or UNSET,
        language=row.language,
        subject=row.subject,
        body_main_content=row.is_body_main,
        reply_authorized=may_answer(row),
        visible=row.is_visible,
        original_message_id=str(row.original_uuid) if row.original_uuid else UNSET,
        for_the_attention_of=about if row.attention_niss else UNSET,
        business_data_list=data or UNSET,
        action=row.action or UNSET,
        due_date=row.due_on or UNSET,
    )


def attachment(row: Attachment) -> AttachmentShown:
    """A document as the contract writes it."""
    return AttachmentShown(
        attachment_id=str(row.uuid),
        file_name=row.file_name,
        main_content=row.is_main,
        media_type=row.media_type,
        size=max(1, -(-row.size // 1000)),
        digest=row.digest,
        attachment_signed=row.is_signed,
    )


def box(row: Consumer) -> BoxShown:
    """A box as the contract writes it: the number of an enterprise, of a citizen nothing."""
    firm = row.box.enterprise
    return BoxShown(
        box_id=str(row.key),
        ebox_type="enterprise" if firm else "citizen",
        named_since=belgian(row.named_at),
        enterprise_number=firm.number if firm else UNSET,
    )
