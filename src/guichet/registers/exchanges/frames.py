"""Reading the frame of a file of messages as it streams by; what is in a form, a service reads.

The file stands or falls by its frame (well formed, the schema of the service, not too large); each
form stands or falls by itself. Nothing is looked up outside the file: no document type, no entity,
no include. Pure: bytes in, calls of a reader out.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from xml.parsers import expat

LARGEST: Final = 10 * 1024 * 1024
MOST_FORMS: Final = 10_000
_PIECE: Final = 64 * 1024
_REFERENCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,59}")
_BETWEEN: Final = " "  # expat writes a name as its namespace, this sign, and the local name
_ROOT: Final = 1
_FORM: Final = 2


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
    """``fault``: why; ``line``: where in the file, 0 for the whole of it."""

    def __init__(self, fault: FileFault, line: int = 0) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.line = line


@dataclass(frozen=True, slots=True)
class Frame:
    """The names of a kind of file, and how deep its elements may stand."""

    namespace: str
    root: str
    form: str
    deepest: int


class Reference(StrEnum):
    """What the reference that a form carries is worth."""

    GOOD = "good"
    MISSING = "missing"
    TWICE = "twice"


class _Enough(Exception):
    """The root was read."""


class FrameReader(ABC):
    """Follows the parser through a file; a service says what it makes of the elements of a form.

    ``reference``: the sender's own, of the file. Between `begin_form` and `end_form` the elements
    inside come as `begin`, `characters` and `end`.
    """

    def __init__(self, frame: Frame, *, only_root: bool = False) -> None:
        self.reference = ""
        self._frame = frame
        self._only_root = only_root
        self._depth = 0
        self._forms = 0
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

    @abstractmethod
    def begin_form(
        self, *, reference: str, worth: Reference, attributes: Mapping[str, str]
    ) -> None:
        """A form begins."""

    @abstractmethod
    def begin(self, *, name: str, is_ours: bool) -> None:
        """An element in a form begins; ``is_ours``: it stands in the namespace of the file."""

    @abstractmethod
    def characters(self, text: str) -> None:
        """Text in a form, in as many pieces as the parser likes."""

    @abstractmethod
    def end(self) -> None:
        """The element that began last ends."""

    @abstractmethod
    def end_form(self) -> None:
        """The form ends."""

    def read(self, content: bytes) -> None:
        """The whole file, or its root only; raises FileRefused."""
        if len(content) > LARGEST:
            raise FileRefused(FileFault.TOO_LARGE)
        try:
            for at in range(0, len(content), _PIECE):
                self._parser.Parse(content[at : at + _PIECE], False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as fault:
            raise FileRefused(FileFault.NOT_XML, fault.lineno) from None
        except (LookupError, ValueError):  # an encoding that nobody knows
            raise FileRefused(FileFault.NOT_XML) from None
        except _Enough:
            return
        if not self._forms:
            raise FileRefused(FileFault.NO_FORM)

    def _refused(self, fault: FileFault) -> FileRefused:
        return FileRefused(fault, self._parser.CurrentLineNumber)

    def _forbidden(self, *_given: object) -> None:
        raise self._refused(FileFault.FORBIDDEN)

    def _start(self, whole: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._frame.deepest:
            raise self._refused(FileFault.FORBIDDEN)
        space, _, name = whole.rpartition(_BETWEEN)
        is_ours = space == self._frame.namespace
        if self._depth == _ROOT:
            self._start_root(is_ours and name == self._frame.root, attributes)
        elif self._depth == _FORM:
            self._start_form(is_ours and name == self._frame.form, attributes)
        else:
            self.begin(name=name, is_ours=is_ours)

    def _start_root(self, is_right: bool, attributes: Mapping[str, str]) -> None:
        if not is_right:
            raise self._refused(FileFault.UNKNOWN_SCHEMA)
        self.reference = attributes.get("reference", "")
        if not _REFERENCE.fullmatch(self.reference):
            raise self._refused(FileFault.NO_REFERENCE)
        if self._only_root:
            raise _Enough

    def _start_form(self, is_right: bool, attributes: Mapping[str, str]) -> None:
        if not is_right:
            raise self._refused(FileFault.UNKNOWN_SCHEMA)
        if self._forms >= MOST_FORMS:
            raise FileRefused(FileFault.TOO_MANY_FORMS)
        self._forms += 1
        given = attributes.get("reference", "")
        worth = Reference.GOOD
        if not _REFERENCE.fullmatch(given):
            worth = Reference.MISSING
        elif given in self._seen:
            worth = Reference.TWICE
        self._seen.add(given)
        self.begin_form(reference=given, worth=worth, attributes=attributes)

    def _characters(self, text: str) -> None:
        if self._depth >= _FORM:
            self.characters(text)
        elif text.strip():
            raise self._refused(FileFault.UNKNOWN_SCHEMA)

    def _end(self, _whole: str) -> None:
        self._depth -= 1
        if self._depth == _ROOT:
            self.end_form()
        elif self._depth > _ROOT:
            self.end()
