"""Which documents a break asks for: who brings them, whether they are mandatory, and when.

Sources: manual of the online service for employers (medical assistance, several employers), ONEM
leaflets; that palliative leave needs its attestation like medical assistance, and that the birth
needs no proof when the register knows the child, is inferred. Parameters
``career_break.attachment.*``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from guichet.rules.career_break.faults import Fault, blocking, warning
from guichet.rules.career_break.kinds import Leave, Motive
from guichet.rules.career_break.texts import perceived_length
from guichet.rules.dated import whole


class Document(StrEnum):
    """What may be asked for."""

    MEDICAL_ATTESTATION = "medical_attestation"
    HOSPITAL_CERTIFICATE = "hospital_certificate"
    PALLIATIVE_ATTESTATION = "palliative_attestation"
    CARER_RECOGNITION = "carer_recognition"
    BIRTH_OR_ADOPTION = "birth_or_adoption"
    DISABILITY_ATTESTATION = "disability_attestation"
    ENROLMENT = "enrolment"
    ATTENDANCE = "attendance"
    REMAINING_CREDIT = "remaining_credit"
    CAREER_DECLARATION = "career_declaration"
    EXCEPTION_DECLARATION = "exception_declaration"
    PLACEMENT = "placement"
    OCCUPATION_ELSEWHERE = "occupation_elsewhere"
    NOTICE_CERTIFICATE = "notice_certificate"
    OTHER = "other"


class Bringer(StrEnum):
    """Who brings a document; the employer may send the worker's medical attestation too."""

    WORKER = "worker"
    EMPLOYER = "employer"
    EITHER = "either"
    BOTH = "both"


class Moment(StrEnum):
    """When it is due."""

    WITH_NOTICE = "with_notice"
    BEFORE_START = "before_start"
    AT_START = "at_start"
    WITH_WORKERS_PART = "with_workers_part"
    EACH_QUARTER = "each_quarter"
    WHILE_ANSWERING = "while_answering"


