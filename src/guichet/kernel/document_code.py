"""The verification code of a document: what stands under its QR code and names it everywhere.

Sixteen signs of Crockford's base 32 (no I, L, O, U), the last one a check over the others: one
wrong sign is always noticed, two exchanged neighbours nearly always. Seventy-five bits of it are
chance, so that nobody finds a document by trying.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, Self

_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES: Final = {sign: value for value, sign in enumerate(_SIGNS)}
# What people read or type instead.
_READ: Final = str.maketrans("OIL", "011", " -.\u00a0")
BITS: Final = 5 * 15


class InvalidCode(ValueError):
    """Not a code of a document; ``mistyped`` when only the check sign says so."""

    def __init__(self, *, mistyped: bool) -> None:
        super().__init__("the check sign does not match" if mistyped else "not a document code")
        self.mistyped = mistyped


@dataclass(frozen=True, slots=True, order=True)
class DocumentCode:
    """Sixteen signs, the last one the check."""

    signs: str
    LENGTH: ClassVar[int] = 16

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``7k3m-9qxt-…`` in any case, with or without dashes; raises InvalidCode."""
        signs = text.upper().translate(_READ)
        if len(signs) != cls.LENGTH or any(sign not in _VALUES for sign in signs):
            raise InvalidCode(mistyped=False)
        if _check(signs[:-1]) != signs[-1]:
            raise InvalidCode(mistyped=True)
        return cls(signs)

    @classmethod
    def of(cls, number: int) -> Self:
        """The code of a number: five bits for each sign but the check."""
        length = cls.LENGTH - 1
        if not 0 <= number < 1 << 5 * length:
            raise InvalidCode(mistyped=False)
        body = "".join(_SIGNS[number >> 5 * place & 31] for place in reversed(range(length)))
        return cls(body + _check(body))

    def formatted(self) -> str:
        """In groups of four, as printed."""
        return "-".join(self.signs[at : at + 4] for at in range(0, self.LENGTH, 4))


def _check(body: str) -> str:
    """Luhn's sum in base 32."""
    total = 0
    for place, sign in enumerate(reversed(body)):
        value = _VALUES[sign] * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return _SIGNS[-total % 32]
