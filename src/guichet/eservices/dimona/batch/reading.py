"""Reading a file of declarations as it streams by. Pure: bytes in, plain values out.

The file stands or falls by its frame (well formed, our schema, not too large); each form stands
or falls by itself. Nothing is looked up outside the file: no document type, no entity, no include.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import msgspec

from guichet.eservices.dimona import wire
from guichet.eservices.dimona.batch.layout import FORM, LAYOUT, NAMESPACE, ROOT, Group, Leaf
from guichet.registers.exchanges.frames import (
    LARGEST,
    MOST_FORMS,
    FileFault,
    FileRefused,
    Frame,
    FrameReader,
    Reference,
)

__all__ = ["LARGEST", "MOST_FORMS", "FileFault", "FileRefused"]

_FRAME: Final = Frame(NAMESPACE, ROOT, FORM, deepest=12)
_LONGEST_TEXT: Final = 1_000
_WHOLE: Final = re.compile(r"-?[0-9]{1,18}")
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,4})?")
_PATH: Final = re.compile(r"- at `\$\.?(?P<path>[^`]*)`")


class FormFault(StrEnum):
    """Why one form is not taken."""

    UNKNOWN = "unknownElement"
    TWICE = "elementTwice"
    TEXT = "textNotExpected"
    MISSING_TEXT = "textMissing"
    NOT_A_NUMBER = "notANumber"
    TOO_LONG = "textTooLong"
    VALUE = "valueNotAllowed"
    NOT_ONE_ACT = "notOneAct"
    NO_REFERENCE = "referenceMissing"
    REFERENCE_TWICE = "referenceTwice"
    NO_DOSSIER = "dossierUnknown"


_REFERENCES: Final = {
    Reference.MISSING: FormFault.NO_REFERENCE,
    Reference.TWICE: FormFault.REFERENCE_TWICE,
}


@dataclass(frozen=True, slots=True)
class Form:
    """One form, in the order of the file from 1. Either ``body`` or ``fault`` with its place.

    ``element``: a path such as ``DimonaIn/StartingDate``; never a value. ``dossier``: the number
    of an emergency as it was written, at most 40 signs.
    """

    position: int
    reference: str
    body: wire.Body | None = field(default=None, repr=False)
    fault: FormFault | None = None
    element: str = ""
    dossier: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """A file that was read to its end."""

    reference: str
    forms: tuple[Form, ...]


def reference_of(content: bytes) -> str:
    """The sender's reference, from the beginning of the file; raises FileRefused."""
    reader = _Reader(only_root=True)
    reader.read(content)
    return reader.reference


def read(content: bytes) -> Contents:
    """The whole file; raises FileRefused."""
    reader = _Reader()
    reader.read(content)
    return Contents(reader.reference, tuple(reader.forms))


@dataclass(slots=True)
class _Open:
    """An element that has begun: what is expected in it, and what came so far."""

    name: str
    group: Group | None
    leaf: Leaf | None
    found: dict[str, Any] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)


class _Reader(FrameReader):
    """Makes forms of what stands in the frame; a fault in a form is kept until the form ends."""

    def __init__(self, *, only_root: bool = False) -> None:
        super().__init__(_FRAME, only_root=only_root)
        self.forms: list[Form] = []
        self._open: list[_Open] = []
        self._fault: tuple[FormFault, str] | None = None
        self._form_reference = ""
        self._dossier = ""

    def begin_form(
        self, *, reference: str, worth: Reference, attributes: Mapping[str, str]
    ) -> None:
        self._fault = None
        self._form_reference = "" if worth is Reference.MISSING else reference
        self._dossier = attributes.get("dossier", "")[:40]
        if worth is not Reference.GOOD:
            self._note(_REFERENCES[worth], FORM)
        self._open = [_Open(FORM, Group("", LAYOUT), None)]

    def begin(self, *, name: str, is_ours: bool) -> None:
        above = self._open[-1]
        expected = above.group.inside.get(name) if above.group else None
        if expected is None or not is_ours:
            self._note(FormFault.UNKNOWN, self._path(name))
            self._open.append(_Open(name, None, None))
            return
        group = expected if isinstance(expected, Group) else None
        leaf = expected if isinstance(expected, Leaf) else None
        if expected.member in above.found and not (group and group.is_list):
            self._note(FormFault.TWICE, self._path(name))
        self._open.append(_Open(name, group, leaf))

    def characters(self, text: str) -> None:
        here = self._open[-1]
        if here.leaf is not None:
            if sum(map(len, here.text)) + len(text) > _LONGEST_TEXT:
                self._note(FormFault.TOO_LONG, self._path())
                return
            here.text.append(text)
        elif text.strip():
            self._note(FormFault.TEXT, self._path())

    def end(self) -> None:
        done = self._open.pop()
        above = self._open[-1]
        if done.leaf is not None:
            above.found[done.leaf.member] = self._value(done)
        elif done.group is not None and done.group.is_list:
            above.found.setdefault(done.group.member, []).append(done.found)
        elif done.group is not None:
            above.found[done.group.member] = done.found

    def end_form(self) -> None:
        self.forms.append(self._formed(self._open.pop().found))
        self._open = []

    def _value(self, done: _Open) -> str | int | float:
        text = "".join(done.text).strip()
        kind = done.leaf.kind if done.leaf else "text"
        where = "/".join([*self._names(), done.name])
        if not text:
            self._note(FormFault.MISSING_TEXT, where)
        elif kind == "whole":
            if _WHOLE.fullmatch(text):
                return int(text)
            self._note(FormFault.NOT_A_NUMBER, where)
        elif kind == "number":
            if _NUMBER.fullmatch(text):
                return float(text) if "." in text else int(text)
            self._note(FormFault.NOT_A_NUMBER, where)
        return text

    def _formed(self, found: dict[str, Any]) -> Form:
        position = len(self.forms) + 1
        body = None if self._fault else self._body(found)
        if self._fault or body is None:
            fault, element = self._fault or (FormFault.VALUE, "")
            return Form(position, self._form_reference, None, fault, element)
        return Form(position, self._form_reference, body, dossier=self._dossier)

    def _body(self, found: dict[str, Any]) -> wire.Body | None:
        try:
            body = msgspec.convert(found, wire.Body)
            wire.act_of(body)
        except msgspec.ValidationError as fault:
            named = _PATH.search(str(fault))
            self._note(FormFault.VALUE, _element_of(named["path"] if named else ""))
            return None
        except wire.NotOneAct:
            self._note(FormFault.NOT_ONE_ACT, FORM)
            return None
        return body

    def _note(self, fault: FormFault, element: str) -> None:
        self._fault = self._fault or (fault, element)

    def _names(self) -> Iterator[str]:
        return (one.name for one in self._open[1:])

    def _path(self, name: str = "") -> str:
        # A name that nobody knows is not repeated: it could hide a person's number.
        names = [one.name for one in self._open[1:]]
        known = self._open[-1].group
        if name:
            is_known = known is not None and name in known.inside
            names.append(name if is_known else "*")
        return "/".join(names) or FORM


def _element_of(path: str) -> str:
    """``dimonaIn.startDate`` of a JSON path as ``DimonaIn/StartingDate``."""
    inside: Any = LAYOUT
    names = []
    for member in re.sub(r"\[[0-9.]+\]", "", path).split("."):
        found = next((name for name, one in inside.items() if one.member == member), None)
        if found is None:
            break
        names.append(found)
        inside = getattr(inside[found], "inside", {})
    return "/".join(names) or FORM
