"""Streams of a PDF that end with a carriage return, told apart from the line that ends there.

A compressed stream may end with that byte by chance. In front of the line feed of ``endstream``
some validators take both for the end of the line and find the length of the stream one too long.
A carriage return more makes the end of the line unambiguous for every reader.
"""

import re
from bisect import bisect_left
from typing import Final

_AMBIGUOUS: Final = re.compile(rb"\r\nendstream")
_TABLE: Final = re.compile(rb"xref\n0 (\d+)\r?\n")
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_ENTRY: Final = 20


def told_apart(pdf: bytes) -> bytes:
    """The same document with every such stream followed by a line end of two signs.

    ``pdf``: one revision with a classic table of references, as it is typeset; anything else is
    given back as it is.
    """
    places = [found.start() for found in _AMBIGUOUS.finditer(pdf)]
    if not places:
        return pdf
    start = _START.search(pdf)
    table = _TABLE.match(pdf, int(start[1])) if start else None
    if start is None or table is None:
        return pdf

    def moved(offset: int) -> int:
        return offset + bisect_left(places, offset)

    entries = table.end() + _ENTRY * int(table[1])
    lines = [pdf[at : at + _ENTRY] for at in range(table.end(), entries, _ENTRY)]
    kept = [
        b"%010d" % moved(int(line[:10])) + line[10:] if b" n" in line else line for line in lines
    ]
    body = _AMBIGUOUS.sub(b"\r\r\nendstream", pdf[: table.start()])
    after = pdf[entries : start.start(1)] + b"%d" % moved(int(start[1])) + pdf[start.end(1) :]
    return body + table[0] + b"".join(kept) + after
