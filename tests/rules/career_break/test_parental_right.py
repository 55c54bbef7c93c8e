"""The right to parental leave, by the worked examples and at the edges of each rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from guichet.kernel.period import Period
from guichet.rules.career_break.consent import consents
from guichet.rules.career_break.credits import Amount, standard_blocks
from guichet.rules.career_break.facts import (
    Facts,
    Job,
)
from guichet.rules.career_break.kinds import (
    Leave,
    Parentage,
    Regime,
)
from guichet.rules.career_break.rights import right
from tests.rules.career_break.builder import (
    child,
    day,
    left,
    reasons,
    taken,
    warnings,
    wish,
)

PL, MA, PC, IC = (
    Leave.PARENTAL,
    Leave.MEDICAL_ASSISTANCE,
    Leave.PALLIATIVE,
    Leave.INFORMAL_CARER,
)
TC, EOC, CB = Leave.TIME_CREDIT, Leave.END_OF_CAREER, Leave.ORDINARY
FULL, HALF, FIFTH, TENTH = Regime.FULL, Regime.HALF, Regime.FIFTH, Regime.TENTH
WEEKS, SINGLE_MONTHS = Regime.FULL_FLEX, Regime.HALF_FLEX


def test_r01_four_weeks_that_are_a_month_cost_a_month() -> None:
    facts = wish(PL, FULL, "24/02/2025", "23/03/2025")
    verdict = right(facts)

    assert verdict.outcome.exists
    assert verdict.outcome.count == 1
    assert verdict.outcome.after is not None
    assert verdict.outcome.after.left == 60
    assert left(facts, FULL) == Amount(3)
    assert left(facts, HALF) == Amount(6)
    assert left(facts, FIFTH) == Amount(15)
    assert left(facts, TENTH) == Amount(30)


def test_r03_eight_months_at_half_time_use_the_credit_up() -> None:
    facts = wish(PL, HALF, "01/09/2022", "30/04/2023")

    assert right(facts).outcome.exists
    assert right(facts).outcome.count == 8
    assert left(facts, FULL) == Amount(0)


def test_r04_four_months_at_half_time_leave_two_full_months() -> None:
    facts = wish(PL, HALF, "01/03/2024", "30/06/2024")

    assert right(facts).outcome.exists
    assert left(facts, FULL) == Amount(2)


def test_r06_three_single_months_at_half_time_with_consent() -> None:
    facts = wish(PL, SINGLE_MONTHS, "01/09/2025", "30/11/2025", consent=True)
    verdict = right(facts)

    assert verdict.outcome.exists
    assert verdict.outcome.after is not None
    assert verdict.outcome.after.left == 50
    assert left(facts, FULL) == Amount(2, weeks=2)
    assert left(facts, HALF) == Amount(5)
    assert left(facts, FIFTH) == Amount(12)
    assert left(facts, TENTH) == Amount(25)
    assert standard_blocks(verdict.outcome.after) == 2


def test_three_months_at_half_time_propose_the_ends_on_either_side() -> None:
    verdict = right(wish(PL, HALF, "01/09/2025", "30/11/2025"))

    assert reasons(verdict) == ["PL-03.step"]
    assert verdict.outcome.ends == (date(2025, 10, 31), date(2025, 12, 31))


def test_r07_four_months_of_a_fifth_are_refused() -> None:
    verdict = right(wish(PL, FIFTH, "01/09/2025", "31/12/2025"))

    assert reasons(verdict) == ["PL-03.step"]
    assert verdict.outcome.ends == (date(2026, 1, 31),)


def test_r09_a_tenth_needs_consent() -> None:
    facts = wish(PL, TENTH, "01/09/2025", "30/06/2026", consent=True)

    assert right(facts).outcome.exists
    assert right(facts).outcome.count == 10
    assert left(facts, FULL) == Amount(3)
    assert reasons(right(replace(facts, consent=False))) == ["PL-04.refused"]
    assert warnings(right(replace(facts, consent=None))) == ["PL-04.consent"]


def test_r10_two_flexible_weeks_leave_fourteen() -> None:
    facts = wish(PL, WEEKS, "06/10/2025", "19/10/2025", consent=True)
    verdict = right(facts)

    assert verdict.outcome.exists
    assert verdict.outcome.count == 2
    assert verdict.outcome.after is not None
    assert verdict.outcome.after.left == 70
    assert verdict.outcome.after.weeks() == 14


def test_r12_regimes_of_the_same_child_add_up() -> None:
    earlier = (taken(PL, FULL, "01/01/2020", months=1),)
    facts = wish(PL, TENTH, "01/01/2025", "30/06/2027", consent=True, history=earlier)

    assert right(facts).outcome.exists
    assert left(facts, TENTH) == Amount(0)


def test_r13_nothing_is_left_after_two_full_months_and_ten_of_a_fifth() -> None:
    earlier = (
        taken(PL, FULL, "01/01/2023", months=2),
        taken(PL, FIFTH, "01/06/2023", months=10),
    )
    verdict = right(wish(PL, HALF, "01/01/2026", "28/02/2026", history=earlier))

    assert reasons(verdict) == ["PL-CREDIT.person"]
    assert verdict.outcome.ends == ()


@pytest.mark.parametrize(
    ("start", "is_right"), [("14/09/2025", True), ("15/09/2025", False), ("16/09/2025", False)]
)
def test_r15_parental_leave_begins_before_the_twelfth_birthday(start: str, is_right: bool) -> None:
    first = day(start)
    last = Period.of_months(first, 1).last_day.strftime("%d/%m/%Y")
    facts = wish(PL, FULL, start, last, person=child("15/09/2013"))

    assert right(facts).outcome.exists is is_right
    assert right(replace(facts, delayed_by_employer=True)).outcome.exists


@pytest.mark.parametrize(("start", "is_right"), [("14/09/2026", True), ("15/09/2026", False)])
def test_r16_and_for_a_disabled_child_before_the_twenty_first(start: str, is_right: bool) -> None:
    last = Period.of_months(day(start), 1).last_day.strftime("%d/%m/%Y")
    facts = wish(PL, FULL, start, last, person=child("15/09/2005", is_disabled=True))

    assert right(facts).outcome.exists is is_right


def test_past_the_twelfth_birthday_an_unknown_disability_is_asked_for() -> None:
    facts = wish(PL, FULL, "01/10/2025", "31/10/2025", person=child("15/09/2013", is_disabled=None))
    verdict = right(facts)

    assert verdict.outcome.exists
    assert not verdict.outcome.is_certain


def test_r21_a_part_timer_has_a_full_break_and_no_fifth() -> None:
    part_time = Job(30 * 60, 38 * 60)

    assert reasons(right(wish(PL, FIFTH, "01/09/2025", "31/01/2026", job=part_time))) == [
        "PL-02.full_time"
    ]
    assert right(wish(PL, FULL, "01/09/2025", "30/09/2025", job=part_time)).outcome.exists


@pytest.mark.parametrize("regime", [WEEKS, SINGLE_MONTHS, TENTH])
def test_less_than_a_standard_step_is_taken_flexibly_without_consent(regime: Regime) -> None:
    earlier = (
        taken(PL, FULL, "01/01/2023", months=3),
        taken(PL, SINGLE_MONTHS, "01/06/2023", months=1),
    )
    ends = {WEEKS: "14/01/2026", SINGLE_MONTHS: "31/01/2026", TENTH: "31/10/2026"}
    facts = wish(PL, regime, "01/01/2026", ends[regime], history=earlier)

    needed = [consent.key for consent in consents(facts)]
    assert needed == (["PL-04"] if regime is TENTH else [])


def test_separate_weeks_lie_within_three_months_and_do_not_overlap() -> None:
    def flexible(*starts: str) -> Facts:
        weeks = tuple(Period.of_weeks(day(start), 1) for start in starts)
        last = weeks[-1].last_day.strftime("%d/%m/%Y")
        return wish(PL, WEEKS, starts[0], last, weeks=weeks, consent=True)

    # Three months from 5 January end on 4 April.
    assert right(flexible("05/01/2026", "02/02/2026", "29/03/2026")).outcome.count == 3
    assert reasons(right(flexible("05/01/2026", "02/02/2026", "29/03/2026"))) == []
    assert reasons(right(flexible("05/01/2026", "30/03/2026"))) == ["PL-03.weeks"]
    assert reasons(right(flexible("05/01/2026", "08/01/2026"))) == ["PL-03.weeks"]


def test_ten_days_propose_one_week_or_two() -> None:
    verdict = right(wish(PL, WEEKS, "05/01/2026", "14/01/2026", consent=True))

    assert reasons(verdict) == ["PL-03.weeks"]
    assert verdict.outcome.ends == (date(2026, 1, 11), date(2026, 1, 18))


def test_two_children_are_not_combined_in_the_same_period() -> None:
    other = taken(PL, FIFTH, "01/01/2026", months=5, person="two")
    facts = wish(PL, FIFTH, "01/03/2026", "31/07/2026", history=(other,))

    assert reasons(right(facts)) == ["PL-12"]
    after = wish(PL, FIFTH, "01/06/2026", "31/10/2026", history=(other,))
    assert right(after).outcome.exists


def test_each_child_has_its_own_credit() -> None:
    used = taken(PL, FULL, "01/01/2024", months=4, person="two")
    facts = wish(PL, FULL, "01/03/2026", "30/06/2026", history=(used,))

    assert right(facts).outcome.exists
    assert left(facts, FULL) == Amount(0)


@pytest.mark.parametrize(
    ("since", "service", "is_right"),
    [
        ("01/03/2025", (), True),
        ("02/03/2025", (), False),
        ("02/03/2025", (Period(date(2024, 12, 1), date(2025, 1, 31)),), True),
        ("01/06/2025", (Period(date(2024, 12, 1), date(2025, 1, 31)),), False),
        # Before the fifteen months nothing counts.
        ("01/06/2025", (Period(date(2024, 1, 1), date(2024, 11, 30)),), False),
    ],
)
def test_parental_leave_asks_twelve_months_in_the_fifteen_before_the_notice(
    since: str, service: tuple[Period, ...], is_right: bool
) -> None:
    facts = wish(
        PL,
        FULL,
        "01/05/2026",
        "31/05/2026",
        notice_on=day("01/03/2026"),
        employed_since=day(since),
        service=service,
    )

    assert right(facts).outcome.exists is is_right


@pytest.mark.parametrize(
    ("start", "months", "blocked"),
    [
        ("01/06/2025", 6, ["PL-01.foster"]),
        ("01/07/2025", 6, []),
        ("01/07/2025", 5, ["PL-01.short"]),
    ],
)
def test_foster_parents_have_parental_leave_from_july_2025(
    start: str, months: int, blocked: list[str]
) -> None:
    person = child(
        "01/01/2020",
        parentage=Parentage.LONG_TERM_FOSTER,
        placed_months=months,
        registered_on=day("01/05/2025"),
    )
    last = Period.of_months(day(start), 1).last_day.strftime("%d/%m/%Y")

    assert reasons(right(wish(PL, FULL, start, last, person=person))) == blocked
