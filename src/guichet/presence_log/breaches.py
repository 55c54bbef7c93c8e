"""Everything that is wrong with a body which the fast decoder refused.

The fast decoder stops at the first breach and its text repeats the value, which may be somebody's
number in the wrong member. So its message is dropped and the body is read again, member by
member: every breach gets an issue that says where it is and what was wanted, never what was sent.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from guichet.kernel.problem import Issue, harmless_name, schema_violation, unknown_input
from guichet.presence_log import wire

_MAX_ISSUES: Final = 100


class SchemaBreach(Exception):
    """The body does not have the shape of the contract; nothing of it is stored."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        super().__init__("the body breaks the schema")
        self.issues = issues


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A member with a value: its type and what to ask for, in words."""

    type: Any
    wanted: str


@dataclass(frozen=True, slots=True)
class _Shape:
    """An object: its members, those that must be there, and whether null is taken for absence."""

    members: dict[str, "_Leaf | _Shape"]
    required: tuple[str, ...] = ()
    nullable: bool = True
    wanted: str = field(default="must be an object")


_TEXT: Final = _Leaf(str | None, "must be a string")
_LINE: Final = _Leaf(
    wire.AddressText | None, "must be a string of at most 250 signs without control characters"
)
_COORDINATES: Final = _Shape(
    {
        "longitude": _Leaf(wire.Longitude, "must be a number from -180 to 180"),
        "latitude": _Leaf(wire.Latitude, "must be a number from -90 to 90"),
    },
    required=("longitude", "latitude"),
)
_ADDRESS: Final = _Shape(
    dict.fromkeys(("postCode", "municipalityName", "streetName", "houseNumber", "boxNumber"), _LINE)
)
_ITEM: Final = _Shape(
    {
        "registrationDate": _Leaf(
            wire.Moment, "must be a date-time of RFC 3339 with an offset or Z"
        ),
        "ssin": _Leaf(wire.Ssin, "must be a string of eleven digits"),
        "type": _Leaf(wire.Kind, 'must be "in" or "out"'),
        "employer": _Shape({"enterpriseNumber": _TEXT, "foreignVatNumber": _TEXT}),
        "placeOfWork": _Shape({"coordinates": _COORDINATES, "address": _ADDRESS}),
        "contractualRelationshipReference": _TEXT,
        "customReference": _TEXT,
    },
    required=("registrationDate", "ssin", "type"),
    nullable=False,
)


def decoded(body: bytes) -> wire.Lot:
    """The lot in ``body``; raises SchemaBreach with every issue (at most a hundred)."""
    try:
        return wire.DECODER.decode(body)
    # ValueError: not UTF-8; MemoryError is left alone.
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _read_slowly(body)


def _read_slowly(body: bytes) -> wire.Lot:
    try:
        document = msgspec.json.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise SchemaBreach((_issue("", "is not valid JSON in UTF-8"),)) from None
    issues = []
    for issue in _lot_issues(document):
        issues.append(issue)
        if len(issues) == _MAX_ISSUES:
            break
    if issues:
        raise SchemaBreach(tuple(issues))
    try:
        # A breach in a duplicated member whose last value is good: the last one wins.
        return msgspec.convert(document, wire.Lot)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise SchemaBreach((_issue("", "does not have the shape of the contract"),)) from None


def _lot_issues(document: object) -> Iterator[Issue]:
    if not isinstance(document, dict):
        yield _issue("", "must be an object")
        return
    yield from (_unknown("", name) for name in document if name != "items")
    if "items" not in document:
        yield _missing("", "items")
        return
    items = document["items"]
    if not isinstance(items, list):
        yield _issue("items", "must be an array")
    elif not 1 <= len(items) <= wire.MAX_ITEMS:
        yield _issue("items", f"must have 1 to {wire.MAX_ITEMS} items")
    else:
        for position, item in enumerate(items):
            yield from _issues(f"items[{position}]", item, _ITEM)


def _issues(name: str, value: object, shape: "_Leaf | _Shape") -> Iterator[Issue]:
    if isinstance(shape, _Leaf):
        if not _fits(value, shape.type):
            yield _issue(name, shape.wanted)
        return
    if value is None and shape.nullable:
        return
    if not isinstance(value, dict):
        yield _issue(name, shape.wanted)
        return
    yield from (_missing(name, member) for member in shape.required if member not in value)
    for member, inner in value.items():
        known = shape.members.get(member)
        if known is None:
            yield _unknown(name, member)
        else:
            yield from _issues(f"{name}.{member}", inner, known)


def _fits(value: object, wanted: Any) -> bool:
    try:
        msgspec.convert(value, wanted)
    except (msgspec.MsgspecError, ValueError):
        return False
    return True


def _issue(name: str, wanted: str) -> Issue:
    subject = "Input" if name in {"", "items"} else "Value"
    detail = f"[Path '{_pointer(name)}'] {subject} {wanted}"
    return schema_violation(name=name or "body", detail=detail)


def _missing(name: str, member: str) -> Issue:
    detail = f"[Path '{_pointer(name)}'] Object has missing required properties ([\"{member}\"])"
    return schema_violation(name=f"{name}.{member}" if name else member, detail=detail)


def _unknown(name: str, member: str) -> Issue:
    shown = harmless_name(member)
    return unknown_input(name=f"{name}.{shown}" if name else shown)


def _pointer(name: str) -> str:
    """``items[1].employer`` as ``/items/1/employer``."""
    return "/" + name.replace("[", "/").replace("]", "").replace(".", "/")
