"""How a form is laid out: which elements stand in which of the six communications, and what for.

``field`` is the member of ``rules.temporary_unemployment.communication.Communication`` that an
element fills, as faults name it; ``code`` the fault of an element that the schema does not take.
The names are those of the family of messages; the layout around them is ours
(contracts/temporary-unemployment-v1.xsd).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guichet.rules.temporary_unemployment.kinds import Kind, NoticeKind, Regime

ROOT: Final = "TWCT"
FORM: Final = "Form"
PERSON: Final = "NaturalPerson"


class Status(StrEnum):
    """What a form does: tells something new, takes the place of a ticket, or withdraws one."""

    ORIGINAL = "0"
    MODIFICATION = "1"
    CANCELLATION = "3"


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "TWCT001": Kind.EXPECTED,
        "TWCT002": Kind.FIRST_DAY,
        "TWCT003": Kind.ACCIDENT_NATURE,
        "TWCT004": Kind.ACCIDENT_LIST,
        "TWCT005": Kind.FORCE_MAJEURE,
        "TWCT006": Kind.STRIKE,
    }
)
MODES: Final[Mapping[str, NoticeKind]] = MappingProxyType(
    {
        "1": NoticeKind.POSTED,
        "2": NoticeKind.LETTER,
        "3": NoticeKind.REGISTERED,
        "4": NoticeKind.HANDED,
    }
)
SCHEMES: Final[Mapping[str, Regime]] = MappingProxyType(
    {
        "1": Regime.FULL,
        "2": Regime.LARGE,
        "3": Regime.SMALL,
        "4": Regime.ONE_DAY_PER_FORTNIGHT,
        "5": Regime.WHITE_FULL,
        "6": Regime.WHITE_REDUCED,
    }
)
LANGUAGES: Final[Mapping[str, str]] = MappingProxyType({"1": "nl", "2": "fr", "3": "de"})
CODES_OF_LANGUAGES: Final = MappingProxyType({word: code for code, word in LANGUAGES.items()})

_ALL: Final = frozenset(KINDS)


def _in(*endings: str) -> frozenset[str]:
    return frozenset(f"TWCT00{ending}" for ending in endings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """``forms``: in which communications it may stand."""

    field: str = ""
    forms: frozenset[str] = _ALL
    code: str = "CTW-094"


HEAD: Final[Mapping[str, Element]] = MappingProxyType(
    {
        "Identification": Element(field="kind", code="CTW-095"),
        "FormCreationDate": Element(code="CTW-010"),
        "FormCreationHour": Element(),
        "AttestationStatus": Element(),
        "TypeForm": Element(),
        "DclInformation": Element(),
        "LanguageCodePdf": Element(field="language"),
        "Reference": Element(field="changes"),
        "EmployerDeclarationLink": Element(),
        "NOSSRegistrationNbr": Element(),
        "Trusteeship": Element(),
        "CompanyID": Element(field="enterprise", code="CTW-001"),
        "EstablishmentUnit": Element(),
        "EstablishmentUnitNbr": Element(field="establishment", code="CTW-008"),
        "PostalCode": Element(field="postcode"),
        "Municipality": Element(),
    }
)
BODY: Final[Mapping[str, Element]] = MappingProxyType(
    {
        "JointCommissionNbr": Element(field="committee", code="CTW-006"),
        "OccupationLevel": Element(field="level", code="CTW-007"),
        "TemporaryUnemploymentReason": Element(field="reason"),
        "NotificationDate": Element(field="posted_on", forms=_in("1"), code="CTW-010"),
        "NotificationMode": Element(field="notice_kind", forms=_in("1")),
        "SuspensionScheme": Element(field="regime", forms=_in("1")),
        "SuspensionStartingDate": Element(
            field="first_day", forms=_in("1", "3", "5"), code="CTW-010"
        ),
        "SuspensionEndingDate": Element(field="last_day", forms=_in("1", "5"), code="CTW-010"),
        "ExcludedPeriod": Element(field="excluded", forms=_in("1")),
        "WorkPattern": Element(field="cycle", forms=_in("1")),
        "ReasonDescription": Element(field="causes", forms=_in("1", "3", "5", "6")),
        "NoSubcontractingDeclaration": Element(
            field="no_subcontracting", forms=_in("1"), code="CTW-017"
        ),
        "AccidentDate": Element(field="accident_on", forms=_in("3"), code="CTW-010"),
        "RelatedTicket": Element(field="nature_ticket", forms=_in("4"), code="CTW-054"),
        "Workplace": Element(field="workplace", forms=_in("2", "6")),
        "WorkNature": Element(field="nature_of_work", forms=_in("2")),
        "WeatherNature": Element(field="weather", forms=_in("2")),
        "ImpossibilityReason": Element(field="why_impossible", forms=_in("2")),
        "SectionName": Element(field="section", forms=_in("1")),
        "NaturalPerson": Element(field="lines", forms=_in("1", "2", "4", "5", "6")),
        "CommentDeclaration": Element(field="remarks"),
    }
)
OF_PERSON: Final[Mapping[str, Element]] = MappingProxyType(
    {
        "NaturalPersonSequenceNbr": Element(),
        "INSS": Element(field="niss", code="CTW-003"),
        "LastName": Element(),
        "FirstName": Element(),
        "FirstEffectiveDay": Element(field="first_day", forms=_in("2", "6"), code="CTW-010"),
        "StrikeUnitMember": Element(field="in_striking_unit", forms=_in("6")),
        "Circumstances": Element(field="circumstances", forms=_in("6")),
        "WorkingDays": Element(field="usual_days", forms=_in("2")),
    }
)
INSIDE: Final[Mapping[str, Element]] = MappingProxyType(
    {
        "StartingDate": Element(field="excluded", forms=_in("1"), code="CTW-010"),
        "EndingDate": Element(field="excluded", forms=_in("1"), code="CTW-010"),
        "CycleWeek": Element(field="cycle", forms=_in("1")),
        "WorkingDays": Element(field="cycle", forms=_in("1")),
        "CommentOfDeclaration": Element(field="remarks"),
    }
)
"""What stands inside a block of the body."""

BLOCKS: Final = (
    "DclInformation", "ExcludedPeriod", "WorkPattern", "Workplace", "NaturalPerson",
    "CommentDeclaration",
)  # fmt: skip
"""The optional elements with elements inside: they are left out, never sent empty."""

_PATHS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{one.field: name for name, one in BODY.items() if one.field},
        "kind": "Identification",
        "reason": "TemporaryUnemploymentReason",
        "enterprise": "EmployerDeclarationLink/CompanyID",
        "establishment": "EstablishmentUnit/EstablishmentUnitNbr",
        "postcode": "EstablishmentUnit/PostalCode",
        "changes": "Reference[ReferenceType=0]/ReferenceNbr",
        "ticket": "Reference[ReferenceType=0]/ReferenceNbr",
        "remarks": "CommentDeclaration/CommentOfDeclaration",
        "received_at": "FormCreationDate",
        "confirmed": "Reference[ReferenceType=1]/ReferenceNbr",
        "own_reference": "Reference[ReferenceType=1]/ReferenceNbr",
    }
)
_OF_LINES: Final[Mapping[str, str]] = MappingProxyType(
    {one.field: name for name, one in OF_PERSON.items() if one.field}
)


def path_of(field: str, *, position: int) -> str:
    """Where a field of the ``position``-th form stands: ``/TWCT/Form[3]/NaturalPerson[2]/INSS``.

    A field that no element says by itself is told at the element around it.
    """
    form = f"/{ROOT}/{FORM}[{position}]"
    name, _, rest = field.partition(".")
    if name == "lines" and rest:
        number, _, member = rest.partition(".")
        person = f"{form}/{PERSON}[{number}]"
        if member == "workplace":
            return f"{form}/Workplace"
        return f"{person}/{_OF_LINES[member]}" if member in _OF_LINES else person
    return f"{form}/{_PATHS[name]}" if name in _PATHS else form
