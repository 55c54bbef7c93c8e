"""The two calendars: working days of the office, and those of the control card."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules import calendar
from guichet.rules.temporary_unemployment.control_card import (
    allowances,
    earliest_sending,
    uncovered_day,
)
from guichet.rules.temporary_unemployment.workdays import OnemCalendar
from tests.rules.temporary_unemployment.days import PLAIN, day, off

DAYS = st.dates(date(2013, 1, 1), date(2035, 12, 31))
CALENDARS = st.builds(
    OnemCalendar,
    replacement_days=st.frozensets(DAYS, max_size=5),
    bridge_days=st.frozensets(DAYS, max_size=5),
)

# The ten holidays of four years, as a calendar on a wall has them.
HOLIDAYS = """
2024  01-01 04-01 05-01 05-09 05-20 07-21 08-15 11-01 11-11 12-25
2025  01-01 04-21 05-01 05-29 06-09 07-21 08-15 11-01 11-11 12-25
2026  01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25
2027  01-01 03-29 05-01 05-06 05-17 07-21 08-15 11-01 11-11 12-25
"""


@pytest.mark.parametrize("line", HOLIDAYS.strip().splitlines())
def test_the_ten_holidays_of_a_year(line: str) -> None:
    year, *days = line.split()

    found = [legal.day for legal in calendar.legal_holidays(int(year))]

    assert found == [day(f"{year}-{each}") for each in days]
    assert not any(PLAIN.is_working(each) for each in found)


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("2025-04-18", True),
        ("2025-04-19", False),
        ("2025-04-20", False),
        ("2025-04-21", False),
        ("2025-04-22", True),
    ],
)
def test_a_working_day_is_monday_to_friday_without_holidays(text: str, working: bool) -> None:
    assert PLAIN.is_working(day(text)) is working


def test_bridge_and_replacement_days_of_the_employer_do_not_count() -> None:
    bridge = off("2025-05-02")
    replaced = OnemCalendar(replacement_days=frozenset({day("2025-05-05")}))

    assert not bridge.is_working(day("2025-05-02"))
    assert bridge.after(day("2025-04-30")) == day("2025-05-05")
    assert bridge.before(day("2025-05-05")) == day("2025-04-30")
    assert replaced.after(day("2025-05-02")) == day("2025-05-06")
    assert bridge.between(day("2025-04-28"), day("2025-05-05")) == 4
    assert bridge.between(day("2025-05-05"), day("2025-05-04")) == 0


@pytest.mark.parametrize(
    ("text", "first"),
    [("2025-09-10", "2025-09-08"), ("2025-06-11", "2025-06-10"), ("2025-06-09", "2025-06-10")],
)
def test_the_first_working_day_of_a_week(text: str, first: str) -> None:
    assert PLAIN.first_of_week(day(text)) == day(first)


@pytest.mark.parametrize("count", [0, -1])
def test_no_day_is_counted_without_a_number(count: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        PLAIN.after(day("2025-03-17"), count=count)
    with pytest.raises(ValueError, match="at least one"):
        PLAIN.before(day("2025-03-17"), count=count)


@given(start=DAYS, count=st.integers(1, 30), days=CALENDARS)
def test_going_on_and_back_by_working_days_are_each_others_inverse(
    start: date, count: int, days: OnemCalendar
) -> None:
    working = days.after(start)

    assert days.before(days.after(working, count=count), count=count) == working
    assert days.after(days.before(working, count=count), count=count) == working


@given(start=DAYS, count=st.integers(1, 15), days=CALENDARS)
def test_exactly_so_many_working_days_are_passed(
    start: date, count: int, days: OnemCalendar
) -> None:
    end = days.after(start, count=count)

    assert days.is_working(end)
    assert days.between(start + timedelta(days=1), end) == count


@given(start=DAYS, days=CALENDARS)
def test_days_off_never_bring_a_working_day_nearer(start: date, days: OnemCalendar) -> None:
    assert days.after(start) >= PLAIN.after(start)
    assert days.before(start) <= PLAIN.before(start)


@pytest.mark.parametrize(
    ("month", "penultimate"),
    [
        pytest.param("2025-01", "2025-01-30", id="WX-64"),
        pytest.param("2025-04", "2025-04-29", id="WX-66"),
        pytest.param("2025-05", "2025-05-28", id="WX-67"),
        pytest.param("2025-12", "2025-12-30", id="WX-69"),
        pytest.param("2026-01", "2026-01-29", id="WX-70"),
        pytest.param("2026-08", "2026-08-28", id="WX-72"),
    ],
)
def test_wx64_wx66_wx67_wx69_wx70_wx72_the_card_is_sent_from_the_last_working_day_but_one(
    month: str, penultimate: str
) -> None:
    assert earliest_sending(day(f"{month}-15")) == day(penultimate)
    assert earliest_sending(day(f"{month}-01"), early_allowed=True) == day(f"{month}-01")


@given(any_day=DAYS)
def test_one_working_day_of_the_month_follows_the_earliest_sending(any_day: date) -> None:
    sending = earliest_sending(any_day)
    last = calendar.working_day_after(sending)

    assert calendar.is_working_day(sending)
    assert last.month == any_day.month
    assert calendar.working_day_after(last).month != any_day.month


@pytest.mark.parametrize(
    ("hours", "weekly", "number"),
    [
        pytest.param("7.6", "38", "1", id="WX-105"),
        pytest.param("30.4", "38", "5", id="WX-106"),
        pytest.param("38", "38", "6", id="WX-108"),
        pytest.param("7.49", "36", "1", id="WX-109"),
        pytest.param("10.49", "36", "1.5", id="WX-111"),
        pytest.param("10.5", "36", "2", id="WX-112"),
        pytest.param("1.5", "36", "0.5", id="a quarter"),
        pytest.param("1.49", "36", "0", id="less than a quarter"),
        pytest.param("0", "36", "0", id="none"),
    ],
)
def test_wx105_wx106_wx108_wx109_wx111_wx112_the_number_of_allowances(
    hours: str, weekly: str, number: str
) -> None:
    found = allowances(unemployed=Fraction(hours), weekly=Fraction(weekly))

    assert found == Fraction(number)


@pytest.mark.parametrize(("hours", "weekly"), [(-1, 38), (1, 0), (1, -38)])
def test_hours_below_zero_are_refused(hours: int, weekly: int) -> None:
    with pytest.raises(ValueError, match="hours"):
        allowances(unemployed=Fraction(hours), weekly=Fraction(weekly))


def test_a_marked_day_moves_what_was_communicated() -> None:
    marked = [day("2025-04-17"), day("2025-04-18")]

    assert uncovered_day(day("2025-04-17"), marked=marked) == day("2025-04-19")
    assert uncovered_day(day("2025-04-16"), marked=marked) == day("2025-04-16")
