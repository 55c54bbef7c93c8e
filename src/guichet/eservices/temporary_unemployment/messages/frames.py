"""Reading a file of communications form by form while it streams by, in bounded memory.

The file stands or falls by its frame: UTF-8, no document type, the right root, nothing but forms
in it, no empty block, not too much of anything. What is wrong inside a form is for ``reading`` to
say. Nothing is looked up outside the file. Pure: bytes in, elements out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from lxml import etree

from guichet.eservices.temporary_unemployment.messages.layout import BLOCKS, FORM, ROOT

Element = etree._Element

_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_HEAD: Final = 64 * 1024
_LONGEST_DECLARATION: Final = 250
# Marks ("<") of one form: some twenty thousand workers have 360 000. Small elements would take
# many times their bytes in memory.
_MOST_MARKS: Final = 1_200_000
_COMMENT: Final = b"<!--"
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DECLARATION: Final = re.compile(rb"<\?xml\s[^>]{0,200}\?>")
_ENCODING: Final = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._-]*)["']""")
_PASSED: Final = re.compile(rb"\s*(?:<!--.*?-->\s*)*", re.DOTALL)


class FrameFault(StrEnum):
    """Why a whole file is refused."""

    ENCODING = "encoding"
    DOCTYPE = "doctype"
    NOT_XML = "not_xml"
    OTHER_TYPE = "other_type"
    FOREIGN = "foreign"
    EMPTY_BLOCK = "empty_block"
    NO_FORM = "no_form"
    TOO_MANY_FORMS = "too_many_forms"
    FORM_TOO_LARGE = "form_too_large"
    TOO_LARGE = "too_large"

    @property
    def code(self) -> str:
        """The code of the catalogue of anomalies."""
        return "CTW-095" if self is FrameFault.OTHER_TYPE else "CTW-094"


