"""Amounts computed by hand: household, tax, parts of months, index days, children of two kinds."""

from __future__ import annotations

from datetime import date

import pytest

from guichet.kernel.period import Period
from guichet.rules.career_break.amounts import (
    Amount,
    Household,
    for_contract,
    joined_lines,
    monthly_amount,
    supplement_due,
)
from guichet.rules.career_break.kinds import Leave, Regime

ALONE, FAMILY, SHARED = Household.ALONE, Household.WITH_CHILDREN, Household.COHABITING


def amount(
    leave: Leave, regime: Regime, household: Household, on: date, *, supplement: bool = False
) -> Amount:
    found = monthly_amount(
        leave=leave, regime=regime, household=household, supplement=supplement, on=on
    ).outcome
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("leave", "regime", "household", "on", "gross", "net"),
    [
        (Leave.INFORMAL_CARER, Regime.FIFTH, ALONE, date(2026, 3, 1), "179.62", "148.82"),
        (Leave.TIME_CREDIT, Regime.FIFTH, FAMILY, date(2025, 2, 1), "327.44", "271.28"),
        (Leave.TIME_CREDIT, Regime.FIFTH, SHARED, date(2025, 2, 1), "200.87", "130.57"),
        (Leave.PALLIATIVE, Regime.HALF, FAMILY, date(2024, 4, 30), "498.90", "413.34"),
        (Leave.MEDICAL_ASSISTANCE, Regime.FULL, SHARED, date(2024, 5, 1), "1017.76", "914.66"),
    ],
)
def test_gross_and_net(
    *, leave: Leave, regime: Regime, household: Household, on: date, gross: str, net: str
) -> None:
    found = amount(leave, regime, household, on)

    assert (str(found.gross), str(found.net)) == (gross, net)


def test_half_a_job_that_stops_gives_half_of_the_higher_amount() -> None:
    whole = amount(Leave.MEDICAL_ASSISTANCE, Regime.FULL, FAMILY, date(2025, 2, 1), supplement=True)
    found = for_contract(whole, regime=Regime.FULL_FLEX, contract=19 * 60, full_time=38 * 60)

    assert (str(found.gross), str(found.net)) == ("884.29", "794.71")


def test_a_week_over_the_day_of_an_index_is_paid_by_both_amounts() -> None:
    def on_day(day: date) -> Amount:
        return amount(Leave.PARENTAL, Regime.FULL_FLEX, SHARED, day)

    weeks = [Period.of_weeks(date(2026, 2, 9), 1), Period.of_weeks(date(2026, 2, 23), 1)]
    found = joined_lines(weeks, amount_on=on_day, by_weeks=True)

    # Seven and six days of February, one of March.
    assert [line.thirtieths for line in found] == [13, 1]
    assert [str(line.gross) for line in found] == ["449.85", "35.30"]
    assert [line.period for line in found] == [
        Period(date(2026, 2, 9), date(2026, 2, 28)),
        Period(date(2026, 3, 1), date(2026, 3, 1)),
    ]


@pytest.mark.parametrize(
    ("youngest", "disabled", "leave", "due"),
    [
        # A disabled child of twenty beside one of thirteen.
        (date(2012, 2, 1), date(2005, 1, 1), Leave.PARENTAL, True),
        # Of twenty-one: it counts no more, and the other is twelve or older.
        (date(2012, 2, 1), date(2004, 2, 1), Leave.PARENTAL, False),
        (date(2012, 2, 1), date(2004, 2, 1), Leave.PALLIATIVE, True),
        (date(2013, 2, 2), date(2004, 2, 1), Leave.PARENTAL, True),
        (date(2007, 2, 1), None, Leave.PALLIATIVE, True),
    ],
)
def test_each_child_has_its_own_limit_for_the_supplement(
    youngest: date, disabled: date | None, leave: Leave, due: bool
) -> None:
    found = supplement_due(
        leave=leave, household=FAMILY, youngest_born_on=youngest, has_disabled_child=True,
        disabled_born_on=disabled, on=date(2025, 2, 1),
    )  # fmt: skip

    assert found is due
