"""Files of communications as a sender's program writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from xml.sax.saxutils import escape

from lxml import etree

from guichet.eservices.temporary_unemployment.messages import reading
from guichet.eservices.temporary_unemployment.messages.frames import Limits
from guichet.eservices.temporary_unemployment.messages.reading import ReadForm
from guichet.rules.temporary_unemployment.kinds import Channel
from tests.database import REPOSITORY

XSD: Final = REPOSITORY / "contracts" / "temporary-unemployment-v1.xsd"
SCHEMA: Final = etree.XMLSchema(etree.parse(XSD))
LIMITS: Final = Limits(largest=5_000_000, most_forms=1_000, largest_form=400_000)
NOON: Final = datetime(2025, 3, 7, 11, tzinfo=UTC)
ANNE, BIS = "85073003328", "85473003317"

_HEAD: Final = {
    "FormCreationDate": "2025-03-07",
    "FormCreationHour": "09:12:44.120",
    "AttestationStatus": "0",
    "TypeForm": "SU",
    "Reference": {"ReferenceType": "1", "ReferenceOrigin": "1", "ReferenceNbr": "2025-CT-0017"},
    "EmployerDeclarationLink": {
        "NOSSRegistrationNbr": "012345674",
        "Trusteeship": "0",
        "CompanyID": "0123456749",
    },
    "EstablishmentUnit": {
        "EstablishmentUnitNbr": "2123456791",
        "PostalCode": "4000",
        "Municipality": "Liège",
    },
    "JointCommissionNbr": "111",
}
WORKPLACE: Final = {
    "Street": "Rue Haute",
    "HouseNbr": "12",
    "Box": "3",
    "PostalCode": "4000",
    "Municipality": "Liège",
    "Country": "BE",
}


def person(niss: str = ANNE, number: int = 1, **more: str) -> dict[str, str]:
    """A worker."""
    return {
        "NaturalPersonSequenceNbr": str(number),
        "INSS": niss,
        "LastName": "Dubois",
        "FirstName": "Anne",
    } | more


def expected(**other: Any) -> dict[str, Any]:
    """The announcement of a full suspension, on the days of the worked examples."""
    return {"Identification": "TWCT001"} | _HEAD | {
        "TemporaryUnemploymentReason": "E",
        "NotificationDate": "2025-03-07",
        "NotificationMode": "1",
        "SuspensionScheme": "1",
        "SuspensionStartingDate": "2025-03-17",
        "SuspensionEndingDate": "2025-04-13",
        "ReasonDescription": "Orders fell by 35 percent since January.",
        "NoSubcontractingDeclaration": "1",
        "NaturalPerson": person(),
    } | other  # fmt: skip


def weather(**other: Any) -> dict[str, Any]:
    """A first day of bad weather."""
    return {"Identification": "TWCT002"} | _HEAD | {
        "TemporaryUnemploymentReason": "I",
        "Workplace": WORKPLACE,
        "WorkNature": "Bricklaying on the outside walls",
        "WeatherNature": "Frost, -6 °C at 7 h",
        "ImpossibilityReason": "Mortar cannot set",
        "NaturalPerson": person(FirstEffectiveDay="2025-03-07"),
    } | other  # fmt: skip


def nature(**other: Any) -> dict[str, Any]:
    """The nature of a technical accident."""
    return {"Identification": "TWCT003"} | _HEAD | {
        "TemporaryUnemploymentReason": "T",
        "ReasonDescription": "The press of the second hall broke down.",
        "AccidentDate": "2025-03-06",
        "SuspensionStartingDate": "2025-03-13",
    } | other  # fmt: skip


def workers(**other: Any) -> dict[str, Any]:
    """The list of workers after an accident."""
    return {"Identification": "TWCT004"} | _HEAD | {
        "TemporaryUnemploymentReason": "T",
        "RelatedTicket": "05B000000001Z",
        "NaturalPerson": person(),
    } | other  # fmt: skip


def force_majeure(**other: Any) -> dict[str, Any]:
    """Force majeure."""
    return {"Identification": "TWCT005"} | _HEAD | {
        "TemporaryUnemploymentReason": "F",
        "SuspensionStartingDate": "2025-03-07",
        "SuspensionEndingDate": "2025-03-14",
        "ReasonDescription": "The river flooded both halls.",
        "NaturalPerson": person(),
    } | other  # fmt: skip


def strike(**other: Any) -> dict[str, Any]:
    """A strike."""
    return {"Identification": "TWCT006"} | _HEAD | {
        "TemporaryUnemploymentReason": "G",
        "ReasonDescription": "Strike of the fitters.",
        "Workplace": WORKPLACE,
        "NaturalPerson": person(
            FirstEffectiveDay="2025-03-07", StrikeUnitMember="0", Circumstances="No parts came."
        ),
    } | other  # fmt: skip


EVERY: Final = {
    "TWCT001": expected,
    "TWCT002": weather,
    "TWCT003": nature,
    "TWCT004": workers,
    "TWCT005": force_majeure,
    "TWCT006": strike,
}


def reference(ticket: str, own: str = "2025-CT-0018") -> list[dict[str, str]]:
    """The two references of a form that changes or cancels."""
    return [
        {"ReferenceType": "1", "ReferenceOrigin": "1", "ReferenceNbr": own},
        {"ReferenceType": "0", "ReferenceOrigin": "2", "ReferenceNbr": ticket},
    ]


def without(form: dict[str, Any], *names: str) -> dict[str, Any]:
    """A form without some of its elements."""
    return {name: value for name, value in form.items() if name not in names}


def text(form: dict[str, Any]) -> str:
    """The inside of a form."""
    return "".join(_element(name, value) for name, value in _ordered(form).items())


def written(forms: Iterable[dict[str, Any] | str], *, root: str = "TWCT") -> bytes:
    """A file of these forms, each given by its elements or as the text inside it."""
    inside = [f"<Form>{one if isinstance(one, str) else text(one)}</Form>\n" for one in forms]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}>{"".join(inside)}</{root}>'.encode()


def read(content: bytes, *, limits: Limits = LIMITS, piece: int = 4_096) -> list[ReadForm]:
    """Every form of a file."""
    pieces = (content[at : at + piece] for at in range(0, len(content), piece))
    return list(
        reading.read(pieces, schema=SCHEMA, channel=Channel.BATCH, received_at=NOON, limits=limits)
    )


def only(form: dict[str, Any] | str) -> ReadForm:
    """The only form of a file."""
    [one] = read(written([form]))
    return one


def codes(form: ReadForm) -> list[tuple[str, str]]:
    """Code and path of each fault."""
    return [(one.fault.code, one.path) for one in form.faults]


_ORDER: Final = {
    name: at
    for at, name in enumerate(
        [
            "Identification", "FormCreationDate", "FormCreationHour", "AttestationStatus",
            "TypeForm", "DclInformation", "Reference", "EmployerDeclarationLink",
            "EstablishmentUnit", "JointCommissionNbr", "OccupationLevel",
            "TemporaryUnemploymentReason", "NotificationDate", "NotificationMode",
            "SuspensionScheme", "SuspensionStartingDate", "SuspensionEndingDate", "ExcludedPeriod",
            "WorkPattern", "ReasonDescription", "NoSubcontractingDeclaration", "AccidentDate",
            "RelatedTicket", "Workplace", "WorkNature", "WeatherNature", "ImpossibilityReason",
            "SectionName", "NaturalPerson", "CommentDeclaration",
        ]
    )
}  # fmt: skip


def _ordered(form: dict[str, Any]) -> dict[str, Any]:
    """In the order of the schema; after an accident the start of the suspension comes later."""
    order: dict[str, float] = dict(_ORDER)
    if "AccidentDate" in form:
        order["SuspensionStartingDate"] = order["AccidentDate"] + 0.5
    return dict(sorted(form.items(), key=lambda one: order.get(one[0], 99)))


def _element(name: str, value: Any) -> str:
    if isinstance(value, str):
        return f"<{name}>{escape(value)}</{name}>"
    if isinstance(value, Sequence):
        return "".join(_element(name, one) for one in value)
    return f"<{name}>{''.join(_element(*one) for one in value.items())}</{name}>"


def pieces(content: bytes, size: int) -> Iterator[bytes]:
    """The same bytes in pieces."""
    return (content[at : at + size] for at in range(0, len(content), size))
