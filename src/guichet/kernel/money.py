"""Amounts in euro, exact to the cent. How an amount looks on a page is the page's matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_FORM = re.compile(r"\A[+-]?[0-9]{1,15}(?:[.,][0-9]{1,2})?\Z")


class InvalidAmount(ValueError):
    """Not an amount in euro with at most two decimals."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """Whole cents; negative for what is owed back."""

    cents: int

    def __post_init__(self) -> None:
        if type(self.cents) is not int:
            raise InvalidAmount("cents are a whole number")

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read ``1234``, ``1234.5``, ``1234,56``, ``-0.01``; no thousands; raises InvalidAmount."""
        if _FORM.match(text) is None:
            raise InvalidAmount("digits with at most two decimals")
        return cls.of(Decimal(text.replace(",", ".")))

    @classmethod
    def of(cls, euros: Decimal | int) -> Money:
        """Euros as an exact number; raises InvalidAmount for a part of a cent or no number."""
        exact = Decimal(euros)
        if not exact.is_finite() or exact * 100 != int(exact * 100):
            raise InvalidAmount("a finite amount in whole cents")
        return cls(int(exact * 100))

    @property
    def euros(self) -> Decimal:
        """The exact amount with two decimals."""
        return Decimal(self.cents).scaleb(-2)

    def times(self, factor: Decimal | int) -> Money:
        """Multiplied and rounded half up, away from zero, to the cent."""
        exact = Decimal(self.cents) * Decimal(factor)
        return Money(int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)))

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __str__(self) -> str:
        """For files and logs: ``1234.50``."""
        return str(self.euros)
