"""Limosa numbers: the declaration of a posting, which names worker and foreign employer.

Seventeen digits; the whole number leaves 1 when divided by 97. The check is inferred from
three public numbers, and software in the field stores other forms: treat a failed check as a
reason to warn, never as a reason to refuse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import unquote

_PUNCTUATION = str.maketrans("", "", " -.")
_FORM = re.compile(r"\A[0-9A-Za-z]{1,64}\Z")


class InvalidLimosaNumber(ValueError):
    """The text cannot be a Limosa number, not even of an older form."""


@dataclass(frozen=True, slots=True, order=True)
class LimosaNumber:
    """At most 64 letters and digits; seventeen digits in practice."""

    text: str

    @classmethod
    def parse(cls, text: str) -> LimosaNumber:
        """Read with or without spaces, dots, hyphens; raises InvalidLimosaNumber."""
        bare = text.translate(_PUNCTUATION)
        if _FORM.match(bare) is None:
            raise InvalidLimosaNumber("a Limosa number has at most 64 letters and digits")
        return cls(bare)

    @property
    def check_holds(self) -> bool:
        """Whether it is seventeen digits with a right check; False is a warning."""
        return limosa_check_holds(self.text)


def limosa_check_holds(digits: str) -> bool:
    """Whether ``digits`` are seventeen digits that leave 1 modulo 97."""
    if len(digits) != 17 or not (digits.isascii() and digits.isdigit()):
        return False
    return int(digits) % 97 == 1


class CodeFault(StrEnum):
    """Why no number could be read out of what a QR code holds."""

    TOO_LONG = "tooLong"
    BROKEN_ENCODING = "brokenEncoding"
    NO_NUMBER = "noNumber"
    SEVERAL_NUMBERS = "severalNumbers"


class UnreadableLimosaCode(ValueError):
    """``fault``: what is wrong with the content of the code."""

    def __init__(self, fault: CodeFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


LONGEST_CODE: Final = 4_000
_ENCODED: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NUMBERS: Final = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}(?![0-9A-Za-z])")


def limosa_number_in(content: str) -> LimosaNumber:
    """The number in what somebody typed, or in what the QR code of an L1 holds.

    Since 2017 the code is an address with encoded parameters, whose names were never published:
    the number is the only run of seventeen digits in it, or the only one whose check holds.
    Raises UnreadableLimosaCode.
    """
    if len(content) > LONGEST_CODE:
        raise UnreadableLimosaCode(CodeFault.TOO_LONG)
    if "%" not in content and "/" not in content and "=" not in content:
        return _typed(content)
    found = list(dict.fromkeys(_NUMBERS.findall(_decoded(content))))
    sound = [number for number in found if limosa_check_holds(number)]
    candidates = sound or found
    if not candidates:
        raise UnreadableLimosaCode(CodeFault.NO_NUMBER)
    if len(candidates) > 1:
        raise UnreadableLimosaCode(CodeFault.SEVERAL_NUMBERS)
    return LimosaNumber(candidates[0])


def _typed(content: str) -> LimosaNumber:
    try:
        return LimosaNumber.parse(content.strip())
    except InvalidLimosaNumber:
        raise UnreadableLimosaCode(CodeFault.NO_NUMBER) from None


def _decoded(content: str) -> str:
    if _ENCODED.search(content):
        raise UnreadableLimosaCode(CodeFault.BROKEN_ENCODING)
    try:
        return unquote(content.replace("+", " "), errors="strict")
    except UnicodeDecodeError:
        raise UnreadableLimosaCode(CodeFault.BROKEN_ENCODING) from None
