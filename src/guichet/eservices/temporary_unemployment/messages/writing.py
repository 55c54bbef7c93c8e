"""What goes back, in XML: the receipt of a file, the notification of its forms, the decision. Pure.

Moments are told in Brussels time.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from xml.sax.saxutils import escape

from guichet.eservices.temporary_unemployment.messages.layout import CODES_OF_LANGUAGES
from guichet.eservices.temporary_unemployment.messages.meaning import Head
from guichet.eservices.temporary_unemployment.messages.reading import Placed
from guichet.kernel.moments import BRUSSELS
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import repair_sentence, sentence

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ACCEPTED: Final = "FA"
_REFUSED: Final = "PA"
_PIECE: Final = 64 * 1024
_MARKS: Final = re.compile("[&<>]")


class Result(StrEnum):
    """What was decided."""

    ACCEPTED = "1"
    REFUSED = "2"
    PARTIALLY_ACCEPTED = "3"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is refused. ``line`` and ``path``: where, 0 and empty for the whole of it."""

    code: str
    text: str
    line: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A form and what became of it; ``ticket``: None when it was not received."""

    position: int
    head: Head
    ticket: str | None
    faults: Sequence[Placed] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision as the message tells it; ``own_reference``: of the sender, empty for none."""

    number: str
    decided_on: date
    result: Result
    ticket: str
    own_reference: str = ""
    reasons: Sequence[str] = ()
    accepted_from: date | None = None
    accepted_until: date | None = None
    language: str = "fr"
    is_revised: bool = False


def receipt(*, name: str, ticket: str, made_at: datetime, refusal: Refusal | None = None) -> bytes:
    """The ACRF of a file that was sent under ``name``."""
    kind = _REFUSED if refusal else _ACCEPTED
    reference = _all(FileName=name, ReferenceOrigin="2", ReferenceNbr=ticket)
    result = _all(ResultCode="0" if refusal else "1")
    if refusal is not None:
        result += _all(
            ErrorID=refusal.code,
            ErrorLine=str(refusal.line) if refusal.line else None,
            ErrorPath=refusal.path or None,
            ErrorText=refusal.text or None,
        )
    form = (
        _made("ACRF001", made_at, kind=kind)
        + _block("FileReference", reference)
        + _block("ReceptionResult", result)
    )
    return (_HEAD + _block("ACRF", _block("Form", form)) + "\n").encode()


def notification(
    answers: Iterable[Answered], *, ticket: str, made_at: datetime, language: str
) -> Iterator[bytes]:
    """The NOTI of a file, in pieces; ``language``: for the forms that tell none themselves."""
    gathered = [_HEAD, "<NOTIFICATION>\n"]
    size = 0
    made = _made("NOTI001", made_at)
    for answer in answers:
        text = _block("Form", made + _notified(answer, ticket, language)) + "\n"
        gathered.append(text)
        size += len(text)
        if size >= _PIECE:
            yield "".join(gathered).encode()
            gathered, size = [], 0
    gathered.append("</NOTIFICATION>\n")
    yield "".join(gathered).encode()


def decision(decided: Decided, *, pdf: bytes, made_at: datetime) -> bytes:
    """The DEFI of a communication, with its letter in base64."""
    status = "1" if decided.is_revised else "0"
    content = (
        _block("FORM", _made("DEFI001", made_at, status=status))
        + _references(decided)
        + _block("DATA", _decision_data(decided) + _block("Document", _document(decided, pdf)))
    )
    return (_HEAD + _block("GenericXMLDocument", content) + "\n").encode()


def _decision_data(decided: Decided) -> str:
    first, last = decided.accepted_from, decided.accepted_until
    return (
        _all(
            DecisionNbr=decided.number,
            DecisionDate=decided.decided_on.isoformat(),
            DecisionResult=decided.result.value,
        )
        + "".join(_all(DecisionReason=reason) for reason in decided.reasons)
        + _all(
            AcceptedFrom=first.isoformat() if first else None,
            AcceptedUntil=last.isoformat() if last else None,
        )
    )


def _document(decided: Decided, pdf: bytes) -> str:
    language = decided.language
    return _all(
        MediaType="application/pdf",
        FileName=f"decision_{decided.ticket}_{language.upper()}.pdf",
        LanguageCodePdf=CODES_OF_LANGUAGES[language],
        Content=base64.b64encode(pdf).decode("ascii"),
    )


def _references(decided: Decided) -> str:
    own = _reference("1", "1", decided.own_reference) if decided.own_reference else ""
    return own + _reference("0", "2", decided.ticket)


def _notified(answer: Answered, ticket: str, language: str) -> str:
    head = answer.head
    original = _all(
        FormSequenceNbr=str(answer.position),
        Identification=head.identification,
        FormCreationDate=head.created_on,
        FormCreationHour=head.created_at,
        AttestationStatus=head.status,
        TypeForm="SU",
    )
    employer = _all(NOSSRegistrationNbr=head.noss_number, CompanyID=head.enterprise)
    text = _block("HandledOriginalForm", original) + _reference("0", "2", ticket)
    if head.own_reference:
        text += _reference("1", "1", head.own_reference)
    if employer:
        text += _block("EmployerId", employer)
    if answer.ticket:
        text += _reference("1", "2", answer.ticket, name="HandledReference")
    result = _all(ResultCode="1" if answer.ticket else "0")
    result += "".join(_anomaly(one, head.language or language) for one in answer.faults)
    return text + _block("HandlingResult", result)


def _anomaly(placed: Placed, language: str) -> str:
    fault = placed.fault
    inside = _all(
        ErrorID=fault.code,
        AnomalyClass="B" if fault.blocks else "NB",
        Path=placed.path,
        AnomalyLabel=_label(fault, language),
    )
    return _block("AnomalyReport", inside)


def _label(fault: Fault, language: str) -> str:
    """What is wrong, and what can be done instead."""
    said = sentence(fault).in_language(language)
    if fault.repair is None:
        return said
    return f"{said} {repair_sentence(fault.repair).in_language(language)}"


def _made(identification: str, at: datetime, *, kind: str = "SU", status: str = "0") -> str:
    there = at.astimezone(BRUSSELS)
    return _all(
        Identification=identification,
        FormCreationDate=there.date().isoformat(),
        FormCreationHour=there.strftime("%H:%M:%S.") + f"{there.microsecond // 1000:03d}",
        AttestationStatus=status,
        TypeForm=kind,
    )


def _reference(kind: str, origin: str, number: str, *, name: str = "Reference") -> str:
    inside = _all(ReferenceType=kind, ReferenceOrigin=origin, ReferenceNbr=number)
    return _block(name, inside)


def _block(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>"


def _all(**texts: str | None) -> str:
    """Elements in this order, those without a text left out."""
    return "".join(
        [
            f"<{name}>{escape(text) if _MARKS.search(text) else text}</{name}>"
            for name, text in texts.items()
            if text is not None
        ]
    )
