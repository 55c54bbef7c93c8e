"""What the rules propose to an officer, row by row, and in what he differs."""

from datetime import date
from typing import Any

from guichet.kernel.money import Money
from guichet.kernel.period import Period
from guichet.rules.career_break.allowances import allowance
from guichet.rules.career_break.amounts import Household
from guichet.rules.career_break.decisions import (
    Home,
    Override,
    Paid,
    Proposal,
    Result,
    overrides,
    proposed,
    rows,
)
from guichet.rules.career_break.facts import Facts, Job
from guichet.rules.career_break.kinds import Leave, Motive, Regime, Sector
from guichet.rules.career_break.rights import right
from tests.rules.career_break.builder import wish

ON = date(2025, 4, 1)


def proposal(facts: Facts, home: Home | None = None) -> Proposal:
    """What the rules propose."""
    return proposed(facts, right=right(facts), paid=allowance(facts), home=home or Home())


def parental(first: str = "01/04/2025", last: str = "30/06/2025", **more: Any) -> Facts:
    """A full parental leave that is complete long before."""
    given = {"completed_on": date(2025, 2, 1)}
    return wish(Leave.PARENTAL, Regime.FULL, first, last, **given | more)


def test_a_whole_right_is_granted_with_its_amount() -> None:
    found = proposal(parental())

    assert found.result is Result.GRANTED
    assert (found.paid_from, found.paid_until) == (date(2025, 4, 1), date(2025, 6, 30))
    [row] = found.rows
    assert row.amount is not None
    assert row.amount.gross == Money(103812)


def test_no_right_is_a_refusal_and_no_allowance_leaves_the_right() -> None:
    refused = proposal(parental(last="15/06/2025"))
    unpaid = proposal(parental(has_forbidden_activity=True))

    assert (refused.result, refused.rows) == (Result.REFUSED, ())
    assert (unpaid.result, unpaid.rows) == (Result.GRANTED_NO_ALLOWANCE, ())


def test_a_file_that_is_complete_after_the_break_is_not_paid() -> None:
    found = proposal(parental(completed_on=date(2025, 9, 15)))

    assert found.result is Result.GRANTED_NO_ALLOWANCE


def test_an_allowance_for_a_part_ends_where_it_ends() -> None:
    facts = wish(
        Leave.TIME_CREDIT, Regime.FIFTH, "01/04/2025", "31/03/2027", motive=Motive.CHILD,
        completed_on=date(2025, 2, 1),
        history=tuple(_earlier()),
    )  # fmt: skip
    found = proposal(facts)

    assert found.result is Result.PARTLY
    assert found.paid_from == date(2025, 4, 1)
    assert found.paid_until is not None
    assert found.paid_until < date(2027, 3, 31)


def _earlier() -> list[Any]:
    from guichet.rules.career_break.facts import EarlierBreak

    taken = Period.of_months(date(2023, 3, 1), 25)
    return [EarlierBreak(leave=Leave.TIME_CREDIT, regime=Regime.FIFTH, period=taken,
                         motive=Motive.CHILD)]  # fmt: skip


def test_the_supplement_ends_with_the_month_in_which_the_child_is_too_old() -> None:
    home = Home(
        household=Household.WITH_CHILDREN, youngest_born_on=date(2013, 5, 20), is_in_charge=True
    )
    found = rows(parental(), home=home, first_day=date(2025, 4, 1), last_day=date(2025, 6, 30))

    assert [(one.first_day, one.has_supplement) for one in found] == [
        (date(2025, 4, 1), True),
        (date(2025, 6, 1), False),
    ]


def test_a_part_timer_who_stops_has_his_part() -> None:
    facts = parental(job=Job(19 * 60, 38 * 60))
    [row] = rows(facts, home=Home(), first_day=date(2025, 4, 1), last_day=date(2025, 4, 30))

    assert row.amount is not None
    assert row.amount.gross == Money(51906)


def test_amounts_of_the_public_sector_and_unknown_ones_are_left_open() -> None:
    public = parental(sector=Sector.PUBLIC)
    credit = wish(Leave.TIME_CREDIT, Regime.HALF, "01/04/2025", "30/09/2025", motive=Motive.CHILD)
    for facts in (public, credit):
        [row, *_rest] = rows(facts, home=Home(), first_day=facts.first_day, last_day=facts.last_day)
        assert row.amount is None


def test_weeks_have_rows_of_their_own() -> None:
    weeks = (
        Period(date(2025, 4, 7), date(2025, 4, 13)), Period(date(2025, 5, 5), date(2025, 5, 11)),
    )  # fmt: skip
    facts = wish(Leave.PARENTAL, Regime.FULL_FLEX, "07/04/2025", "11/05/2025", weeks=weeks)
    found = rows(facts, home=Home(), first_day=date(2025, 4, 9), last_day=date(2025, 5, 11))

    assert [(one.first_day, one.last_day) for one in found] == [
        (date(2025, 4, 9), date(2025, 4, 13)),
        (date(2025, 5, 5), date(2025, 5, 11)),
    ]


def test_days_that_are_no_days_have_no_rows() -> None:
    assert rows(parental(), home=Home(), first_day=date(2025, 5, 1),
                last_day=date(2025, 4, 1)) == ()  # fmt: skip


def test_what_follows_the_rules_is_no_override() -> None:
    found = proposal(parental())
    same = (Paid(date(2025, 4, 1), date(2025, 6, 30), Money(103812), 1013),)

    def differs(result: Result, paid: tuple[Paid, ...]) -> frozenset[Override]:
        return overrides(found, table=found.rows, result=result, paid=paid, on=ON)

    assert differs(Result.GRANTED, same) == frozenset()
    assert differs(Result.REFUSED, ()) == {Override.RESULT}
    assert differs(Result.PARTLY, same) == {Override.RESULT}
    more = (Paid(date(2025, 4, 1), date(2025, 6, 30), Money(150001), 1013),)
    assert differs(Result.GRANTED, more) == {Override.AMOUNT, Override.HIGH}
