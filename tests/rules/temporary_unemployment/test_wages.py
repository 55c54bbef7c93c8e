"""Which days the employer pays: counted from the first one that is really without work."""

import pytest

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.check import faults
from guichet.rules.temporary_unemployment.communication import Known
from guichet.rules.temporary_unemployment.kinds import Category, Reason, Regime
from guichet.rules.temporary_unemployment.proposing import proposal
from guichet.rules.temporary_unemployment.workdays import OnemCalendar
from tests.rules.temporary_unemployment.builder import (
    announced,
    expected,
    first_day,
    line,
    only,
)
from tests.rules.temporary_unemployment.days import PLAIN, day, off

NONE, WEEK = frozenset[int](), frozenset(range(5))


@pytest.mark.parametrize(
    ("start", "regime", "cycle", "calendar", "wage"),
    [
        ("2025-03-17", Regime.FULL, None, PLAIN, "2025-03-17/2025-03-23"),
        ("2025-03-17", Regime.FULL, (NONE,), PLAIN, "2025-03-17/2025-03-23"),
        ("2025-03-17", Regime.LARGE, (frozenset({0, 1}),), PLAIN, "2025-03-19/2025-03-25"),
        ("2025-03-17", Regime.SMALL, (WEEK, NONE), PLAIN, "2025-03-24/2025-03-30"),
        ("2025-03-17", Regime.SMALL, (NONE, WEEK), PLAIN, "2025-03-17/2025-03-23"),
        ("2025-03-17", Regime.SMALL, (WEEK, NONE), off("2025-03-24"), "2025-03-25/2025-03-31"),
        ("2025-04-21", Regime.LARGE, (frozenset({1, 2}),), PLAIN, "2025-04-24/2025-04-30"),
        ("2025-03-20", Regime.LARGE, (frozenset({3, 4}),), PLAIN, "2025-03-24/2025-03-30"),
    ],
    ids=["full", "no-work", "two-days", "week-two", "week-one", "bridge", "easter", "midweek"],
)
def test_the_wage_of_a_late_notice_begins_with_the_first_day_without_work(
    start: str, regime: Regime, cycle: object, calendar: OnemCalendar, wage: str
) -> None:
    first, last = wage.split("/")
    told = expected("2025-04-14" if start > "2025-04" else "2025-03-13", start, "2025-05-11",
                    regime=regime, cycle=cycle)  # fmt: skip

    found = [one for one in faults(told, known=Known(calendar=calendar)) if one.key == "CTW-014"]

    assert [(one.inputs["wage_from"], one.inputs["wage_until"]) for one in found] == [
        (day(first), day(last))
    ]


def test_a_decision_of_a_late_notice_accepts_from_after_these_days() -> None:
    told = expected("2025-03-12", last="2025-04-13", regime=Regime.LARGE,
                    cycle=(frozenset({0, 1}),))  # fmt: skip

    decided = proposal(told, faults=[only(told)])

    assert decided.accepted_from == day("2025-03-26")


@pytest.mark.parametrize(
    ("reason", "is_announced", "until"),
    [
        (Reason.ECONOMIC, True, "2025-03-09"),
        (Reason.ECONOMIC, False, "2025-03-16"),
        (Reason.WHITE_COLLAR, True, "2025-03-09"),
        (Reason.WHITE_COLLAR, False, "2025-03-16"),
        (Reason.WEATHER, False, "2025-03-09"),
        (Reason.ACCIDENT, False, "2025-03-08"),
    ],
)
def test_without_announcement_and_first_day_the_normal_wage_lasts_longer(
    reason: Reason, is_announced: bool, until: str
) -> None:
    white = reason is Reason.WHITE_COLLAR
    workers = (
        line(category=Category.WHITE if white else Category.BLUE, first_day=day("2025-03-03")),
    )
    told = first_day(reason, "2025-03-03", "2025-04-02", lines=workers)
    regime = Regime.WHITE_FULL if white else Regime.FULL
    known = (announced("2025-03-03", "2025-03-30", reason=reason, regime=regime),)

    found = faults(told, known=Known(announced=known if is_announced else ()))

    [late] = [one for one in found if one.key == "CTW-042.month"]
    assert late.inputs["wage_until"] == day(until)
    missing = [one for one in found if one.key == "CTW-043"]
    assert bool(missing) is (until == "2025-03-16")


def test_a_closure_that_is_cut_out_is_no_first_day_without_work() -> None:
    closed = Period(day("2025-03-19"), day("2025-03-20"))
    told = expected("2025-03-12", last="2025-04-13", regime=Regime.LARGE,
                    cycle=(frozenset({0, 1}),), excluded=(closed,))  # fmt: skip

    assert only(told).inputs["wage_from"] == day("2025-03-21")
