from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period, ReversedPeriod, end_for, months_after, months_before

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
PERIODS = st.builds(
    lambda first, length: Period(first, first + timedelta(days=length)),
    DAYS,
    st.integers(0, 1500),
)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2022, 6, 1), date(2022, 11, 30), 6),
        (date(2023, 9, 1), date(2024, 2, 29), 6),
        (date(2023, 4, 1), date(2023, 6, 30), 3),
        (date(2023, 8, 1), date(2023, 11, 30), 4),
        (date(2022, 9, 1), date(2023, 4, 30), 8),
        (date(2023, 6, 15), date(2023, 9, 14), 3),
        (date(2024, 3, 1), date(2024, 6, 30), 4),
        (date(2025, 2, 24), date(2025, 3, 23), 1),
        (date(2024, 3, 1), date(2024, 5, 31), 3),
        (date(2024, 2, 1), date(2024, 2, 29), 1),
        (date(2024, 3, 1), date(2024, 3, 31), 1),
        (date(2024, 3, 1), date(2024, 4, 30), 2),
        (date(2024, 9, 30), date(2024, 10, 29), 1),
    ],
)
def test_the_periods_of_the_manual_are_whole_months(first: date, last: date, months: int) -> None:
    period = Period(first, last)

    assert period.whole_months() == months
    assert Period.of_months(first, months) == period


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 1, 30), 1, date(2025, 2, 28)),
        (date(2025, 1, 29), 1, date(2025, 2, 28)),
        (date(2025, 1, 28), 1, date(2025, 2, 27)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 1, 29), 1, date(2024, 2, 28)),
        (date(2025, 3, 31), 1, date(2025, 4, 30)),
        (date(2025, 12, 1), 1, date(2025, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_a_month_ends_before_the_same_day_number_or_with_the_month(
    first: date, months: int, last: date
) -> None:
    assert end_for(first, months=months) == last


def test_a_period_can_be_both_one_month_and_four_weeks() -> None:
    period = Period(date(2025, 2, 24), date(2025, 3, 23))

    assert period.whole_months() == 1
    assert period.whole_weeks() == 4


def test_a_week_is_seven_days_in_a_row() -> None:
    assert Period.of_weeks(date(2025, 2, 24), 1).days == 7
    assert Period(date(2025, 2, 24), date(2025, 3, 1)).whole_weeks() is None


@pytest.mark.parametrize("last", [date(2025, 2, 27), date(2025, 3, 1), date(2025, 1, 31)])
def test_an_odd_number_of_days_is_no_whole_number_of_months(last: date) -> None:
    assert Period(date(2025, 1, 31), last).whole_months() is None


def test_a_period_never_ends_before_it_begins() -> None:
    with pytest.raises(ReversedPeriod):
        Period(date(2025, 1, 2), date(2025, 1, 1))


@pytest.mark.parametrize("months", [0, -1])
def test_there_are_no_periods_of_no_months(months: int) -> None:
    with pytest.raises(ValueError, match="at least one month"):
        end_for(date(2025, 1, 1), months=months)


def test_there_are_no_periods_of_no_weeks() -> None:
    with pytest.raises(ValueError, match="at least one week"):
        Period.of_weeks(date(2025, 1, 1), 0)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2025, 5, 31), 3, date(2025, 2, 28)),
        (date(2025, 5, 31), 2, date(2025, 3, 31)),
        (date(2025, 1, 15), 1, date(2024, 12, 15)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
    ],
)
def test_months_before_a_day_clip_to_the_end_of_the_month(
    day: date, months: int, before: date
) -> None:
    assert months_before(day, months=months) == before


def test_months_after_a_day_clip_to_the_end_of_the_month() -> None:
    assert months_after(date(2025, 1, 31), months=1) == date(2025, 2, 28)
    assert months_after(date(2024, 11, 30), months=15) == date(2026, 2, 28)


def test_periods_that_follow_each_other_adjoin_and_do_not_overlap() -> None:
    january = Period.of_months(date(2025, 1, 1), 1)
    february = Period.of_months(date(2025, 2, 1), 1)

    assert january.adjoins(february)
    assert february.adjoins(january)
    assert january.overlap(february) is None
    assert not january.adjoins(january)
    assert not january.adjoins(Period.of_months(date(2025, 3, 1), 1))


def test_periods_that_share_one_day_overlap_and_do_not_adjoin() -> None:
    one = Period(date(2025, 1, 1), date(2025, 1, 31))
    other = Period(date(2025, 1, 31), date(2025, 2, 28))

    shared = Period(date(2025, 1, 31), date(2025, 1, 31))

    assert one.overlap(other) == other.overlap(one) == shared
    assert not one.adjoins(other)


@given(first=DAYS, months=st.integers(1, 60))
def test_whole_months_undo_end_for(first: date, months: int) -> None:
    assert Period.of_months(first, months).whole_months() == months


@given(first=DAYS, months=st.integers(1, 60))
def test_one_month_more_ends_later(first: date, months: int) -> None:
    assert end_for(first, months=months) < end_for(first, months=months + 1)


@given(one=PERIODS, other=PERIODS)
def test_the_overlap_is_what_both_contain(one: Period, other: Period) -> None:
    shared = one.overlap(other)

    assert shared == other.overlap(one)
    assert (shared is not None) == one.overlaps(other)
    if shared is not None:
        assert one.contains(shared.first_day)
        assert other.contains(shared.last_day)
        assert shared.days <= min(one.days, other.days)


@given(period=PERIODS)
def test_the_days_around_a_period_are_outside(period: Period) -> None:
    assert period.contains(period.first_day)
    assert not period.contains(period.first_day - timedelta(days=1))
    assert not period.contains(period.last_day + timedelta(days=1))