@dataclass(frozen=True, slots=True)
class Needed:
    """One document of a break. ``is_mandatory``: the worker's part cannot be sent without it.

    A document that is owed to the employer or comes later (with the notice, each quarter) is
    ``is_owed``: it has to be there, and does not hold the worker's part up.
    """

    document: Document
    by: Bringer
    moment: Moment
    is_mandatory: bool
    is_owed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What decides over the documents of a break.

    ``register_knows_child``: birth or adoption stands in the national register; ``is_exception``:
    an end of career on one of the grounds before the general age.
    """

    leave: Leave
    motive: Motive | None = None
    register_knows_child: bool = False
    is_disabled_child: bool = False
    is_foster_parent: bool = False
    for_hospitalised_minor: bool = False
    is_exception: bool = False
    several_employers: bool = False


def needed(facts: Facts) -> tuple[Needed, ...]:
    """The documents of a break, the mandatory ones first."""
    found = list(_OF_LEAVE[facts.leave](facts))
    if facts.several_employers:
        found.append(_must(Document.OCCUPATION_ELSEWHERE, Moment.WITH_WORKERS_PART))
    return tuple(sorted(found, key=lambda each: not each.is_mandatory))


def missing(facts: Facts, *, received: frozenset[Document]) -> tuple[Needed, ...]:
    """The mandatory documents that are not there."""
    return tuple(
        each for each in needed(facts) if each.is_mandatory and each.document not in received
    )


def offered(facts: Facts) -> tuple[Document, ...]:
    """The kinds that somebody may attach: the mandatory ones first, *other* last."""
    return (*dict.fromkeys(each.document for each in needed(facts)), Document.OTHER)


def of_notice(facts: Facts) -> tuple[Needed, ...]:
    """The documents of a written notice: what is owed to the employer, and what may come early.

    None of them holds the notice up. The employer may add what the worker sent him on paper.
    """
    owed = [each for each in needed(facts) if each.is_owed and each.moment is Moment.WITH_NOTICE]
    early = [
        _may(each.document, Moment.WITH_NOTICE)
        for each in needed(facts)
        if each.is_mandatory and each.document is not Document.OCCUPATION_ELSEWHERE
    ]
    paper = _may(Document.NOTICE_CERTIFICATE, Moment.WHILE_ANSWERING, Bringer.EMPLOYER)
    return (*owed, *early, paper)


def largest_file(*, on: date) -> int:
    """Bytes that a file may have at most; that many are still accepted."""
    return whole("career_break.attachment.largest", on=on)


def file_fault(code: str, *, on: date) -> Fault:
    """The fault for why a file was refused, in the words of whoever reads files.

    ``code``: ``empty``, ``too_large``, ``type``, ``renamed``, ``damaged``, ``active``,
    ``encrypted``, ``bomb`` or ``infected``; any other counts as a wrong type.
    """
    megabytes = largest_file(on=on) // (1024 * 1024)
    match code:
        case "too_large":
            return blocking("V-AT-02", FILE, megabytes=megabytes)
        case "empty":
            return blocking("V-AT-02", FILE, "empty")
        case "active" | "encrypted" | "bomb":
            return blocking("V-AT-03", FILE)
        case "infected":
            return blocking("V-AT-05", FILE)
        case _:
            return blocking("V-AT-01", FILE)


def attachment_faults(
    *, document: Document, description: str, digest: str, known: frozenset[str], on: date
) -> tuple[Fault, ...]:
    """V-AT-04, V-AT-06 and V-TX-01. ``digest``: of the content; ``known``: those already there."""
    return (*_description(document, description, on), *_twice(digest, known))


def _description(document: Document, description: str, on: date) -> Iterator[Fault]:
    most = whole("career_break.entry.longest_text", on=on)
    if document is Document.OTHER and not description.strip():
        yield blocking("V-AT-04", "description")
    if perceived_length(description) > most:
        yield blocking("V-TX-01", "description", most=most)


def _twice(digest: str, known: frozenset[str]) -> Iterator[Fault]:
    if digest in known:
        yield warning("V-AT-06", FILE)


def _must(document: Document, moment: Moment, by: Bringer = Bringer.WORKER) -> Needed:
    return Needed(document, by, moment, is_mandatory=True)


def _may(document: Document, moment: Moment, by: Bringer = Bringer.WORKER) -> Needed:
    return Needed(document, by, moment, is_mandatory=False)


def _owed(document: Document, moment: Moment) -> Needed:
    return Needed(document, Bringer.WORKER, moment, is_mandatory=False, is_owed=True)


def _of_time_credit(facts: Facts) -> Iterator[Needed]:
    yield _owed(Document.REMAINING_CREDIT, Moment.WITH_NOTICE)
    match facts.motive:
        case Motive.CHILD:
            yield _birth(facts, Moment.BEFORE_START)
        case Motive.DISABLED_CHILD:
            yield _birth(facts, Moment.BEFORE_START)
            yield _must(Document.DISABILITY_ATTESTATION, Moment.BEFORE_START)
        case Motive.PALLIATIVE | Motive.ILL_RELATIVE | Motive.ILL_CHILD:
            yield _must(Document.MEDICAL_ATTESTATION, Moment.BEFORE_START)
        case Motive.TRAINING:
            yield _must(Document.ENROLMENT, Moment.BEFORE_START)
            yield _owed(Document.ATTENDANCE, Moment.EACH_QUARTER)


def _of_end_of_career(facts: Facts) -> Iterator[Needed]:
    yield _owed(Document.REMAINING_CREDIT, Moment.WITH_NOTICE)
    if facts.is_exception:
        yield _must(Document.CAREER_DECLARATION, Moment.WITH_WORKERS_PART)
        yield _must(Document.EXCEPTION_DECLARATION, Moment.WITH_WORKERS_PART, Bringer.BOTH)


def _of_parental(facts: Facts) -> Iterator[Needed]:
    if facts.is_foster_parent:
        yield _must(Document.PLACEMENT, Moment.AT_START)
    else:
        yield _may(Document.BIRTH_OR_ADOPTION, Moment.AT_START)
    if facts.is_disabled_child:
        yield _must(Document.DISABILITY_ATTESTATION, Moment.BEFORE_START)


def _of_medical_assistance(facts: Facts) -> Iterator[Needed]:
    if facts.for_hospitalised_minor:
        yield _must(Document.HOSPITAL_CERTIFICATE, Moment.WITH_WORKERS_PART)
    else:
        yield _must(Document.MEDICAL_ATTESTATION, Moment.WITH_WORKERS_PART, Bringer.EITHER)


def _of_palliative(facts: Facts) -> Iterator[Needed]:
    yield _must(Document.PALLIATIVE_ATTESTATION, Moment.WITH_WORKERS_PART)


def _of_informal_carer(facts: Facts) -> Iterator[Needed]:
    yield _must(Document.CARER_RECOGNITION, Moment.WITH_WORKERS_PART)


def _of_ordinary(facts: Facts) -> Iterator[Needed]:
    yield from ()


def _birth(facts: Facts, moment: Moment) -> Needed:
    if facts.register_knows_child:
        return _may(Document.BIRTH_OR_ADOPTION, moment)
    return _must(Document.BIRTH_OR_ADOPTION, moment)


FILE: Final = "file"
_OF_LEAVE: Final = {
    Leave.TIME_CREDIT: _of_time_credit,
    Leave.END_OF_CAREER: _of_end_of_career,
    Leave.PARENTAL: _of_parental,
    Leave.MEDICAL_ASSISTANCE: _of_medical_assistance,
    Leave.PALLIATIVE: _of_palliative,
    Leave.INFORMAL_CARER: _of_informal_carer,
    Leave.ORDINARY: _of_ordinary,
}
