"""Days that somebody types for a break."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.rules.career_break import entry_dates as rules
from guichet.rules.career_break.entry_dates import Dates, Filed, ImpossibleDate
from guichet.rules.career_break.kinds import Leave

DAYS = st.dates(date(2002, 1, 1), date(2035, 12, 31))
FILED_ON = date(2025, 8, 1)


def keys(**other: Any) -> list[str]:
    facts: dict[str, Any] = {
        "leave": Leave.PARENTAL,
        "first_day": date(2025, 9, 1),
        "last_day": date(2025, 12, 31),
        "filed_on": FILED_ON,
    }
    return [fault.key for fault in rules.date_faults(Dates(**facts | other))]


@pytest.mark.parametrize(
    "text", ["01/09/2025", "1/9/2025", " 01.09.2025 ", "01-09-2025", "1 9 2025", "2025-09-01"]
)
def test_a_day_is_read_in_the_ways_people_write_it(text: str) -> None:
    assert rules.read_date(text) == date(2025, 9, 1)
    assert rules.date_fault(text, field="first_day") is None


@pytest.mark.parametrize(
    "text",
    ["31/04/2025", "29/02/2025", "00/01/2025", "1/9/25", "", "tomorrow", "09/2025", "1/1/0"],
)
def test_c32_rule_what_is_no_day_is_refused(text: str) -> None:
    fault = rules.date_fault(text, field="last_day")

    assert fault is not None
    assert (fault.code, fault.field, fault.blocks) == ("V-DT-01", "last_day", True)


def test_a_leap_day_is_a_day() -> None:
    assert rules.read_date("29/02/2024") == date(2024, 2, 29)


@given(DAYS)
def test_every_day_is_read_back(day: date) -> None:
    assert rules.read_date(f"{day:%d/%m/%Y}") == rules.read_date(day.isoformat()) == day


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        assert isinstance(rules.read_date(text), date)
    except ImpossibleDate:
        assert rules.date_fault(text, field="first_day") is not None


def test_sound_dates_have_no_fault() -> None:
    assert keys() == []


def test_c08_rule_an_end_before_the_start_is_all_that_is_told() -> None:
    assert keys(last_day=date(2025, 8, 31), filed_on=date(2020, 1, 1)) == ["V-DT-02"]
    assert keys(last_day=date(2025, 9, 1)) == []


def test_only_an_end_of_career_may_have_no_end() -> None:
    assert keys(last_day=None) == ["V-DT-01"]
    assert keys(last_day=None, leave=Leave.END_OF_CAREER) == []


@pytest.mark.parametrize(
    ("filed_on", "expected"),
    [(date(2025, 8, 31), ["V-DT-03"]), (date(2025, 9, 1), []), (date(2026, 5, 1), [])],
)
def test_r55_six_months_before_the_start_and_not_earlier(
    filed_on: date, expected: list[str]
) -> None:
    found = keys(first_day=date(2026, 3, 1), last_day=date(2026, 6, 30), filed_on=filed_on)

    assert found == expected


def test_c33_rule_a_start_long_ago_is_a_warning_only() -> None:
    faults = rules.date_faults(
        Dates(
            leave=Leave.PARENTAL,
            first_day=date(2022, 9, 1),
            last_day=date(2023, 4, 30),
            filed_on=date(2023, 1, 17),
        )
    )

    assert [(fault.code, fault.blocks) for fault in faults] == [("V-DT-04", False)]


@pytest.mark.parametrize(
    ("employed", "expected"),
    [
        ({"employed_from": date(2025, 9, 1)}, []),
        ({"employed_from": date(2025, 9, 2)}, ["V-DT-05"]),
        ({"employed_until": date(2025, 8, 31)}, ["V-DT-05"]),
        ({"employed_until": date(2025, 12, 30)}, ["V-DT-06"]),
        ({"employed_until": date(2025, 12, 31)}, []),
    ],
)
def test_a_break_lies_inside_the_employment(employed: dict[str, date], expected: list[str]) -> None:
    assert keys(**employed) == expected


def test_an_open_end_of_career_ends_with_a_fixed_term() -> None:
    found = keys(leave=Leave.END_OF_CAREER, last_day=None, employed_until=date(2027, 1, 31))

    assert found == ["V-DT-06"]


def test_c44_rule_an_overlap_names_the_ticket() -> None:
    other = Filed("04W-002AKJ7-ER-Z", Leave.PARENTAL, Period(date(2025, 12, 31), date(2026, 1, 30)))

    [fault] = rules.date_faults(
        Dates(
            leave=Leave.PARENTAL,
            first_day=date(2025, 9, 1),
            last_day=date(2025, 12, 31),
            filed_on=FILED_ON,
            others=(other,),
        )
    )

    assert (fault.key, fault.values["ticket"]) == ("V-DT-07", "04W-002AKJ7-ER-Z")


def test_a_thematic_leave_during_time_credit_asks_to_suspend_it_first() -> None:
    running = Filed("04W-002AKJ7-ER-Z", Leave.TIME_CREDIT, Period(FILED_ON, date(2026, 7, 31)))

    assert keys(others=(running,)) == ["V-DT-07.suspend"]
    assert keys(others=(running,), leave=Leave.TIME_CREDIT) == ["V-DT-07"]
    assert keys(others=(running,), first_day=date(2026, 8, 1), last_day=date(2026, 8, 31)) == [
        "V-DT-03"
    ]


def test_slips_of_the_year_are_caught() -> None:
    assert keys(first_day=date(2001, 9, 1), last_day=date(2001, 9, 30))[0] == "V-DT-08"
    assert keys(last_day=date(2037, 9, 1)) == []
    assert keys(last_day=date(2037, 9, 2)) == ["V-DT-08.long"]
    assert keys(last_day=date(2045, 1, 1), leave=Leave.END_OF_CAREER) == []


def test_a_change_changes_something() -> None:
    day = date(2025, 12, 31)

    same = rules.change_fault(last_day=day, new_last_day=day)
    assert same is not None
    assert same.code == "V-MO-01"
    assert rules.change_fault(last_day=day, new_last_day=day + timedelta(days=1)) is None


@given(first=st.dates(), last=st.none() | st.dates(), leave=st.sampled_from(Leave))
def test_no_day_of_the_calendar_breaks_the_checks(
    first: date, last: date | None, leave: Leave
) -> None:
    faults = rules.date_faults(
        Dates(leave=leave, first_day=first, last_day=last, filed_on=FILED_ON)
    )

    if first.year < 2002 or first.year > FILED_ON.year + 1:
        assert any(fault.blocks for fault in faults)


@given(first=DAYS, length=st.integers(0, 800), filed_on=DAYS)
def test_what_blocks_and_what_warns_never_depend_on_the_order(
    first: date, length: int, filed_on: date
) -> None:
    faults = rules.date_faults(
        Dates(
            leave=Leave.PARENTAL,
            first_day=first,
            last_day=first + timedelta(days=length),
            filed_on=filed_on,
        )
    )

    codes = [fault.code for fault in faults]
    assert not {"V-DT-03", "V-DT-04"} <= set(codes)
    assert all(fault.blocks is (fault.code != "V-DT-04") for fault in faults)
