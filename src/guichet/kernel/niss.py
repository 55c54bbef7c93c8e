"""The social-security number of a person: NISS / INSZ / SSIN, and BIS.

Eleven digits ``YYMMDD-SSS-CC``. The check digits also decide the century, which is not written.
Only the form and the check are judged here; whether the person exists is the register's answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_PUNCTUATION = str.maketrans("", "", " .-/")
_TWENTY_FIRST_CENTURY = 2_000_000_000


class InvalidNiss(ValueError):
    """The text is not a NISS; the message never repeats the text."""


class Sex(StrEnum):
    """As the parity of the counter tells it."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True, order=True, repr=False)
class Niss:
    """Eleven digits, the last two being a modulo-97 check on the first nine.

    An impossible month or day does not make the number invalid: the register issues artificial
    dates when a day's counter is exhausted, and zeros when the birth date is unknown.
    """

    digits: str

    @classmethod
    def parse(cls, text: str) -> Niss:
        """Read ``85.07.30-033.28``, ``850730/033-28`` or ``85073003328``; raises InvalidNiss."""
        digits = text.translate(_PUNCTUATION)
        if len(digits) != 11 or not (digits.isascii() and digits.isdigit()):
            raise InvalidNiss("a NISS has eleven digits")
        if digits.startswith("000000000"):
            raise InvalidNiss("a NISS of zeros")
        if not niss_check_holds(digits):
            raise InvalidNiss("the check digits do not match")
        return cls(digits)

    @property
    def is_bis(self) -> bool:
        """True for a person outside the national register: month + 20 or + 40."""
        return int(self.digits[2:4]) // 20 in (1, 2) and int(self.digits[2:4]) % 20 <= 12

    def sex(self) -> Sex | None:
        """Odd counter male, even female; None for a BIS made before the sex was known (+ 20)."""
        if self.is_bis and int(self.digits[2:4]) < 40:
            return None
        return Sex.MALE if int(self.digits[6:9]) % 2 else Sex.FEMALE

    def birth_date(self) -> date | None:
        """The day of birth, or None when month or day is unknown or artificial."""
        month = int(self.digits[2:4])
        try:
            return date(self._century() + int(self.digits[:2]), self._month(month), self._day())
        except ValueError:
            return None

    def formatted(self) -> str:
        """The way a person reads it: ``85.07.30-033.28``."""
        d = self.digits
        return f"{d[:2]}.{d[2:4]}.{d[4:6]}-{d[6:9]}.{d[9:]}"

    def masked(self) -> str:
        """The way somebody else may see it: the first two digits only."""
        return self.digits[:2] + "*" * 9

    def __repr__(self) -> str:  # personal data never reaches a log by accident
        return f"Niss(…{self.digits[-2:]})"

    def _century(self) -> int:
        return 1900 if int(self.digits[9:]) == 97 - int(self.digits[:9]) % 97 else 2000

    def _month(self, month: int) -> int:
        return month % 20 if self.is_bis else month

    def _day(self) -> int:
        return int(self.digits[4:6])


def niss_check_holds(digits: str) -> bool:
    """Whether ``digits`` are eleven digits with a right check, in either century.

    For paths that handle thousands each second; everybody else uses ``Niss.parse``.
    """
    if len(digits) != 11 or not (digits.isascii() and digits.isdigit()):
        return False
    body, check = int(digits[:9]), int(digits[9:])
    if check == 97 - body % 97:
        return body != 0
    return check == 97 - (_TWENTY_FIRST_CENTURY + body) % 97 and body != 0
