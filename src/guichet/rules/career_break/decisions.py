"""What an officer decides: proposed from the two answers and the amounts, compared with them.

Nothing here decides. The proposal is what the rules say of the file; whatever the officer decides
otherwise is named, and a second officer then signs it. Amounts are those of a month, by the rows in
force on the first paid day of each month, so that a new amount begins with its month.
Sources: as in ``rights``, ``allowances`` and ``amounts``; the second signature is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from guichet.kernel.money import Money
from guichet.kernel.period import Period
from guichet.kernel.verdict import Finding, Severity, Verdict
from guichet.rules.career_break.allowances import Allowance, Payment, last_paid_day
from guichet.rules.career_break.amounts import (
    Amount,
    Household,
    for_contract,
    for_part,
    monthly_amount,
    net_of,
    payment_lines,
    supplement_due,
    tax_rate,
)
from guichet.rules.career_break.facts import Facts, Job
from guichet.rules.career_break.figures import figure
from guichet.rules.career_break.hours import OtherJob, part_here
from guichet.rules.career_break.kinds import Sector
from guichet.rules.career_break.rights import Right


class Result(StrEnum):
    """What is decided of a request."""

    GRANTED = "granted"
    GRANTED_NO_ALLOWANCE = "granted_no_allowance"
    PARTLY = "partly"
    REFUSED = "refused"

    @property
    def is_paid(self) -> bool:
        """Whether an allowance is part of it."""
        return self in (Result.GRANTED, Result.PARTLY)


class Override(StrEnum):
    """In what a decision is another one than the rules say or than the last one of the file, or
    weighs more than usual."""

    RESULT = "result"
    DAYS = "days"
    AMOUNT = "amount"
    TYPED = "typed"
    HIGH = "high"
    FORMER = "former"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What the worker says of the household; ``is_in_charge``: of the children, each day.

    ``disabled_born_on``: of the youngest disabled child.
    """

    household: Household = Household.COHABITING
    youngest_born_on: date | None = None
    has_disabled_child: bool = False
    disabled_born_on: date | None = None
    is_in_charge: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A monthly amount over some days; ``amount`` None: the table has none, ``rate`` may be known.

    ``last_day`` None: until the pension.
    """

    first_day: date
    last_day: date | None
    amount: Amount | None
    rate: int | None
    has_supplement: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules say: the result, the paid days and their rows.

    ``is_certain``: nothing is left to be checked by the officer.
    """

    result: Result
    is_certain: bool
    rows: tuple[Row, ...]

    @property
    def paid_from(self) -> date | None:
        """The first paid day."""
        return self.rows[0].first_day if self.rows else None

    @property
    def paid_until(self) -> date | None:
        """The last paid day; None without one, and for an open end."""
        return self.rows[-1].last_day if self.rows else None


@dataclass(frozen=True, slots=True)
class Paid:
    """What an officer grants for some days: gross a month, and hundredths of a per cent of tax."""

    first_day: date
    last_day: date | None
    gross: Money
    rate: int

    @property
    def net(self) -> Money:
        """What tax leaves of it."""
        return net_of(self.gross, tax_rate=self.rate)


def proposed(
    facts: Facts, *, right: Verdict[Right], paid: Verdict[Allowance], home: Home
) -> Proposal:
    """What follows from the answers of ``rights.right`` and ``allowances.allowance``."""
    is_certain = right.outcome.is_certain and paid.outcome.is_certain
    if not right.outcome.exists:
        return Proposal(Result.REFUSED, is_certain, ())
    payment, first = paid.outcome.payment, paid.outcome.paid_from
    if payment is Payment.NONE or first is None:
        return Proposal(Result.GRANTED_NO_ALLOWANCE, is_certain, ())
    last = facts.last_day
    if payment is Payment.PART and paid.outcome.paid is not None:
        end = last_paid_day(facts, paid.outcome.paid, first_day=first)
        last = end if last is None else min(last, end)
        if last < first:
            return Proposal(Result.GRANTED_NO_ALLOWANCE, is_certain, ())
    result = Result.PARTLY if payment is Payment.PART else Result.GRANTED
    return Proposal(result, is_certain, rows(facts, home=home, first_day=first, last_day=last))


