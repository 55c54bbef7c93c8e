"""Receipts: the day in front, a number from a block behind."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.presence_log.receipts import (
    BLOCK,
    Exhausted,
    NotAReceipt,
    Stock,
    day_of,
    receipt_of,
)

moments = st.integers(0, 32_000 * 86_400).map(
    lambda seconds: datetime(2010, 1, 2, tzinfo=UTC) + timedelta(seconds=seconds)
)


def test_a_receipt_has_fifteen_digits() -> None:
    moment = datetime(2026, 3, 2, 5, tzinfo=UTC)

    assert receipt_of(occurred_at=moment, number=42) == 260302_000000042


def test_the_day_is_that_of_brussels() -> None:
    before_midnight = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # already the 2nd in Brussels

    assert day_of(receipt_of(occurred_at=before_midnight, number=0)) == date(2026, 3, 2)


@given(moment=moments, number=st.integers(0, 999_999_999))
def test_every_receipt_fits_a_javascript_number_and_tells_its_day(
    moment: datetime, number: int
) -> None:
    receipt = receipt_of(occurred_at=moment, number=number)

    assert 0 < receipt < 2**53
    assert abs((day_of(receipt) - moment.date()).days) <= 1


@pytest.mark.parametrize(
    "number", [0, -1, 1, 999_999_999, 261301_000000000, 260230_000000000, 10**15, 10**18]
)
def test_a_number_that_this_log_cannot_have_given_is_no_receipt(number: int) -> None:
    with pytest.raises(NotAReceipt):
        day_of(number)


def test_numbers_are_taken_across_blocks_and_each_once() -> None:
    stock = Stock()
    stock.add([3000, 7000])

    taken = stock.take(BLOCK - 1) + stock.take(3) + stock.take(BLOCK - 2)

    assert taken == [*range(3000, 4000), *range(7000, 8000)]
    assert stock.left == 0


def test_a_short_stock_gives_nothing_at_all() -> None:
    stock = Stock()
    stock.add([0])
    stock.take(BLOCK - 1)

    with pytest.raises(Exhausted):
        stock.take(2)
    assert stock.take(1) == [BLOCK - 1]
