"""What was paid too much: months compared, days that stay due, parts that add up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.money import Money
from guichet.kernel.period import Period
from guichet.rules.career_break import recovering
from guichet.rules.career_break.recovering import NotToSplit, Sum

APRIL = Period(date(2025, 4, 1), date(2025, 4, 30))
MAY = Period(date(2025, 5, 1), date(2025, 5, 31))


def test_a_month_is_paid_in_the_first_week_of_the_next_one() -> None:
    assert recovering.pay_day(APRIL) == date(2025, 5, 7)
    assert recovering.pay_day(Period(date(2025, 4, 3), date(2025, 4, 12))) == date(2025, 5, 7)


def test_a_month_paid_too_little_does_not_lower_another_one() -> None:
    paid = [Sum(APRIL, Money(90_000)), Sum(MAY, Money(10_000))]

    months = recovering.compared(paid, [Sum(APRIL, Money(50_000)), Sum(MAY, Money(30_000))])

    assert [one.too_much.cents for one in months] == [40_000, 0]
    assert recovering.total(months) == Money(40_000)


@pytest.mark.parametrize(
    ("first", "last", "stays"),
    [
        (date(2025, 4, 11), None, [Period(date(2025, 4, 1), date(2025, 4, 10))]),
        (date(2025, 4, 1), None, []),
        (date(2025, 4, 11), date(2025, 4, 20),
         [Period(date(2025, 4, 1), date(2025, 4, 10)), Period(date(2025, 4, 21), APRIL.last_day)]),
    ],
    ids=["from_a_day", "from_the_start", "in_between"],
)  # fmt: skip
def test_days_outside_the_stretch_stay_due(
    first: date, last: date | None, stays: list[Period]
) -> None:
    assert list(recovering.without(APRIL, first_day=first, last_day=last)) == stays


@given(cents=st.integers(1, 10_000_000), count=st.integers(1, 24))
def test_parts_add_up_to_the_cent_and_differ_by_one_at_most(cents: int, count: int) -> None:
    if cents < count:
        with pytest.raises(NotToSplit):
            recovering.instalments(Money(cents), count=count, decided_on=date(2025, 1, 31))
        return

    parts = recovering.instalments(Money(cents), count=count, decided_on=date(2025, 1, 31))

    assert sum(one.amount.cents for one in parts) == cents
    assert max(one.amount.cents for one in parts) - min(one.amount.cents for one in parts) <= 1
    days = [one.until for one in parts]
    assert days == sorted(set(days))
    assert days[0] == date(2025, 2, 28)
