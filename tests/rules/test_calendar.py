from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.calendar import (
    Holiday,
    easter_sunday,
    is_legal_holiday,
    is_working_day,
    legal_holidays,
    working_day_after,
    working_days,
)

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize("year", range(1980, 2080))
def test_the_ten_legal_holidays_agree_with_the_oracle(year: int) -> None:
    # The oracle adds the two Sundays, which the law does not list among the ten.
    easter = easter_sunday(year)
    oracle = set(holidays.country_holidays("BE", years=year)) - {
        easter,
        easter + timedelta(days=49),
    }

    assert {legal.day for legal in legal_holidays(year)} == oracle
    assert len(legal_holidays(year)) == 10


def test_two_holidays_may_fall_on_one_day() -> None:
    names = {legal.holiday for legal in legal_holidays(2008) if legal.day == date(2008, 5, 1)}

    assert names == {Holiday.LABOUR_DAY, Holiday.ASCENSION}


@pytest.mark.parametrize(
    ("year", "easter"),
    [(1818, date(1818, 3, 22)), (2025, date(2025, 4, 20)), (2038, date(2038, 4, 25))],
)
def test_easter_is_found_at_its_extremes(year: int, easter: date) -> None:
    assert easter_sunday(year) == easter


@pytest.mark.parametrize("holiday", Holiday)
def test_every_holiday_has_a_name_in_four_languages(holiday: Holiday) -> None:
    assert len(set(holiday.label.as_mapping())) == 4


def test_weekends_and_holidays_are_no_working_days() -> None:
    assert is_working_day(date(2026, 7, 20))
    assert not is_working_day(date(2026, 7, 21))
    assert is_legal_holiday(date(2026, 7, 21))
    assert not is_working_day(date(2026, 7, 18))
    assert not is_legal_holiday(date(2026, 7, 18))


def test_working_days_are_counted_over_easter() -> None:
    assert working_day_after(date(2026, 4, 3)) == date(2026, 4, 7)
    assert working_day_after(date(2026, 4, 3), count=2) == date(2026, 4, 8)
    assert working_days(date(2026, 4, 3), date(2026, 4, 8)) == 3


def test_a_reversed_span_has_no_working_day() -> None:
    assert working_days(date(2026, 4, 8), date(2026, 4, 3)) == 0


def test_the_day_itself_is_not_the_working_day_after() -> None:
    with pytest.raises(ValueError, match="at least one"):
        working_day_after(date(2026, 4, 3), count=0)


@given(day=DAYS, count=st.integers(1, 40))
def test_counting_forward_and_counting_between_agree(day: date, count: int) -> None:
    found = working_day_after(day, count=count)

    assert is_working_day(found)
    assert working_days(day + timedelta(days=1), found) == count
