"""Weekly hours: fractions to the minute, and what is wrong with them."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.career_break import hours as rules
from guichet.rules.career_break.hours import Hours, OtherJob
from guichet.rules.career_break.kinds import Leave, Regime

FULL_TIME = 38 * 60


def minutes(text: str) -> int:
    hours, _, rest = text.partition(":")
    return rules.weekly_minutes(hours=hours, minutes=rest)


def keys(
    hours: Hours, *, leave: Leave = Leave.PARENTAL, regime: Regime = Regime.FIFTH
) -> list[str]:
    return [fault.key for fault in rules.hours_faults(hours, leave=leave, regime=regime)]


def a_week(during: str | None = "30:24", **other: Any) -> Hours:
    facts = {"contract": FULL_TIME, "full_time": FULL_TIME}
    return Hours(during=None if during is None else minutes(during), **facts | other)


@pytest.mark.parametrize(
    ("full_time", "rests"),
    [
        ("40:00", ["20:00", "32:00", "36:00", "26:40", "30:00"]),
        ("38:00", ["19:00", "30:24", "34:12", "25:20", "28:30"]),
        ("37:00", ["18:30", "29:36", "33:18", "24:40", "27:45"]),
        ("36:00", ["18:00", "28:48", "32:24", "24:00", "27:00"]),
        ("35:00", ["17:30", "28:00", "31:30", "23:20", "26:15"]),
        ("38:01", ["19:01", "30:25", "34:13", "25:21", "28:31"]),
    ],
)
def test_r22_what_stays_of_a_week(full_time: str, rests: list[str]) -> None:
    order = (Regime.HALF, Regime.FIFTH, Regime.TENTH, Regime.THIRD, Regime.QUARTER)

    found = [
        rules.clock(rules.minutes_during(full_time=minutes(full_time), regime=regime))
        for regime in order
    ]

    assert found == rests


@pytest.mark.parametrize(
    ("during", "expected"),
    [
        ("30:24", []),
        ("30:25", []),
        ("30:23", []),
        ("30:22", ["V-HR-05"]),
        ("30:00", ["V-HR-05"]),
        ("38:00", ["V-HR-04"]),
        ("40:00", ["V-HR-04"]),
        (None, ["V-HR-01"]),
    ],
)
def test_c29_rule_hours_that_are_no_fifth_are_told_with_those_expected(
    during: str | None, expected: list[str]
) -> None:
    assert keys(a_week(during)) == expected


@pytest.mark.parametrize(("during", "blocks"), [("30:00", True), ("30:06", False), ("30:05", True)])
def test_c29_rule_more_than_one_per_cent_off_is_refused_and_less_only_warned(
    during: str, blocks: bool
) -> None:
    [fault] = rules.hours_faults(a_week(during), leave=Leave.PARENTAL, regime=Regime.FIFTH)

    assert (fault.blocks, fault.values["expected"]) == (blocks, "30:24")


@pytest.mark.parametrize(
    ("hours", "rest"),
    [("40", "70"), ("100", "0"), ("", "0"), ("-1", "0"), ("38", "x"), ("3²", "0"), ("38.5", "0")],
)
def test_c30_rule_impossible_hours_are_refused(hours: str, rest: str) -> None:
    with pytest.raises(rules.ImpossibleHours):
        rules.weekly_minutes(hours=hours, minutes=rest)


def test_minutes_that_were_left_out_are_none() -> None:
    assert rules.weekly_minutes(hours="38", minutes="") == FULL_TIME


def test_c31_rule_a_contract_above_full_time_is_refused() -> None:
    assert keys(a_week("30:24", contract=40 * 60)) == ["V-HR-02"]


@pytest.mark.parametrize(
    ("other", "during", "expected"),
    [
        ({"full_time": 0}, "19:00", ["V-HR-01"]),
        ({"contract": 0}, "19:00", ["V-HR-03"]),
        ({"contract": 41 * 60, "full_time": 41 * 60}, "32:48", ["V-HR-03.unusual"]),
        ({"contract": 31 * 60, "full_time": 31 * 60}, "24:48", ["V-HR-03.unusual"]),
    ],
)
def test_hours_of_the_contract(other: dict[str, int], during: str, expected: list[str]) -> None:
    assert keys(a_week(during, **other)) == expected


def test_a_full_break_has_no_hours_and_asks_for_none() -> None:
    for regime in (Regime.FULL, Regime.FULL_FLEX):
        assert keys(a_week(None), regime=regime) == []
        assert keys(a_week("0:00"), regime=regime) == []
        assert keys(a_week("1:00"), regime=regime) == ["V-HR-06"]


@pytest.mark.parametrize(
    ("leave", "contract", "expected"),
    [
        (Leave.MEDICAL_ASSISTANCE, "28:30", []),
        (Leave.MEDICAL_ASSISTANCE, "28:29", ["V-HR-07"]),
        (Leave.TIME_CREDIT, "28:29", ["V-HR-07"]),
        (Leave.END_OF_CAREER, "28:29", ["V-HR-07"]),
        (Leave.PALLIATIVE, "28:29", ["V-HR-07"]),
        (Leave.PARENTAL, "28:29", []),
    ],
)
def test_a_half_asks_for_three_quarters(leave: Leave, contract: str, expected: list[str]) -> None:
    week = a_week("19:00", contract=minutes(contract))

    assert keys(week, leave=leave, regime=Regime.HALF) == expected


def test_a_fifth_taken_at_one_of_two_employers() -> None:
    week = a_week("12:24", contract=20 * 60, others=(OtherJob(18 * 60, FULL_TIME),))

    assert rules.working_time(week) == 1
    assert rules.clock(rules.expected_during(week, regime=Regime.FIFTH)) == "12:24"
    assert keys(week) == []
    assert keys(a_week("13:00", contract=20 * 60, others=week.others)) == ["V-HR-05"]


def test_a_fifth_spread_over_two_employers() -> None:
    here = a_week(contract=20 * 60, others=(OtherJob(18 * 60, FULL_TIME, reduces=True),))
    there = a_week(contract=18 * 60, others=(OtherJob(20 * 60, FULL_TIME, reduces=True),))

    assert rules.clock(rules.expected_during(here, regime=Regime.FIFTH)) == "16:00"
    assert rules.clock(rules.expected_during(there, regime=Regime.FIFTH)) == "14:24"


def test_two_jobs_below_full_time_are_no_full_time() -> None:
    week = a_week(contract=20 * 60, others=(OtherJob(16 * 60, FULL_TIME), OtherJob(5, 0)))

    assert rules.working_time(week) == Fraction(36, 38)


def test_with_several_employers_the_three_quarters_only_warn() -> None:
    week = a_week("1:00", contract=20 * 60, others=(OtherJob(7 * 60, FULL_TIME),))

    [fault] = rules.hours_faults(week, leave=Leave.MEDICAL_ASSISTANCE, regime=Regime.HALF)

    assert (fault.code, fault.blocks) == ("V-HR-07", False)


@given(
    full_time=st.integers(32 * 60, 40 * 60),
    regime=st.sampled_from([r for r in Regime if not r.is_full]),
)
def test_the_hours_that_are_expected_are_never_refused(full_time: int, regime: Regime) -> None:
    expected = rules.minutes_during(full_time=full_time, regime=regime)
    week = Hours(contract=full_time, full_time=full_time, during=expected)

    assert rules.hours_faults(week, leave=Leave.TIME_CREDIT, regime=regime) == ()
    assert abs(full_time - expected - full_time * Fraction(*regime.share)) <= Fraction(1, 2)


@given(parts=st.lists(st.integers(5 * 60, 20 * 60), min_size=2, max_size=4))
def test_the_parts_of_all_employers_are_one_fifth_together(parts: list[int]) -> None:
    taken = 0
    for at, contract in enumerate(parts):
        rest = parts[:at] + parts[at + 1 :]
        others = tuple(OtherJob(other, FULL_TIME, reduces=True) for other in rest)
        week = Hours(contract=contract, full_time=FULL_TIME, others=others)
        taken += contract - rules.expected_during(week, regime=Regime.FIFTH)

    if sum(parts) >= FULL_TIME // 5:
        assert abs(taken - FULL_TIME / 5) <= len(parts)


OTHERS = st.builds(OtherJob, st.integers(0, 6000), st.integers(0, 6000), st.booleans())


@given(
    contract=st.integers(0, 6000),
    full_time=st.integers(0, 6000),
    during=st.none() | st.integers(0, 6000),
    other=st.none()
    | st.builds(OtherJob, st.integers(0, 6000), st.integers(0, 6000), st.booleans()),
    regime=st.sampled_from(Regime),
)
def test_no_hours_break_the_checks(
    contract: int, full_time: int, during: int | None, other: OtherJob | None, regime: Regime
) -> None:
    week = Hours(
        contract=contract, full_time=full_time, during=during, others=(other,) if other else ()
    )

    faults = rules.hours_faults(week, leave=Leave.TIME_CREDIT, regime=regime)

    assert 0 <= rules.expected_during(week, regime=regime) <= max(contract, full_time)
    if not any(fault.blocks for fault in faults) and not regime.is_full:
        assert during is not None
        assert 0 <= during < contract <= full_time
