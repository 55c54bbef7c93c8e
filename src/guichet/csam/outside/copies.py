"""Copies of identity documents: told apart by their content, and cleaned of what is not picture.

A picture that is something else besides (an archive behind it, a page in its comment) loses what
does not belong to it; a PDF that is more than paper is refused. Pure: bytes in, bytes out;
nothing is drawn or decoded.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from guichet.rules.belgianid import LARGEST_COPY


class Kind(StrEnum):
    """What a copy may be; the value is its media type."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    PDF = "application/pdf"


ENDINGS: Final = {Kind.PNG: "png", Kind.JPEG: "jpg", Kind.PDF: "pdf"}


class CopyRefused(Exception):
    """Not a copy that we keep; ``code``: ``empty``, ``too_large``, ``type``, ``damaged``,
    ``active``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy as it is kept."""

    kind: Kind
    data: bytes = field(repr=False)


def read(data: bytes) -> Copy:
    """The copy in an uploaded file, whatever the file says it is; raises CopyRefused."""
    if not data:
        raise CopyRefused("empty")
    if len(data) > LARGEST_COPY:
        raise CopyRefused("too_large")
    if data.startswith(_PNG):
        return Copy(Kind.PNG, _png(data))
    if data.startswith(b"\xff\xd8\xff"):
        return Copy(Kind.JPEG, _jpeg(data))
    if data.startswith(b"%PDF-"):
        return Copy(Kind.PDF, _pdf(data))
    raise CopyRefused("type")


# --- PNG: chunks with a check each; only those that make the picture are kept ---------------------

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PICTURE: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND"})


def _png(data: bytes) -> bytes:
    chunks = list(_png_chunks(data))
    names = [name for name, _ in chunks]
    if names[:1] != [b"IHDR"] or b"IDAT" not in names or names[-1:] != [b"IEND"]:
        raise CopyRefused("damaged")
    return _PNG + b"".join(whole for name, whole in chunks if name in _PICTURE)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at < len(data):
        if at + 12 > len(data):
            raise CopyRefused("damaged")
        length = int.from_bytes(data[at : at + 4], "big")
        end = at + 12 + length
        name, check = data[at + 4 : at + 8], data[end - 4 : end]
        if end > len(data) or struct.pack(">I", zlib.crc32(data[at + 4 : end - 4])) != check:
            raise CopyRefused("damaged")
        yield name, data[at:end]
        at = end
        if name == b"IEND":  # whatever hangs on the picture stays behind
            return


# --- JPEG: segments up to the picture, and the picture to its end --------------------------------

_END: Final = b"\xff\xd9"
_SCAN: Final = 0xDA


def _jpeg(data: bytes) -> bytes:
    kept, at, marker = [data[:2]], 2, 0
    while marker != _SCAN:
        marker, end = _segment(data, at)
        if _belongs(marker, data[at + 4 : at + 16]):
            kept.append(data[at:end])
        at = end
    stop = data.find(_END, at)
    if stop < 0:
        raise CopyRefused("damaged")
    return b"".join(kept) + data[at : stop + 2]


def _segment(data: bytes, at: int) -> tuple[int, int]:
    """The marker of the segment that begins at ``at``, and where it ends."""
    if at + 4 > len(data) or data[at] != 0xFF or not 0xC0 <= data[at + 1] <= 0xFE:
        raise CopyRefused("damaged")
    length = int.from_bytes(data[at + 2 : at + 4], "big")
    end = at + 2 + length
    if length < 2 or end > len(data) - 2:
        raise CopyRefused("damaged")
    return data[at + 1], end


def _belongs(marker: int, begins: bytes) -> bool:
    """JFIF, the colour profile and Adobe's mark are needed to show the picture; the place, the
    device and comments are not."""
    if marker == 0xFE:
        return False
    if marker == 0xE2:
        return begins.startswith(b"ICC_PROFILE")
    return not 0xE0 <= marker <= 0xEF or marker in (0xE0, 0xEE)


# --- PDF: kept as it is, without what runs or opens something ------------------------------------

_ACTIVE: Final = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z0-9])"
)
_HEX_NAME: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


def _pdf(data: bytes) -> bytes:
    tail = data.rstrip()[-16:]
    if not tail.endswith(b"%%EOF"):
        raise CopyRefused("damaged")
    # A name may be written with signs in hexadecimal: /J#61vaScript.
    plain = _HEX_NAME.sub(lambda found: bytes([int(found[1], 16)]), data)
    if _ACTIVE.search(plain):
        raise CopyRefused("active")
    return data
