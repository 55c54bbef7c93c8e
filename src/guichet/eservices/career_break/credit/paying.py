"""What a break is paid, month by month, as far as the rules have an amount for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guichet.kernel.money import Money
from guichet.kernel.period import Period
from guichet.rules.career_break.allowances import Allowance, Payment, last_paid_day
from guichet.rules.career_break.amounts import (
    Amount,
    Household,
    Line,
    for_contract,
    monthly_amount,
    payment_lines,
    supplement_due,
)
from guichet.rules.career_break.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """With whom the worker lives; None when he did not say, and then no supplement is counted."""

    household: Household | None = None
    youngest_born_on: date | None = None
    has_disabled_child: bool = False


@dataclass(frozen=True, slots=True)
class Pay:
    """A line for each calendar month; the sums are None as soon as one amount is not known."""

    lines: tuple[Line, ...]
    gross: Money | None
    net: Money | None

    @property
    def is_verified(self) -> bool:
        """Whether every amount was read where it is published."""
        return all(line.amount is None or line.amount.is_verified for line in self.lines)


def paid(facts: Facts, home: Home, allowed: Allowance) -> Pay | None:
    """What the days of a wish are paid; None while they have no end."""
    blocks = tuple(_paid_blocks(facts, allowed))
    if not blocks:
        return None
    by_weeks = facts.regime.is_by_weeks or facts.is_hospital_stay
    lines = tuple(
        line
        for block in blocks
        for line in payment_lines(
            block, amount_on=lambda day: monthly(facts, home, on=day), by_weeks=by_weeks
        )
    )
    return Pay(lines, _sum(line.gross for line in lines), _sum(line.net for line in lines))


def monthly(facts: Facts, home: Home, *, on: date) -> Amount | None:
    """A whole month on a day, for the hours of the contract; None when it is not known."""
    if home.household is None and not facts.leave.is_thematic:
        return None
    household = home.household or Household.COHABITING
    supplement = supplement_due(
        leave=facts.leave,
        household=household,
        youngest_born_on=home.youngest_born_on,
        has_disabled_child=home.has_disabled_child,
        on=on,
    )
    amount = monthly_amount(
        leave=facts.leave,
        regime=facts.regime,
        household=household,
        supplement=supplement,
        on=on,
    ).outcome
    job = facts.job
    if amount is None or job is None or not job.full_minutes:
        return amount
    return for_contract(
        amount, regime=facts.regime, contract=job.weekly_minutes, full_time=job.full_minutes
    )


def _paid_blocks(facts: Facts, allowed: Allowance) -> Iterator[Period]:
    """The days that are paid: all of them, or as many as the allowance still covers."""
    blocks = facts.blocks_of_days
    if allowed.payment is not Payment.PART or allowed.paid is None or not blocks:
        yield from blocks
        return
    end = last_paid_day(facts, allowed.paid, first_day=blocks[0].first_day)
    for block in blocks:
        if block.first_day <= end:
            yield Period(block.first_day, min(block.last_day, end))


def _sum(amounts: Iterator[Money | None]) -> Money | None:
    total = Money(0)
    for one in amounts:
        if one is None:
            return None
        total += one
    return total
