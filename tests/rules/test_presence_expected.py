"""Who is expected: same weekdays, last working day, plan; and since when somebody is late."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.platform.clock import BRUSSELS
from guichet.rules.presence_expected import (
    Begin,
    Expected,
    Standing,
    Why,
    days_asked,
    expected,
    last_working_day,
    standing,
    usual,
)

TUESDAY = date(2026, 11, 24)
SIX, SEVEN, EIGHT = time(6), time(7), time(8)


def begins(*days: date, at: time = SEVEN, who: str = "a") -> list[Begin]:
    return [Begin(who, day, at) for day in days]


def weeks_ago(*counts: int) -> list[date]:
    return [TUESDAY - timedelta(weeks=count) for count in counts]


def test_the_days_that_tell_are_four_weekdays_and_the_last_working_day() -> None:
    assert days_asked(TUESDAY) == (*weeks_ago(1, 2, 3, 4), date(2026, 11, 23))


def test_the_last_working_day_before_a_monday_is_the_friday_and_holidays_are_skipped() -> None:
    assert last_working_day(date(2026, 11, 23)) == date(2026, 11, 20)
    assert last_working_day(date(2026, 11, 12)) == date(2026, 11, 10)  # Armistice between
    assert last_working_day(date(2026, 11, 21)) is None  # a Saturday
    assert last_working_day(date(2026, 11, 11)) is None


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (weeks_ago(1, 3), Why.WEEKDAY),
        (weeks_ago(4), None),
        (weeks_ago(5, 6), None),
        ([date(2026, 11, 23)], Why.LAST_DAY),
        ([date(2026, 11, 20)], None),
        ([], None),
    ],
)
def test_who_is_usual(days: list[date], why: Why | None) -> None:
    found = usual(begins(*days), on=TUESDAY)

    assert {who: one.why for who, one in found.items()} == ({"a": why} if why else {})


def test_a_friday_says_nothing_of_a_saturday() -> None:
    saturday = date(2026, 11, 21)

    assert usual(begins(date(2026, 11, 20)), on=saturday) == {}
    assert "a" in usual(begins(date(2026, 11, 14), date(2026, 11, 7)), on=saturday)


def test_the_usual_hour_is_the_middle_one_and_the_first_of_a_day() -> None:
    seen = [
        Begin("a", day, at) for day, at in zip(weeks_ago(1, 2, 3), (EIGHT, SIX, SEVEN), strict=True)
    ]
    seen.append(Begin("a", weeks_ago(1)[0], time(13)))

    assert usual(seen, on=TUESDAY)["a"] == Expected(SEVEN, Why.WEEKDAY)


def test_a_plan_goes_before_what_is_usual() -> None:
    found = expected(begins(*weeks_ago(1, 2)), planned={"a": SIX, "b": EIGHT}, on=TUESDAY)

    assert found == {"a": Expected(SIX, Why.PLANNED), "b": Expected(EIGHT, Why.PLANNED)}


@pytest.mark.parametrize(
    ("clock", "is_present", "has_been", "told", "late"),
    [
        ("07:00", True, True, Standing.PRESENT, 0),
        ("12:00", False, True, Standing.LEFT, 0),
        ("06:59", False, False, Standing.DUE, 0),
        ("07:10", False, False, Standing.DUE, 0),
        ("07:11", False, False, Standing.LATE, 11),
        ("15:40", False, False, Standing.LATE, 520),
    ],
)
def test_where_somebody_is_who_begins_at_seven(
    clock: str, is_present: bool, has_been: bool, told: Standing, late: int
) -> None:
    now = datetime.combine(TUESDAY, time.fromisoformat(clock), BRUSSELS)

    found = standing(at=SEVEN, now=now, is_present=is_present, has_been=has_been)

    assert found == (told, timedelta(minutes=late))


@pytest.mark.parametrize(
    ("is_present", "has_been", "told"),
    [
        (False, False, Standing.REGISTERED),
        (True, True, Standing.PRESENT),
        (False, True, Standing.LEFT),
    ],
)
def test_who_is_registered_for_the_day_is_never_late(
    is_present: bool, has_been: bool, told: Standing
) -> None:
    now = datetime.combine(TUESDAY, time(15), BRUSSELS)

    found = standing(at=SEVEN, now=now, is_present=is_present, has_been=has_been, is_announced=True)

    assert found == (told, timedelta())


@given(
    days=st.lists(st.dates(date(2026, 9, 1), date(2026, 12, 31)), max_size=12),
    on=st.dates(date(2026, 9, 1), date(2026, 12, 31)),
)
def test_only_days_before_tell_and_one_more_day_never_makes_less_usual(
    days: list[date], on: date
) -> None:
    fewer = usual(begins(*days[1:]), on=on)
    more = usual(begins(*days), on=on)

    assert set(fewer) <= set(more)
    assert not usual(begins(*[day for day in days if day >= on]), on=on)
