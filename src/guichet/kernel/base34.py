"""Thirteen signs in base 34: the common form of ticket numbers and works references.

The alphabet has no I and no O, so that nobody takes them for 1 and 0. Sign 12 is the value of
the first eleven modulo 31, sign 13 is always Z. The rule is inferred from published numbers (12
of 13 tickets and all works references agree), which is why a lenient reading exists: a number
that already stands somewhere is kept as it is, a new one must obey.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"

_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
# Blanks, points and hyphens, also those that a word processor or a PDF puts in their place.
_PUNCTUATION = re.compile(r"[\s.\-\u00ad\u2010-\u2015\u200b\u2060\u2212\ufeff]+")
_FORM = re.compile(r"\A[A-HJ-NP-Z0-9]{13}\Z")
_SEQUENCE_SIGNS = 8


class InvalidNumber(ValueError):
    """The text is not a number of thirteen signs in base 34."""


class MalformedNumber(InvalidNumber):
    """Wrong length or a sign outside the alphabet: it cannot be such a number."""


class MistypedNumber(InvalidNumber):
    """Well formed, but the check sign does not match: somebody made a typing error.

    A number that passes the check and is not found anywhere is *unknown*, another answer.
    """


@dataclass(frozen=True, slots=True, order=True)
class Base34Number:
    """Thirteen signs in canonical form: upper case, no separators."""

    signs: str

    @classmethod
    def parse(cls, text: str, *, strict: bool = True) -> Self:
        """Read any case, with or without spaces and hyphens.

        ``strict`` wants the check sign to match; without it any well-formed number passes.
        Raises MalformedNumber, and in strict reading MistypedNumber.
        """
        signs = _PUNCTUATION.sub("", text).upper()
        if not is_well_formed(signs):
            raise MalformedNumber("thirteen signs, digits and letters without I and O")
        if strict and not check_holds(signs):
            raise MistypedNumber("the check sign does not match")
        return cls(signs)

    @classmethod
    def generate(cls, *, prefix: str, sequence: int) -> Self:
        """The number that the counter ``sequence`` (from 0) gives under a prefix of 3 signs.

        Raises MalformedNumber for a prefix outside the alphabet, ValueError when the counter
        does not fit in eight signs (34**8, about 1.8 million million).
        """
        if len(prefix) != 3 or not _VALUES.keys() >= set(prefix):
            raise MalformedNumber("a prefix has three signs, digits and letters without I and O")
        if not 0 <= sequence < len(ALPHABET) ** _SEQUENCE_SIGNS:
            raise ValueError("the sequence does not fit in eight signs")
        first_eleven = prefix + _in_base_34(sequence)
        return cls(f"{first_eleven}{check_sign(first_eleven)}Z")

    @property
    def check_holds(self) -> bool:
        """Whether the check sign matches; False only for leniently read numbers."""
        return check_holds(self.signs)

    @property
    def prefix(self) -> str:
        """The three signs that tell who issued it."""
        return self.signs[:3]

    def formatted(self) -> str:
        """The printed grouping ``AAA-AAAAAAA-AA-A``."""
        s = self.signs
        return f"{s[:3]}-{s[3:10]}-{s[10:12]}-{s[12]}"

    def __str__(self) -> str:
        return self.signs


def is_well_formed(signs: str) -> bool:
    """Whether ``signs`` are thirteen signs of the alphabet, in canonical form."""
    return _FORM.match(signs) is not None


def check_holds(signs: str) -> bool:
    """Whether ``signs`` are well formed and obey the check sign and the final Z."""
    return is_well_formed(signs) and signs[12] == "Z" and signs[11] == check_sign(signs[:11])


def check_sign(first_eleven: str) -> str:
    """Sign 12 for the first eleven; raises MalformedNumber for a sign outside the alphabet."""
    value = 0
    for sign in first_eleven:
        if sign not in _VALUES:
            raise MalformedNumber("a sign outside the alphabet")
        value = (value * 34 + _VALUES[sign]) % 31
    return ALPHABET[value]


def _in_base_34(number: int) -> str:
    signs = []
    for _ in range(_SEQUENCE_SIGNS):
        number, rest = divmod(number, 34)
        signs.append(ALPHABET[rest])
    return "".join(reversed(signs))
