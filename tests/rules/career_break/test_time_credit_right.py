"""The right to time credit, by the worked examples and at the edges of each rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from guichet.kernel.period import Period
from guichet.rules.career_break.consent import Power, consents
from guichet.rules.career_break.counters import deductions
from guichet.rules.career_break.credits import Amount, worth
from guichet.rules.career_break.facts import (
    CollectiveAgreement,
    EarlierBreak,
    Job,
    Training,
    WorkedSpell,
)
from guichet.rules.career_break.kinds import (
    Leave,
    Motive,
    Regime,
    Sector,
)
from guichet.rules.career_break.rights import right
from tests.rules.career_break.builder import (
    child,
    credit,
    day,
    left,
    reasons,
    taken,
    warnings,
    wish,
    worked,
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


def test_r34_a_fifth_of_time_credit_lasts_six_months_at_least() -> None:
    short = right(wish(TC, FIFTH, "01/03/2026", "31/05/2026", motive=Motive.CHILD))

    assert reasons(short) == ["TC-LENGTH.minimum"]
    assert short.outcome.ends == (date(2026, 8, 31),)
    assert right(wish(TC, FIFTH, "01/03/2026", "31/08/2026", motive=Motive.CHILD)).outcome.exists


@pytest.mark.parametrize(
    ("agreement", "blocked", "warned"),
    [
        (CollectiveAgreement(provides=True), [], []),
        (CollectiveAgreement(provides=False), ["TC-AGREEMENT.none"], []),
        (CollectiveAgreement(), [], ["TC-AGREEMENT.unknown"]),
    ],
)
def test_r37_full_time_credit_for_a_child_of_six_exists_by_agreement(
    agreement: CollectiveAgreement, blocked: list[str], warned: list[str]
) -> None:
    facts = wish(
        TC,
        FULL,
        "01/03/2026",
        "31/05/2026",
        motive=Motive.CHILD,
        person=child("10/05/2019"),
        agreement=agreement,
    )

    assert reasons(right(facts)) == blocked
    assert warnings(right(facts)) == warned


def test_a_fifth_and_a_disabled_child_need_no_agreement() -> None:
    none = CollectiveAgreement(provides=False)

    fifth = wish(TC, FIFTH, "01/03/2026", "31/08/2026", motive=Motive.CHILD, agreement=none)
    disabled = wish(TC, FULL, "01/03/2026", "31/05/2026", motive=Motive.DISABLED_CHILD)
    assert right(fifth).outcome.exists
    assert right(replace(disabled, agreement=none)).outcome.exists


def test_r39_thirty_months_of_seniority_are_enough_for_an_ill_parent() -> None:
    facts = wish(
        TC,
        FULL,
        "01/01/2026",
        "31/01/2026",
        motive=Motive.ILL_RELATIVE,
        notice_on=day("15/09/2025"),
        employed_since=day("15/03/2023"),
    )

    assert right(facts).outcome.exists
    late = replace(facts, employed_since=day("16/09/2023"))
    assert reasons(right(late)) == ["TC-02"]
    assert right(replace(facts, employed_since=day("15/09/2023"))).outcome.exists


def test_all_parental_leave_used_up_replaces_the_seniority() -> None:
    facts = wish(
        TC,
        FIFTH,
        "01/03/2026",
        "31/08/2026",
        motive=Motive.CHILD,
        employed_since=day("01/01/2025"),
        notice_on=day("01/12/2025"),
        all_parental_used=True,
        history=(taken(PL, FULL, "01/11/2025", months=4),),
    )

    assert right(facts).outcome.exists
    with_a_gap = (taken(PL, FULL, "01/10/2025", months=4),)
    assert reasons(right(replace(facts, history=with_a_gap))) == ["TC-02"]
    assert reasons(right(replace(facts, all_parental_used=False))) == ["TC-02"]
    assert not right(replace(facts, all_parental_used=None)).outcome.is_certain


def test_r40_thirty_six_months_of_training_leave_fifteen_for_care() -> None:
    earlier = (credit(36, Motive.TRAINING),)
    facts = wish(TC, FIFTH, "01/03/2026", "31/05/2027", motive=Motive.CHILD, history=earlier)

    assert right(facts).outcome.count == 15
    assert right(facts).outcome.exists
    more = right(replace(facts, last_day=day("30/06/2027")))
    assert reasons(more) == ["TC-11.career"]
    assert more.outcome.ends == (date(2027, 5, 31),)
    training = replace(
        facts, motive=Motive.TRAINING, training=Training(is_recognised=True, hours=360)
    )
    assert reasons(right(training)) == ["TC-11.motive"]


@pytest.mark.parametrize(
    ("last", "blocked"),
    [
        ("31/08/2026", ["TC-11.career"]),
        ("31/07/2026", []),
        ("30/06/2026", ["TC-LENGTH.minimum"]),
    ],
)
def test_r42_the_balance_is_taken_in_one_go(last: str, blocked: list[str]) -> None:
    facts = wish(TC, FIFTH, "01/03/2026", last, motive=Motive.CHILD, history=(credit(46),))
    verdict = right(facts)

    assert reasons(verdict) == blocked
    assert verdict.outcome.ends == ((date(2026, 7, 31),) if blocked else ())


def test_a_balance_with_odd_days_is_taken_to_its_last_day() -> None:
    ended_early = EarlierBreak(
        leave=TC,
        regime=FULL,
        motive=Motive.CHILD,
        period=Period(date(2012, 1, 1), date(2015, 12, 15)),
    )
    facts = wish(TC, FIFTH, "01/03/2026", "15/06/2026", motive=Motive.CHILD, history=(ended_early,))

    assert right(facts).outcome.before is not None
    assert right(facts).outcome.exists
    assert left(facts, FULL) == Amount(0)
    assert not right(replace(facts, last_day=day("16/06/2026"))).outcome.exists


def test_r45_the_agreement_of_committee_200_gives_less_below_five_years() -> None:
    facts = wish(
        TC,
        FULL,
        "01/03/2026",
        "29/02/2028",
        motive=Motive.CHILD,
        joint_committee="200.00",
        agreement=CollectiveAgreement(),
        notice_on=day("01/12/2025"),
        employed_since=day("01/12/2022"),
    )

    assert right(facts).outcome.count == 24
    assert right(facts).outcome.exists
    longer = replace(facts, last_day=day("31/03/2028"))
    assert reasons(right(longer)) == ["TC-11.agreement"]
    assert right(longer).outcome.ends == (date(2028, 2, 29),)
    assert right(replace(longer, employed_since=day("01/12/2020"))).outcome.exists
    assert not right(replace(longer, employed_since=None)).outcome.is_certain


def test_earlier_ordinary_breaks_count_and_thematic_leave_does_not() -> None:
    earlier = (
        taken(CB, HALF, "01/01/2005", months=24),
        taken(PL, FULL, "01/01/2010", months=4),
        taken(MA, FULL, "01/01/2011", months=3),
        taken(EOC, FIFTH, "01/01/2012", months=12),
        credit(12, None, "01/01/2008"),
    )
    facts = wish(TC, FIFTH, "01/03/2026", "31/08/2026", motive=Motive.CHILD, history=earlier)
    before = right(facts).outcome.before

    assert before is not None
    # Twenty-four and twelve calendar months, whatever the régime: 51 less 36.
    assert worth(before, FIFTH) == Amount(15)


@pytest.mark.parametrize(
    ("earlier", "left"),
    [
        # With a motive a month is a month, whatever the régime: 51 - 24.
        ((taken(TC, FIFTH, "01/01/2014", months=24, motive=Motive.CHILD),), Amount(27)),
        # Nor does a break without one count in proportion, and none of it is free.
        ((taken(TC, FIFTH, "01/01/2010", months=50),), Amount(1)),
        ((taken(TC, FULL, "01/01/2010", months=12),), Amount(39)),
        ((taken(CB, FULL, "01/01/2008", months=12),), Amount(39)),
        ((taken(CB, HALF, "01/01/2008", months=12),), Amount(39)),
        ((taken(CB, Regime.QUARTER, "01/01/2020", months=51),), Amount(0)),
        # 12 + 12 + 10 of 51.
        (
            (
                taken(CB, FULL, "01/01/2008", months=12),
                taken(TC, HALF, "01/01/2010", months=12),
                credit(10, Motive.TRAINING, "01/01/2018"),
            ),
            Amount(17),
        ),
    ],
)
def test_earlier_breaks_are_deducted_in_calendar_months_whatever_their_regime(
    earlier: tuple[Any, ...], left: Amount
) -> None:
    facts = wish(TC, FIFTH, "01/03/2026", "31/08/2026", motive=Motive.ILL_CHILD, history=earlier)
    before = right(facts).outcome.before

    assert before is not None
    assert worth(before, FIFTH) == left
    costs = deductions(earlier, on=date(2026, 3, 1))
    assert sum(costs) == before.counters[0].used
    assert min(costs) >= 0


@pytest.mark.parametrize(
    ("notice", "days", "allowed", "blocked"),
    [
        ("31/12/2025", 4, True, ["TC-05.five_days"]),
        ("01/01/2026", 4, True, []),
        ("01/01/2026", 4, False, ["TC-06.no_agreement"]),
        ("31/12/2025", 5, False, []),
    ],
)
def test_a_fifth_over_fewer_than_five_days_exists_by_agreement_from_2026(
    notice: str, days: int, allowed: bool, blocked: list[str]
) -> None:
    facts = wish(
        TC,
        FIFTH,
        "01/04/2026",
        "30/09/2026",
        motive=Motive.CHILD,
        notice_on=day(notice),
        days_per_week=days,
        agreement=CollectiveAgreement(allows_few_days=allowed),
    )

    assert reasons(right(facts)) == blocked


@pytest.mark.parametrize(
    ("regime", "spells", "blocked"),
    [
        (HALF, worked(("01/01/2020", "31/12/2025", 30)), []),
        (HALF, worked(("01/01/2020", "31/12/2025", 29)), ["TC-05.three_quarters_before"]),
        (FIFTH, worked(("01/01/2020", "31/12/2025", 39)), ["TC-05.full_time_before"]),
        # The twelve months before a notice of 1 December 2025 begin on 1 December 2024.
        (FIFTH, worked(("01/12/2024", "30/11/2025", 40)), []),
        (FIFTH, worked(("02/12/2024", "30/11/2025", 40)), ["TC-05.full_time_before"]),
        (
            FIFTH,
            worked(("01/01/2020", "01/12/2024", 30), ("02/12/2024", "30/11/2025", 40)),
            ["TC-05.full_time_before"],
        ),
        (FULL, worked(("01/06/2025", "30/11/2025", 10)), []),
    ],
)
def test_time_credit_looks_at_the_twelve_months_before_the_notice(
    regime: Regime, spells: tuple[WorkedSpell, ...], blocked: list[str]
) -> None:
    facts = wish(
        TC,
        regime,
        "01/03/2026",
        "31/08/2026",
        motive=Motive.CHILD,
        notice_on=day("01/12/2025"),
        worked=spells,
    )

    assert reasons(right(facts)) == blocked


def test_small_employers_may_refuse_time_credit() -> None:
    facts = wish(TC, FIFTH, "01/03/2026", "31/08/2026", motive=Motive.CHILD, head_count=10)

    assert [each.power for each in consents(facts)] == [Power.REFUSAL]
    assert right(facts).outcome.exists
    assert reasons(right(replace(facts, consent=False))) == ["TC-17.refused"]
    assert consents(replace(facts, head_count=11)) == ()


def test_time_credit_needs_a_motive_and_the_private_sector() -> None:
    facts = wish(TC, FIFTH, "01/03/2026", "31/08/2026")

    assert reasons(right(facts)) == ["TC-22"]
    public = replace(facts, motive=Motive.CHILD, sector=Sector.PUBLIC)
    assert reasons(right(public)) == ["TC-01"]


@pytest.mark.parametrize(
    ("training", "blocked"),
    [
        (Training(is_recognised=True, hours=360), []),
        (Training(is_recognised=True, hours=359), ["TC-14.hours"]),
        (Training(is_recognised=True, credits=27), []),
        (Training(is_recognised=True, hours=300, is_basic=True), []),
        (Training(is_recognised=True, hours=299, is_basic=True), ["TC-14.hours"]),
        (Training(is_recognised=False, hours=400), ["TC-14.recognised"]),
        (Training(is_recognised=True, hours=120, is_by_quarter=True), []),
        (Training(is_recognised=True, hours=119, is_by_quarter=True), ["TC-14.quarter"]),
        (Training(is_recognised=True, credits=9, is_by_quarter=True), []),
        (Training(is_recognised=True, credits=8, is_by_quarter=True), ["TC-14.quarter"]),
        (
            Training(is_recognised=True, hours=120, is_basic=True, is_by_quarter=True),
            ["TC-14.hours"],
        ),
    ],
)
def test_a_training_is_recognised_and_long_enough(training: Training, blocked: list[str]) -> None:
    facts = wish(TC, FIFTH, "01/03/2026", "31/08/2026", motive=Motive.TRAINING, training=training)

    assert reasons(right(facts)) == blocked


@pytest.mark.parametrize(
    ("motive", "months", "blocked"),
    [
        (Motive.ILL_RELATIVE, 1, []),
        (Motive.ILL_RELATIVE, 3, []),
        (Motive.ILL_RELATIVE, 4, ["TC-LENGTH.maximum"]),
        (Motive.ILL_CHILD, 4, ["TC-LENGTH.maximum"]),
        (Motive.PALLIATIVE, 1, []),
        (Motive.PALLIATIVE, 3, ["TC-LENGTH.maximum", "TC-11.person"]),
    ],
)
def test_short_motives_have_their_own_length(
    motive: Motive, months: int, blocked: list[str]
) -> None:
    last = Period.of_months(day("01/03/2026"), months).last_day.strftime("%d/%m/%Y")

    assert reasons(right(wish(TC, FULL, "01/03/2026", last, motive=motive))) == blocked


@pytest.mark.parametrize(
    ("elsewhere", "blocked", "warned"),
    [(18, [], ["MULTI.consent"]), (16, ["MULTI.full_time"], [])],
)
def test_part_time_jobs_that_make_a_full_one_open_a_fifth_with_consent(
    elsewhere: int, blocked: list[str], warned: list[str]
) -> None:
    part = Job(20 * 60, 38 * 60)
    facts = wish(
        TC,
        FIFTH,
        "01/03/2026",
        "31/08/2026",
        motive=Motive.CHILD,
        job=part,
        other_jobs=(Job(elsewhere * 60, 38 * 60),),
        worked=(WorkedSpell(Period(date(2020, 1, 1), date(2026, 1, 1)), part),),
    )

    assert reasons(right(facts)) == blocked
    assert warnings(right(facts)) == warned
