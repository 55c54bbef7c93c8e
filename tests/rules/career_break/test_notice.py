"""When the employer must have been told, and what is said of a notice that comes late."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.kernel.verdict import Severity
from guichet.rules.career_break import notice as rules
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.notice import Notice

DAYS = st.dates(date(2003, 1, 1), date(2035, 12, 31))
MARCH = date(2026, 3, 1)


def a_notice(leave: Leave = Leave.PARENTAL, **other: Any) -> Notice:
    facts: dict[str, Any] = {"regime": Regime.FULL, "start": MARCH, "notified_on": date(2025, 9, 1)}
    return Notice(leave=leave, **facts | other)


def test_r18_the_notice_of_parental_leave_lies_two_to_three_months_before() -> None:
    asked = a_notice(start=date(2025, 9, 1), notified_on=date(2025, 7, 2))

    assert rules.first_day_for(asked) == date(2025, 6, 1)
    assert rules.last_day_for(asked) == date(2025, 7, 1)
    [late] = rules.notice_faults(asked, today=date(2025, 7, 2))
    assert (late.code, late.severity) == ("V-NT-03", Severity.WARN)
    assert late.values["last"] == date(2025, 7, 1)


@pytest.mark.parametrize(
    ("told_on", "codes"),
    [
        (date(2025, 5, 31), ["V-NT-04"]),
        (date(2025, 6, 1), []),
        (date(2025, 7, 1), []),
        (date(2025, 7, 2), ["V-NT-03"]),
    ],
)
def test_r18_each_side_of_the_term_of_parental_leave(told_on: date, codes: list[str]) -> None:
    asked = a_notice(start=date(2025, 9, 1), notified_on=told_on)

    faults = rules.notice_faults(asked, today=date(2025, 9, 1))

    assert [fault.code for fault in faults] == codes
    assert not any(fault.blocks for fault in faults)


@pytest.mark.parametrize(
    ("facts", "last"),
    [
        ({"workers": 25}, date(2025, 12, 1)),
        ({"workers": 21}, date(2025, 12, 1)),
        ({"workers": 20}, date(2025, 9, 1)),
        ({"workers": 18}, date(2025, 9, 1)),
        ({"workers": 18, "follows_palliative": True}, date(2026, 2, 15)),
        ({"workers": None}, date(2025, 12, 1)),
    ],
)
def test_r46_the_notice_of_time_credit_by_size(facts: dict[str, Any], last: date) -> None:
    assert rules.last_day_for(a_notice(Leave.TIME_CREDIT, **facts)) == last


def test_an_end_of_career_does_not_follow_palliative_leave() -> None:
    asked = a_notice(Leave.END_OF_CAREER, workers=30, follows_palliative=True)

    assert rules.last_day_for(asked) == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("leave", "facts", "last"),
    [
        (Leave.MEDICAL_ASSISTANCE, {}, date(2026, 2, 22)),
        (Leave.INFORMAL_CARER, {}, date(2026, 2, 22)),
        (Leave.ORDINARY, {}, date(2026, 1, 1)),
        (Leave.ORDINARY, {"is_extension": True}, date(2026, 2, 1)),
        (Leave.PALLIATIVE, {}, None),
        (Leave.PARENTAL, {"start": date(2026, 4, 30)}, date(2026, 2, 28)),
    ],
)
def test_the_term_of_each_other_leave(leave: Leave, facts: dict[str, Any], last: date) -> None:
    assert rules.last_day_for(a_notice(leave, **facts)) == last


def test_only_parental_leave_has_a_first_day_for_its_notice() -> None:
    assert [leave for leave in Leave if rules.first_day_for(a_notice(leave))] == [Leave.PARENTAL]


def test_r30_palliative_leave_starts_on_the_monday_after_the_attestation() -> None:
    handed_over = date(2025, 10, 8)

    assert rules.palliative_start(handed_over) == date(2025, 10, 13)
    asked = a_notice(Leave.PALLIATIVE, notified_on=handed_over, start=date(2025, 10, 13))
    assert rules.notice_faults(asked, today=handed_over) == ()
    [early] = rules.notice_faults(replace(asked, start=date(2025, 10, 10)), today=handed_over)
    assert (early.key, early.severity) == ("V-NT-03.palliative", Severity.WARN)


def test_c24_rule_a_short_notice_of_parental_leave_is_stored_as_a_warning() -> None:
    asked = a_notice(start=date(2025, 2, 24), notified_on=date(2025, 2, 1))

    [fault] = rules.notice_faults(asked, today=date(2025, 2, 3))

    assert (fault.code, fault.severity) == ("V-NT-03", Severity.WARN)


def test_a_shorter_term_that_the_employer_accepted_is_noted_and_nobody_is_warned() -> None:
    asked = a_notice(start=date(2025, 2, 24), notified_on=date(2025, 2, 1))

    [fault] = rules.notice_faults(asked, today=date(2025, 2, 3), shorter_agreed=True)

    assert fault.severity is Severity.INFORM


def test_c37_rule_a_notice_after_the_start_is_refused() -> None:
    asked = a_notice(Leave.MEDICAL_ASSISTANCE, notified_on=date(2026, 3, 2))

    codes = [f.code for f in rules.notice_faults(asked, today=date(2026, 3, 2)) if f.blocks]

    assert codes == ["V-NT-01"]


def test_a_notice_of_tomorrow_or_before_the_employment_is_refused() -> None:
    asked = a_notice(notified_on=date(2025, 12, 15))

    tomorrow = rules.notice_faults(asked, today=date(2025, 12, 14))
    before = rules.notice_faults(asked, today=date(2025, 12, 15), employed_from=date(2025, 12, 16))

    assert [fault.code for fault in tomorrow] == ["V-NT-02"]
    assert [fault.code for fault in before] == ["V-NT-05"]


def test_c65_rule_a_second_open_notice_for_the_same_days_is_refused() -> None:
    spring = Period(date(2026, 3, 1), date(2026, 6, 30))
    waiting = [(Leave.PARENTAL, Period(date(2026, 6, 30), date(2026, 7, 31)))]

    found = rules.duplicate_fault(leave=Leave.PARENTAL, period=spring, waiting=waiting)

    assert found is not None
    assert found.code == "V-NO-08"
    other = rules.duplicate_fault(leave=Leave.PALLIATIVE, period=spring, waiting=waiting)
    before = Period(date(2026, 3, 1), date(2026, 6, 29))
    apart = rules.duplicate_fault(leave=Leave.PARENTAL, period=before, waiting=waiting)
    assert other is apart is None


@given(start=DAYS, leave=st.sampled_from(Leave), workers=st.integers(1, 400))
def test_a_notice_on_the_last_day_is_in_time_and_a_day_later_it_is_not(
    start: date, leave: Leave, workers: int
) -> None:
    asked = a_notice(leave, start=start, workers=workers)
    last = rules.last_day_for(asked)
    if last is None:
        return

    def codes(told_on: date) -> set[str]:
        faults = rules.notice_faults(replace(asked, notified_on=told_on), today=start)
        return {fault.code for fault in faults}

    assert "V-NT-03" not in codes(last)
    assert "V-NT-03" in codes(last + timedelta(days=1))


@given(told_on=DAYS)
def test_palliative_leave_starts_on_a_monday_within_a_week(told_on: date) -> None:
    start = rules.palliative_start(told_on)

    assert start.weekday() == 0
    assert timedelta(days=1) <= start - told_on <= timedelta(days=7)


@given(start=st.dates(), told_on=st.dates(), leave=st.sampled_from(Leave))
def test_no_day_of_the_calendar_breaks_the_checks(start: date, told_on: date, leave: Leave) -> None:
    today = date(2026, 3, 2)

    faults = rules.notice_faults(a_notice(leave, start=start, notified_on=told_on), today=today)

    if told_on > min(start, today) or told_on.year < 2001:
        assert any(fault.blocks for fault in faults)


def test_a_slip_in_the_year_of_the_notice_is_told() -> None:
    asked = a_notice(notified_on=date(225, 12, 1))

    [fault] = rules.notice_faults(asked, today=date(2026, 1, 5))

    assert (fault.key, fault.blocks) == ("V-DT-08.notice", True)
