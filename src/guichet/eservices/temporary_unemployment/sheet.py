"""A list as CSV or XLSX, read into rows of texts; bounded, and forgiving about how it was saved.

CSV: with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252. XLSX: the first sheet; a day
comes as ``dd/mm/yyyy`` and a number without decimals as its digits. Pure, no Django here.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from lxml import etree

LARGEST: Final = 5 * 1024 * 1024
MOST_ROWS: Final = 10_000
_ARCHIVE: Final = b"PK\x03\x04"
# A spreadsheet of long ago, and paper.
_OTHERS: Final = (b"\xd0\xcf\x11\xe0", b"%PDF")
_MOST_CELLS: Final = 40
_MOST_SIGNS: Final = 500
# An archive that grows beyond this when it is opened was made to fill the memory.
_UNPACKED: Final = 60 * 1024 * 1024
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_FIRST_SHEET: Final = re.compile(r"xl/worksheets/sheet[0-9]+\.xml")
_COLUMN: Final = re.compile(r"[A-Z]+")
_ZERO: Final = date(1899, 12, 30)
# The formats of days that a spreadsheet has of its own.
_DAY_FORMATS: Final = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_DAY_SIGNS: Final = re.compile(r"[dy]", re.IGNORECASE)


class NotRead(Exception):
    """Not a list; ``code``: ``empty``, ``too_large``, ``too_long``, ``damaged`` or ``kind``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def rows(data: bytes) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, each with its number in the file, from 1; raises NotRead."""
    kept: list[tuple[int, list[str]]] = []
    for number, row in _opened(data):
        cells = [_plain(cell) for cell in row[:_MOST_CELLS]]
        if any(cells):
            kept.append((number, cells))
        if len(kept) > MOST_ROWS:
            raise NotRead("too_long")
    if not kept:
        raise NotRead("empty")
    return kept


def _opened(data: bytes) -> Iterator[tuple[int, list[str]]]:
    if not data.strip(b"\0 \t\r\n"):
        raise NotRead("empty")
    if len(data) > LARGEST:
        raise NotRead("too_large")
    if data[:4] in _OTHERS:
        raise NotRead("kind")
    return _spreadsheet(data) if data[:4] == _ARCHIVE else _text(data)


def _plain(cell: str) -> str:
    return "".join(sign for sign in " ".join(cell.split()) if sign.isprintable())[:_MOST_SIGNS]


def _text(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(data)
    head = text[:4096]
    delimiter = max(";\t,", key=head.count)
    csv.field_size_limit(LARGEST)
    try:
        yield from enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1
        )
    except csv.Error:
        raise NotRead("damaged") from None


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _spreadsheet(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(each.file_size for each in archive.infolist()) > _UNPACKED:
                raise NotRead("too_large")
            names = sorted(
                (each for each in archive.namelist() if _FIRST_SHEET.fullmatch(each)),
                key=lambda each: (len(each), each),
            )
            if not names:
                raise NotRead("kind")
            texts = _texts(archive)
            days = _day_styles(archive)
            yield from _sheet(archive.read(names[0]), texts, days)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, EOFError,
            NotImplementedError, RuntimeError):  # fmt: skip
        raise NotRead("damaged") from None


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root: etree._Element = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotRead("damaged")
    return root


def _texts(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = _parsed(archive.read("xl/sharedStrings.xml"))
    return ["".join(str(t.text or "") for t in item.iter(f"{_MAIN}t")) for item in root]


def _day_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The styles of cells that show a day."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    root = _parsed(archive.read("xl/styles.xml"))
    own = {
        int(one.get("numFmtId", "0"))
        for one in root.iter(f"{_MAIN}numFmt")
        if _DAY_SIGNS.search(re.sub(r'"[^"]*"|\[[^\]]*\]', "", str(one.get("formatCode", ""))))
    }
    styles = root.find(f"{_MAIN}cellXfs")
    if styles is None:
        return frozenset()
    return frozenset(
        at for at, one in enumerate(styles) if int(one.get("numFmtId", "0")) in _DAY_FORMATS | own
    )


def _sheet(data: bytes, texts: list[str], days: frozenset[int]) -> Iterator[tuple[int, list[str]]]:
    for at, row in enumerate(_parsed(data).iter(f"{_MAIN}row"), start=1):
        cells: dict[int, str] = {}
        for cell in row.iter(f"{_MAIN}c"):
            place = _place(str(cell.get("r", "")), len(cells))
            if place < _MOST_CELLS:
                cells[place] = _cell(cell, texts, days)
        width = max(cells, default=-1) + 1
        yield int(row.get("r", at)), [cells.get(place, "") for place in range(width)]


def _place(reference: str, following: int) -> int:
    letters = _COLUMN.match(reference)
    if letters is None:
        return following
    number = 0
    for letter in letters[0][:4]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cell(cell: etree._Element, texts: list[str], days: frozenset[int]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(str(t.text or "") for t in cell.iter(f"{_MAIN}t"))
    value = cell.findtext(f"{_MAIN}v") or ""
    if kind == "s":
        at = int(value or -1)
        return texts[at] if 0 <= at < len(texts) else ""
    if kind != "n" or not value:
        return value
    return _number(float(value), is_day=int(cell.get("s", "0")) in days)


def _number(value: float, *, is_day: bool) -> str:
    if is_day and 1 <= value < 2_958_466:
        day = _ZERO + timedelta(days=int(value))
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    return str(int(value)) if value == int(value) else str(value)


def head_of(first: list[str], words: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Which column is which, by the words of the first row; nothing when it is no head."""
    found: dict[str, int] = {}
    for at, cell in enumerate(first):
        plain = re.sub(r"[^a-zà-ÿ]", "", cell.casefold())
        for name, known in words.items():
            if plain in known:
                found.setdefault(name, at)
    return found
