"""Asking for a document, making it in a job, trying again: each in one transaction."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from procrastinate.contrib.django import app

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.documents import kinds, rendering
from guichet.documents.models import Document, Sealed, State
from guichet.documents.seal_key import SealMissing
from guichet.kernel.document_code import BITS, DocumentCode
from guichet.platform.db import savepoint, transaction
from guichet.platform.typeset import NotTypeset, UnknownTemplate
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person

_log = logging.getLogger(__name__)

# With the waits of the job: about a quarter of an hour.
ATTEMPTS: Final = 6


class UnknownRecipient(LookupError):
    """No person or enterprise of this number in the registers."""


class UnknownDocument(LookupError):
    """No document of this reference."""


class NotFailed(Exception):
    """Only a document that failed is tried again."""


@dataclass(frozen=True, slots=True, repr=False)
class Recipient:
    """A person (``niss``) or an enterprise (``enterprise_number``), never both."""

    niss: str = ""
    enterprise_number: str = ""

    def __post_init__(self) -> None:
        if bool(self.niss) == bool(self.enterprise_number):
            raise ValueError("a document has one recipient")


def issue(
    *,
    template: str,
    data: Mapping[str, Any],
    language: str,
    title: str,
    recipient: Recipient,
    kind: str,
    actor: Actor,
    now: datetime,
    subjects: Sequence[str] = (),
    then: str = "",
) -> str:
    """Ask for a document in the caller's transaction; its reference, which is also its code.

    ``template``: of `typeset`, built on ``official.typ``; ``data``: plain JSON, attached to the
    document; ``language``: the recipient's; ``kind``: registered in `kinds`; ``subjects``: numbers
    of the persons it tells of, the receiving person without one; ``then``: name of a job that is
    given ``reference`` once the document is sealed, in the same transaction.
    Raises UnknownKind, UnknownRecipient, NoTransaction.
    """
    about = [*subjects] or [number for number in (recipient.niss,) if number]
    document = Document(
        reference=DocumentCode.of(secrets.randbits(BITS)).signs,
        kind=kinds.kind(kind).key,
        template=template,
        language=language,
        title=title,
        data=dict(data),
        subjects=list(dict.fromkeys(about)),
        then=then,
        requested_at=now,
        **_columns(recipient),
    )
    with savepoint():
        document.save(force_insert=True)
        _trace("requested", document, actor=actor, now=now)
        _defer(document)
    return document.reference


def make(*, reference: str, now: datetime) -> bool:
    """Render and seal a document that was asked for; whether it is sealed now.

    False: this try failed and another one makes sense. Nothing happens to one that is sealed.
    """
    document = Document.objects.filter(reference=reference).first()
    if document is None or document.state == State.SEALED:
        return True
    try:
        made = rendering.made(document)  # outside the transaction: an authority may take its time
    except (UnknownTemplate, NotTypeset):
        return _failed(reference, "template", final=True, now=now)
    except SealMissing:
        return _failed(reference, "seal", now=now)
    except Exception as fault:
        # Whatever it was is named, and the job says it loudly after the last try.
        problem = "time_stamp" if isinstance(fault, OSError) else type(fault).__name__
        return _failed(reference, problem, now=now)
    with transaction():
        document = Document.objects.select_for_update(of=("self",)).get(reference=reference)
        if document.state != State.SEALED:
            _keep(document, made, now=now)
    return True


def try_again(*, reference: str, actor: Actor, now: datetime) -> None:
    """Begin anew with a document that failed; raises UnknownDocument, NotFailed."""
    with transaction():
        document = _locked(reference)
        if document.state != State.FAILED:
            raise NotFailed
        document.state, document.attempts, document.problem = State.REQUESTED.value, 0, ""
        document.save(update_fields=["state", "attempts", "problem"])
        _trace("triedAgain", document, actor=actor, now=now)
        _defer(document)


def _keep(document: Document, made: rendering.Made, *, now: datetime) -> None:
    Sealed.objects.create(document=document, pdf=made.pdf)
    document.state, document.problem = State.SEALED.value, ""
    document.attempts += 1
    document.sealed_at, document.digest = now, made.digest
    document.plain_digest = made.plain_digest
    document.save()
    detail = {"digest": made.digest}
    _trace("sealed", document, actor=system("documents"), now=now, detail=detail)
    if document.then:
        app.configure_task(name=document.then).defer(reference=document.reference)


def _failed(reference: str, problem: str, *, now: datetime, final: bool = False) -> bool:
    """Note a try in vain; True when no other one follows."""
    with transaction():
        document = _locked(reference)
        if document.state == State.SEALED:  # somebody else's try was not in vain
            return True
        document.attempts += 1
        document.problem = problem
        ends = final or document.attempts >= ATTEMPTS
        document.state = State.FAILED.value if ends else State.REQUESTED.value
        document.save(update_fields=["attempts", "problem", "state"])
        if ends:
            _log.error("a document of kind %s could not be made: %s", document.kind, problem)
            detail = {"problem": problem}
            _trace("failed", document, actor=system("documents"), now=now, detail=detail)
    return ends


def _locked(reference: str) -> Document:
    found = Document.objects.select_for_update(of=("self",)).filter(reference=reference).first()
    if found is None:
        raise UnknownDocument
    return found


def _columns(recipient: Recipient) -> dict[str, Any]:
    if recipient.niss:
        person = Person.objects.filter(niss=recipient.niss, replaced_by=None).first()
        found: dict[str, Any] = {"person": person}
    else:
        found = {
            "enterprise": Enterprise.objects.filter(number=recipient.enterprise_number).first()
        }
    if None in found.values():
        raise UnknownRecipient
    return found


def _defer(document: Document) -> None:
    app.configure_task(name="documents.make").defer(reference=document.reference)


def _trace(
    happened: str,
    document: Document,
    *,
    actor: Actor,
    now: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    trail.record(
        action=f"documents.document.{happened}",
        actor=actor,
        target=f"document/{document.reference}",
        now=now,
        detail={"kind": document.kind, **(detail or {})},
    )
