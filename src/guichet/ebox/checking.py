"""Whether what somebody wants to publish may be: lengths, numbers, types, documents."""

import re
from collections.abc import Iterator
from typing import Final

from guichet.ebox import media
from guichet.ebox.contents import digest_of
from guichet.ebox.drafts import NewDocument, NewMessage
from guichet.ebox.models import LANGUAGES
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.kernel.niss import InvalidNiss, Niss
from guichet.rules import ebox as rules
from guichet.rules.ebox_types import TYPES

LONGEST_BODY: Final = 20_000
LONGEST_ACTION: Final = 200
_MOST_BUSINESS_DATA: Final = 20
# Control signs and those that break a line have no place in one; a body has line breaks and tabs.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_IN_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SENDER: Final = re.compile(r"[01][0-9]{9}")
_CODE: Final = re.compile(r"[A-Za-z0-9_-]{0,40}")
_FILE_NAME: Final = re.compile(r"[^/\\\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]{1,80}")


class PublicationRefused(Exception):
    """``name``: the member that is at fault; ``detail``: why, without its value."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(f"{name}: {detail}")
        self.name = name
        self.detail = detail


def check(message: NewMessage) -> None:
    """Raise PublicationRefused for the first fault."""
    for name, detail in _faults(message):
        raise PublicationRefused(name, detail)


def _faults(message: NewMessage) -> Iterator[tuple[str, str]]:
    yield from _addressing(message)
    yield from _attention(message)
    yield from _kind(message)
    yield from _texts(message)
    yield from _documents(message)


def _addressing(message: NewMessage) -> Iterator[tuple[str, str]]:
    if not SENDER.fullmatch(message.sender_number):
        yield "senderOrganizationId", "Ten digits, the first 0 or 1"
    if (message.niss is None) == (message.enterprise_number is None):
        yield "recipient", "Exactly one recipient: a person or an enterprise"
    try:
        if message.niss is not None:
            Niss.parse(message.niss)
        if message.enterprise_number is not None:
            EnterpriseNumber.parse(message.enterprise_number)
    except (InvalidNiss, InvalidEnterpriseNumber):
        yield "recipient", "The check digits are wrong"


def _attention(message: NewMessage) -> Iterator[tuple[str, str]]:
    try:
        if message.attention_niss:
            Niss.parse(message.attention_niss)
    except InvalidNiss:
        yield "forTheAttentionOf", "The check digits are wrong"
    if len(message.attention_name) > rules.LONGEST_NAME or _CONTROL.search(message.attention_name):
        yield "forTheAttentionOf", f"At most {rules.LONGEST_NAME} signs, on one line"


def _kind(message: NewMessage) -> Iterator[tuple[str, str]]:
    kind = TYPES.get(message.type)
    if kind is None:
        yield "messageTypeId", "No such message type"
    elif kind.is_registered != message.registered:
        yield "messageTypeId", "Registered messages come by the registered path, and no others"
    if message.language not in LANGUAGES:
        yield "language", "One of nl, fr, de, en"
    if not _CODE.fullmatch(message.application):
        yield "senderApplicationId", "At most 40 letters, digits, hyphens and underscores"


def _texts(message: NewMessage) -> Iterator[tuple[str, str]]:
    lines = (
        ("subject", message.subject, 1, rules.LONGEST_SUBJECT),
        ("reference", message.reference, 1, 120),
        ("action", message.action, 0, LONGEST_ACTION),
    )
    for name, text, least, most in lines:
        if not least <= len(text.strip()) <= len(text) <= most or _CONTROL.search(text):
            yield name, f"{least} to {most} signs, on one line"
    if len(message.body) > LONGEST_BODY or _CONTROL_IN_TEXT.search(message.body):
        yield "body", f"At most {LONGEST_BODY} signs of plain text"
    if len(message.business_data) > _MOST_BUSINESS_DATA:
        yield "businessDataList", f"At most {_MOST_BUSINESS_DATA} entries"
    for pair in message.business_data:
        for text in pair:
            too_long = len(text.encode("utf-8", "replace")) > rules.LONGEST_BUSINESS_DATA
            if not text or too_long or _CONTROL.search(text):
                yield "businessDataList", f"At most {rules.LONGEST_BUSINESS_DATA} bytes each"


def _documents(message: NewMessage) -> Iterator[tuple[str, str]]:
    if len(message.documents) > rules.MOST_DOCUMENTS:
        yield "attachments", f"At most {rules.MOST_DOCUMENTS} documents"
    if not message.documents and not message.body.strip():
        yield "attachments", "A message has a document or a text"
    if message.is_body_main and not message.body.strip():
        yield "body", "The main content is empty"
    if sum(len(one.data) for one in message.documents) > media.LARGEST_TOGETHER:
        yield "attachments", f"Together at most {media.LARGEST_TOGETHER} bytes"
    for one in message.documents:
        yield from _document(one)


def _document(one: NewDocument) -> Iterator[tuple[str, str]]:
    if not _FILE_NAME.fullmatch(one.file_name):
        yield "attachments", f"A file name has 1 to {rules.LONGEST_FILE_NAME} signs and no folder"
    fault = media.fault(file_name=one.file_name, media_type=one.media_type, data=one.data)
    if fault:
        yield "attachments", fault
    if one.digest and one.digest.rstrip("=") != digest_of(one.data):
        yield "attachments", "The digest is not that of the content"
