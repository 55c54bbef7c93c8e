"""What a break is paid: amounts by row, tax, parts of months, part-timers."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.money import Money
from guichet.kernel.period import Period
from guichet.rules.career_break import amounts as rules
from guichet.rules.career_break.amounts import Amount, Household, Line
from guichet.rules.career_break.kinds import Leave, Regime

FEBRUARY_2025 = date(2025, 2, 1)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def an_amount(
    leave: Leave = Leave.PARENTAL,
    regime: Regime = Regime.FULL,
    household: Household = Household.COHABITING,
    *,
    supplement: bool = False,
    on: date = FEBRUARY_2025,
) -> Amount | None:
    return rules.monthly_amount(
        leave=leave, regime=regime, household=household, supplement=supplement, on=on
    ).outcome


def known(**facts: Any) -> Amount:
    found = an_amount(**facts)
    assert found is not None
    return found


def money(text: str) -> Money:
    return Money.parse(text)


def test_r57_a_full_parental_leave_of_somebody_who_cohabits() -> None:
    found = known()

    assert (found.gross, found.tax_rate, found.net) == (money("1038.12"), 1013, money("932.96"))


def test_r58_a_fifth_of_a_single_parent() -> None:
    found = known(regime=Regime.FIFTH, household=Household.WITH_CHILDREN, supplement=True)

    assert (found.gross, found.tax_rate, found.net) == (money("353.72"), 1715, money("293.06"))


@pytest.mark.parametrize(
    ("contract", "gross", "net"), [(30, "819.57", "736.55"), (19, "519.06", "466.48")]
)
def test_r21_a_part_timer_who_stops_is_paid_by_the_contract(
    contract: int, gross: str, net: str
) -> None:
    found = rules.for_contract(
        known(), regime=Regime.FULL, contract=contract * 60, full_time=38 * 60
    )

    assert (found.gross, found.net) == (money(gross), money(net))


def test_who_goes_on_in_part_time_has_the_amount_as_it_stands() -> None:
    half = known(leave=Leave.MEDICAL_ASSISTANCE, regime=Regime.HALF)

    assert rules.for_contract(half, regime=Regime.HALF, contract=30, full_time=38) == half
    assert rules.for_contract(half, regime=Regime.FULL, contract=38, full_time=38) == half


@pytest.mark.parametrize(
    ("leave", "regime", "household", "supplement", "rows"),
    [
        (Leave.PARENTAL, Regime.FULL, "cohabiting", False, "997.81 1017.76 1038.12 1058.88"),
        (Leave.PALLIATIVE, Regime.FULL_FLEX, "alone", False, "997.81 1017.76 1038.12 1058.88"),
        (Leave.PARENTAL, Regime.HALF_FLEX, "alone", False, "498.90 508.88 519.06 529.44"),
        (Leave.INFORMAL_CARER, Regime.FIFTH, "alone", False, "169.26 172.64 176.10 179.62"),
        (Leave.PARENTAL, Regime.TENTH, "cohabiting", False, "84.62 86.32 88.04 89.80"),
        (Leave.PARENTAL, Regime.FULL, "with_children", True, "1699.90 1733.90 1768.58 1803.95"),
        (Leave.PARENTAL, Regime.HALF, "with_children", True, "849.97 866.97 884.31 902.00"),
        (Leave.PARENTAL, Regime.FIFTH, "with_children", True, "339.98 346.78 353.72 360.79"),
        (Leave.PARENTAL, Regime.TENTH, "with_children", True, "169.99 173.39 176.86 180.40"),
        (Leave.TIME_CREDIT, Regime.FIFTH, "with_children", False, "314.73 321.02 327.44 333.99"),
        (Leave.TIME_CREDIT, Regime.FIFTH, "cohabiting", False, "193.07 196.93 200.87 204.88"),
    ],
)
def test_each_row_from_its_day(
    leave: Leave, regime: Regime, household: str, supplement: bool, rows: str
) -> None:
    days = (date(2024, 4, 30), date(2025, 1, 31), date(2026, 2, 28), date(2026, 3, 1))

    found = [
        known(
            leave=leave,
            regime=regime,
            household=Household(household),
            supplement=supplement,
            on=day,
        )
        for day in days
    ]

    assert [str(each.gross) for each in found] == rows.split()
    assert not any(each.is_verified for each in found)


@pytest.mark.parametrize(
    ("leave", "regime", "household"),
    [
        (Leave.TIME_CREDIT, Regime.FULL, Household.COHABITING),
        (Leave.TIME_CREDIT, Regime.HALF, Household.ALONE),
        (Leave.TIME_CREDIT, Regime.FIFTH, Household.ALONE),
        (Leave.END_OF_CAREER, Regime.HALF, Household.COHABITING),
        (Leave.END_OF_CAREER, Regime.FIFTH, Household.WITH_CHILDREN),
        (Leave.ORDINARY, Regime.FULL, Household.COHABITING),
        (Leave.ORDINARY, Regime.THIRD, Household.COHABITING),
    ],
)
def test_an_amount_that_was_not_found_is_not_known_and_the_officer_enters_it(
    leave: Leave, regime: Regime, household: Household
) -> None:
    verdict = rules.monthly_amount(
        leave=leave, regime=regime, household=household, supplement=False, on=FEBRUARY_2025
    )

    assert verdict.outcome is None
    assert [finding.key for finding in verdict.findings] == ["career_break.amount.unknown"]


def test_no_amount_is_known_before_the_first_row() -> None:
    assert an_amount(on=date(2023, 10, 31)) is None
    assert an_amount(on=date(1999, 1, 1)) is None
    assert an_amount(on=date(2023, 11, 1)) is not None


@pytest.mark.parametrize(
    ("leave", "regime", "household", "rate"),
    [
        (Leave.TIME_CREDIT, Regime.FULL, Household.ALONE, 1013),
        (Leave.TIME_CREDIT, Regime.HALF, Household.ALONE, 1715),
        (Leave.TIME_CREDIT, Regime.HALF, Household.WITH_CHILDREN, 1715),
        (Leave.TIME_CREDIT, Regime.HALF, Household.COHABITING, 3500),
        (Leave.END_OF_CAREER, Regime.FIFTH, Household.WITH_CHILDREN, 1715),
        (Leave.END_OF_CAREER, Regime.FIFTH, Household.ALONE, 3500),
        (Leave.MEDICAL_ASSISTANCE, Regime.HALF, Household.COHABITING, 1715),
        (Leave.ORDINARY, Regime.HALF, Household.COHABITING, None),
    ],
)
def test_the_tax_by_household(
    leave: Leave, regime: Regime, household: Household, rate: int | None
) -> None:
    found = rules.tax_rate(leave=leave, regime=regime, household=household, on=FEBRUARY_2025)

    assert found == rate


@pytest.mark.parametrize(
    ("leave", "born", "disabled", "due"),
    [
        (Leave.PARENTAL, date(2013, 2, 2), False, True),
        (Leave.PARENTAL, date(2013, 2, 1), False, False),
        (Leave.MEDICAL_ASSISTANCE, date(2007, 2, 2), False, True),
        (Leave.MEDICAL_ASSISTANCE, date(2007, 2, 1), False, False),
        (Leave.PARENTAL, date(2004, 2, 2), True, True),
        (Leave.PARENTAL, date(2004, 2, 1), True, False),
        (Leave.TIME_CREDIT, date(2020, 1, 1), False, False),
        (Leave.PARENTAL, None, False, False),
    ],
)
def test_the_supplement_of_a_single_parent_ends_with_the_age_of_the_child(
    leave: Leave, born: date | None, disabled: bool, due: bool
) -> None:
    def found(household: Household) -> bool:
        return rules.supplement_due(
            leave=leave,
            household=household,
            youngest_born_on=born,
            has_disabled_child=disabled,
            on=FEBRUARY_2025,
        )

    assert found(Household.WITH_CHILDREN) is due
    assert not found(Household.COHABITING)
    assert not found(Household.ALONE)


def lines(first: date, last: date, *, by_weeks: bool = False) -> tuple[Line, ...]:
    return rules.payment_lines(
        Period(first, last), amount_on=lambda day: an_amount(on=day), by_weeks=by_weeks
    )


def test_c73_rule_february_is_paid_by_the_old_amount_and_march_by_the_new_one() -> None:
    found = lines(date(2026, 2, 15), date(2026, 4, 14))

    assert [line.thirtieths for line in found] == [14, 30, 14]
    assert [str(line.gross) for line in found] == ["484.46", "1058.88", "494.14"]
    assert [str(line.net) for line in found] == ["435.38", "951.62", "444.08"]


def test_a_month_of_31_days_less_one_is_paid_whole_and_never_more() -> None:
    [part] = lines(date(2026, 3, 2), date(2026, 3, 31))
    [whole] = lines(date(2026, 2, 1), date(2026, 2, 28))
    [short] = lines(date(2026, 2, 2), date(2026, 2, 28))

    assert [part.thirtieths, whole.thirtieths, short.thirtieths] == [30, 30, 27]


def test_weeks_are_paid_by_the_day_also_when_they_fill_a_month() -> None:
    [week] = lines(date(2025, 10, 6), date(2025, 10, 12), by_weeks=True)
    [four] = lines(date(2026, 2, 1), date(2026, 2, 28), by_weeks=True)

    assert (week.thirtieths, str(week.gross)) == (7, "242.23")
    assert four.thirtieths == 28


def test_a_line_without_a_known_amount_waits_for_the_officer() -> None:
    [line] = rules.payment_lines(
        Period(date(2026, 3, 1), date(2026, 3, 31)), amount_on=lambda day: None
    )

    assert (line.thirtieths, line.amount, line.gross, line.net) == (30, None, None, None)


@given(first=DAYS, length=st.integers(0, 400), by_weeks=st.booleans())
def test_the_lines_cover_every_day_once(first: date, length: int, by_weeks: bool) -> None:
    last = first + timedelta(days=length)

    found = lines(first, last, by_weeks=by_weeks)

    assert found[0].period.first_day == first
    assert found[-1].period.last_day == last
    assert sum(line.period.days for line in found) == length + 1
    for line in found:
        assert line.amount is not None
        assert line.gross is not None
        assert line.net is not None
        assert 1 <= line.thirtieths <= 30
        assert Money(0) < line.net < line.gross <= line.amount.gross


@given(contract=st.integers(1, 2280), on=DAYS)
def test_a_smaller_contract_is_never_paid_more(contract: int, on: date) -> None:
    whole = known(on=on)

    part = rules.for_contract(whole, regime=Regime.FULL, contract=contract, full_time=2280)

    assert part.gross <= whole.gross
    assert abs(part.gross.cents * 2280 - whole.gross.cents * contract) <= 1140
