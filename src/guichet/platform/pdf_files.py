"""Whether a PDF is paper only: it runs nothing, carries no file, is not encrypted.

The names of a PDF stand in its text or in object streams, which are compressed: those are looked
into, up to a limit. The content of pages is never unpacked. No Django here.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

# All object streams of a file together; an honest file of 20 MB has a few MB of them.
MOST_UNPACKED: Final = 64 * 1024 * 1024

_ACTIVE: Final = re.compile(
    rb"/(?:(?:JavaScript|Launch|RichMedia|SubmitForm|ImportData)(?![A-Za-z0-9])"
    # So short that they stand by chance in a compressed picture: only with a value behind them.
    rb"|(?:JS|XFA)\s*(?:[(<\[]|\d+\s+\d+\s+R))"
)
_CARRIES: Final = re.compile(rb"/EmbeddedFiles?(?![A-Za-z0-9])")
_ENCRYPTED: Final = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_HEX_NAME: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"stream\r?\n")
_OBJECTS: Final = re.compile(rb"/Type\s*/ObjStm(?![A-Za-z0-9])")
_PLAIN_FILTER: Final = re.compile(rb"/Filter\s*(?:/FlateDecode(?!\w)|\[\s*/FlateDecode\s*\])")
# The name alone, wherever it stands: each must belong to a stream that was looked into.
_NAMED: Final = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
# An object stream begins with pairs of whole numbers. A reader needs no /Type to take it for one.
_PAIRS: Final = re.compile(rb"\s*\d+\s+\d+\s")
_MOST_OF_ONE: Final = 8 * 1024 * 1024
# How far before its stream a dictionary may begin.
_REACH: Final = 2_000


class NotPaper(Exception):
    """``code``: ``damaged``, ``active``, ``encrypted``, ``bomb``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def require_paper(data: bytes) -> None:
    """Raises NotPaper."""
    if not data.rstrip()[-16:].endswith(b"%%EOF"):
        raise NotPaper("damaged")
    require_inert(data)


def require_inert(data: bytes, *, may_carry_files: bool = False) -> None:
    """It runs nothing and is not encrypted, whole or not; raises NotPaper.

    ``may_carry_files``: an official document carries its data in a file inside.
    """
    _look(data, may_carry_files=may_carry_files)
    for unpacked in _object_streams(data):
        _look(unpacked, may_carry_files=may_carry_files)


def _look(text: bytes, *, may_carry_files: bool) -> None:
    # A name may be written with signs in hexadecimal: /J#61vaScript.
    plain = _HEX_NAME.sub(_sign, text)
    if _ENCRYPTED.search(plain):
        raise NotPaper("encrypted")
    if _ACTIVE.search(plain) or (not may_carry_files and _CARRIES.search(plain)):
        raise NotPaper("active")


def _object_streams(data: bytes) -> Iterator[bytes]:
    left, named = MOST_UNPACKED, 0
    for found in _STREAM.finditer(data):
        begin = data.rfind(b"obj", max(0, found.start() - _REACH), found.start())
        head = data[max(begin, 0) : found.start()]
        head = _HEX_NAME.sub(_sign, head)
        if not _OBJECTS.search(head):
            yield _beginning_with_pairs(data, found.end())
            continue
        named += len(_NAMED.findall(head))
        if b"/Filter" not in head:  # not compressed: looked at already
            continue
        if not _PLAIN_FILTER.search(head):
            raise NotPaper("active")  # nobody honest hides objects under another coding
        unpacked = _unpacked(data[found.end() :], left)
        left -= len(unpacked)
        yield unpacked
    if len(_NAMED.findall(_HEX_NAME.sub(_sign, data))) > named:
        raise NotPaper("active")  # a dictionary that was written so as not to be found


def _beginning_with_pairs(data: bytes, begin: int) -> bytes:
    """What a stream unpacks to if it could hold objects whatever its dictionary says."""
    try:
        start = zlib.decompressobj().decompress(data[begin : begin + 2_048], 64)
        if not _PAIRS.match(start):
            return b""
        return zlib.decompressobj().decompress(data[begin:], _MOST_OF_ONE)
    except zlib.error:
        return b""


def _sign(found: "re.Match[bytes]") -> bytes:
    return bytes([int(found[1], 16)])


def _unpacked(packed: bytes, most: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(packed, most)
    except zlib.error:
        raise NotPaper("damaged") from None
    if not unpacking.eof:
        raise NotPaper("bomb" if len(text) >= most else "damaged")
    return text
