"""The glossary of the messages: every element of the published schema, with its words.

Names, order, cardinality, type and form come from the schema itself; the words stand here, and a
test holds that no element lacks them. What a code means is what the code of the messages reads.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from lxml import etree

from guichet.eservices.temporary_unemployment.library.tables import said
from guichet.eservices.temporary_unemployment.library.techlib.meanings import MEANINGS, VALUES
from guichet.eservices.temporary_unemployment.messages import layout, schema
from guichet.rules.temporary_unemployment import findings
from guichet.rules.temporary_unemployment.kinds import Category, Reason

MESSAGES: Final = ("TWCT", "ACRF", "NOTIFICATION", "GenericXMLDocument")
_XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_PLAIN: Final = {
    "xs:string": _("text"),
    "xs:date": _("date"),
    "xs:positiveInteger": _("whole number"),
    "xs:base64Binary": _("document in base64"),
}
# The days of work stand in a cycle and beside a worker, each in other forms.
_OF_FORMS: Final = (layout.BODY, layout.OF_PERSON, layout.INSIDE)


@dataclass(frozen=True, slots=True)
class Entry:
    """An element where it stands. ``least`` and ``most``: how often, None without limit.

    ``kind``: of what it is made, empty for a block; ``pattern``: of its text; ``forms``: the
    communications in which it may stand, empty when it stands in all.
    """

    name: str
    path: str
    depth: int
    least: int
    most: int | None
    kind: Any
    pattern: str
    longest: int | None
    values: tuple[str, ...]
    forms: tuple[str, ...]

    @property
    def cardinality(self) -> str:
        """``1``, ``0-1``, ``0-5``, ``1-n``."""
        if self.most == self.least:
            return str(self.least)
        return f"{self.least}-{'n' if self.most is None else self.most}"

    @property
    def meaning(self) -> Any:
        """What it says, in the language of the page."""
        return MEANINGS[self.name]

    @property
    def meanings(self) -> tuple[tuple[str, str], ...]:
        """Each code that it may hold here, with what it means."""
        every = _coded(self.name).items()
        return tuple((code, text) for code, text in every if self._takes(code))

    def _takes(self, code: str) -> bool:
        if self.pattern:
            return re.fullmatch(self.pattern, code) is not None
        return code in self.values


@cache
def entries(message: str) -> tuple[Entry, ...]:
    """The elements of a message in the order of the schema; raises KeyError for another one."""
    root = etree.fromstring(schema.document())
    tops = {str(one.get("name")): one for one in root.iterfind(f"{_XS}element")}
    types = {
        str(one.get("name")): one
        for one in root
        if one.tag in (f"{_XS}simpleType", f"{_XS}complexType")
    }
    return tuple(_Walk(tops, types).of(tops[message], path="", depth=0))


class _Walk:
    def __init__(self, tops: Mapping[str, Any], types: Mapping[str, Any]) -> None:
        self._tops = tops
        self._types = types

    def of(self, element: Any, *, path: str, depth: int, optional: bool = False) -> Iterator[Entry]:
        """The element and what stands in it."""
        least, most = int(element.get("minOccurs", "1")), element.get("maxOccurs", "1")
        if element.get("ref"):
            element = self._tops[element.get("ref")]
        name = str(element.get("name"))
        here = f"{path}/{name}"
        inside = element.find(f"{_XS}complexType")
        kind, pattern = "", ""
        longest: int | None = None
        values: tuple[str, ...] = ()
        if inside is None:
            given = str(element.get("type"))
            inside = self._types.get(given)
            if inside is None or inside.tag == f"{_XS}simpleType":
                kind, pattern, longest, values = self._simple(given)
                inside = None
        yield Entry(
            name=name,
            path=here,
            depth=depth,
            least=0 if optional else least,
            most=None if most == "unbounded" else int(most),
            kind=kind,
            pattern=pattern,
            longest=longest,
            values=values,
            forms=_forms(name),
        )
        if inside is not None:
            for sequence in inside.iterfind(f"{_XS}sequence"):
                yield from self._inside(sequence, here, depth + 1, optional=False)

    def _inside(self, sequence: Any, path: str, depth: int, *, optional: bool) -> Iterator[Entry]:
        for child in sequence:
            if child.tag == f"{_XS}element":
                yield from self.of(child, path=path, depth=depth, optional=optional)
            elif child.tag == f"{_XS}sequence":
                yield from self._inside(child, path, depth, optional=child.get("minOccurs") == "0")

    def _simple(self, name: str) -> tuple[Any, str, int | None, tuple[str, ...]]:
        if name in _PLAIN:
            return _PLAIN[name], "", None, ()
        restriction = self._types[name].find(f"{_XS}restriction")
        found = {str(one.tag).removeprefix(_XS): str(one.get("value")) for one in restriction}
        values = tuple(str(one.get("value")) for one in restriction.iterfind(f"{_XS}enumeration"))
        longest = int(found["maxLength"]) if "maxLength" in found else None
        return _PLAIN[restriction.get("base")], found.get("pattern", ""), longest, values


def _forms(name: str) -> tuple[str, ...]:
    found = {form for known in _OF_FORMS if name in known for form in known[name].forms}
    return () if len(found) == len(layout.KINDS) else tuple(sorted(found))


def _coded(name: str) -> dict[str, str]:
    """The codes whose meaning the messages read themselves, else those that stand in words."""
    match name:
        case "NotificationMode":
            return {code: said(findings.word(one)) for code, one in layout.MODES.items()}
        case "SuspensionScheme":
            return {code: said(findings.word(one)) for code, one in layout.SCHEMES.items()}
        case "TemporaryUnemploymentReason":
            return {one.value: said(findings.word(one)) for one in Reason}
        case "OccupationLevel":
            return {
                "B": said(findings.word(Category.BLUE)),
                "W": said(findings.word(Category.WHITE)),
            }
        case _:
            return {code: str(words) for code, words in VALUES.get(name, {}).items()}


def communications() -> tuple[tuple[str, str], ...]:
    """``TWCT001`` … with the communication that it is."""
    return tuple((code, said(findings.word(kind))) for code, kind in layout.KINDS.items())
