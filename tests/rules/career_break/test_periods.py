"""How career breaks count months, weeks, ages and terms."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.rules.career_break import periods
from guichet.rules.career_break.kinds import Leave, Regime

DAYS = st.dates(min_value=date(2002, 1, 1), max_value=date(2040, 12, 31))


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 2, 24), 1, date(2025, 3, 23)),
        (date(2025, 9, 1), 3, date(2025, 11, 30)),
        (date(2023, 2, 28), 12, date(2024, 2, 27)),
    ],
)
def test_r60_months_end_the_day_before_the_same_day_or_at_the_end_of_a_shorter_month(
    first: date, months: int, last: date
) -> None:
    assert periods.end_for(first, months=months) == last
    assert periods.whole_months(first, last) == months


def test_a_period_can_be_a_month_and_four_weeks_at_once() -> None:
    assert periods.whole_months(date(2025, 2, 24), date(2025, 3, 23)) == 1
    assert periods.whole_weeks(date(2025, 2, 24), date(2025, 3, 23)) == 4


def test_reversed_days_are_no_months_and_no_weeks() -> None:
    assert periods.whole_months(date(2025, 3, 1), date(2025, 2, 28)) is None
    assert periods.whole_weeks(date(2025, 3, 1), date(2025, 2, 28)) is None


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2025, 1, 1), date(2025, 1, 1), 1),
        (date(2025, 1, 1), date(2025, 1, 31), 1),
        (date(2025, 1, 1), date(2025, 2, 1), 2),
        (date(2025, 1, 31), date(2025, 2, 28), 1),
        (date(2025, 1, 31), date(2025, 3, 1), 2),
    ],
)
def test_a_begun_month_counts_whole(first: date, last: date, months: int) -> None:
    assert periods.started_months(first, last) == months


def test_somebody_born_on_29_february_is_older_on_28_february_of_a_common_year() -> None:
    born = date(2020, 2, 29)

    assert periods.birthday(born, age=5) == date(2025, 2, 28)
    assert periods.birthday(born, age=8) == date(2028, 2, 29)
    assert periods.age_on(born, on=date(2025, 2, 27)) == 4
    assert periods.age_on(born, on=date(2025, 2, 28)) == 5


def test_on_the_birthday_itself_nobody_is_under_the_age() -> None:
    assert periods.is_under(date(2013, 9, 15), age=12, on=date(2025, 9, 14))
    assert not periods.is_under(date(2013, 9, 15), age=12, on=date(2025, 9, 15))


def test_terms_of_months_are_clipped_like_months() -> None:
    assert periods.latest_notice(date(2026, 3, 1), months=3) == date(2025, 12, 1)
    assert periods.latest_notice(date(2026, 5, 31), months=3) == date(2026, 2, 28)
    assert periods.last_of_month(date(2025, 9, 20), months=6) == date(2026, 3, 31)
    assert periods.last_of_month(date(2024, 1, 31), months=1) == date(2024, 2, 29)


@pytest.mark.parametrize("day", [6, 7, 8, 9, 10, 11, 12])
def test_the_week_after_begins_on_the_next_monday_whatever_the_day(day: int) -> None:
    assert periods.monday_after(date(2025, 10, day)) == date(2025, 10, 13)


def test_separate_periods_are_covered_by_one() -> None:
    weeks = (Period.of_weeks(date(2026, 3, 2), 1), Period.of_weeks(date(2026, 1, 5), 1))

    assert periods.cover(weeks) == Period(date(2026, 1, 5), date(2026, 3, 8))


@given(first=DAYS, months=st.integers(1, 60))
def test_a_period_of_months_is_read_back_as_those_months(first: date, months: int) -> None:
    last = periods.end_for(first, months=months)

    assert periods.whole_months(first, last) == months
    assert periods.started_months(first, last) == months
    assert periods.started_months(first, last + timedelta(days=1)) == months + 1


@given(born=DAYS, age=st.integers(1, 70))
def test_age_turns_on_the_birthday(born: date, age: int) -> None:
    day = periods.birthday(born, age=age)

    assert periods.age_on(born, on=day) == age
    assert periods.age_on(born, on=day - timedelta(days=1)) == age - 1


def test_a_flexible_regime_is_the_same_part_of_a_job_as_its_standard() -> None:
    for regime in Regime:
        assert regime.share == regime.standard.share
        assert not regime.standard.is_flexible
        assert regime.is_full is (regime.share == (1, 1))
    assert [regime for regime in Regime if regime.is_by_weeks] == [Regime.FULL_FLEX]


def test_four_leaves_are_thematic() -> None:
    assert [leave for leave in Leave if leave.is_thematic] == [
        Leave.PARENTAL,
        Leave.MEDICAL_ASSISTANCE,
        Leave.PALLIATIVE,
        Leave.INFORMAL_CARER,
    ]
