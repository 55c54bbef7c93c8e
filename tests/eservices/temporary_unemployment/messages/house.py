"""A firm that is a sender: its number, its technical user, its files, and what a worker does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from cryptography.hazmat.primitives import serialization
from lxml import etree

from guichet.access.chaman import senders, signers, users
from guichet.access.chaman.senders import Reachable
from guichet.access.chaman.signers import SendingParty
from guichet.audit.actors import Actor
from guichet.documents.seal_key import FileSealKey
from guichet.eservices.temporary_unemployment.messages import (
    answering,
    checking,
    contents,
    operations,
    processing,
    signature,
)
from guichet.eservices.temporary_unemployment.messages.models import Answer, Delivery
from guichet.eservices.temporary_unemployment.messages.naming import Surrounding
from guichet.eservices.temporary_unemployment.messages.operations import By
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.messages import files
from tests.eservices.temporary_unemployment.messages.keys import certificate, key

NOW: Final = world.NOW
USER: Final = "foundry01"
LIMIT: Final = 5_000_000
PERSON: Final = Actor("person", world.CLERK, world.FIRM)


def build(enterprise: str = world.FIRM, user: str = USER, kind: str = "ec") -> SendingParty:
    """Give a firm its number and a technical user with a certificate."""
    who = Actor("person", world.CLERK, enterprise)
    contact = Reachable("Inès", "Delvaux", "ines@example.org", "+32 4 000 00 00", "fr")
    senders.create(contact=contact, actor=who, now=NOW)
    pem = certificate(kind).public_bytes(serialization.Encoding.PEM)
    users.create_with_certificate(user_name=user, data=pem, is_simulation=True, actor=who, now=NOW)
    party = signers.sending_party(enterprise=enterprise)
    assert party is not None
    return party


def by(enterprise: str = world.FIRM, channel: str = "sftp") -> By:
    """The firm's technical user."""
    party = signers.sending_party(enterprise=enterprise)
    assert party is not None
    return By(party, channel, Actor("client", USER, enterprise))


def name(prefix: str, sequence: str = "00001", surrounding: str = "R", **other: str) -> str:
    """A name of today."""
    number = other.get("sender") or by().party.number
    day = other.get("day", "20250309")
    end = other.get("end", ".1" if prefix in ("GO", "TD") else ".1.1")
    return f"{prefix}.{other.get('type', 'TWCT')}.{number}.{day}.{sequence}.{surrounding}{end}"


def beside(content: bytes, kind: str = "ec", number: int = 0, days: int = 300) -> bytes:
    """A signature of the firm's key."""
    pair: Any = key(kind, number)
    seal = FileSealKey(pair, certificate(kind, number, days=days))
    return signature.made(digest=hashlib.sha256(content).digest(), seal=seal, at=NOW)


def put(
    given: str, content: bytes = b"", *, now: datetime = NOW, who: By | None = None, to: str = ""
) -> None:
    """One file laid down, by default in the folder of its letter."""
    letter = to or (given.split(".")[5] if given.count(".") > 5 else "R")
    operations.put(
        name=given,
        surrounding=Surrounding(letter) if letter in "RTS" else Surrounding.REAL,
        source=[content] if content else [],
        limit=LIMIT,
        by=who or by(),
        now=now,
    )


def drop(
    forms: Iterable[dict[str, Any] | str] | bytes,
    *,
    sequence: str = "00001",
    surrounding: str = "R",
    signed: bool = True,
    now: datetime = NOW,
) -> Delivery:
    """A whole set, its trigger last."""
    content = forms if isinstance(forms, bytes) else files.written(forms)
    put(name("FI", sequence, surrounding), content, now=now)
    if signed:
        put(name("FS", sequence, surrounding), beside(content), now=now)
    put(name("GO", sequence, surrounding), now=now)
    return last()


def last() -> Delivery:
    """The newest set."""
    return Delivery.objects.order_by("-pk")[0]


def work(now: datetime = NOW) -> None:
    """What the worker does: check what waits, handle what was accepted."""
    for row in Delivery.objects.filter(state="received").order_by("pk"):
        checking.check(delivery=row.pk, now=now)
    for row in Delivery.objects.filter(state="accepted").order_by("pk"):
        processing.process(delivery=row.pk, clock=lambda: now)


def answer(kind: str, delivery: Delivery | None = None) -> Any:
    """The newest answer of a kind as XML, held to the schema."""
    found = Answer.objects.filter(kind=kind)
    row = (found.filter(delivery=delivery) if delivery else found).order_by("-pk")[0]
    root = etree.fromstring(b"".join(contents.pieces(row.content_id)))
    assert files.SCHEMA.validate(root), files.SCHEMA.error_log
    return root


def result(root: Any) -> tuple[str, str | None]:
    """Code of the result and of the error of a receipt."""
    return root.findtext(".//ResultCode"), root.findtext(".//ErrorID")


def form(**other: Any) -> dict[str, Any]:
    """An announcement of the firm, sent on Sunday 9 March 2025."""
    return files.expected(
        **{
            "FormCreationDate": "2025-03-09",
            "NotificationDate": "2025-03-09",
            "EmployerDeclarationLink": {
                "NOSSRegistrationNbr": "012345674",
                "Trusteeship": "0",
                "CompanyID": world.FIRM,
            },
            "EstablishmentUnit": {
                "EstablishmentUnitNbr": world.PLACE,
                "PostalCode": "4000",
                "Municipality": "Liège",
            },
            "NaturalPerson": files.person(world.ANNE),
        }
        | other
    )


def own(number: str) -> dict[str, str]:
    """A reference of the sender."""
    return {"ReferenceType": "1", "ReferenceOrigin": "1", "ReferenceNbr": number}


def signature_of(row: Answer) -> bytes:
    """What lies beside an answer."""
    return bytes(row.signature)


def names_out() -> list[str]:
    """The answers that lie there, oldest first."""
    return [str(answering.name_of(row)) for row in Answer.objects.order_by("pk")]
