"""Days counted on paper: a calendar written out by hand, and loops that know no rule."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.accident import accident_days
from guichet.rules.temporary_unemployment.control_card import earliest_sending
from guichet.rules.temporary_unemployment.first_day import judged, window
from guichet.rules.temporary_unemployment.kinds import Reason, Regime
from guichet.rules.temporary_unemployment.limits import last_allowed_day
from guichet.rules.temporary_unemployment.notice import lateness, latest_notice
from guichet.rules.temporary_unemployment.terms import terms
from guichet.rules.temporary_unemployment.white_collars import (
    Announced,
    Weeks,
    difficulty_days,
    fits,
    lasts_until,
    weeks_of_year,
)
from guichet.rules.temporary_unemployment.workdays import OnemCalendar
from tests.rules.temporary_unemployment.days import day, noon, off

HOLIDAYS = frozenset(
    map(
        day,
        [
            "2024-01-01",
            "2024-04-01",
            "2024-05-01",
            "2024-05-09",
            "2024-05-20",
            "2024-07-21",
            "2024-08-15",
            "2024-11-01",
            "2024-11-11",
            "2024-12-25",
            "2025-01-01",
            "2025-04-21",
            "2025-05-01",
            "2025-05-29",
            "2025-06-09",
            "2025-07-21",
            "2025-08-15",
            "2025-11-01",
            "2025-11-11",
            "2025-12-25",
            "2026-01-01",
            "2026-04-06",
            "2026-05-01",
            "2026-05-14",
            "2026-05-25",
            "2026-07-21",
            "2026-08-15",
            "2026-11-01",
            "2026-11-11",
            "2026-12-25",
            "2027-01-01",
            "2027-03-29",
            "2027-05-01",
            "2027-05-06",
            "2027-05-17",
            "2027-07-21",
            "2027-08-15",
            "2027-11-01",
            "2027-11-11",
            "2027-12-25",
        ],
    )
)
ONE = timedelta(days=1)


def every(first: str, last: str) -> Iterator[date]:
    """The days from one to another, both included."""
    each = day(first)
    while each <= day(last):
        yield each
        each += ONE


def works(each: date, closed: frozenset[date] = frozenset()) -> bool:
    """A working day of the office, by the list above."""
    return each.weekday() < 5 and each not in HOLIDAYS and each not in closed


def stepped(each: date, count: int, by: timedelta, closed: frozenset[date]) -> date:
    """So many working days on or back."""
    while count:
        each += by
        count -= works(each, closed)
    return each


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_every_window_of_four_years_is_the_one_counted_by_hand(year: int) -> None:
    for first in every(f"{year}-01-15", f"{year}-12-20"):
        # Some firms close on a day near the first day: another one each time.
        closed = frozenset({first + (first.toordinal() % 13 - 6) * ONE} - {first})
        days = OnemCalendar(bridge_days=closed)
        until = stepped(first, 1, ONE, closed)
        for reason, before in ((Reason.ECONOMIC, 5), (Reason.ACCIDENT, 1)):
            opens = stepped(first, before, -ONE, closed)
            assert window(reason=reason, day=first, calendar=days) == Period(opens, until)
        happened = accident_days(first, calendar=days)
        assert (happened.nature_by, happened.list_by) == (until, first + 6 * ONE)


@pytest.mark.parametrize(
    "line",
    [
        # first day, closed, E and SE from, I and T from, until
        "2024-02-29 -          2024-02-22 2024-02-28 2024-03-01",
        "2024-03-29 -          2024-03-22 2024-03-28 2024-04-02",
        "2025-12-29 2025-12-26 2025-12-18 2025-12-24 2025-12-30",
        "2026-01-01 -          2025-12-24 2025-12-31 2026-01-02",
        "2027-03-30 -          2027-03-22 2027-03-26 2027-03-31",
        "2027-05-04 2027-05-03 2027-04-26 2027-04-30 2027-05-05",
        "2027-05-07 -          2027-04-29 2027-05-05 2027-05-10",
        "2027-05-10 2027-05-07 2027-04-29 2027-05-05 2027-05-11",
    ],
)
def test_windows_over_leap_days_holidays_bridges_and_new_year(line: str) -> None:
    first, closed, ahead, other, until = line.split()
    days = OnemCalendar() if closed == "-" else off(closed)

    for reason, opens in ((Reason.WHITE_COLLAR, ahead), (Reason.WEATHER, other)):
        found = window(reason=reason, day=day(first), calendar=days)
        assert found == Period(day(opens), day(until))


def test_a_replacement_day_counts_as_a_bridge_day_does() -> None:
    days = OnemCalendar(replacement_days=frozenset({day("2027-05-03")}))

    found = window(reason=Reason.ECONOMIC, day=day("2027-05-04"), calendar=days)

    assert found == Period(day("2027-04-26"), day("2027-05-05"))


@pytest.mark.parametrize(
    "line",
    [
        # reason, first day, sent on, verdict, accepted from
        "I 2025-12-31 2026-01-02 on_time 2025-12-31",
        "I 2025-12-31 2026-01-03 late    -",
        "E 2026-10-29 2026-11-01 late    2026-10-30",
        "I 2026-10-27 2026-10-30 late    2026-10-29",
        "SE 2024-02-29 2024-03-04 late   -",
        "T 2025-01-30 2025-02-03 late    2025-01-31",
        "E 2027-03-30 2027-03-21 too_early -",
        "E 2025-10-27 2025-10-20 on_time 2025-10-27",
        "E 2025-10-27 2025-10-19 too_early -",
    ],
)
def test_a_first_day_sent_over_the_end_of_a_month_or_a_night_of_the_clock(line: str) -> None:
    letter, first, sent, verdict, accepted = line.split()
    found = judged(
        reason=Reason(letter), day=day(first), sent_at=noon(sent), calendar=OnemCalendar()
    )

    assert found.outcome == verdict
    assert found.accepted_from == (None if accepted == "-" else day(accepted))


@pytest.mark.parametrize(
    "line",
    [
        # start, latest notice, full until, large until, small until
        "2024-02-29 2024-02-21 2024-03-27 2024-05-28 2025-02-28",
        "2023-11-29 2023-11-21 2023-12-26 2024-02-28 2024-11-28",
        "2023-11-30 2023-11-22 2023-12-27 2024-02-29 2024-11-29",
        "2024-11-30 2024-11-22 2024-12-27 2025-02-28 2025-11-29",
        "2025-01-31 2025-01-23 2025-02-27 2025-04-30 2026-01-30",
        "2025-08-31 2025-08-23 2025-09-27 2025-11-30 2026-08-30",
        "2025-10-27 2025-10-19 2025-11-23 2026-01-26 2026-10-26",
        "2025-04-07 2025-03-30 2025-05-04 2025-07-06 2026-04-06",
        "2026-01-01 2025-12-24 2026-01-28 2026-03-31 2026-12-31",
        "2027-12-13 2027-12-05 2028-01-09 2028-03-12 2028-12-12",
        "2028-03-08 2028-02-29 2028-04-04 2028-06-07 2029-03-07",
    ],
)
def test_notice_and_longest_durations_of_the_law(line: str) -> None:
    start, notice, *ends = map(day, line.split())
    law = terms(on=start)

    assert latest_notice(start, terms=law).day == notice
    regimes = (Regime.FULL, Regime.LARGE, Regime.SMALL)
    assert [last_allowed_day(start, regime=one, terms=law) for one in regimes] == ends
    assert lateness(posted_on=notice, start=start, terms=law) is None


@pytest.mark.parametrize(
    "line",
    [
        # posted, start, days late, wage until, start instead
        "2026-12-25 2027-01-01 1 2027-01-07 2027-01-02",
        "2024-02-28 2024-03-04 3 2024-03-10 2024-03-07",
        "2025-10-26 2025-10-27 7 2025-11-02 2025-11-03",
        "2025-03-30 2025-03-31 7 2025-04-06 2025-04-07",
        "2025-06-10 2025-06-09 9 2025-06-15 2025-06-18",
    ],
)
def test_what_a_late_notice_costs(line: str) -> None:
    posted, start, late, until, instead = line.split()
    found = lateness(posted_on=day(posted), start=day(start), terms=terms(on=day(start)))

    assert found is not None
    assert (found.days, found.wage) == (int(late), Period(day(start), day(until)))
    assert (found.allowances_from, found.start_instead) == (day(until) + ONE, day(instead))


@pytest.mark.parametrize(
    "line",
    [
        # committee, start, closed, latest notice, full until, large until
        "126    2019-12-31 - 2019-12-23 2020-01-27 2020-03-30",
        "126    2020-01-01 - 2019-12-28 2020-02-25 2020-03-31",
        "126    2021-12-31 - 2021-12-27 2022-02-24 2022-03-30",
        "126    2022-01-01 - 2021-12-24 2022-01-28 2022-03-31",
        "136    2026-05-26 - 2026-05-20 2026-06-08 2026-07-25",
        "136    2015-10-05 - 2015-09-30 2015-10-18 2015-12-04",
        "136    2015-10-04 - 2015-09-26 2015-10-31 2016-01-03",
        "127    2026-01-05 - 2026-01-02 2026-02-01 2026-04-04",
        "127    2025-12-29 2025-12-26 2025-12-24 2026-01-25 2026-03-28",
        "324    2021-04-06 - 2021-04-02 2021-05-03 2021-09-20",
        "324    2021-12-31 - 2021-12-30 2022-01-27 2022-06-16",
        "324    2022-01-03 - 2021-12-26 2022-01-30 2022-04-02",
        "149.01 2025-12-01 - 2025-11-23 2026-01-25 2026-02-28",
        "120.01 2022-04-17 - 2022-04-09 2022-05-14 2022-07-16",
        "120.01 2022-04-18 - 2022-04-10 2022-10-16 2022-07-17",
        "120.01 2026-03-02 - 2026-02-22 2026-08-30 2026-06-01",
        "106.02 2005-06-30 - 2005-06-22 2005-07-27 2005-09-29",
        "106.02 2005-07-01 - 2005-06-23 2005-10-31 2005-09-30",
        "106.02 2005-12-31 - 2005-12-23 2006-04-30 2006-03-30",
        "106.02 2006-01-01 - 2005-12-24 2006-01-28 2006-03-31",
        "113.01 2003-10-26 - 2003-10-18 2003-11-22 2004-01-25",
        "113.01 2003-10-27 - 2003-10-19 2004-02-29 2004-01-26",
        "113.01 2005-04-27 - 2005-04-19 2005-08-30 2005-07-26",
        "113.01 2005-04-28 - 2005-04-20 2005-05-25 2005-07-27",
        "111    2020-08-31 - 2020-08-23 2020-09-27 2020-11-30",
        "111    2020-09-01 - 2020-08-24 2020-10-26 2021-01-04",
        "111    2020-12-31 - 2020-12-23 2021-02-24 2021-05-05",
        "111    2021-01-01 - 2020-12-24 2021-01-28 2021-03-31",
        "136    2020-10-05 - 2020-09-30 2020-11-29 2021-02-07",
        "324    2020-10-05 - 2020-10-02 2020-11-29 2021-03-21",
        "111    2022-10-03 - 2022-09-25 2022-10-30 2023-01-02",
    ],
)
def test_every_derogation_at_the_edges_of_its_time(line: str) -> None:
    committee, start, closed, notice, full, large = line.split()
    rules = terms(on=day(start), committee=committee)
    days = OnemCalendar() if closed == "-" else off(closed)

    assert latest_notice(day(start), terms=rules, calendar=days).day == day(notice)
    ends = [
        last_allowed_day(day(start), regime=one, terms=rules) for one in (Regime.FULL, Regime.LARGE)
    ]
    assert ends == [day(full), day(large)]


@pytest.mark.parametrize(
    "line",
    [
        # accident, nature by, list by, suspension from, warned after
        "2024-02-23 2024-02-26 2024-02-29 2024-03-01 2024-05-31",
        "2025-12-25 2025-12-26 2025-12-31 2026-01-01 2026-03-31",
        "2026-11-24 2026-11-25 2026-11-30 2026-12-01 2027-02-28",
        "2027-05-01 2027-05-03 2027-05-07 2027-05-08 2027-08-07",
    ],
)
def test_accidents_on_a_weekend_a_holiday_and_before_a_leap_day(line: str) -> None:
    happened, nature, listed, suspended, warned = map(day, line.split())
    found = accident_days(happened, calendar=OnemCalendar())

    assert (found.nature_by, found.list_by) == (nature, listed)
    assert (found.suspension_from, found.warned_after) == (suspended, warned)


@pytest.mark.parametrize(
    ("month", "opens"),
    [
        ("2024-02", "2024-02-28"), ("2024-03", "2024-03-28"), ("2024-12", "2024-12-30"),
        ("2025-02", "2025-02-27"), ("2025-11", "2025-11-27"), ("2026-05", "2026-05-28"),
        ("2026-10", "2026-10-29"), ("2026-12", "2026-12-30"), ("2027-03", "2027-03-30"),
        ("2027-05", "2027-05-28"), ("2027-10", "2027-10-28"), ("2027-12", "2027-12-30"),
    ],
)  # fmt: skip
def test_the_card_goes_from_the_last_working_day_but_one(month: str, opens: str) -> None:
    assert earliest_sending(day(f"{month}-05")) == day(opens)


def test_the_form_of_difficulty_over_new_year() -> None:
    found = difficulty_days(day("2025-12-24"))

    assert found.communication_from == day("2026-01-07")
    assert found.suspension_from == day("2026-01-15")


@pytest.mark.parametrize(
    ("start", "regime", "until"),
    [
        ("2026-01-05", Regime.WHITE_FULL, "2026-04-26"),
        ("2026-01-05", Regime.WHITE_REDUCED, "2026-07-05"),
        ("2025-12-31", Regime.WHITE_FULL, "2026-01-04"),
        ("2026-01-01", Regime.WHITE_REDUCED, "2026-01-04"),
    ],
)
def test_a_credit_is_that_of_the_year_of_the_monday(start: str, regime: Regime, until: str) -> None:
    # The week of 29 December 2025 is the last one of 2025: the next Monday has a credit of its own.
    assert lasts_until(day(start), regime=regime) == day(until)


def test_full_and_reduced_weeks_are_weighed_together() -> None:
    assert fits(Weeks(full=6, reduced=20), year=2026)
    assert not fits(Weeks(full=6, reduced=21), year=2026)
    assert not fits(Weeks(full=0, reduced=27), year=2026)
    over_new_year = Announced(Period(day("2025-12-22"), day("2026-01-11")), Regime.WHITE_FULL)
    assert weeks_of_year(2025, announced=[over_new_year]).full == 2
    assert weeks_of_year(2026, announced=[over_new_year]).full == 1
