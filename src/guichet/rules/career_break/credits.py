"""How much of a leave is left: whole units, what a break costs, and what the rest is worth.

Parental leave has 80 units for each parent and child: a full month costs 20, a flexible week 5, a
month at half time 10, of a fifth 4, of a tenth 2. Medical assistance counts in halves of a partial
month (48; 96 for a single parent), informal care has two counters at once, palliative care three
places for each patient, time credit thirtieths of a month (a month is 30, so that odd days count).
Sources: Royal Decrees of 29 October 1997 and 10 August 1998, Royal Decree of 5 May 2019 (weeks),
CCT 103 art. 4, Royal Decree of 19 November 1998; parameters ``career_break.credit.*``.

Nothing here ever gives a credit below zero, and what is left never turns into more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from guichet.kernel.period import Period
from guichet.rules.career_break.facts import EarlierBreak
from guichet.rules.career_break.figures import figure
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.periods import months_and_days

MONTH_DAYS: Final = 30
_WEEK: Final = 7


class Scope(StrEnum):
    """What a counter counts for."""

    PERSON = "person"
    CAREER = "career"
    MOTIVE = "motive"
    AGREEMENT = "agreement"
    ALLOWANCE = "allowance"


@dataclass(frozen=True, slots=True)
class Counter:
    """A credit in whole units, and what was used of it."""

    scope: Scope
    total: int
    used: int

    @property
    def left(self) -> int:
        """Units left, never below zero whatever was used."""
        return max(0, self.total - self.used)

    def after(self, cost: int) -> Counter:
        """The same counter once ``cost`` more units are used."""
        return Counter(self.scope, self.total, self.used + max(0, cost))


@dataclass(frozen=True, slots=True)
class Standing:
    """The counters that a break must fit in all at once; without a counter there is no limit."""

    leave: Leave
    on: date
    counters: tuple[Counter, ...]

    @property
    def left(self) -> int | None:
        """Units left in the tightest counter; None when nothing limits."""
        return min((counter.left for counter in self.counters), default=None)

    @property
    def tightest(self) -> Counter | None:
        """The counter that decides."""
        return min(self.counters, key=lambda counter: counter.left, default=None)

    def after(self, cost: int) -> Standing:
        """What stands once ``cost`` more units are used."""
        return Standing(self.leave, self.on, tuple(each.after(cost) for each in self.counters))

    def months(self, regime: Regime) -> int | None:
        """Whole months left in a régime; None when nothing limits."""
        if self.left is None:
            return None
        return self.left // month_cost(self.leave, regime, on=self.on)

    def weeks(self) -> int | None:
        """Whole weeks left of a full break taken by weeks."""
        if self.left is None:
            return None
        return self.left // week_cost(self.leave, on=self.on)


@dataclass(frozen=True, slots=True)
class Amount:
    """What a rest is worth in one régime: months, then weeks or days."""

    months: int
    weeks: int = 0
    days: int = 0


def month_cost(leave: Leave, regime: Regime, *, on: date) -> int:
    """Units of one month of a leave in a régime."""
    if leave in (Leave.TIME_CREDIT, Leave.END_OF_CAREER, Leave.ORDINARY):
        return MONTH_DAYS
    if leave is Leave.PALLIATIVE:
        return figure("credit.palliative.month", on=on)
    return figure(f"credit.{leave}.{regime.standard}_month", on=on)


def week_cost(leave: Leave, *, on: date) -> int:
    """Units of one week of a full break, for the two leaves that can be taken by weeks."""
    return figure(f"credit.{leave}.week", on=on)


def cost(
    leave: Leave, regime: Regime, *, periods: tuple[Period, ...], on: date, by_weeks: bool = False
) -> int:
    """Units of the given periods; a begun week, or what is left of a month, is rounded up.

    ``by_weeks``: read in weeks. Odd days after whole months count by thirtieths (convention).
    """
    if by_weeks:
        return sum(-(-each.days // _WEEK) for each in periods) * week_cost(leave, on=on)
    month = month_cost(leave, regime, on=on)
    return sum(_months_cost(each, month) for each in periods)


def cost_of(taken: EarlierBreak, *, on: date) -> int:
    """Units that an earlier break used, by the figures of ``on``.

    The weeks of a stay with a hospitalised child have no counter of their own: they are weeks of
    medical assistance (inferred).
    """
    return cost(
        taken.leave,
        taken.regime,
        periods=taken.weeks or (taken.period,),
        on=on,
        by_weeks=taken.regime.is_by_weeks or taken.is_hospital_stay,
    )


def worth(standing: Standing, regime: Regime) -> Amount | None:
    """What is left in one régime, in months and weeks or days; None when nothing limits."""
    left = standing.left
    if left is None:
        return None
    months, rest = divmod(left, month_cost(standing.leave, regime, on=standing.on))
    if standing.leave in (Leave.TIME_CREDIT, Leave.ORDINARY):
        return Amount(months, days=rest)
    if regime.is_full and standing.leave in (Leave.PARENTAL, Leave.MEDICAL_ASSISTANCE):
        return Amount(months, weeks=rest // week_cost(standing.leave, on=standing.on))
    return Amount(months)


def standard_blocks(standing: Standing) -> int | None:
    """How many standard steps of parental leave are left; each costs the same in every régime."""
    if standing.left is None:
        return None
    return standing.left // month_cost(Leave.PARENTAL, Regime.FULL, on=standing.on)


def _months_cost(period: Period, month: int) -> int:
    months, days = months_and_days(period)
    return months * month + min(month, -(-days * month // MONTH_DAYS))
