"""The allowance, apart from the right: by the worked examples and at the edges of each rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from guichet.kernel.niss import Sex
from guichet.kernel.period import Period
from guichet.rules.career_break.allowances import Payment, allowance
from guichet.rules.career_break.credits import Amount
from guichet.rules.career_break.facts import (
    CaredFor,
    Career,
    CollectiveAgreement,
    Facts,
    Job,
    View,
    WorkedSpell,
)
from guichet.rules.career_break.kinds import Exception55, Leave, Motive, Regime
from guichet.rules.career_break.rights import right
from tests.rules.career_break.builder import credit, day, reasons, taken, warnings, wish, worked

TC, EOC, PL = Leave.TIME_CREDIT, Leave.END_OF_CAREER, Leave.PARENTAL
NIGHT = Exception55.NIGHT_WORK
FULL, HALF, FIFTH = Regime.FULL, Regime.HALF, Regime.FIFTH


def for_child(born: str, first: str, last: str, regime: Regime = FULL, **more: Any) -> Facts:
    return wish(
        TC, regime, first, last, motive=Motive.CHILD, person=CaredFor(born_on=day(born)), **more
    )


@pytest.mark.parametrize(
    ("first", "last", "payment"),
    [
        ("01/03/2026", "31/05/2026", Payment.WHOLE),
        ("02/03/2026", "01/06/2026", Payment.NONE),
    ],
)
def test_r36_full_time_credit_is_paid_before_the_fifth_birthday(
    first: str, last: str, payment: Payment
) -> None:
    facts = for_child("02/03/2021", first, last)

    assert allowance(facts).outcome.payment is payment
    assert right(facts).outcome.exists


def test_r37_for_a_child_of_six_there_is_no_allowance_and_the_right_stays() -> None:
    facts = for_child("10/05/2019", "01/03/2026", "31/05/2026")

    assert reasons(allowance(facts)) == ["TC-09.age"]
    assert right(facts).outcome.exists
    assert allowance(replace(facts, regime=HALF)).outcome.payment is Payment.WHOLE
    assert allowance(replace(facts, motive=Motive.ILL_RELATIVE)).outcome.payment is Payment.WHOLE


def test_before_the_reform_eight_years_held_for_a_full_break_too() -> None:
    facts = for_child("10/05/2016", "01/03/2023", "31/05/2023", notice_on=day("31/01/2023"))

    assert allowance(facts).outcome.payment is Payment.WHOLE
    assert reasons(allowance(replace(facts, notice_on=day("01/02/2023")))) == ["TC-09.age"]


@pytest.mark.parametrize(
    ("motive", "notice", "since", "blocked"),
    [
        (Motive.ILL_RELATIVE, "15/09/2025", "15/03/2023", []),
        (Motive.CHILD, "15/09/2025", "15/03/2023", ["TC-04"]),
        (Motive.CHILD, "15/09/2025", "15/09/2022", []),
        (Motive.CHILD, "15/09/2025", "16/09/2022", ["TC-04"]),
        (Motive.CHILD, "31/05/2023", "31/05/2021", []),
        (Motive.CHILD, "01/06/2023", "01/06/2021", ["TC-04"]),
    ],
)
def test_r39_three_years_of_service_are_asked_for_a_child_only(
    motive: Motive, notice: str, since: str, blocked: list[str]
) -> None:
    facts = wish(
        TC,
        FIFTH,
        "01/01/2026",
        "30/06/2026",
        motive=motive,
        notice_on=day(notice),
        employed_since=day(since),
    )

    assert reasons(allowance(facts)) == blocked


@pytest.mark.parametrize(
    ("used", "payment", "paid"),
    [
        # 31 months by 1 February 2023 keep 51; 29 do not.
        (31, Payment.WHOLE, None),
        (30, Payment.WHOLE, None),
        (29, Payment.PART, Amount(19)),
    ],
)
def test_r43_who_had_used_thirty_months_in_2023_keeps_fifty_one(
    used: int, payment: Payment, paid: Amount | None
) -> None:
    facts = for_child(
        "01/01/2024",
        "01/03/2026",
        Period.of_months(day("01/03/2026"), 51 - used).last_day.strftime("%d/%m/%Y"),
        regime=HALF,
        history=(credit(used),),
    )
    verdict = allowance(facts)

    assert right(facts).outcome.exists
    assert verdict.outcome.payment is payment
    assert verdict.outcome.paid == paid


def test_months_of_a_running_credit_count_until_the_reform_only() -> None:
    # From 1 September 2020 twenty-nine months were used on 31 January 2023.
    running = credit(40, first="01/09/2020")
    facts = for_child("01/01/2024", "01/03/2026", "31/12/2026", regime=HALF, history=(running,))

    assert allowance(facts).outcome.paid == Amount(8)
    earlier = replace(facts, history=(credit(40, first="01/08/2020"),))
    assert allowance(earlier).outcome.payment is Payment.WHOLE


def test_when_no_paid_month_is_left_nothing_is_paid() -> None:
    facts = for_child(
        "01/01/2024",
        "01/03/2026",
        "31/05/2026",
        history=(credit(20), credit(28, first="01/02/2023")),
    )

    assert reasons(allowance(facts)) == ["TC-10"]
    assert right(facts).outcome.exists


@pytest.mark.parametrize(
    ("regime", "spells", "notice", "blocked"),
    [
        (HALF, worked(("01/01/2020", "31/12/2025", 30)), "01/12/2025", ["TC-07.half"]),
        (HALF, worked(("01/12/2024", "30/11/2025", 40)), "01/12/2025", []),
        (FULL, worked(("01/12/2024", "30/11/2025", 40)), "01/12/2025", []),
        (FULL, worked(("01/12/2023", "30/11/2025", 20)), "01/12/2025", []),
        (FULL, worked(("02/12/2023", "30/11/2025", 20)), "01/12/2025", ["TC-07.full"]),
        (HALF, worked(("01/01/2015", "31/01/2023", 30)), "31/01/2023", []),
        (HALF, worked(("01/01/2015", "31/01/2023", 30)), "01/02/2023", ["TC-07.half"]),
    ],
)
def test_since_february_2023_the_hours_before_the_notice_decide(
    regime: Regime, spells: tuple[WorkedSpell, ...], notice: str, blocked: list[str]
) -> None:
    facts = wish(
        TC,
        regime,
        "01/03/2026",
        "31/05/2026",
        motive=Motive.DISABLED_CHILD,
        notice_on=day(notice),
        job=spells[-1].job,
        worked=spells,
    )

    assert reasons(allowance(facts)) == blocked


def test_somebody_at_three_quarters_keeps_the_right_to_a_half_and_is_not_paid() -> None:
    facts = wish(
        TC,
        HALF,
        "01/03/2026",
        "31/05/2026",
        motive=Motive.CHILD,
        job=Job(30 * 60, 40 * 60),
        worked=worked(("01/01/2015", "31/12/2026", 30)),
    )

    assert right(facts).outcome.exists
    assert allowance(facts).outcome.payment is Payment.NONE


def test_r52_the_allowance_of_an_end_of_career_follows_age_and_start() -> None:
    facts = wish(
        EOC,
        FIFTH,
        "01/03/2026",
        None,
        notice_on=day("10/12/2025"),
        born_on=day("01/01/1970"),
        career=Career(years=25),
    )

    assert right(facts).outcome.exists
    assert allowance(facts).outcome.payment is Payment.NONE


@pytest.mark.parametrize(
    ("first", "sex", "years", "paid"),
    [
        ("31/12/2025", Sex.MALE, 25, True),
        ("01/01/2026", Sex.MALE, 30, False),
        ("01/01/2026", Sex.MALE, 31, True),
        ("01/01/2026", Sex.FEMALE, 25, False),
        ("01/01/2026", Sex.FEMALE, 26, True),
        ("01/01/2027", Sex.FEMALE, 26, False),
        ("01/01/2030", Sex.MALE, 34, False),
        ("01/01/2030", Sex.FEMALE, 30, True),
        ("01/01/2031", Sex.MALE, 35, True),
    ],
)
def test_the_career_asked_for_grows_with_the_year_of_the_start(
    first: str, sex: Sex, years: int, paid: bool
) -> None:
    facts = wish(EOC, HALF, first, None, sex=sex, career=Career(years=years))

    assert (allowance(facts).outcome.payment is Payment.WHOLE) is paid


@pytest.mark.parametrize(
    ("career", "committee", "blocked"),
    [
        (Career(years=35, exception=Exception55.LONG_CAREER), "200", []),
        (Career(years=34, exception=Exception55.LONG_CAREER), "200", ["EOC-07.career"]),
        (Career(years=25, exception=Exception55.HEAVY_JOB, heavy_years_of_fifteen=7), "111", []),
        (
            Career(
                years=25,
                exception=Exception55.HEAVY_JOB,
                heavy_years_of_ten=4,
                heavy_years_of_fifteen=6,
            ),
            "111",
            ["EOC-07.proof"],
        ),
        (Career(years=25, exception=Exception55.NIGHT_WORK, night_years=20), "111", []),
        (
            Career(years=25, exception=Exception55.NIGHT_WORK, night_years=19),
            "111",
            ["EOC-07.proof"],
        ),
        (
            Career(
                years=25,
                exception=Exception55.CONSTRUCTION_INCAPACITY,
                has_incapacity_certificate=True,
            ),
            "124.00",
            [],
        ),
        (
            Career(
                years=25,
                exception=Exception55.CONSTRUCTION_INCAPACITY,
                has_incapacity_certificate=True,
            ),
            "200",
            ["EOC-07.proof"],
        ),
        (Career(years=25, exception=Exception55.SHELTERED_WORK), "327.01", []),
        (Career(years=24, exception=Exception55.SHELTERED_WORK), "327.01", ["EOC-07.career"]),
    ],
)
def test_each_exception_before_sixty_has_its_proof(
    career: Career, committee: str, blocked: list[str]
) -> None:
    facts = wish(
        EOC,
        FIFTH,
        "01/05/2026",
        None,
        born_on=day("01/01/1970"),
        career=career,
        joint_committee=committee,
        agreement=CollectiveAgreement(opens_exception=True),
    )

    assert reasons(allowance(facts)) == blocked


def test_a_company_in_restructuring_needs_no_agreement_of_the_sector() -> None:
    career = Career(years=25, exception=Exception55.RESTRUCTURING, employer_is_restructuring=True)
    facts = wish(EOC, FIFTH, "01/05/2026", None, born_on=day("01/01/1970"), career=career)

    assert reasons(allowance(facts)) == []


@pytest.mark.parametrize(
    ("first", "blocked"), [("30/06/2029", []), ("01/07/2029", ["EOC-07.expired"])]
)
def test_the_exceptions_end_with_the_last_national_agreement(
    first: str, blocked: list[str]
) -> None:
    facts = wish(
        EOC,
        FIFTH,
        first,
        None,
        born_on=day("01/01/1973"),
        career=Career(years=36, exception=Exception55.LONG_CAREER),
        agreement=CollectiveAgreement(opens_exception=True),
    )

    assert reasons(allowance(facts)) == blocked


@pytest.mark.parametrize(
    ("born", "payment", "paid"),
    [("07/03/2012", Payment.PART, Amount(3)), ("08/03/2012", Payment.WHOLE, None)],
)
def test_the_fourth_month_is_paid_for_children_from_8_march_2012(
    born: str, payment: Payment, paid: Amount | None
) -> None:
    person = CaredFor(key="one", born_on=day(born), is_disabled=True)
    facts = wish(PL, FULL, "01/03/2023", "30/06/2023", person=person)
    verdict = allowance(facts)

    assert verdict.outcome.payment is payment
    assert verdict.outcome.paid == paid
    used = (taken(PL, FULL, "01/01/2020", months=3),)
    last = allowance(replace(facts, last_day=day("31/03/2023"), history=used))
    assert (last.outcome.payment is Payment.NONE) is (payment is Payment.PART)


@pytest.mark.parametrize(
    ("completed", "paid_from"),
    [
        ("31/10/2025", "01/09/2025"),
        ("01/11/2025", "01/09/2025"),
        ("02/11/2025", "02/11/2025"),
        ("20/11/2025", "20/11/2025"),
        ("15/06/2025", "01/09/2025"),
    ],
)
def test_r54_a_file_completed_within_two_months_is_paid_from_the_start(
    completed: str, paid_from: str
) -> None:
    facts = wish(PL, FULL, "01/09/2025", "31/12/2025", completed_on=day(completed))

    assert allowance(facts).outcome.paid_from == day(paid_from)
    late = day(paid_from) > day("01/09/2025")
    assert warnings(allowance(facts)) == (["FILING.late"] if late else [])


def test_a_file_completed_after_the_break_opens_no_day() -> None:
    facts = wish(PL, FULL, "01/09/2025", "30/09/2025", completed_on=day("20/11/2025"))

    assert allowance(facts).outcome.paid_from is None


def test_a_forbidden_activity_or_a_home_outside_europe_is_not_paid() -> None:
    facts = wish(PL, FULL, "01/09/2025", "30/09/2025")

    assert reasons(allowance(replace(facts, has_forbidden_activity=True))) == ["TC-20"]
    assert reasons(allowance(replace(facts, lives_in_eea=False))) == ["RESIDENCE"]
    assert not allowance(replace(facts, lives_in_eea=None)).outcome.is_certain


@pytest.mark.parametrize("leave", list(Leave))
@pytest.mark.parametrize("first", ["01/01/2002", "31/05/2019", "31/08/2020", "31/08/2021"])
def test_before_a_leave_existed_the_rules_answer_too(leave: Leave, first: str) -> None:
    motive = Motive.CHILD if leave is TC else None
    last = Period.of_months(day(first), 3).last_day.strftime("%d/%m/%Y")
    for regime in Regime:
        facts = wish(leave, regime, first, last, motive=motive, history=(credit(3),))
        right(facts)
        allowance(facts)


@pytest.mark.parametrize("leave", list(Leave))
@pytest.mark.parametrize("view", list(View))
def test_bare_facts_are_never_certain_for_time_credit_and_never_refused(
    leave: Leave, view: View
) -> None:
    facts = Facts(
        leave=leave,
        regime=FULL,
        first_day=date(2026, 3, 1),
        last_day=date(2026, 5, 31),
        motive=Motive.CHILD if leave is TC else None,
        view=view,
    )
    verdict = allowance(facts)

    assert reasons(verdict) == []
    assert verdict.outcome.payment is Payment.WHOLE
    if leave is TC:
        assert not verdict.outcome.is_certain
