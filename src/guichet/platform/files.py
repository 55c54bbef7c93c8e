"""Files that people send: told apart by their content, and cleaned of what is not picture.

A picture that is something else besides (an archive behind it, a page in its comment) loses what
does not belong to it; a PDF that is more than paper is refused. Pure: bytes in, bytes out; nothing
is drawn. No Django here.
"""

import struct
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from guichet.platform import pdf_files

# A picture of more points than this is made to fill the memory of whoever opens it.
MOST_POINTS: Final = 100_000_000


class Kind(StrEnum):
    """What a file may be; the value is its media type."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    PDF = "application/pdf"


ENDINGS: Final = {Kind.PNG: ("png",), Kind.JPEG: ("jpg", "jpeg"), Kind.PDF: ("pdf",)}


class FileRefused(Exception):
    """Not a file that we keep; ``code``: ``empty``, ``too_large``, ``type``, ``renamed``,
    ``damaged``, ``active``, ``encrypted``, ``bomb``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it may be kept."""

    kind: Kind
    data: bytes = field(repr=False)


def read(
    data: bytes,
    *,
    largest: int,
    kinds: Collection[Kind] = frozenset(Kind),
    name: str | None = None,
    is_cleaned: bool = True,
) -> Read:
    """The file in ``data``, whatever it says it is; raises FileRefused.

    ``largest``: bytes, that many are still accepted; ``name``: its ending must be that of the
    content; ``is_cleaned``: pictures lose where and with what they were taken.
    """
    if not data:
        raise FileRefused("empty")
    if len(data) > largest:
        raise FileRefused("too_large")
    kind = _kind(data)
    if name is not None:
        _require_ending(name, kind)
    if kind is None or kind not in kinds:
        raise FileRefused("type")
    if kind is Kind.PDF:
        _require_paper(data)
        return Read(kind, data)
    cleaned = _png(data) if kind is Kind.PNG else _jpeg(data)
    return Read(kind, cleaned if is_cleaned else data)


def _kind(data: bytes) -> Kind | None:
    starts = {Kind.PNG: _PNG, Kind.JPEG: b"\xff\xd8\xff", Kind.PDF: b"%PDF-"}
    return next((kind for kind, start in starts.items() if data.startswith(start)), None)


def _require_ending(name: str, kind: Kind | None) -> None:
    """An ending of one of our kinds over another content: the file was renamed."""
    ending = name.rpartition(".")[2].lower()
    known = {one for every in ENDINGS.values() for one in every}
    if ending in known and (kind is None or ending not in ENDINGS[kind]):
        raise FileRefused("renamed")
    if ending not in known:
        raise FileRefused("type")


def _require_paper(data: bytes) -> None:
    try:
        pdf_files.require_paper(data)
    except pdf_files.NotPaper as fault:
        raise FileRefused(fault.code) from None


# --- PNG: chunks with a check each; only those that make the picture are kept ---------------------

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PICTURE: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND"})


def _png(data: bytes) -> bytes:
    chunks = list(_png_chunks(data))
    names = [name for name, _ in chunks]
    if names[:1] != [b"IHDR"] or b"IDAT" not in names or names[-1:] != [b"IEND"]:
        raise FileRefused("damaged")
    _require_size(*struct.unpack_from(">II", chunks[0][1].ljust(16, b"\0"), 8))
    return _PNG + b"".join(whole for name, whole in chunks if name in _PICTURE)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at < len(data):
        if at + 12 > len(data):
            raise FileRefused("damaged")
        length = int.from_bytes(data[at : at + 4], "big")
        end = at + 12 + length
        name, check = data[at + 4 : at + 8], data[end - 4 : end]
        if end > len(data) or struct.pack(">I", zlib.crc32(data[at + 4 : end - 4])) != check:
            raise FileRefused("damaged")
        yield name, data[at:end]
        at = end
        if name == b"IEND":  # whatever hangs on the picture stays behind
            return


def _require_size(width: int, height: int) -> None:
    if width * height > MOST_POINTS:
        raise FileRefused("bomb")


# --- JPEG: segments up to the picture, and the picture to its end --------------------------------

_END: Final = b"\xff\xd9"
_SCAN: Final = 0xDA
# Frames: SOF0 to SOF15 without the tables that stand among them (DHT, JPG, DAC).
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def _jpeg(data: bytes) -> bytes:
    kept, at, marker = [data[:2]], 2, 0
    while marker != _SCAN:
        marker, end = _segment(data, at)
        if marker in _FRAMES and end - at >= 9:
            height, width = struct.unpack_from(">HH", data, at + 5)
            _require_size(width, height)
        if _belongs(marker, data[at + 4 : at + 16]):
            kept.append(data[at:end])
        at = end
    stop = data.find(_END, at)
    if stop < 0:
        raise FileRefused("damaged")
    return b"".join(kept) + data[at : stop + 2]


def _segment(data: bytes, at: int) -> tuple[int, int]:
    """The marker of the segment that begins at ``at``, and where it ends."""
    if at + 4 > len(data) or data[at] != 0xFF or not 0xC0 <= data[at + 1] <= 0xFE:
        raise FileRefused("damaged")
    length = int.from_bytes(data[at + 2 : at + 4], "big")
    end = at + 2 + length
    if length < 2 or end > len(data) - 2:
        raise FileRefused("damaged")
    return data[at + 1], end


def _belongs(marker: int, begins: bytes) -> bool:
    """JFIF, the colour profile and Adobe's mark are needed to show the picture; the place, the
    device and comments are not."""
    if marker == 0xFE:
        return False
    if marker == 0xE2:
        return begins.startswith(b"ICC_PROFILE")
    return not 0xE0 <= marker <= 0xEF or marker in (0xE0, 0xEE)
