"""Bank accounts to which an allowance is paid: IBAN of a country of the single euro payments area.

Sources: ISO 13616 (form, remainder 1 after division by 97), registry of IBAN for the lengths, list
of countries of the payments area; parameter ``bank_accounts.lengths``. A Belgian number carries a
second check of its own. Whether the account exists is the bank's answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from guichet.rules import dated

_PUNCTUATION: Final = str.maketrans("", "", " .-/\u00a0\u202f")
_FORM: Final = re.compile(r"\A[A-Z]{2}[0-9]{2}[A-Z0-9]{4,30}\Z")


class InvalidIban(ValueError):
    """Not an account number to which we pay; the message never repeats the text.

    ``reason``: ``form``, ``country``, ``length`` or ``check``.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, repr=False)
class Iban:
    """Capitals and digits, without separators."""

    signs: str

    @classmethod
    def parse(cls, text: str, *, on: date) -> Iban:
        """Read ``BE68 5390 0754 7034`` in any case, with or without blanks; raises InvalidIban."""
        signs = text.translate(_PUNCTUATION).upper()
        if _FORM.match(signs) is None:
            raise InvalidIban("form")
        length = _lengths(on).get(signs[:2])
        if length is None:
            raise InvalidIban("country")
        if len(signs) != length:
            raise InvalidIban("length")
        if not (_remainder_is_one(signs) and _belgian_check_holds(signs)):
            raise InvalidIban("check")
        return cls(signs)

    @property
    def country(self) -> str:
        """``BE``."""
        return self.signs[:2]

    def formatted(self) -> str:
        """The way it is printed: ``BE68 5390 0754 7034``."""
        return " ".join(self.signs[at : at + 4] for at in range(0, len(self.signs), 4))

    def masked(self) -> str:
        """The way somebody else may see it: the country and the last four signs."""
        return f"{self.signs[:2]}{'*' * (len(self.signs) - 6)}{self.signs[-4:]}"

    def __repr__(self) -> str:  # an account never reaches a log by accident
        return f"Iban({self.signs[:2]}…{self.signs[-2:]})"


def _remainder_is_one(signs: str) -> bool:
    turned = signs[4:] + signs[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _belgian_check_holds(signs: str) -> bool:
    """The last two digits are the first ten modulo 97, and 97 where that is 0."""
    if not signs.startswith("BE"):
        return True
    account = signs[4:]
    if not account.isdigit():
        return False
    return int(account[10:]) == (int(account[:10]) % 97 or 97)


@lru_cache(maxsize=8)
def _lengths(on: date) -> dict[str, int]:
    rows = dated.value("bank_accounts.lengths", on=on)
    if not isinstance(rows, tuple):
        raise dated.MalformedParameter("bank_accounts.lengths is not a list")
    return {row[:2]: int(row[2:]) for row in rows}
