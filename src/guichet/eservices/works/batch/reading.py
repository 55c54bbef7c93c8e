"""Reading a file of declarations of works as it streams by. Pure: bytes in, plain values out.

The file stands or falls by its frame; each form by itself. Nothing is looked up outside the file:
no document type, no entity, no include.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from guichet.eservices.works.batch.layout import FORM, LAYOUT, NAMESPACE, REPEATED, ROOT, Layout
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

_FRAME: Final = Frame(NAMESPACE, ROOT, FORM, deepest=8)
_LONGEST_TEXT: Final = 1_200
_MOST_REPEATED: Final = 600


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
    return Contents(reader.reference, tuple(reader.forms))


@dataclass(slots=True)
class _Open:
    """An element that has begun: what may stand in it, and what came so far."""

    name: str
    inside: Layout | None
    found: dict[str, Any] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    length: int = 0


class _Reader(FrameReader):
    """Makes forms of what stands in the frame; a fault in a form is kept until the form ends."""

    def __init__(self, *, only_root: bool = False) -> None:
        super().__init__(_FRAME, only_root=only_root)
        self.forms: list[Form] = []
        self._open: list[_Open] = []
        self._fault = ""
        self._form_reference = ""

    def begin_form(
        self, *, reference: str, worth: Reference, attributes: Mapping[str, str]
    ) -> None:
        self._fault = ""
        self._form_reference = reference if worth is Reference.GOOD else ""
        self._open = [_Open(FORM, LAYOUT)]
        if worth is not Reference.GOOD:
            self._note(FORM)

    def begin(self, *, name: str, is_ours: bool) -> None:
        above = self._open[-1]
        is_known = is_ours and above.inside is not None and name in above.inside
        # A name that nobody knows is not repeated: it could hide a person's number.
        if not is_known:
            self._note(self._path("*"))
            self._open.append(_Open(name, None))
            return
        known = above.found.get(name, [])
        if name in above.found and (name not in REPEATED or len(known) >= _MOST_REPEATED):
            self._note(self._path(name))
        self._open.append(_Open(name, above.inside[name] if above.inside else None))

    def characters(self, text: str) -> None:
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

    def end(self) -> None:
        done = self._open.pop()
        if done.inside is None:
            return
        value = done.found if done.inside else "".join(done.text).strip()
        above = self._open[-1]
        if done.name in REPEATED:
            above.found.setdefault(done.name, []).append(value)
        else:
            above.found[done.name] = value

    def end_form(self) -> None:
        found = self._open.pop().found
        self.forms.append(Form(len(self.forms) + 1, self._form_reference, found, self._fault))
        self._open = []

    def _note(self, path: str) -> None:
        self._fault = self._fault or path

    def _path(self, name: str = "") -> str:
        names = [one.name if one.inside is not None else "*" for one in self._open[1:]]
        return "/".join([*names, name] if name else names) or FORM