class FrameRefused(Exception):
    """``why``: what is wrong; ``line``: where, 0 for the whole file; ``path``: of the element."""

    def __init__(self, why: FrameFault, *, line: int = 0, path: str = "") -> None:
        super().__init__(why.value)
        self.why = why
        self.line = line
        self.path = path


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold; sizes in bytes."""

    largest: int
    most_forms: int
    largest_form: int = 16 * 1024 * 1024


def forms(pieces: Iterable[bytes], *, limits: Limits) -> Iterator[tuple[int, Element]]:
    """Each form with its number, from 1; it is gone once the next one is asked for.

    ``pieces``: the file in pieces of any size. Raises FrameRefused, at the place where the frame
    breaks: what came before was given already.
    """
    reader = _Reader(limits)
    for piece in _opened(_bounded(pieces, limits.largest)):
        yield from reader.given(piece)
    yield from reader.ended()


def checked(pieces: Iterable[bytes], *, limits: Limits) -> int:
    """How many forms a file holds whose frame is sound; raises FrameRefused."""
    last = 0
    for position, _form in forms(pieces, limits=limits):
        last = position
    return last


class _Reader:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._count = 0
        self._since = self._marks = 0
        self._root: Element | None = None
        # Without DTD there are no entities; the flags hold should one slip past `_opened`.
        self._parser = etree.XMLPullParser(
            events=("end",),
            tag=FORM,
            encoding="utf-8",
            resolve_entities=False,
            load_dtd=False,
            dtd_validation=False,
            attribute_defaults=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            strip_cdata=True,
        )
        self._empty = etree.XPath(
            " | ".join(f"{name}[not(*) and not(normalize-space())]" for name in BLOCKS)
        )

    def given(self, piece: bytes) -> Iterator[tuple[int, Element]]:
        """The forms that end in this piece."""
        try:
            self._parser.feed(piece)
        except etree.XMLSyntaxError as fault:
            # What stands before the fault was read: a wrong root says more than what follows it.
            yield from self._read()
            raise FrameRefused(FrameFault.NOT_XML, line=self._line_of(fault)) from None
        if (line := self._logged()) is not None:
            # The parser passes over an unknown entity, and would begin anew with the next piece.
            yield from self._read()
            raise FrameRefused(FrameFault.NOT_XML, line=line)
        self._since += len(piece)
        self._marks += piece.count(b"<")
        yield from self._read()
        if self._since > self._limits.largest_form or self._marks > _MOST_MARKS:
            raise FrameRefused(FrameFault.FORM_TOO_LARGE, path=_path(self._count + 1))

    def ended(self) -> Iterator[tuple[int, Element]]:
        """The rest, when nothing follows."""
        try:
            root = self._parser.close()
        except etree.XMLSyntaxError as fault:
            raise FrameRefused(FrameFault.NOT_XML, line=self._line_of(fault)) from None
        yield from self._read()
        self._check_root(root)
        if not self._count:
            raise FrameRefused(FrameFault.NO_FORM)
        last = root[-1] if len(root) else None
        if last is None or last.tag != FORM or _is_followed(last) or len(root) != 1:
            raise FrameRefused(FrameFault.FOREIGN)

    def _line_of(self, fault: etree.XMLSyntaxError) -> int:
        line = self._logged()
        return (fault.lineno or 0) if line is None else line

    def _logged(self) -> int | None:
        """The line of the first fault that the parser noted, None without one."""
        log: Any = self._parser.feed_error_log
        return next((int(entry.line) for entry in log.filter_from_errors()), None)

    def _read(self) -> Iterator[tuple[int, Element]]:
        events: Any = self._parser.read_events()
        for _event, form in events:
            root = form.getparent()
            if root is None:
                raise FrameRefused(FrameFault.OTHER_TYPE, line=_line(form))
            if self._root is None:
                self._root = root.getroottree().getroot()
                self._check_root(self._root)
            if root is not self._root:
                continue  # a form in something else: the schema or `_pass` refuses what is around
            self._pass(root, form)
            self._count += 1
            self._since = self._marks = 0
            if self._count > self._limits.most_forms:
                raise FrameRefused(FrameFault.TOO_MANY_FORMS)
            yield self._count, form
            form.clear(keep_tail=True)

    def _check_root(self, root: Any) -> None:
        tree = root.getroottree().docinfo
        if tree.internalDTD is not None or tree.doctype:
            raise FrameRefused(FrameFault.DOCTYPE)
        if root.tag != ROOT:
            raise FrameRefused(FrameFault.OTHER_TYPE, line=_line(root))
        known = all(str(name).startswith(_XSI) for name in root.attrib)
        if not known or (root.text or "").strip():
            raise FrameRefused(FrameFault.FOREIGN, line=_line(root), path=f"/{ROOT}")

    def _pass(self, root: Any, form: Any) -> None:
        """Let go of the form before; nothing else may stand between the two."""
        before = form.getprevious()
        expected = self._count > 0
        if (before is not None) is not expected:
            raise FrameRefused(FrameFault.FOREIGN, line=_line(form))
        if before is not None:
            if before.tag != FORM or before.getprevious() is not None or _is_followed(before):
                raise FrameRefused(FrameFault.FOREIGN, line=_line(form))
            root.remove(before)
        empty: Any = self._empty(form)
        if empty:
            path = f"{_path(self._count + 1)}/{empty[0].tag}"
            raise FrameRefused(FrameFault.EMPTY_BLOCK, line=_line(empty[0]), path=path)


def _is_followed(element: Element) -> bool:
    return bool((element.tail or "").strip())


def _line(element: Any) -> int:
    return int(element.sourceline or 0)


def _path(position: int) -> str:
    return f"/{ROOT}/{FORM}[{position}]"


def _bounded(pieces: Iterable[bytes], largest: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > largest:
            raise FrameRefused(FrameFault.TOO_LARGE)
        yield piece


def _opened(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same pieces, once what stands before the root was found harmless; nothing is parsed."""
    head, rest = b"", iter(pieces)
    for piece in rest:
        head += piece
        if _begins(head):
            break
        if len(head) > _HEAD:
            raise FrameRefused(FrameFault.NOT_XML)
    else:
        raise FrameRefused(FrameFault.NOT_XML, line=1)
    yield head
    yield from rest


def _begins(head: bytes) -> bool:
    """Whether the root begins in what was read so far; raises FrameRefused."""
    if head.startswith(_MARKS) or b"\0" in head[:8]:
        raise FrameRefused(FrameFault.ENCODING, line=1)
    at = _after_declaration(head)
    passed = _PASSED.match(head, at)
    start = passed.end() if passed else at
    mark = head[start : start + 4]
    line = head.count(b"\n", 0, start) + 1
    if mark.startswith(b"<!") and not _COMMENT.startswith(mark):
        raise FrameRefused(FrameFault.DOCTYPE, line=line)
    if mark.startswith(b"<?") and (start or not _may_be_declaration(head)):
        raise FrameRefused(FrameFault.NOT_XML, line=line)
    return len(mark) > 1 and mark[:1] == b"<" and mark[1:2] not in (b"!", b"?")


def _after_declaration(head: bytes) -> int:
    declaration = _DECLARATION.match(head)
    if declaration is None:
        return 0
    encoding = _ENCODING.search(declaration[0])
    if encoding is not None and encoding[1].lower() not in (b"utf-8", b"utf8"):
        raise FrameRefused(FrameFault.ENCODING, line=1)
    return declaration.end()


def _may_be_declaration(head: bytes) -> bool:
    """Whether an XML declaration began that the next piece may end."""
    return (
        b"<?xml ".startswith(head[:6]) and b"?>" not in head and len(head) <= _LONGEST_DECLARATION
    )
