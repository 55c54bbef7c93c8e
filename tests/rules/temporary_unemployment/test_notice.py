"""When workers and the office are told, and what it costs to be late."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.temporary_unemployment.kinds import Regime
from guichet.rules.temporary_unemployment.limits import (
    last_allowed_day,
    next_start,
    work_week,
)
from guichet.rules.temporary_unemployment.notice import (
    communication_gap,
    days_between,
    earliest_start,
    lateness,
    latest_notice,
    told_on,
)
from guichet.rules.temporary_unemployment.terms import NoticeRule, Terms, terms
from tests.rules.temporary_unemployment.days import PLAIN, day

STARTS = st.dates(date(2013, 1, 1), date(2035, 12, 31))
LAW = terms(on=day("2025-03-17"))
THREE_DAYS = replace(LAW, notice_days=3)
RULES = st.sampled_from(
    [LAW, THREE_DAYS]
    + [replace(LAW, notice=rule) for rule in (NoticeRule.WEDNESDAY, NoticeRule.LAST_WORKING_DAY)]
)

# no., start, last notice, full until, work week, next start, notice for it, large until
NOTICES = """
WX-01 2024-12-30 2024-12-22 2025-01-26 2025-01-27 2025-02-02 2025-02-03 2025-01-26 2025-03-29
WX-03 2025-04-22 2025-04-14 2025-05-19 2025-05-20 2025-05-26 2025-05-27 2025-05-19 2025-07-21
WX-04 2025-05-05 2025-04-27 2025-06-01 2025-06-02 2025-06-08 2025-06-09 2025-06-01 2025-08-04
WX-06 2025-11-03 2025-10-26 2025-11-30 2025-12-01 2025-12-07 2025-12-08 2025-11-30 2026-02-02
WX-07 2026-01-05 2025-12-28 2026-02-01 2026-02-02 2026-02-08 2026-02-09 2026-02-01 2026-04-04
WX-09 2026-04-07 2026-03-30 2026-05-04 2026-05-05 2026-05-11 2026-05-12 2026-05-04 2026-07-06
WX-10 2026-05-18 2026-05-10 2026-06-14 2026-06-15 2026-06-21 2026-06-22 2026-06-14 2026-08-17
"""
# no., notice, start, days between, days late, wage from, wage until, allowances from, start instead
LATE = """
WX-12 2025-03-10 2025-03-17 6 1 2025-03-17 2025-03-23 2025-03-24 2025-03-18
WX-13 2025-03-12 2025-03-17 4 3 2025-03-17 2025-03-23 2025-03-24 2025-03-20
WX-15 2025-04-15 2025-04-22 6 1 2025-04-22 2025-04-28 2025-04-29 2025-04-23
WX-18 2026-05-11 2026-05-18 6 1 2026-05-18 2026-05-24 2026-05-25 2026-05-19
"""


@pytest.mark.parametrize("line", [pytest.param(x, id=x[:5]) for x in NOTICES.strip().split("\n")])
def test_wx1_wx3_wx4_wx6_wx7_wx9_wx10_notice_limits_and_week_of_work(line: str) -> None:
    start, notice, full, first, last, following, notice_for_it, large = map(day, line.split()[1:])

    assert latest_notice(start, terms=LAW).day == notice
    assert last_allowed_day(start, regime=Regime.FULL, terms=LAW) == full
    assert last_allowed_day(start, regime=Regime.LARGE, terms=LAW) == large
    week = work_week(full, terms=LAW)
    assert (week.first_day, week.last_day) == (first, last)
    assert next_start(full, terms=LAW) == following
    assert latest_notice(following, terms=LAW).day == notice_for_it


@pytest.mark.parametrize("line", [pytest.param(x, id=x[:5]) for x in LATE.strip().split("\n")])
def test_wx12_wx13_wx15_wx18_a_late_notice_costs_a_week_of_wage(line: str) -> None:
    _, posted, start, between, late, *days = line.split()

    found = lateness(posted_on=day(posted), start=day(start), terms=LAW)

    assert days_between(day(posted), day(start)) == int(between)
    assert found is not None
    assert found.days == int(late)
    assert found.last_notice == day(start) - timedelta(days=8)
    assert [found.wage.first_day, found.wage.last_day, found.allowances_from,
            found.start_instead] == [day(each) for each in days]  # fmt: skip


@pytest.mark.parametrize(
    ("posted", "start"),
    [
        pytest.param("2025-12-28", "2026-01-05", id="WX-16"),
        pytest.param("2026-03-01", "2026-03-09", id="WX-19"),
        pytest.param("2025-03-09", "2025-03-17", id="SC-01"),
    ],
)
def test_wx16_wx19_sc1_a_notice_of_the_last_day_is_on_time(posted: str, start: str) -> None:
    assert days_between(day(posted), day(start)) == 7
    assert lateness(posted_on=day(posted), start=day(start), terms=LAW) is None
    assert earliest_start(day(posted), terms=LAW) == day(start)


def test_the_wage_counts_from_the_first_day_really_without_work() -> None:
    found = lateness(
        posted_on=day("2025-03-10"),
        start=day("2025-03-17"),
        first_effective=day("2025-03-19"),
        terms=LAW,
    )

    assert found is not None
    assert found.wage.first_day == day("2025-03-19")
    assert found.allowances_from == day("2025-03-26")


def test_a_short_suspension_that_was_announced_late_is_paid_whole() -> None:
    found = lateness(
        posted_on=day("2025-03-10"),
        start=day("2025-03-17"),
        last_day=day("2025-03-19"),
        terms=LAW,
    )

    assert found is not None
    assert (found.wage.days, found.allowances_from) == (3, None)


def test_the_day_of_the_notice_and_of_the_communication_are_compared() -> None:
    posted = day("2025-03-07")

    assert communication_gap(posted_on=posted, received_on=posted) == 0
    assert communication_gap(posted_on=posted, received_on=day("2025-03-08")) == 1


def test_sc16_rule_moving_the_start_keeps_the_first_receipt() -> None:
    posted, changed = day("2025-03-10"), day("2025-03-12")
    late = lateness(posted_on=posted, start=day("2025-03-17"), terms=LAW)
    assert late is not None

    counted = told_on(
        original=posted, changed=changed, keeps_end=True, moves_start=True, adds_workers=False
    )

    assert counted == posted
    assert lateness(posted_on=posted, start=late.start_instead, terms=LAW) is None


@pytest.mark.parametrize(
    ("keeps_end", "moves_start", "adds_workers"),
    [(False, True, False), (True, False, False), (True, True, True)],
)
def test_a_new_period_or_new_workers_take_the_day_of_the_change(
    keeps_end: bool, moves_start: bool, adds_workers: bool
) -> None:
    posted, changed = day("2025-03-10"), day("2025-03-12")

    counted = told_on(
        original=posted,
        changed=changed,
        keeps_end=keeps_end,
        moves_start=moves_start,
        adds_workers=adds_workers,
    )

    assert counted == changed


@given(start=STARTS, later=st.integers(0, 60), rule=RULES)
def test_a_later_start_never_asks_for_an_earlier_notice(
    start: date, later: int, rule: Terms
) -> None:
    following = start + timedelta(days=later)

    assert latest_notice(start, terms=rule).day <= latest_notice(following, terms=rule).day
    assert earliest_start(start, terms=rule) <= earliest_start(following, terms=rule)


@given(start=STARTS, rule=RULES)
def test_a_notice_of_the_last_day_is_in_time_and_one_of_the_next_is_not(
    start: date, rule: Terms
) -> None:
    last = latest_notice(start, terms=rule, calendar=PLAIN).day

    assert lateness(posted_on=last, start=start, terms=rule) is None
    late = lateness(posted_on=last + timedelta(days=1), start=start, terms=rule)
    assert late is not None
    assert late.days == 1


@given(posted=STARTS, apart=st.integers(-30, 30), length=st.integers(0, 60), rule=RULES)
def test_what_lateness_costs_is_never_negative_and_the_repair_is_in_time(
    posted: date, apart: int, length: int, rule: Terms
) -> None:
    start = posted + timedelta(days=apart)
    last = start + timedelta(days=length)

    late = lateness(posted_on=posted, start=start, last_day=last, terms=rule)

    if late is None:
        assert earliest_start(posted, terms=rule) <= start
        return
    assert late.days >= 1
    assert 1 <= late.wage.days <= 7
    assert late.wage.last_day <= last
    assert late.start_instead > start
    assert lateness(posted_on=posted, start=late.start_instead, terms=rule) is None
