"""What is left may be less than a step or the least: it is taken as it is, each side by hand."""

from __future__ import annotations

from typing import Any

import pytest

from guichet.kernel.verdict import Severity
from guichet.rules.career_break.consent import consents
from guichet.rules.career_break.facts import EarlierBreak, Facts, View
from guichet.rules.career_break.kinds import Leave, Motive, Regime
from guichet.rules.career_break.rights import right
from tests.rules.career_break.builder import credit, day, reasons, taken, wish

PL, MA, TC = Leave.PARENTAL, Leave.MEDICAL_ASSISTANCE, Leave.TIME_CREDIT
FULL, HALF, FIFTH, TENTH = Regime.FULL, Regime.HALF, Regime.FIFTH, Regime.TENTH
WEEKS, SINGLE_MONTHS = Regime.FULL_FLEX, Regime.HALF_FLEX


def used(leave: Leave, regime: Regime, **length: int) -> tuple[EarlierBreak, ...]:
    return (taken(leave, regime, "01/01/2023", **length),)


def informed(facts: Facts) -> list[str]:
    return [finding.key for finding in right(facts).of(Severity.INFORM)]


@pytest.mark.parametrize(
    ("history", "regime", "last", "blocked", "proposed"),
    [
        # 70 units used, 10 left: a month at half time.
        (used(PL, SINGLE_MONTHS, months=7), HALF, "31/03/2026", [], []),
        # 13 weeks used, 15 units left: a month at half time, and a week that it leaves.
        (used(PL, WEEKS, weeks=13), HALF, "31/03/2026", [], []),
        # 20 left: a standard step, of which a single month is flexible use.
        (used(PL, SINGLE_MONTHS, months=6), HALF, "31/03/2026", ["PL-03.step"], ["30/04/2026"]),
        # 15 weeks used, 5 left: no month at half time any more.
        (used(PL, WEEKS, weeks=15), HALF, "31/03/2026", ["PL-03.step", "PL-CREDIT.person"], []),
        ((), HALF, "31/03/2026", ["PL-03.step"], ["30/04/2026"]),
        # Steps of a fifth and of a tenth know no balance.
        (used(PL, SINGLE_MONTHS, months=7), FIFTH, "30/04/2026", ["PL-03.step"], []),
        (used(PL, SINGLE_MONTHS, months=7), TENTH, "31/07/2026", ["PL-03.step"], []),
    ],
)
def test_pl06_a_month_at_half_time_may_be_all_that_is_left(
    *,
    history: tuple[EarlierBreak, ...],
    regime: Regime,
    last: str,
    blocked: list[str],
    proposed: list[str],
) -> None:
    facts = wish(PL, regime, "01/03/2026", last, history=history, consent=True)

    assert reasons(right(facts)) == blocked
    assert [f"{one:%d/%m/%Y}" for one in right(facts).outcome.ends] == proposed
    if not blocked:
        assert "PL-06" in informed(facts)
        assert consents(facts) == ()


@pytest.mark.parametrize(
    ("leave", "history", "regime", "asks"),
    [
        # Three weeks full left, then four; two months at half time are a step as well.
        (PL, used(PL, WEEKS, weeks=13), WEEKS, False),
        (PL, used(PL, WEEKS, weeks=12), WEEKS, True),
        (PL, used(PL, WEEKS, weeks=13), SINGLE_MONTHS, False),
        (PL, used(PL, SINGLE_MONTHS, months=6), SINGLE_MONTHS, True),
        # Eleven months and a week used leave three weeks, eleven months leave four.
        (MA, (*used(MA, FULL, months=11), taken(MA, WEEKS, "01/02/2024", weeks=1)), WEEKS, False),
        (MA, used(MA, FULL, months=11), WEEKS, True),
    ],
)
def test_pl06_and_ma04_weeks_that_are_all_that_is_left_need_no_consent(
    *, leave: Leave, history: tuple[EarlierBreak, ...], regime: Regime, asks: bool
) -> None:
    last = "31/03/2026" if regime is SINGLE_MONTHS else "07/03/2026"
    facts = wish(leave, regime, "01/03/2026", last, history=history, consent=False)

    assert bool(consents(facts)) is asks
    assert bool(reasons(right(facts))) is asks


@pytest.mark.parametrize(
    ("last", "says", "blocked"),
    [
        ("31/05/2026", True, []),
        ("31/05/2026", False, ["TC-LENGTH.minimum"]),
        ("31/01/2026", True, []),
        ("30/06/2026", False, []),
        ("15/05/2026", True, ["TC-LENGTH.whole"]),
    ],
)
def test_tc13_an_employer_files_the_balance_that_the_worker_tells_of(
    *, last: str, says: bool, blocked: list[str]
) -> None:
    facts = wish(TC, FIFTH, "01/01/2026", last, motive=Motive.CHILD, view=View.EMPLOYER,
                 history=(), takes_balance=says)  # fmt: skip

    assert reasons(right(facts)) == blocked
    assert ("TC-13.said" in informed(facts)) is (says and not blocked)


@pytest.mark.parametrize(
    ("months_used", "last", "blocked"),
    [
        (46, "31/05/2026", []),
        (45, "31/05/2026", ["TC-LENGTH.minimum"]),
        (0, "31/05/2026", ["TC-LENGTH.minimum"]),
    ],
)
def test_tc13_what_the_worker_tells_of_is_not_believed_where_the_credit_is_known(
    *, months_used: int, last: str, blocked: list[str]
) -> None:
    history: tuple[Any, ...] = (credit(months_used, Motive.TRAINING),) if months_used else ()
    facts = wish(TC, FIFTH, "01/01/2026", last, motive=Motive.CHILD, history=history,
                 takes_balance=True)  # fmt: skip

    assert reasons(right(facts)) == blocked
    assert right(facts).outcome.count == 5
    assert facts.last_day == day(last)
