"""Limosa numbers: the declaration of a posting, which names worker and foreign employer.

Seventeen digits; the whole number leaves 1 when divided by 97. The check is inferred from
three public numbers, and software in the field stores other forms: treat a failed check as a
reason to warn, never as a reason to refuse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

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