def rows(facts: Facts, *, home: Home, first_day: date, last_day: date | None) -> tuple[Row, ...]:
    """The rows of some paid days of the break, a new one where the amount changes.

    An open end has one row. Empty where no day of the break is left.
    """
    if last_day is None:
        return (_row(facts, home, first_day, None),)
    found: list[Row] = []
    for block in _paid_blocks(facts, first_day, last_day):
        begin = len(found)
        for line in payment_lines(block, amount_on=lambda day: None):
            row = _row(facts, home, line.period.first_day, line.period.last_day)
            if len(found) > begin and _is_same(found[-1], row):
                row = Row(found.pop().first_day, row.last_day, row.amount, row.rate,
                          row.has_supplement)  # fmt: skip
            found.append(row)
    return tuple(found)


def overrides(
    proposal: Proposal, *, table: tuple[Row, ...], result: Result, paid: tuple[Paid, ...], on: date
) -> frozenset[Override]:
    """In what a decision differs from the proposal, or weighs more than usual.

    ``table``: the rows of the days that are decided; a change of days alone has other rows, with
    the same amounts. ``on``: the day of the decision.
    """
    found: set[Override] = set()
    if result is not proposal.result:
        found.add(Override.RESULT)
    if not result.is_paid:
        return frozenset(found)
    decided = (paid[0].first_day, paid[-1].last_day) if paid else (None, None)
    if proposal.rows and decided != (proposal.paid_from, proposal.paid_until):
        found.add(Override.DAYS)
    found |= set(_amounts(table, paid))
    if any(one.gross.cents > figure("office.signature_above", on=on) for one in paid):
        found.add(Override.HIGH)
    return frozenset(found)


def weighing(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The reasons that a letter gives: what blocks and what warns, each rule's sentence once."""
    return tuple(dict.fromkeys(one for one in findings if one.severity is not Severity.INFORM))


def _amounts(table: tuple[Row, ...], paid: tuple[Paid, ...]) -> Iterator[Override]:
    for row, one in zip(table, paid, strict=False):
        if row.amount is None:
            yield Override.TYPED
        elif (row.amount.gross, row.amount.tax_rate) != (one.gross, one.rate):
            yield Override.AMOUNT
    if len(table) != len(paid):
        yield Override.AMOUNT


def _paid_blocks(facts: Facts, first_day: date, last_day: date) -> Iterator[Period]:
    if last_day < first_day:
        return
    if not facts.weeks:
        yield Period(first_day, last_day)
        return
    for block in facts.blocks_of_days:
        first, last = max(block.first_day, first_day), min(block.last_day, last_day)
        if first <= last:
            yield Period(first, last)


def _row(facts: Facts, home: Home, first_day: date, last_day: date | None) -> Row:
    supplement = home.is_in_charge and supplement_due(
        leave=facts.leave,
        household=home.household,
        youngest_born_on=home.youngest_born_on,
        has_disabled_child=home.has_disabled_child,
        disabled_born_on=home.disabled_born_on,
        on=first_day,
    )
    rate = tax_rate(leave=facts.leave, regime=facts.regime, household=home.household, on=first_day)
    amount = None
    if facts.sector is Sector.PRIVATE:  # the published amounts are those of the private sector
        amount = monthly_amount(
            leave=facts.leave, regime=facts.regime, household=home.household,
            supplement=supplement, on=first_day,
        ).outcome  # fmt: skip
    if amount is not None and facts.job is not None and facts.job.full_minutes:
        job = facts.job
        amount = for_contract(
            amount, regime=facts.regime, contract=job.weekly_minutes, full_time=job.full_minutes
        )
        amount = for_part(amount, part=_part(facts, job))
    return Row(first_day, last_day, amount, rate, supplement)


def _part(facts: Facts, job: Job) -> Fraction:
    """Of an allowance for a reduction that several employers share: what falls on this one."""
    if facts.regime.is_full:
        return Fraction(1)
    here, *others = (
        OtherJob(one.weekly_minutes, one.full_minutes, one.reduces)
        for one in (job, *(facts.other_jobs or ()))
    )
    return part_here(here, others)


def _is_same(former: Row, row: Row) -> bool:
    said = (former.rate, former.has_supplement, former.amount)
    return said == (row.rate, row.has_supplement, row.amount)
