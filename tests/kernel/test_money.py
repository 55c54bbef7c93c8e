from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.money import InvalidAmount, Money

CENTS = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("text", "cents"),
    [("500000.01", 50_000_001), ("1234,5", 123_450), ("0", 0), ("-0.01", -1), ("+7", 700)],
)
def test_an_amount_is_read_exactly(text: str, cents: int) -> None:
    assert Money.parse(text) == Money(cents)


@pytest.mark.parametrize(
    "text", ["", "1.234,00", "1.005", "1e3", "NaN", "12 000", ".5", "5.", "\u0663", "1\n"]
)
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidAmount):
        Money.parse(text)


@pytest.mark.parametrize("euros", [Decimal("0.005"), Decimal("NaN"), Decimal("Infinity")])
def test_a_part_of_a_cent_is_refused(euros: Decimal) -> None:
    with pytest.raises(InvalidAmount):
        Money.of(euros)


@pytest.mark.parametrize("cents", [1.0, True, "1"])
def test_cents_are_whole_numbers(cents: Any) -> None:
    with pytest.raises(InvalidAmount):
        Money(cents)


@pytest.mark.parametrize(
    ("cents", "factor", "product"),
    [
        (1, Decimal("0.5"), 1),
        (-1, Decimal("0.5"), -1),
        (1, Decimal("0.49"), 0),
        (10_000, 3, 30_000),
    ],
)
def test_a_product_is_rounded_half_up_to_the_cent(
    cents: int, factor: Decimal | int, product: int
) -> None:
    assert Money(cents).times(factor) == Money(product)


@given(one=CENTS, other=CENTS)
def test_adding_and_taking_off_undo_each_other(one: int, other: int) -> None:
    assert Money(one) + Money(other) - Money(other) == Money(one)
    assert Money(one) + -Money(one) == Money(0)


@given(cents=CENTS)
def test_what_is_written_is_read_again(cents: int) -> None:
    assert Money.parse(str(Money(cents))) == Money(cents)
    assert Money.of(Money(cents).euros) == Money(cents)


def test_an_amount_is_written_with_two_decimals() -> None:
    assert str(Money(123_450)) == "1234.50"
    assert str(Money(-5)) == "-0.05"
