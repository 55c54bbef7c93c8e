"""Employer numbers of the social-security office (numéro ONSS / RSZ-nummer).

Definitive: up to nine digits, 100006 to 199999934. Provisional: ten digits, 5000000120 to
5999999989. The whole number leaves 96 when divided by 97 (inferred from published samples).
"""

from __future__ import annotations

from dataclasses import dataclass

_PUNCTUATION = str.maketrans("", "", " .-/")
_DEFINITIVE = range(100_006, 199_999_934 + 1)
_PROVISIONAL = range(5_000_000_120, 5_999_999_989 + 1)


class InvalidOnssNumber(ValueError):
    """The text is not an ONSS employer number."""


@dataclass(frozen=True, slots=True, order=True)
class OnssNumber:
    """An employer number, definitive or provisional."""

    value: int

    @classmethod
    def parse(cls, text: str) -> OnssNumber:
        """Read ``1234567-49`` or ``123456749``, zeros in front allowed; raises the invalid one."""
        digits = text.translate(_PUNCTUATION)
        if not (0 < len(digits) <= 10 and digits.isascii() and digits.isdigit()):
            raise InvalidOnssNumber("an ONSS number has at most ten digits")
        value = int(digits)
        if value not in _DEFINITIVE and value not in _PROVISIONAL:
            raise InvalidOnssNumber("outside the ranges of definitive and provisional numbers")
        if value % 97 != 96:
            raise InvalidOnssNumber("the check digits do not match")
        return cls(value)

    @property
    def is_provisional(self) -> bool:
        """Given while the identification of the employer is under way."""
        return self.value in _PROVISIONAL
