"""When a request may be filed, and from which day it is paid."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.rules.career_break import filing as rules

DAYS = st.dates(date(2003, 1, 1), date(2035, 12, 31))
SEPTEMBER = date(2025, 9, 1)


@pytest.mark.parametrize(
    ("complete_on", "paid_from"),
    [
        (date(2025, 8, 1), SEPTEMBER),
        (date(2025, 10, 31), SEPTEMBER),
        (date(2025, 11, 1), SEPTEMBER),
        (date(2025, 11, 2), date(2025, 11, 2)),
        (date(2025, 11, 20), date(2025, 11, 20)),
    ],
)
def test_r54_c70_rule_two_months_from_the_day_after_the_start(
    complete_on: date, paid_from: date
) -> None:
    assert rules.allowance_first_day(start=SEPTEMBER, complete_on=complete_on) == paid_from


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2025, 2, 28), date(2025, 4, 30)),
        (date(2025, 12, 31), date(2026, 2, 28)),
        (date(2025, 12, 30), date(2026, 2, 28)),
    ],
)
def test_months_are_counted_from_the_day_after_at_the_end_of_a_month_too(
    start: date, last: date
) -> None:
    assert rules.last_day_for_whole_allowance(start) == last


def test_r55_a_request_is_filed_six_months_before_at_the_earliest() -> None:
    assert rules.first_filing_day(date(2026, 3, 1)) == date(2025, 9, 1)
    assert rules.first_filing_day(date(2026, 8, 31)) == date(2026, 2, 28)


def test_a_request_after_the_end_pays_nothing() -> None:
    short = Period(SEPTEMBER, date(2025, 9, 30))

    assert rules.paid_period(short, complete_on=date(2025, 11, 1)) == short
    assert rules.paid_period(short, complete_on=date(2025, 11, 2)) is None
    long = Period(SEPTEMBER, date(2025, 12, 31))
    late = rules.paid_period(long, complete_on=date(2025, 11, 20))
    assert late == Period(date(2025, 11, 20), date(2025, 12, 31))


def test_the_days_left_count_today() -> None:
    assert rules.days_left(SEPTEMBER, on=date(2025, 10, 31)) == 2
    assert rules.days_left(SEPTEMBER, on=date(2025, 11, 1)) == 1
    assert rules.days_left(SEPTEMBER, on=date(2025, 11, 2)) == 0


@given(start=DAYS, after=st.integers(-200, 400))
def test_a_break_is_never_paid_before_it_starts_and_waiting_never_helps(
    start: date, after: int
) -> None:
    day = start + timedelta(days=after)

    paid = rules.allowance_first_day(start=start, complete_on=day)
    later = rules.allowance_first_day(start=start, complete_on=day + timedelta(days=1))

    assert start <= paid <= later
    assert (rules.days_left(start, on=day) > 0) is (start in (paid, day))
