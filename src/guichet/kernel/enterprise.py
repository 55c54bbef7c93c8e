"""Numbers of the enterprise register (BCE / KBO / CBE): enterprises and their establishments.

Both are ten digits of which the last two are ``97 - (first eight mod 97)``; the first digit
tells them apart: 0 or 1 for an enterprise, 2 to 8 for an establishment unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PUNCTUATION = str.maketrans("", "", " .-/()")
_COUNTRY = re.compile(r"\A\s*BE", re.IGNORECASE)


class InvalidEnterpriseNumber(ValueError):
    """The text is not an enterprise number."""


class InvalidEstablishmentNumber(ValueError):
    """The text is not the number of an establishment unit."""


@dataclass(frozen=True, slots=True, order=True)
class EnterpriseNumber:
    """Ten digits, the first being 0 or 1."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> EnterpriseNumber:
        """Read ``0403.170.701``, ``BE 0403 170 701``, ``403170701``; raises the invalid number.

        Nine digits are the old form, written before the leading zero was added.
        """
        digits = _COUNTRY.sub("", text).translate(_PUNCTUATION)
        if len(digits) == 9:
            digits = "0" + digits
        if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
            raise InvalidEnterpriseNumber("an enterprise number has ten digits")
        if digits[0] not in "01":
            raise InvalidEnterpriseNumber("an enterprise number begins with 0 or 1")
        if not enterprise_check_holds(digits):
            raise InvalidEnterpriseNumber("the check digits do not match")
        return cls(digits)

    @classmethod
    def of_sequence(cls, sequence: int) -> EnterpriseNumber:
        """The number whose first eight digits are ``sequence`` (1 to 19,999,999).

        Raises InvalidEnterpriseNumber.
        """
        if not 0 < sequence < 20_000_000:
            raise InvalidEnterpriseNumber("eight digits, the first being 0 or 1")
        return cls(f"{sequence:08d}{97 - sequence % 97:02d}")

    def formatted(self) -> str:
        """``0403.170.701``."""
        return _grouped(self.digits)

    def __str__(self) -> str:
        return self.digits


@dataclass(frozen=True, slots=True, order=True)
class EstablishmentNumber:
    """Ten digits, the first being 2 to 8."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> EstablishmentNumber:
        """Read ``2.140.000.043`` or ``2140000043``; raises InvalidEstablishmentNumber."""
        digits = text.translate(_PUNCTUATION)
        if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
            raise InvalidEstablishmentNumber("an establishment number has ten digits")
        if digits[0] not in "2345678":
            raise InvalidEstablishmentNumber("an establishment number begins with 2 to 8")
        if int(digits[8:]) != 97 - int(digits[:8]) % 97:
            raise InvalidEstablishmentNumber("the check digits do not match")
        return cls(digits)

    def formatted(self) -> str:
        """``2.140.000.043``."""
        d = self.digits
        return f"{d[0]}.{d[1:4]}.{d[4:7]}.{d[7:]}"

    def __str__(self) -> str:
        return self.digits


def enterprise_check_holds(digits: str) -> bool:
    """Whether ``digits`` are ten digits in the canonical form of an enterprise number.

    For paths that handle thousands each second. The number of sequence zero (0000000097) was
    never issued and is refused.
    """
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()) or digits[0] not in "01":
        return False
    body = int(digits[:8])
    return int(digits[8:]) == 97 - body % 97 and body != 0


def _grouped(digits: str) -> str:
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
