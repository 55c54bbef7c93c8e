"""Conditions computed by hand: ages, service, several jobs, days of change of the law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from guichet.kernel.period import Period
from guichet.kernel.verdict import Severity
from guichet.rules.career_break.allowances import Payment, allowance, last_paid_day
from guichet.rules.career_break.credits import Amount
from guichet.rules.career_break.facts import (
    CaredFor,
    Career,
    CollectiveAgreement,
    EarlierBreak,
    Job,
    View,
    WorkedSpell,
)
from guichet.rules.career_break.hours import Hours, OtherJob, clock, expected_during
from guichet.rules.career_break.kinds import (
    Exception55,
    Leave,
    Motive,
    Regime,
)
from guichet.rules.career_break.rights import right
from guichet.rules.career_break.seniority import unbroken
from tests.rules.career_break.builder import (
    FULL_TIME,
    child,
    credit,
    day,
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


@pytest.mark.parametrize(
    ("since", "motive", "most"),
    [
        ("01/12/2020", Motive.CHILD, 51),
        ("02/12/2020", Motive.CHILD, 24),
        ("02/12/2020", Motive.ILL_RELATIVE, None),
        ("01/12/2020", Motive.TRAINING, 36),
        ("02/12/2020", Motive.TRAINING, 24),
        ("02/12/2020", Motive.DISABLED_CHILD, 51),
    ],
)
def test_the_months_of_committee_200_by_motive_and_seniority(
    since: str, motive: Motive, most: int | None
) -> None:
    facts = wish(
        TC,
        FULL,
        "01/03/2026",
        "31/05/2026",
        motive=motive,
        joint_committee="200",
        agreement=CollectiveAgreement(),
        notice_on=day("01/12/2025"),
        employed_since=day(since),
    )
    before = right(facts).outcome.before

    assert before is not None
    if most is not None:
        assert before.months(FULL) == most
    # A fifth is direct, whatever the agreement gives.
    fifth = right(replace(facts, regime=FIFTH, last_day=day("31/08/2026"))).outcome.before
    assert fifth is not None
    assert fifth.months(FIFTH) == (36 if motive is Motive.TRAINING else 51)


@pytest.mark.parametrize(
    ("leave", "motive", "born", "start", "is_right"),
    [
        # Somebody born on 29 February is a year older on 28 February of a common year.
        (PL, None, "29/02/2016", "28/02/2028", True),
        (PL, None, "29/02/2016", "29/02/2028", False),
        (TC, Motive.CHILD, "29/02/2020", "27/02/2028", True),
        (TC, Motive.CHILD, "29/02/2020", "28/02/2028", True),
        (TC, Motive.CHILD, "29/02/2020", "29/02/2028", False),
        (TC, Motive.DISABLED_CHILD, "29/02/2008", "27/02/2029", True),
        (TC, Motive.DISABLED_CHILD, "29/02/2008", "28/02/2029", False),
        (TC, Motive.ILL_CHILD, "15/06/2010", "14/06/2028", True),
        (TC, Motive.ILL_CHILD, "15/06/2010", "15/06/2028", False),
    ],
)
def test_the_age_of_the_child_to_the_day(
    leave: Leave, motive: Motive | None, born: str, start: str, is_right: bool
) -> None:
    is_disabled = motive is Motive.DISABLED_CHILD
    last = Period.of_months(day(start), 3).last_day.strftime("%d/%m/%Y")
    facts = wish(
        leave, FULL, start, last, motive=motive, person=child(born, is_disabled=is_disabled)
    )

    assert right(facts).outcome.exists is is_right
    if not is_right:
        [told] = right(facts).of(Severity.BLOCK)
        latest = told.inputs["last"]
        assert isinstance(latest, date)
        assert right(replace(facts, first_day=latest, last_day=None)).outcome.exists


@pytest.mark.parametrize(
    ("born", "start", "payment"),
    [
        ("29/02/2020", "27/02/2025", Payment.WHOLE),
        ("29/02/2020", "28/02/2025", Payment.NONE),
        ("01/03/2020", "28/02/2025", Payment.WHOLE),
        ("01/03/2020", "01/03/2025", Payment.NONE),
    ],
)
def test_full_time_credit_is_paid_before_the_fifth_birthday_on_a_leap_day(
    born: str, start: str, payment: Payment
) -> None:
    last = Period.of_months(day(start), 3).last_day.strftime("%d/%m/%Y")
    facts = wish(TC, FULL, start, last, motive=Motive.CHILD, person=child(born))

    assert allowance(facts).outcome.payment is payment
    assert right(facts).outcome.exists


@pytest.mark.parametrize(
    ("since", "notice", "blocked"),
    [
        ("29/02/2024", "28/02/2026", ["TC-02"]),
        ("29/02/2024", "01/03/2026", []),
        ("31/08/2023", "31/08/2025", []),
        ("01/09/2023", "31/08/2025", ["TC-02"]),
        ("28/02/2024", "28/02/2026", []),
    ],
)
def test_twenty_four_months_of_service_at_month_ends(
    since: str, notice: str, blocked: list[str]
) -> None:
    facts = wish(
        TC,
        FIFTH,
        "01/07/2026",
        "30/09/2026",
        motive=Motive.ILL_RELATIVE,
        notice_on=day(notice),
        employed_since=day(since),
    )

    assert reasons(right(facts)) == blocked
    for told in right(facts).of(Severity.BLOCK):
        earliest = told.inputs["earliest"]
        assert isinstance(earliest, date)
        assert right(replace(facts, notice_on=earliest)).outcome.exists
        assert not right(replace(facts, notice_on=earliest - timedelta(days=1))).outcome.exists


@pytest.mark.parametrize(
    ("used", "last_of_leave", "blocked", "certain"),
    [
        (True, "28/02/2026", [], True),
        (None, "28/02/2026", [], False),
        (False, "28/02/2026", ["TC-02"], True),
        # With a gap of a day the answer does not matter.
        (True, "27/02/2026", ["TC-02"], True),
        (None, "27/02/2026", ["TC-02"], True),
    ],
)
def test_exhausted_parental_leave_stands_for_service_without_a_gap_only(
    used: bool | None, last_of_leave: str, blocked: list[str], certain: bool
) -> None:
    earlier = EarlierBreak(
        leave=PL, regime=FULL, period=Period(date(2025, 11, 1), day(last_of_leave)), person="one"
    )
    facts = wish(
        TC, FIFTH, "01/03/2026", "31/08/2026", motive=Motive.CHILD, history=(earlier,),
        notice_on=day("01/12/2025"), employed_since=day("02/12/2023"), all_parental_used=used,
    )  # fmt: skip

    assert reasons(right(facts)) == blocked
    assert right(facts).outcome.is_certain is certain


def test_contracts_that_follow_each_other_are_one_service() -> None:
    periods = [
        Period(date(2025, 1, 1), date(2026, 12, 31)),
        Period(date(2024, 7, 1), date(2024, 12, 31)),
        Period(date(2023, 1, 1), date(2024, 6, 30)),
        Period(date(2020, 1, 1), date(2022, 12, 30)),
    ]

    assert unbroken(periods, on=date(2026, 3, 1)) == Period(date(2023, 1, 1), date(2026, 12, 31))
    assert unbroken(periods, on=date(2022, 12, 31)) is None
    assert unbroken(periods, on=date(2022, 12, 30)) == periods[3]


@pytest.mark.parametrize(("notice", "is_right"), [("09/11/2022", False), ("10/11/2022", True)])
def test_temporary_work_there_counts_from_10_november_2022(notice: str, is_right: bool) -> None:
    facts = wish(
        PL,
        FULL,
        "01/01/2023",
        "31/01/2023",
        notice_on=day(notice),
        employed_since=day("01/05/2022"),
        temporary=(Period(date(2021, 9, 1), date(2022, 4, 30)),),
    )

    assert right(facts).outcome.exists is is_right


@pytest.mark.parametrize(
    ("first", "months", "used", "payment", "paid"),
    [
        # A credit that runs on 1 February 2023: its own five months count as used until then.
        ("01/09/2022", 51, 0, Payment.PART, Amount(48)),
        ("01/09/2022", 26, 25, Payment.WHOLE, None),
        ("01/09/2022", 26, 24, Payment.PART, Amount(24)),
        # Over by 31 January: the former rules hold to the end.
        ("01/10/2022", 4, 47, Payment.WHOLE, None),
        # Begun after it.
        ("01/02/2023", 22, 29, Payment.PART, Amount(19)),
        ("01/02/2023", 21, 30, Payment.WHOLE, None),
    ],
)
def test_a_credit_that_runs_on_the_day_of_the_reform_is_cut_short(
    first: str, months: int, used: int, payment: Payment, paid: Amount | None
) -> None:
    last = Period.of_months(day(first), months).last_day.strftime("%d/%m/%Y")
    facts = wish(
        TC,
        HALF,
        first,
        last,
        motive=Motive.CHILD,
        person=child("01/09/2021"),
        history=(credit(used),) if used else (),
    )

    assert right(facts).outcome.exists
    assert allowance(facts).outcome.payment is payment
    assert allowance(facts).outcome.paid == paid


@pytest.mark.parametrize(
    ("notice", "start", "born", "years", "rights", "paid"),
    [
        # A woman of sixty: 26 years by a notice of 2026, 27 by a start in 2027.
        ("20/12/2026", "15/01/2027", "15/01/1967", 26, [], ["EOC-06"]),
        ("20/12/2026", "15/01/2027", "15/01/1967", 27, [], []),
        # Fifty-five by a notice of the last day of 2025; the start says what is paid.
        ("31/12/2025", "31/03/2026", "31/03/1971", 25, [], ["EOC-07.none"]),
        ("01/01/2026", "31/03/2026", "31/03/1971", 25, ["EOC-07.none"], ["EOC-07.none"]),
        ("31/12/2025", "31/03/2026", "31/03/1966", 25, [], ["EOC-06"]),
        # Fifty-nine on 28 February 2028, sixty on the leap day.
        ("01/11/2027", "28/02/2028", "29/02/1968", 30, ["EOC-07.none"], ["EOC-07.none"]),
        ("01/11/2027", "29/02/2028", "29/02/1968", 28, [], []),
    ],
)
def test_the_end_of_a_career_around_the_change_of_2026(
    *, notice: str, start: str, born: str, years: int, rights: list[str], paid: list[str]
) -> None:
    facts = wish(EOC, FIFTH, start, None, notice_on=day(notice), born_on=day(born),
                 career=Career(years=years))  # fmt: skip

    assert reasons(right(facts)) == rights
    assert reasons(allowance(facts)) == paid


def test_the_allowance_of_an_end_of_career_asks_the_same_service_as_the_right() -> None:
    facts = wish(EOC, FIFTH, "01/03/2026", None, notice_on=day("10/01/2026"),
                 employed_since=day("11/01/2024"), career=Career(years=40))  # fmt: skip

    assert reasons(right(facts)) == ["EOC-02"]
    assert reasons(allowance(facts)) == ["EOC-02"]
    part = replace(facts, employed_since=day("10/01/2024"), worked=(
        WorkedSpell(Period(date(2010, 1, 1), date(2024, 1, 10)), Job(30 * 60, 38 * 60)),
        WorkedSpell(Period(date(2024, 1, 11), date(2026, 12, 31)), FULL_TIME),
    ))  # fmt: skip
    assert reasons(right(part)) == ["EOC-01.full_time_before"]
    assert reasons(allowance(part)) == ["EOC-01.full_time_before"]


def test_an_employer_is_warned_that_an_exception_is_needed() -> None:
    facts = wish(EOC, HALF, "01/05/2026", None, notice_on=day("10/01/2026"), view=View.EMPLOYER,
                 born_on=day("01/01/1970"), career=Career())  # fmt: skip

    assert reasons(right(facts)) == []
    assert warnings(right(facts)) == ["EOC-07.none"]
    heavy = replace(facts, career=Career(exception=Exception55.HEAVY_JOB))
    assert warnings(right(heavy)) == []


@pytest.mark.parametrize(
    ("notice", "blocked"), [("31/03/2017", ["MULTI.full_time"]), ("01/04/2017", [])]
)
def test_jobs_with_several_employers_add_up_from_april_2017(
    notice: str, blocked: list[str]
) -> None:
    part = Job(20 * 60, 38 * 60)
    facts = wish(
        TC,
        FIFTH,
        "01/09/2017",
        "28/02/2018",
        motive=Motive.CHILD,
        notice_on=day(notice),
        job=part,
        other_jobs=(Job(18 * 60, 38 * 60),),
        worked=(WorkedSpell(Period(date(2010, 1, 1), date(2018, 12, 31)), part),),
    )

    found = [key.partition(".")[2] for key in reasons(right(facts))]
    assert found == [key.partition(".")[2] for key in blocked]


def test_other_jobs_that_nobody_told_are_asked_for_and_not_guessed() -> None:
    facts = wish(PL, FIFTH, "01/03/2026", "31/07/2026", job=Job(20 * 60, 38 * 60), other_jobs=None)

    assert reasons(right(facts)) == []
    assert not right(facts).outcome.is_certain
    assert reasons(right(replace(facts, other_jobs=()))) == ["PL-02.full_time"]


@pytest.mark.parametrize(
    ("others", "here"),
    [
        ((OtherJob(18 * 60, 38 * 60),), "12:24"),
        # In proportion: twenty hours here of thirty-eight bear 4:00 of 7:36.
        ((OtherJob(18 * 60, 38 * 60, reduces=True),), "16:00"),
        # The full-time hours of the employer where less is worked decide.
        ((OtherJob(20 * 60, 40 * 60),), "12:24"),
    ],
)
def test_the_hours_that_stay_with_several_employers(
    others: tuple[OtherJob, ...], here: str
) -> None:
    week = Hours(contract=20 * 60, full_time=38 * 60, others=others)

    assert clock(expected_during(week, regime=FIFTH)) == here


def test_of_separate_weeks_only_the_weeks_themselves_are_paid() -> None:
    # Eleven weeks used of a child born before 8 March 2012: one more of twelve is paid.
    history = (taken(PL, WEEKS, "01/09/2022", weeks=11),)
    facts = wish(
        PL,
        WEEKS,
        "08/01/2024",
        "18/02/2024",
        weeks=tuple(
            Period.of_weeks(day(one), 1) for one in ("08/01/2024", "22/01/2024", "12/02/2024")
        ),
        history=history,
        person=CaredFor(key="one", born_on=day("07/03/2012")),
        consent=True,
    )
    found = allowance(facts).outcome

    assert (found.payment, found.paid) == (Payment.PART, Amount(0, weeks=1))
    assert found.paid is not None
    first = facts.first_day
    assert last_paid_day(facts, found.paid, first_day=first) == day("14/01/2024")
    two = Amount(0, weeks=2)
    assert last_paid_day(facts, two, first_day=first) == day("28/01/2024")
    assert last_paid_day(facts, two, first_day=day("25/01/2024")) == day("18/02/2024")
