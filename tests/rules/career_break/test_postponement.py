"""How far a leave may be postponed, and that it keeps its length."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.rules.career_break import postponement as rules
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.notice import Notice

REASONS = "Two people of the small team will be away in that month."
DAYS = st.dates(date(2003, 1, 1), date(2035, 12, 31))


def a_notice(leave: Leave, regime: Regime = Regime.FULL, **other: Any) -> Notice:
    facts: dict[str, Any] = {"start": date(2026, 3, 1), "notified_on": date(2025, 11, 3)}
    return Notice(leave=leave, regime=regime, **facts | other)


def keys(notice: Notice, new_start: date, answered_on: date = date(2025, 11, 4)) -> list[str]:
    faults = rules.postponement_faults(
        notice,
        answered_on=answered_on,
        new_start=new_start,
        reasons=REASONS,
        has_alternative=True,
    )
    return [fault.key for fault in faults]


def test_r19_parental_leave_starts_within_six_months_after_the_month_of_the_answer() -> None:
    asked = a_notice(
        Leave.PARENTAL, Regime.HALF, start=date(2025, 11, 15), notified_on=date(2025, 9, 1)
    )
    answered = date(2025, 9, 20)

    assert rules.postponement(asked, answered_on=answered).latest_start == date(2026, 3, 31)
    assert keys(asked, date(2026, 3, 31), answered) == []
    assert keys(asked, date(2026, 4, 1), answered) == ["V-NO-02"]


@pytest.mark.parametrize("leave", [Leave.TIME_CREDIT, Leave.END_OF_CAREER])
def test_r49_time_credit_is_postponed_by_six_months_and_not_by_a_day_more(leave: Leave) -> None:
    asked = a_notice(leave, Regime.FIFTH)

    assert keys(asked, date(2026, 9, 1)) == []
    assert keys(asked, date(2026, 9, 2)) == ["V-NO-03"]


def test_a_key_function_is_postponed_by_a_year() -> None:
    asked = a_notice(Leave.END_OF_CAREER, Regime.FIFTH, key_function=True)

    assert rules.postponement(asked, answered_on=date(2025, 11, 4)).latest_start == date(2027, 3, 1)
    assert keys(asked, date(2027, 3, 1)) == []
    assert keys(asked, date(2027, 3, 2)) == ["V-NO-03"]


@pytest.mark.parametrize("leave", [Leave.TIME_CREDIT, Leave.END_OF_CAREER])
def test_only_a_fifth_knows_a_key_function(leave: Leave) -> None:
    half = a_notice(leave, Regime.HALF, key_function=True)

    assert keys(half, date(2026, 9, 1)) == []
    assert keys(half, date(2026, 9, 2)) == ["V-NO-03"]


def test_medical_assistance_is_postponed_by_seven_days() -> None:
    asked = a_notice(Leave.MEDICAL_ASSISTANCE)

    assert keys(asked, date(2026, 3, 8)) == []
    assert keys(asked, date(2026, 3, 9)) == ["V-NO-04"]


@pytest.mark.parametrize(
    ("leave", "regime"),
    [
        (Leave.PALLIATIVE, Regime.FULL),
        (Leave.INFORMAL_CARER, Regime.HALF),
        (Leave.MEDICAL_ASSISTANCE, Regime.FULL_FLEX),
        (Leave.PARENTAL, Regime.TENTH),
        (Leave.PARENTAL, Regime.FULL_FLEX),
        (Leave.PARENTAL, Regime.HALF_FLEX),
    ],
)
def test_what_cannot_be_postponed_at_all(leave: Leave, regime: Regime) -> None:
    assert keys(a_notice(leave, regime), date(2026, 3, 2)) == ["V-NO-04.never"]


@pytest.mark.parametrize("day", [date(2026, 2, 20), date(2026, 3, 1)])
def test_c61_rule_a_leave_is_postponed_to_a_later_day(day: date) -> None:
    assert keys(a_notice(Leave.PARENTAL), day) == ["V-NO-01"]


def test_a_service_may_postpone_an_ordinary_break_to_any_later_day() -> None:
    asked = a_notice(Leave.ORDINARY)

    assert keys(asked, date(2029, 1, 1)) == []
    assert keys(asked, date(2026, 3, 1)) == ["V-NO-01"]


def test_only_a_full_parental_leave_is_postponed_with_an_alternative() -> None:
    def without(notice: Notice) -> list[str]:
        faults = rules.postponement_faults(
            notice,
            answered_on=date(2025, 11, 4),
            new_start=date(2026, 3, 2),
            reasons=REASONS,
            has_alternative=False,
        )
        return [fault.code for fault in faults]

    assert without(a_notice(Leave.PARENTAL)) == ["V-NO-06"]
    assert without(a_notice(Leave.PARENTAL, Regime.HALF)) == []
    assert without(a_notice(Leave.TIME_CREDIT)) == []


def test_who_postpones_says_why_and_in_time() -> None:
    faults = rules.postponement_faults(
        a_notice(Leave.TIME_CREDIT),
        answered_on=date(2025, 12, 4),
        new_start=date(2026, 4, 1),
        reasons="",
        has_alternative=False,
    )

    assert [fault.code for fault in faults] == ["V-NO-09", "V-NO-05"]


def test_c60_rule_a_postponed_leave_keeps_its_four_months() -> None:
    asked = Period(date(2024, 3, 1), date(2024, 6, 30))

    moved = rules.moved(asked, new_start=date(2024, 5, 1), regime=Regime.HALF)

    assert moved == Period(date(2024, 5, 1), date(2024, 8, 31))


def test_weeks_and_days_keep_their_number_of_days() -> None:
    february = Period(date(2026, 2, 1), date(2026, 2, 28))

    weeks = rules.moved(february, new_start=date(2026, 3, 1), regime=Regime.FULL_FLEX)
    months = rules.moved(february, new_start=date(2026, 3, 1), regime=Regime.FULL)
    days = rules.moved(
        Period(date(2026, 2, 1), date(2026, 2, 10)), new_start=date(2026, 3, 1), regime=Regime.HALF
    )

    assert (weeks.last_day, months.last_day) == (date(2026, 3, 28), date(2026, 3, 31))
    assert days.last_day == date(2026, 3, 10)


@given(
    start=DAYS,
    leave=st.sampled_from(Leave),
    regime=st.sampled_from(Regime),
    answered_after=st.integers(0, 20),
    by=st.integers(-40, 500),
)
def test_a_postponement_without_fault_lies_after_the_start_and_not_beyond_the_latest(
    start: date, leave: Leave, regime: Regime, answered_after: int, by: int
) -> None:
    told_on = start - timedelta(days=90)
    asked = a_notice(leave, regime, start=start, notified_on=told_on)
    answered, wanted = told_on + timedelta(days=answered_after), start + timedelta(days=by)

    open_to = rules.postponement(asked, answered_on=answered)
    refused = {key[:7] for key in keys(asked, wanted, answered)} & {
        "V-NO-01",
        "V-NO-02",
        "V-NO-03",
        "V-NO-04",
    }

    is_open = open_to.is_allowed and wanted > start
    if open_to.latest_start is not None:
        is_open = is_open and wanted <= open_to.latest_start
    assert bool(refused) is not is_open


@given(first=DAYS, months=st.integers(1, 40), by=st.integers(1, 400))
def test_a_moved_period_has_as_many_months(first: date, months: int, by: int) -> None:
    asked = Period.of_months(first, months)

    moved = rules.moved(asked, new_start=first + timedelta(days=by), regime=Regime.HALF)

    assert moved.whole_months() is not None
    assert Period.of_months(moved.first_day, asked.whole_months() or 0) == moved
