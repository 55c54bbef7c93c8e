"""What a break is paid: the monthly amount, its tax, and the lines of each calendar month.

Amounts are rows of ``parameters/career_break_amounts.yaml`` (gross, for a full-time worker, from a
day on). An amount that has no row is *not known*, and the officer enters it: nothing is guessed.
Sources: Royal Decree of 12 December 2001; rows. That a day is a thirtieth of a month is from
memory, that a week is seven of them inferred.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from guichet.kernel.money import Money
from guichet.kernel.period import Period
from guichet.kernel.verdict import Finding, LegalSource, Severity, Verdict
from guichet.rules import dated
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.notice import TIME_CREDITS
from guichet.rules.career_break.periods import is_under

WHOLE_MONTH: Final = 30
_ONE_DAY: Final = timedelta(days=1)
_DECREE: Final = LegalSource("Royal Decree of 12 December 2001")


class Household(StrEnum):
    """With whom the worker lives, as far as it decides over supplement and tax."""

    ALONE = "alone"
    WITH_CHILDREN = "with_children"
    """Only with one or more dependent children."""
    COHABITING = "cohabiting"


@dataclass(frozen=True, slots=True)
class Amount:
    """A monthly amount. ``tax_rate``: hundredths of a per cent that are withheld.

    ``since``: the day of its row; ``is_verified``: read where it is published; ``source``: of the
    row, or who entered it.
    """

    gross: Money
    tax_rate: int
    since: date
    is_verified: bool
    source: str

    @property
    def net(self) -> Money:
        """What is left of it after tax, rounded to the cent."""
        return net_of(self.gross, tax_rate=self.tax_rate)


@dataclass(frozen=True, slots=True)
class Line:
    """What is paid for the days of one calendar month.

    ``thirtieths``: 30 for a whole month; ``amount``: None when it is not known, and then so are
    ``gross`` and ``net``.
    """

    period: Period
    thirtieths: int
    amount: Amount | None
    gross: Money | None
    net: Money | None


def monthly_amount(
    *, leave: Leave, regime: Regime, household: Household, supplement: bool, on: date
) -> Verdict[Amount | None]:
    """The amount of a full-time worker on a day; None, with a finding, when it is not known.

    ``supplement``: the answer of ``supplement_due``; it matters to thematic leaves only.
    """
    name = _row_name(leave, regime, household, supplement)
    try:
        rate = tax_rate(leave=leave, regime=regime, household=household, on=on)
        parameter = dated.parameter(f"career_break.amount.{name}")
        row = parameter.row_on(on)
    except dated.UnknownParameter:
        return _unknown(leave, regime, on)
    if rate is None or type(row.value) is not int:
        return _unknown(leave, regime, on)
    amount = Amount(Money(row.value), rate, row.first_day, row.is_verified, parameter.source)
    if row.is_verified:
        return Verdict(amount)
    found = Finding(
        "career_break.amount.unverified", Severity.INFORM, _DECREE, {"since": row.first_day}
    )
    return Verdict(amount, (found,))


def tax_rate(*, leave: Leave, regime: Regime, household: Household, on: date) -> int | None:
    """Hundredths of a per cent that are withheld; None where no rate was found."""
    if regime.is_full:
        return dated.whole("career_break.tax.full", on=on)
    if leave.is_thematic:
        return dated.whole("career_break.tax.thematic_partial", on=on)
    if leave not in TIME_CREDITS or regime not in _LOWER:
        return None
    is_low = household in _LOWER[regime]
    return dated.whole(f"career_break.tax.time_credit_{'lower' if is_low else 'higher'}", on=on)


def supplement_due(
    *,
    leave: Leave,
    household: Household,
    youngest_born_on: date | None,
    has_disabled_child: bool,
    on: date,
    disabled_born_on: date | None = None,
) -> bool:
    """Whether a single parent has the higher amount of a thematic leave on a day.

    The worker lives only with dependent children, of whom one is young enough; whether the worker
    is their parent or in charge of them each day is asked, not computed. ``disabled_born_on``: of
    the youngest disabled child; where it was not told, the youngest child is taken to be it.
    """
    if not leave.is_thematic or household is not Household.WITH_CHILDREN:
        return False
    name = "parental" if leave is Leave.PARENTAL else "other"
    limits = [(youngest_born_on, name)]
    if has_disabled_child:
        limits.append((disabled_born_on or youngest_born_on, "disabled"))
    return any(
        born_on is not None
        and is_under(born_on, age=dated.whole(f"career_break.supplement.age.{each}", on=on), on=on)
        for born_on, each in limits
    )


def for_contract(amount: Amount, *, regime: Regime, contract: int, full_time: int) -> Amount:
    """The amount of a part-timer who stops altogether: by the minutes of the contract.

    A worker who goes on in part-time has the amount as it stands.
    """
    if not regime.is_full or contract >= full_time:
        return amount
    return replace(amount, gross=amount.gross.times(Decimal(contract) / Decimal(full_time)))


def for_part(amount: Amount, *, part: Fraction) -> Amount:
    """The amount of an employer where a part of a shared reduction is taken.

    The same reduction spread over several employers is paid once: each request has the part of its
    hours. Which part falls on whom is our reading, the sources do not say.
    """
    if part >= 1:
        return amount
    return replace(amount, gross=amount.gross.times(Decimal(part.numerator) / part.denominator))


def payment_lines(
    period: Period, *, amount_on: Callable[[date], Amount | None], by_weeks: bool = False
) -> tuple[Line, ...]:
    """One line for each calendar month of a period that is paid.

    ``amount_on``: the amount on the first paid day of a month, so that a new amount begins with
    its month. ``by_weeks``: a block of weeks is paid by the day, also when it fills a month.
    """
    return tuple(_line(part, amount_on(part.first_day), by_weeks) for part in _by_month(period))


def joined_lines(
    blocks: Iterable[Period], *, amount_on: Callable[[date], Amount | None], by_weeks: bool
) -> tuple[Line, ...]:
    """The lines of separate blocks, in their order: those of one month are one line."""
    found: list[Line] = []
    for block in blocks:
        for line in payment_lines(block, amount_on=amount_on, by_weeks=by_weeks):
            former = found[-1] if found else None
            if former is not None and _month(former.period) == _month(line.period):
                found[-1] = _joined(former, line)
            else:
                found.append(line)
    return tuple(found)


def net_of(gross: Money, *, tax_rate: int) -> Money:
    """What ``tax_rate`` hundredths of a per cent leave, rounded to the cent."""
    return gross.times(Decimal(10_000 - tax_rate) / 10_000)


def _line(part: Period, amount: Amount | None, by_weeks: bool) -> Line:
    days_of_month = monthrange(part.first_day.year, part.first_day.month)[1]
    is_whole = part.days == days_of_month and not by_weeks
    return _paid(part, WHOLE_MONTH if is_whole else min(WHOLE_MONTH, part.days), amount)


def _joined(former: Line, line: Line) -> Line:
    days = Period(former.period.first_day, line.period.last_day)
    thirtieths = min(WHOLE_MONTH, former.thirtieths + line.thirtieths)
    return _paid(days, thirtieths, former.amount)


def _paid(days: Period, thirtieths: int, amount: Amount | None) -> Line:
    if amount is None:
        return Line(days, thirtieths, None, None, None)
    gross = amount.gross.times(Decimal(thirtieths) / WHOLE_MONTH)
    return Line(days, thirtieths, amount, gross, net_of(gross, tax_rate=amount.tax_rate))


def _month(period: Period) -> tuple[int, int]:
    return period.first_day.year, period.first_day.month


def _by_month(period: Period) -> Iterator[Period]:
    first = period.first_day
    while first <= period.last_day:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        yield Period(first, min(last, period.last_day))
        first = last + _ONE_DAY


def _row_name(leave: Leave, regime: Regime, household: Household, supplement: bool) -> str:
    if leave.is_thematic:
        kind = "single_parent" if supplement else "standard"
        return f"thematic.{regime.standard}.{kind}"
    return f"{leave}.{regime.standard}.{household}"


def _unknown(leave: Leave, regime: Regime, on: date) -> Verdict[Amount | None]:
    inputs = {"leave": leave.value, "regime": regime.value, "on": on}
    found = Finding("career_break.amount.unknown", Severity.WARN, _DECREE, inputs)
    return Verdict(None, (found,))


_LOWER: Final = {
    Regime.HALF: (Household.ALONE, Household.WITH_CHILDREN),
    Regime.FIFTH: (Household.WITH_CHILDREN,),
}
