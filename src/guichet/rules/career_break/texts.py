"""How long a text is in the eyes of the person who reads it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_JOINER: Final = "\u200d"
_FLAGS: Final = range(0x1F1E6, 0x1F200)
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
_TAGS: Final = range(0xE0020, 0xE0080)
_LINE_ENDS: Final = re.compile(r"\r\n?")
_FIRST_MARK: Final = "\u0300"
"""Below it every sign stands for itself, composed or not: letters of Latin, digits, punctuation."""


def perceived_length(text: str) -> int:
    """How many signs a person counts: an accented letter, an emoji, a flag are one each.

    A line end is one sign, however a browser writes it.
    """
    if text.isascii() or max(text) < _FIRST_MARK:
        return len(_LINE_ENDS.sub("\n", text)) if "\r" in text else len(text)
    count, previous, flags = 0, "", 0
    for sign in unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text)):
        flags = flags + 1 if ord(sign) in _FLAGS else 0
        pairs_flag = flags > 0 and flags % 2 == 0
        if not (count and (_extends(sign) or previous == _JOINER or pairs_flag)):
            count += 1
        previous = sign
    return count


def _extends(sign: str) -> bool:
    """Whether a sign belongs to the one before it: marks, joiners, selectors, skin tones."""
    point = ord(sign)
    return (
        unicodedata.category(sign) in ("Mn", "Me", "Mc")
        or sign == _JOINER
        or point in _SKIN_TONES
        or point in _TAGS
    )
