"""The first effective day: its window, the moment of sending, what it covers."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.moments import BRUSSELS, NaiveMoment
from guichet.rules.dated import UnknownParameter
from guichet.rules.temporary_unemployment.first_day import (
    NotCommunicated,
    Outcome,
    charge,
    covers,
    is_needed,
    judged,
    may_be_cancelled,
    month_end,
    window,
)
from guichet.rules.temporary_unemployment.kinds import Reason
from guichet.rules.temporary_unemployment.reasons import FIRST_DAY_REASONS
from guichet.rules.temporary_unemployment.workdays import OnemCalendar
from tests.rules.temporary_unemployment.days import PLAIN, day, noon, off

E, SE, BAD, T = Reason.ECONOMIC, Reason.WHITE_COLLAR, Reason.WEATHER, Reason.ACCIDENT
DAYS = st.dates(date(2014, 4, 1), date(2035, 12, 31))
REASONS = st.sampled_from(FIRST_DAY_REASONS)
CALENDARS = st.builds(OnemCalendar, bridge_days=st.frozensets(DAYS, max_size=5))

# no., first day, bridge or replacement day, E and SE from, I and T from, until
WINDOWS = """
WX-21 2014-03-12 -          2014-03-05 2014-03-11 2014-03-13
WX-22 2024-11-04 -          2024-10-25 2024-10-31 2024-11-05
WX-24 2025-03-08 -          2025-03-03 2025-03-07 2025-03-10
WX-25 2025-04-22 -          2025-04-14 2025-04-18 2025-04-23
WX-27 2025-05-05 2025-05-02 2025-04-24 2025-04-30 2025-05-06
WX-28 2025-05-30 -          2025-05-22 2025-05-28 2025-06-02
WX-30 2025-07-22 -          2025-07-14 2025-07-18 2025-07-23
WX-31 2025-08-18 -          2025-08-08 2025-08-14 2025-08-19
WX-33 2025-11-03 2025-10-31 2025-10-24 2025-10-30 2025-11-04
WX-34 2025-11-12 2025-11-10 2025-11-03 2025-11-07 2025-11-13
WX-36 2026-01-02 -          2025-12-24 2025-12-31 2026-01-05
WX-37 2026-03-02 -          2026-02-23 2026-02-27 2026-03-03
WX-39 2026-05-15 -          2026-05-07 2026-05-13 2026-05-18
WX-40 2026-05-18 2026-05-15 2026-05-07 2026-05-13 2026-05-19
WX-42 2026-08-17 2026-08-14 2026-08-07 2026-08-13 2026-08-18
"""
# no., reason, first day, sent on, outcome, accepted from
SENT = """
WX-43 E  2025-04-22 2025-04-13 too_early -
WX-45 E  2025-04-22 2025-04-23 on_time   2025-04-22
WX-46 E  2025-04-22 2025-04-24 late      2025-04-23
WX-48 I  2025-04-22 2025-04-18 on_time   2025-04-22
WX-49 T  2025-05-02 2025-05-05 on_time   2025-05-02
WX-51 I  2026-01-02 2026-01-05 on_time   2026-01-02
WX-52 I  2026-01-02 2026-01-06 late      2026-01-05
WX-54 SE 2025-09-08 2025-09-01 on_time   2025-09-08
WX-55 SE 2025-09-08 2025-08-31 too_early -
WX-57 I  2025-02-06 2025-02-08 late      2025-02-07
"""


@pytest.mark.parametrize("line", [pytest.param(x, id=x[:5]) for x in WINDOWS.strip().split("\n")])
def test_wx21_wx22_wx24_wx25_wx27_wx28_wx30_wx31_wx33_wx34_wx36_wx37_wx39_wx40_wx42_the_window(
    line: str,
) -> None:
    _, first, bridge, ahead, short, last = line.split()
    days = PLAIN if bridge == "-" else off(bridge)

    for reason in FIRST_DAY_REASONS:
        found = window(reason=reason, day=day(first), calendar=days)
        assert found.first_day == day(ahead if reason in (E, SE) else short)
        assert found.last_day == day(last)


@pytest.mark.parametrize("line", [pytest.param(x, id=x[:5]) for x in SENT.strip().split("\n")])
def test_wx43_wx45_wx46_wx48_wx49_wx51_wx52_wx54_wx55_wx57_sent_at_a_moment(line: str) -> None:
    _, letter, first, sent, outcome, accepted = line.split()

    found = judged(reason=Reason(letter), day=day(first), sent_at=noon(sent), calendar=PLAIN)

    assert found.outcome == outcome
    assert found.accepted_from == (None if accepted == "-" else day(accepted))


def test_sc32_rule_a_bridge_day_stretches_the_window() -> None:
    bridge, first = off("2025-05-02"), day("2025-05-05")

    on_time = judged(reason=E, day=first, sent_at=noon("2025-05-06"), calendar=bridge)
    late = judged(reason=E, day=first, sent_at=noon("2025-05-07"), calendar=bridge)

    assert on_time.outcome is Outcome.ON_TIME
    assert (late.outcome, late.accepted_from) == (Outcome.LATE, day("2025-05-06"))


def test_sc40_rule_the_day_ends_at_midnight_in_brussels() -> None:
    first = day("2026-01-02")
    last_second = noon("2026-01-05", 23, 59, 59)
    midnight = noon("2026-01-06", 0)

    assert judged(reason=BAD, day=first, sent_at=last_second, calendar=PLAIN).outcome == "on_time"
    assert judged(reason=BAD, day=first, sent_at=midnight, calendar=PLAIN).outcome == "late"
    same = midnight.astimezone(UTC)
    assert same.date() == day("2026-01-05")
    assert judged(reason=BAD, day=first, sent_at=same, calendar=PLAIN).outcome == "late"


def test_sc41_rule_the_night_of_the_clock_change_moves_no_day() -> None:
    first = day("2025-03-30")

    found = window(reason=BAD, day=first, calendar=PLAIN)

    assert (found.first_day, found.last_day) == (day("2025-03-28"), day("2025-03-31"))
    for hour in (0, 1, 3, 23):
        sent = judged(reason=BAD, day=first, sent_at=noon("2025-03-31", hour), calendar=PLAIN)
        assert sent.outcome is Outcome.ON_TIME


def test_sc28_sc29_rule_a_holiday_opens_the_window_earlier() -> None:
    first = day("2025-04-22")

    opens = judged(reason=E, day=first, sent_at=noon("2025-04-14", 0), calendar=PLAIN)
    before = judged(reason=E, day=first, sent_at=noon("2025-04-13", 23, 59), calendar=PLAIN)

    assert opens.outcome is Outcome.ON_TIME
    assert (before.outcome, before.far_ahead) == (Outcome.TOO_EARLY, True)


def test_sc31_rule_bad_weather_opens_one_working_day_ahead() -> None:
    found = judged(reason=BAD, day=day("2025-04-22"), sent_at=noon("2025-04-17"), calendar=PLAIN)

    assert (found.outcome, found.far_ahead) == (Outcome.TOO_EARLY, False)
    assert found.window.first_day == day("2025-04-18")


def test_what_is_told_when_the_month_is_long_over_opens_nothing() -> None:
    found = judged(reason=E, day=day("2025-01-31"), sent_at=noon("2025-02-05"), calendar=PLAIN)

    assert (found.outcome, found.accepted_from) == (Outcome.LATE, None)


def test_only_four_reasons_have_a_first_day() -> None:
    for reason in set(Reason) - set(FIRST_DAY_REASONS):
        with pytest.raises(NotCommunicated):
            window(reason=reason, day=day("2025-04-22"), calendar=PLAIN)


def test_nothing_is_said_of_the_time_before_the_rule() -> None:
    with pytest.raises(UnknownParameter):
        window(reason=E, day=day("2012-09-30"), calendar=PLAIN)


def test_a_moment_needs_an_offset() -> None:
    with pytest.raises(NaiveMoment):
        judged(
            reason=E,
            day=day("2025-04-22"),
            sent_at=datetime(2025, 4, 22, 12),  # noqa: DTZ001
            calendar=PLAIN,
        )


@pytest.mark.parametrize(
    ("reason", "cancelled", "may"),
    [
        (E, "2025-04-11", False),
        (E, "2025-04-14", True),
        (E, "2025-04-23", True),
        (E, "2025-04-24", False),
        (BAD, "2025-04-11", True),
        (BAD, "2025-04-23", True),
        (T, "2025-04-24", False),
    ],
)
def test_sc39_rule_a_first_day_is_cancelled_inside_its_window(
    reason: Reason, cancelled: str, may: bool
) -> None:
    found = may_be_cancelled(
        reason=reason, day=day("2025-04-22"), cancelled_at=noon(cancelled), calendar=PLAIN
    )

    assert found is may


def test_sc34_sc35_rule_once_a_month_whatever_the_reason() -> None:
    told = [day("2025-03-10")]

    assert not is_needed(day("2025-03-20"), communicated=told)
    assert is_needed(day("2025-04-01"), communicated=told)
    assert is_needed(day("2026-03-20"), communicated=told)
    assert is_needed(day("2025-03-20"), communicated=[])


@pytest.mark.parametrize(
    ("told", "real", "covered"),
    [
        ("2025-04-17", "2025-04-17", True),
        ("2025-04-17", "2025-04-18", True),
        ("2025-04-17", "2025-04-22", False),
        ("2025-04-30", "2025-05-02", True),
        ("2025-04-18", "2025-04-22", True),
        ("2025-04-18", "2025-04-17", False),
    ],
)
def test_a_communicated_day_holds_for_the_next_working_day_too(
    told: str, real: str, covered: bool
) -> None:
    assert covers(day(told), real=day(real), calendar=PLAIN) is covered


def test_sc42_rule_a_holiday_on_the_card_keeps_the_communication() -> None:
    told, marked = day("2025-04-14"), [day("2025-04-14"), day("2025-04-15")]

    assert covers(told, real=day("2025-04-15"), calendar=PLAIN, marked=marked[:1])
    assert covers(told, real=day("2025-04-16"), calendar=PLAIN, marked=marked)
    assert not covers(told, real=day("2025-04-16"), calendar=PLAIN)
    friday = [day("2025-04-17"), day("2025-04-18")]
    assert covers(day("2025-04-17"), real=day("2025-04-22"), calendar=PLAIN, marked=friday)
    assert not covers(day("2025-04-17"), real=day("2025-04-23"), calendar=PLAIN, marked=friday)


@pytest.mark.parametrize(
    ("reason", "accepted", "prior_missing", "normal", "capped"),
    [
        (E, "2025-04-01", False, None, None),
        (E, "2025-04-04", False, ("2025-04-01", "2025-04-03"), None),
        (E, "2025-04-08", False, ("2025-04-01", "2025-04-07"), None),
        (E, "2025-04-10", False, ("2025-04-01", "2025-04-07"), ("2025-04-08", "2025-04-09")),
        (E, None, False, ("2025-04-01", "2025-04-07"), ("2025-04-08", "2025-04-30")),
        (SE, None, True, ("2025-04-01", "2025-04-14"), ("2025-04-15", "2025-04-30")),
        (T, None, False, ("2025-04-01", "2025-04-06"), ("2025-04-07", "2025-04-30")),
        (BAD, None, True, ("2025-04-01", "2025-04-07"), ("2025-04-08", "2025-04-30")),
    ],
)
def test_what_a_late_or_missing_first_day_costs(
    reason: Reason,
    accepted: str | None,
    prior_missing: bool,
    normal: tuple[str, str] | None,
    capped: tuple[str, str] | None,
) -> None:
    found = charge(
        reason=reason,
        day=day("2025-04-01"),
        accepted_from=day(accepted) if accepted else None,
        prior_missing=prior_missing,
    )

    if normal is None:
        assert found is None
        return
    assert found is not None
    assert (found.normal.first_day, found.normal.last_day) == tuple(map(day, normal))
    days = None if found.capped is None else (found.capped.first_day, found.capped.last_day)
    assert days == (None if capped is None else tuple(map(day, capped)))


def test_weather_that_goes_on_is_told_again_by_the_second_working_day() -> None:
    april = day("2025-04-01")

    assert is_needed(april, communicated=[day("2025-03-24")])
    assert window(reason=BAD, day=april, calendar=PLAIN).last_day == day("2025-04-02")


@given(reason=REASONS, first=DAYS, days=CALENDARS)
def test_a_window_holds_the_first_day_or_lies_around_it(
    reason: Reason, first: date, days: OnemCalendar
) -> None:
    found = window(reason=reason, day=first, calendar=days)

    assert found.first_day < first < found.last_day
    assert days.is_working(found.first_day)
    assert days.is_working(found.last_day)


@given(reason=REASONS, first=DAYS, apart=st.integers(-20, 40), hour=st.integers(0, 23))
def test_a_communication_is_never_accepted_from_before_its_day_or_after_its_month(
    reason: Reason, first: date, apart: int, hour: int
) -> None:
    sent_at = datetime.combine(first + timedelta(days=apart), time(hour), tzinfo=BRUSSELS)

    found = judged(reason=reason, day=first, sent_at=sent_at, calendar=PLAIN)
    cost = charge(reason=reason, day=first, accepted_from=found.accepted_from)

    if found.outcome is Outcome.ON_TIME:
        assert (found.accepted_from, cost) == (first, None)
        return
    if found.accepted_from is not None:
        assert first <= found.accepted_from <= month_end(first)
    if cost is not None:
        assert cost.normal.first_day == first
        assert cost.normal.days >= 1


@given(reason=REASONS, first=DAYS, sent=st.integers(2, 30))
def test_later_is_never_better(reason: Reason, first: date, sent: int) -> None:
    def from_day(days: int) -> date:
        moment = datetime.combine(first + timedelta(days=days), time(12), tzinfo=BRUSSELS)
        found = judged(reason=reason, day=first, sent_at=moment, calendar=PLAIN)
        return found.accepted_from or date.max

    assert from_day(sent) <= from_day(sent + 1)
