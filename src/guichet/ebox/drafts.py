"""What somebody wants to publish, as plain values."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document; ``digest``: what the sender announces, compared with the bytes. R-EB-10."""

    file_name: str
    media_type: str
    data: bytes = field(repr=False)
    digest: str = ""
    is_signed: bool = False


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What is published; exactly one of ``niss`` and ``enterprise_number``.

    The first document is the main content unless there is none, or ``is_body_main``.
    ``registered``: comes by the qualified path of electronic registered mail.
    """

    sender_number: str
    reference: str
    type: str
    language: str
    subject: str = field(repr=False)
    body: str = field(default="", repr=False)
    documents: tuple[NewDocument, ...] = ()
    niss: str | None = field(default=None, repr=False)
    enterprise_number: str | None = None
    application: str = ""
    is_body_main: bool = False
    attention_niss: str = field(default="", repr=False)
    attention_name: str = field(default="", repr=False)
    business_data: tuple[tuple[str, str], ...] = ()
    action: str = ""
    due_on: date | None = None
    original: UUID | None = None
    registered: bool = False
