"""Reading a file of declarations of works as it streams by. Pure: bytes in, plain values out.

The file stands or falls by its frame; each form by itself. Nothing is looked up outside the file:
no document type, no entity, no include.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final
from xml.parsers import expat

from guichet.eservices.works.batch.layout import FORM, LAYOUT, NAMESPACE, REPEATED, ROOT, Layout

LARGEST: Final = 10 * 1024 * 1024
MOST_FORMS: Final = 10_000
_DEEPEST: Final = 8
_LONGEST_TEXT: Final = 1_200
_MOST_REPEATED: Final = 600
_PIECE: Final = 64 * 1024
_REFERENCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,59}")
_BETWEEN: Final = " "  # expat writes a name as its namespace, this sign, and the local name
_FORM_DEPTH: Final = 2


class FileFault(StrEnum):
    """Why a whole file is refused. 088 and 172 are official; the others are ours."""

    UNKNOWN_SCHEMA = "ACRF-088"
    TOO_MANY_FORMS = "ACRF-172"
    NOT_XML = "ACRF-901"
    FORBIDDEN = "ACRF-902"
    TOO_LARGE = "ACRF-903"
    NO_REFERENCE = "ACRF-904"
    NO_FORM = "ACRF-905"


class FileRefused(Exception):
    """``fault``: why."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Form:
    """One form, in the order of the file from 1. ``found``: texts by element, lists of repeated
    ones; ``fault``: the path of the first element that does not belong there, empty for none."""

    position: int
    reference: str
    found: dict[str, Any] = field(repr=False)
    fault: str = ""


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
    if not reader.forms:
        raise FileRefused(FileFault.NO_FORM)
    return Contents(reader.reference, tuple(reader.forms))


class _Enough(Exception):
    """The root was read."""


@dataclass(slots=True)
class _Open:
    """An element that has begun: what may stand in it, and what came so far."""

    name: str
    inside: Layout | None
    found: dict[str, Any] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    length: int = 0


class _Reader:
    """Follows the parser through a file; a fault in a form is kept until the form ends."""

    def __init__(self, *, only_root: bool = False) -> None:
        self.reference = ""
        self.forms: list[Form] = []
        self._only_root = only_root
        self._open: list[_Open] = []
        self._depth = 0
        self._fault = ""
        self._form_reference = ""
        self._seen: set[str] = set()
        parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._forbidden
        parser.EntityDeclHandler = self._forbidden
        parser.ProcessingInstructionHandler = self._forbidden
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        self._parser = parser

    def read(self, content: bytes) -> None:
        if len(content) > LARGEST:
            raise FileRefused(FileFault.TOO_LARGE)
        try:
            for at in range(0, len(content), _PIECE):
                self._parser.Parse(content[at : at + _PIECE], False)
            self._parser.Parse(b"", True)
        except expat.ExpatError:
            raise FileRefused(FileFault.NOT_XML) from None
        except (LookupError, ValueError):  # an encoding that nobody knows
            raise FileRefused(FileFault.NOT_XML) from None
        except _Enough:
            return

    def _forbidden(self, *_given: object) -> None:
        raise FileRefused(FileFault.FORBIDDEN)

    def _start(self, whole: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise FileRefused(FileFault.FORBIDDEN)
        space, _, name = whole.rpartition(_BETWEEN)
        if self._depth == 1:
            self._start_root((space, name), attributes)
        elif self._depth == _FORM_DEPTH:
            self._start_form((space, name), attributes)
        else:
            self._start_inside(space, name)

    def _start_root(self, name: tuple[str, str], attributes: dict[str, str]) -> None:
        if name != (NAMESPACE, ROOT):
            raise FileRefused(FileFault.UNKNOWN_SCHEMA)
        self.reference = attributes.get("reference", "")
        if not _REFERENCE.fullmatch(self.reference):
            raise FileRefused(FileFault.NO_REFERENCE)
        if self._only_root:
            raise _Enough

    def _start_form(self, name: tuple[str, str], attributes: dict[str, str]) -> None:
        if name != (NAMESPACE, FORM):
            raise FileRefused(FileFault.UNKNOWN_SCHEMA)
        if len(self.forms) >= MOST_FORMS:
            raise FileRefused(FileFault.TOO_MANY_FORMS)
        self._fault = ""
        given = attributes.get("reference", "")
        is_good = bool(_REFERENCE.fullmatch(given)) and given not in self._seen
        self._form_reference = given if is_good else ""
        self._seen.add(given)
        self._open = [_Open(FORM, LAYOUT)]
        if not is_good:
            self._note(FORM)

    def _start_inside(self, space: str, name: str) -> None:
        above = self._open[-1]
        is_known = space == NAMESPACE and above.inside is not None and name in above.inside
        # A name that nobody knows is not repeated: it could hide a person's number.
        if not is_known:
            self._note(self._path("*"))
            self._open.append(_Open(name, None))
            return
        known = above.found.get(name, [])
        if name in above.found and (name not in REPEATED or len(known) >= _MOST_REPEATED):
            self._note(self._path(name))
        self._open.append(_Open(name, above.inside[name] if above.inside else None))

    def _characters(self, text: str) -> None:
        if not self._open or self._depth <= 1:
            if text.strip():
                raise FileRefused(FileFault.UNKNOWN_SCHEMA)
            return
        here = self._open[-1]
        if here.inside:
            if text.strip():
                self._note(self._path())
            return
        here.length += len(text)
        if here.length > _LONGEST_TEXT:
            self._note(self._path())
        else:
            here.text.append(text)

    def _end(self, _whole: str) -> None:
        self._depth -= 1
        if self._depth == 0:
            return
        done = self._open.pop()
        if self._depth == 1:
            position = len(self.forms) + 1
            self.forms.append(Form(position, self._form_reference, done.found, self._fault))
            self._open = []
            return
        if done.inside is None:
            return
        value = done.found if done.inside else "".join(done.text).strip()
        above = self._open[-1]
        if done.name in REPEATED:
            above.found.setdefault(done.name, []).append(value)
        else:
            above.found[done.name] = value

    def _note(self, path: str) -> None:
        self._fault = self._fault or path

    def _path(self, name: str = "") -> str:
        names = [one.name if one.inside is not None else "*" for one in self._open[1:]]
        return "/".join([*names, name] if name else names) or FORM
