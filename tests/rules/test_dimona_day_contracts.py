"""How many day contracts stand in a row."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.calendar import is_working_day
from guichet.rules.dimona.day_contracts import half_year, is_day_contract, successive

ON = date(2026, 3, 31)
DAY = timedelta(days=1)
WORKING = [day for n in range(90) if is_working_day(day := date(2026, 1, 1) + n * DAY)]


def test_i19_weekends_and_holidays_do_not_interrupt_forty_contracts() -> None:
    days = [day for day in WORKING if day <= ON][-40:]

    assert successive(days, on=days[-1]) == 40


def test_a_working_day_without_contract_begins_the_count_anew() -> None:
    days = WORKING[-10:]

    assert successive([day for day in days if day != days[4]], on=days[-1]) == 5


def test_a_half_year_begins_anew() -> None:
    assert half_year(date(2026, 7, 1)) == (date(2026, 7, 1), date(2026, 12, 31))
    assert successive([date(2026, 6, 30), date(2026, 7, 1)], on=date(2026, 7, 1)) == 1


@given(st.lists(st.sampled_from(WORKING), max_size=80), st.sampled_from(WORKING))
def test_never_more_than_there_are(days: list[date], on: date) -> None:
    found = successive(days, on=on)

    assert 0 <= found <= len(days)
    assert (found == 0) is (on not in days)


@pytest.mark.parametrize(
    ("last", "start_hour", "end_hour", "is_one"),
    [
        (ON, "", "", True),
        (ON, "0800", "1700", True),
        (ON + DAY, "2200", "0600", True),
        (ON + DAY, "1800", "1800", True),
        (ON + DAY, "0800", "1700", False),  # two days of occasional work
        (ON + DAY, "0800", "", False),  # two days at the flat rate
        (ON + DAY, "", "", False),
        (ON + 2 * DAY, "2200", "0600", False),
        (None, "", "", False),
    ],
)
def test_i19_a_contract_of_a_day_is_one_day_or_one_night(
    last: date | None, start_hour: str, end_hour: str, is_one: bool
) -> None:
    assert is_day_contract(ON, last, start_hour=start_hour, end_hour=end_hour) is is_one
