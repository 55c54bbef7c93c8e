"""Technical accidents, force majeure, closures, strikes, white collars, offices and letters."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment import white_collars
from guichet.rules.temporary_unemployment.accident import accident_days
from guichet.rules.temporary_unemployment.closures import (
    may_be_rest_closure,
    vacation_credit,
    vacation_unemployment,
)
from guichet.rules.temporary_unemployment.force_majeure import (
    Medical,
    MedicalBar,
    MedicalCase,
    is_waived,
    last_day_covered,
    medical_bars,
    parts,
)
from guichet.rules.temporary_unemployment.kinds import PaperGround, Reason, Regime
from guichet.rules.temporary_unemployment.offices import (
    Language,
    Region,
    language,
    office_of_establishment,
    region,
)
from guichet.rules.temporary_unemployment.paper import may_be_paper
from guichet.rules.temporary_unemployment.regimes import (
    NO_WORK,
    Cycle,
    cycle_of,
    has_too_few_days,
    most_suspended_days,
    regime_of,
    works_on,
)
from guichet.rules.temporary_unemployment.strike import days_late, may_be_authorised
from guichet.rules.temporary_unemployment.white_collars import Announced, Difficulty, Weeks
from tests.rules.temporary_unemployment.days import PLAIN, day, noon

DAYS = st.dates(date(2013, 1, 1), date(2028, 12, 31))
NOW = day("2025-03-17")

# no., accident, nature by, council by, list by, wage until, from, un-warned from, warned after
ACCIDENTS = """
WX-58 2025-04-18 2025-04-22 2025-04-22 2025-04-24 2025-04-24 2025-04-25 2025-04-26 2025-07-24
WX-60 2025-05-28 2025-05-30 2025-06-01 2025-06-03 2025-06-03 2025-06-04 2025-06-05 2025-09-03
WX-61 2025-12-24 2025-12-26 2025-12-28 2025-12-30 2025-12-30 2025-12-31 2026-01-01 2026-03-30
WX-63 2026-05-13 2026-05-15 2026-05-17 2026-05-19 2026-05-19 2026-05-20 2026-05-21 2026-08-19
"""


@pytest.mark.parametrize("line", [pytest.param(x, id=x[:5]) for x in ACCIDENTS.strip().split("\n")])
def test_wx58_wx60_wx61_wx63_the_days_after_an_accident(line: str) -> None:
    happened, nature, council, workers, wage, starts, unwarned, warned = map(day, line.split()[1:])

    found = accident_days(happened, calendar=PLAIN)

    assert (found.nature_by, found.council_by, found.list_by) == (nature, council, workers)
    assert found.wage == Period(happened, wage)
    assert (found.suspension_from, found.warned_after) == (starts, warned)
    later = accident_days(happened, calendar=PLAIN, showed_up=True)
    assert later.suspension_from == unwarned


def test_sc43_sc44_sc45_rule_the_accident_of_good_friday() -> None:
    found = accident_days(day("2025-04-18"), calendar=PLAIN)

    assert found.nature_by == day("2025-04-22")
    assert found.suspension_from == day("2025-04-25")
    assert found.list_by == day("2025-04-24")


@given(happened=DAYS)
def test_wage_and_suspension_after_an_accident_touch(happened: date) -> None:
    found = accident_days(happened, calendar=PLAIN)

    assert found.wage.days == 7
    assert found.suspension_from == found.wage.last_day + timedelta(days=1)
    assert found.nature_by > happened


def test_wx73_sixteen_weeks_from_the_first_monday() -> None:
    start = day("2025-01-06")

    assert white_collars.lasts_until(start, regime=Regime.WHITE_FULL) == day("2025-04-27")
    reduced = white_collars.lasts_until(start, regime=Regime.WHITE_REDUCED)
    assert reduced == start + timedelta(weeks=26, days=-1)


@pytest.mark.parametrize(
    ("first", "last", "weeks"),
    [
        pytest.param("2025-03-05", "2025-03-11", 2, id="WX-75"),
        pytest.param("2025-03-03", "2025-03-09", 1, id="WX-76"),
        pytest.param("2025-03-09", "2025-03-10", 2, id="two days in two weeks"),
    ],
)
def test_wx75_wx76_whole_calendar_weeks_are_used(first: str, last: str, weeks: int) -> None:
    assert white_collars.weeks_used(Period(day(first), day(last))) == weeks


@pytest.mark.parametrize(
    ("sent", "communication", "suspension"),
    [
        pytest.param("2025-09-01", "2025-09-15", "2025-09-23", id="WX-78"),
        pytest.param("2026-01-05", "2026-01-19", "2026-01-27", id="WX-79"),
    ],
)
def test_wx78_wx79_two_weeks_after_the_form_of_difficulty(
    sent: str, communication: str, suspension: str
) -> None:
    found = white_collars.difficulty_days(day(sent))

    assert (found.communication_from, found.suspension_from) == (
        day(communication), day(suspension)
    )  # fmt: skip


def test_wx81_wx82_two_days_of_work_a_week_are_the_least() -> None:
    two, one = (frozenset({0, 1}),), (frozenset({0}),)

    assert not has_too_few_days(two, on=NOW)
    assert has_too_few_days(one, on=NOW)
    assert has_too_few_days((*two, *one), on=NOW)
    assert not has_too_few_days(NO_WORK, on=NOW)
    assert most_suspended_days(working_days=5, on=NOW) == 3
    assert most_suspended_days(working_days=6, on=NOW) == 4
    assert most_suspended_days(working_days=1, on=NOW) == 0


def announced(first: str, *, weeks: int, regime: Regime = Regime.WHITE_FULL) -> Announced:
    """An announcement of whole weeks."""
    return Announced(Period.of_weeks(day(first), weeks), regime)


def test_sc53_rule_two_weeks_after_fifteen_are_one_too_many() -> None:
    used = [announced("2025-01-06", weeks=15)]
    two = Announced(Period(day("2025-09-10"), day("2025-09-16")), Regime.WHITE_FULL)

    assert white_collars.exhausted_in(two, announced=used) == ((2025, Weeks(17, 0)),)
    one = announced("2025-09-08", weeks=1)
    assert white_collars.exhausted_in(one, announced=used) == ()


def test_sc54_rule_the_next_year_has_a_credit_of_its_own() -> None:
    used = [announced("2025-01-06", weeks=16)]

    assert white_collars.exhausted_in(announced("2026-01-05", weeks=16), announced=used) == ()
    assert white_collars.lasts_until(
        day("2025-12-01"), regime=Regime.WHITE_FULL, announced=used
    ) is None  # fmt: skip


@pytest.mark.parametrize(
    ("full", "reduced", "fits"),
    [
        (16, 0, True),
        (17, 0, False),
        (0, 26, True),
        (0, 27, False),
        (3, 26, True),
        (4, 26, False),
        (10, 12, True),
        (10, 13, False),
        (15, 2, True),
        (15, 3, False),
    ],
)
def test_two_reduced_weeks_count_as_a_full_one(full: int, reduced: int, fits: bool) -> None:
    assert white_collars.fits(Weeks(full, reduced), year=2025) is fits


def test_a_week_in_two_years_counts_in_that_of_its_monday() -> None:
    straddling = Announced(Period(day("2026-01-01"), day("2026-01-04")), Regime.WHITE_FULL)

    assert white_collars.weeks_of_year(2025, announced=[straddling]) == Weeks(1, 0)
    assert white_collars.weeks_of_year(2026, announced=[straddling]) == Weeks(0, 0)


def test_a_week_that_is_announced_twice_counts_once() -> None:
    twice = [
        announced("2025-03-03", weeks=2),
        announced("2025-03-10", weeks=2, regime=Regime.WHITE_REDUCED),
    ]

    assert white_collars.weeks_of_year(2025, announced=twice) == Weeks(2, 1)


@pytest.mark.parametrize(
    ("lost", "unemployed", "recognised", "ground"),
    [
        (10, None, False, Difficulty.LOSS),
        (9, 10, False, Difficulty.UNEMPLOYMENT),
        (9, 9, True, Difficulty.MINISTER),
        (None, None, False, None),
    ],
)
def test_when_an_enterprise_is_in_difficulty(
    lost: int | None, unemployed: int | None, recognised: bool, ground: Difficulty | None
) -> None:
    found = white_collars.is_in_difficulty(
        lost_percent=lost, unemployed_percent=unemployed, recognised=recognised, on=NOW
    )

    assert found is ground


@given(first=DAYS, days=st.integers(0, 400))
def test_weeks_cover_their_period(first: date, days: int) -> None:
    period = Period(first, first + timedelta(days=days))
    mondays = white_collars.mondays(period)

    assert all(monday.weekday() == 0 for monday in mondays)
    assert mondays[0] <= first <= mondays[0] + timedelta(days=6)
    assert mondays[-1] <= period.last_day <= mondays[-1] + timedelta(days=6)


def test_wx96_sc47_rule_three_months_of_force_majeure_exactly() -> None:
    first = day("2025-02-01")

    assert last_day_covered(first) == day("2025-04-30")
    assert parts(Period(first, day("2025-04-30"))) == (Period(first, day("2025-04-30")),)
    assert parts(Period(first, day("2025-05-01")))[1:] == (
        Period(day("2025-05-01"), day("2025-05-01")),
    )


@given(first=DAYS, days=st.integers(0, 700))
def test_the_parts_of_a_long_force_majeure_join_and_may_each_be_sent(
    first: date, days: int
) -> None:
    whole = Period(first, first + timedelta(days=days))
    found = parts(whole)

    assert (found[0].first_day, found[-1].last_day) == (whole.first_day, whole.last_day)
    assert sum(part.days for part in found) == whole.days
    assert all(part.last_day <= last_day_covered(part.first_day) for part in found)


@pytest.mark.parametrize(
    ("reason", "on", "waived"),
    [
        (Reason.FORCE_MAJEURE, "2021-07-13", False),
        (Reason.FORCE_MAJEURE, "2021-07-14", True),
        (Reason.FORCE_MAJEURE, "2021-08-31", True),
        (Reason.FORCE_MAJEURE, "2021-09-01", False),
        (Reason.ECONOMIC, "2021-08-31", False),
        (Reason.FORCE_MAJEURE, "2019-08-31", False),
    ],
)
def test_sc49_rule_a_waiver_holds_in_its_window(reason: Reason, on: str, waived: bool) -> None:
    assert is_waived(reason=reason, on=day(on)) is waived
    assert is_waived(reason=reason, on=day(on), committee="111") is waived


def medical(case: MedicalCase, **facts: bool | date) -> tuple[MedicalBar, ...]:
    """What bars somebody born in 1980 and unfit since 2024, on a day of 2025."""
    known: dict[str, bool | date] = {
        "born_on": day("1980-05-05"), "incapable_since": day("2024-01-01")
    }  # fmt: skip
    return medical_bars(Medical(case=case, **known | facts), on=NOW)  # type: ignore[arg-type]


def test_who_cannot_do_the_agreed_work_for_medical_reasons() -> None:
    assert medical(MedicalCase.APPEAL) == ()
    assert medical(MedicalCase.TEMPORARY, by_doctor=True) == ()
    assert medical(MedicalCase.PERMANENT, reintegrating=True) == ()
    assert medical(MedicalCase.PERMANENT) == (MedicalBar.NO_PATH,)
    assert medical(MedicalCase.TEMPORARY) == (MedicalBar.NO_DOCTOR,)
    assert medical(MedicalCase.TEMPORARY, by_doctor=True, has_other_work=True) == (
        MedicalBar.OTHER_WORK,
    )


@pytest.mark.parametrize(
    ("since", "recent"), [("2024-09-17", False), ("2024-09-18", True), ("2025-03-01", True)]
)
def test_the_first_six_months_of_incapacity_are_none_of_it(since: str, recent: bool) -> None:
    found = medical(MedicalCase.TEMPORARY, by_doctor=True, incapable_since=day(since))

    assert (MedicalBar.RECENT in found) is recent


@pytest.mark.parametrize(("born", "barred"), [("1959-03-17", True), ("1959-03-18", False)])
def test_from_the_age_of_66_there_is_none(born: str, barred: bool) -> None:
    assert (MedicalBar.AGE in medical(MedicalCase.APPEAL, born_on=day(born))) is barred


def test_a_closure_of_fifteen_days_with_six_holidays_left() -> None:
    assert vacation_unemployment(closure_days=15, holidays_left=6) == 9
    assert vacation_unemployment(closure_days=15, holidays_left=20) == 0
    assert vacation_unemployment(closure_days=15, holidays_left=-1) == 15
    assert vacation_credit(days_a_week=5, used_days=9, on=NOW) == 11
    assert vacation_credit(days_a_week=6, used_days=24, on=NOW) == 0


@pytest.mark.parametrize(
    ("entered", "committee", "may"),
    [
        ("2024-01-01", "111", True),
        ("2025-06-01", "111", True),
        ("2023-12-31", "111", False),
        ("2025-12-31", "111", False),
        ("2024-01-01", "124", False),
    ],
)
def test_compensatory_rest_in_a_closure(entered: str, committee: str, may: bool) -> None:
    found = may_be_rest_closure(
        entered_on=day(entered), closed_on=day("2025-07-14"), committee=committee
    )

    assert found is may


def test_a_strike_is_never_too_late_but_says_how_late() -> None:
    first = day("2025-10-13")

    assert days_late(first, sent_at=noon("2025-10-13", 23, 59)) == 0
    assert days_late(first, sent_at=noon("2025-10-14", 0)) == 1
    assert days_late(first, sent_at=noon("2025-10-10")) == 0
    assert may_be_authorised(in_striking_unit=False, has_interest=False)
    assert not may_be_authorised(in_striking_unit=True, has_interest=False)
    assert not may_be_authorised(in_striking_unit=False, has_interest=True)


@pytest.mark.parametrize(
    ("cycle", "regime"),
    [
        (["", ""], Regime.FULL),
        (["0", ""], Regime.ONE_DAY_PER_FORTNIGHT),
        (["0", "", ""], Regime.ONE_DAY_PER_FORTNIGHT),
        (["01", "", ""], Regime.LARGE),
        (["01234", "", ""], Regime.LARGE),
        (["01234", ""], Regime.SMALL),
        (["01"], Regime.LARGE),
        (["0"], Regime.LARGE),
        (["012"], Regime.SMALL),
        (["0123"], Regime.SMALL),
        (["012", "01"], Regime.LARGE),
    ],
)
def test_sc9_rule_days_of_work_make_the_regime(cycle: list[str], regime: Regime) -> None:
    weeks: Cycle = tuple(frozenset(map(int, week)) for week in cycle)

    assert regime_of(weeks, on=NOW) is regime
    white = Regime.WHITE_REDUCED if any(weeks) else Regime.WHITE_FULL
    assert regime_of(weeks, on=NOW, white_collar=True) is white


def test_a_list_of_days_makes_weeks() -> None:
    period = Period(day("2025-03-19"), day("2025-04-01"))
    worked = [day("2025-03-20"), day("2025-03-31"), day("2025-04-02")]

    assert cycle_of(period, worked=worked) == (frozenset({3}), frozenset(), frozenset({0}))
    assert works_on((frozenset({3}), frozenset()), start=NOW, day=day("2025-03-20"))
    assert not works_on((frozenset({3}), frozenset()), start=NOW, day=day("2025-03-27"))
    assert works_on((frozenset({3}), frozenset()), start=NOW, day=day("2025-04-03"))


@pytest.mark.parametrize(
    ("postcode", "where", "wanted", "written"),
    [
        ("4700", Region.GERMAN, Language.FR, Language.DE),
        ("4000", Region.FRENCH, Language.NL, Language.FR),
        ("9000", Region.DUTCH, Language.FR, Language.NL),
        ("1000", Region.BRUSSELS, Language.NL, Language.NL),
        ("1000", Region.BRUSSELS, Language.DE, Language.FR),
        ("1400", Region.FRENCH, Language.NL, Language.FR),
        ("1700", Region.DUTCH, Language.NL, Language.NL),
        ("0999", None, Language.DE, Language.DE),
        ("40", None, Language.NL, Language.NL),
        ("\uff11\uff10\uff10\uff10", None, Language.NL, Language.NL),
    ],
)
def test_sc66_rule_the_language_of_a_decision(
    postcode: str, where: Region | None, wanted: Language, written: Language
) -> None:
    assert region(postcode) is where
    assert language(postcode, wanted=wanted) is written


def test_sc71_rule_the_office_is_that_of_the_establishment() -> None:
    found = office_of_establishment("4000", on=NOW)

    assert found is not None
    assert found.code == "LIE"
    assert office_of_establishment("0001", on=NOW) is None


@pytest.mark.parametrize(
    ("ground", "facts", "may"),
    [
        (PaperGround.FIRST_IN_TWO_YEARS, {}, True),
        (PaperGround.FIRST_IN_TWO_YEARS, {"last_told": day("2023-03-16")}, True),
        (PaperGround.FIRST_IN_TWO_YEARS, {"last_told": day("2023-03-17")}, False),
        (PaperGround.WAIVER_OF_DIRECTOR, {}, False),
        (PaperGround.WAIVER_OF_DIRECTOR, {"waived_on": day("2025-03-18")}, False),
        (PaperGround.WAIVER_OF_DIRECTOR, {"waived_on": day("2023-03-18")}, True),
        (PaperGround.WAIVER_OF_DIRECTOR, {"waived_on": day("2023-03-17")}, False),
        (PaperGround.TECHNICAL_FAILURE, {}, False),
        (PaperGround.TECHNICAL_FAILURE, {"has_proof": True}, True),
    ],
)
def test_sc72_rule_when_a_registered_letter_is_admitted(
    ground: PaperGround, facts: dict[str, date | bool], may: bool
) -> None:
    assert may_be_paper(ground=ground, on=NOW, **facts) is may  # type: ignore[arg-type]


@pytest.mark.parametrize(("on", "may"), [("2026-02-28", True), ("2026-03-01", False)])
def test_sc72_rule_two_years_from_a_leap_day_end_on_the_last_of_february(
    on: str, may: bool
) -> None:
    ground = PaperGround.WAIVER_OF_DIRECTOR

    assert may_be_paper(ground=ground, on=day(on), waived_on=day("2024-02-29")) is may
