"""What was paid too much, and how it is paid back.

A month counts as paid from its pay day on. The amount is what was transferred less what was due.
Each month is compared by itself, and a month in which too little was paid does not lower another
one: it is paid after, not set off.

Source: royal decree of 12 December 2001, royal decree of 2 January 1991 (undue payment is asked
back; instalments and hearing: as the service describes them); labour court of Hainaut, Mons
division, 25 September 2024 (an activity that is not allowed ends the allowance from its first day;
what was paid before stays).
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from guichet.kernel.money import Money
from guichet.kernel.period import Period, months_after
from guichet.rules.career_break.figures import figure

REASONS: Final = (
    "early_end", "activity", "pension", "household", "contract_ended", "statement", "calculation",
)  # fmt: skip
_ONE_DAY: Final = timedelta(days=1)


class NotToSplit(ValueError):
    """Nothing can be split into so many instalments."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What belongs to the days of one month."""

    period: Period
    net: Money


@dataclass(frozen=True, slots=True)
class Compared:
    """One month: what was paid, and what was due."""

    period: Period
    paid: Money
    due: Money

    @property
    def too_much(self) -> Money:
        """What is asked back; never less than nothing."""
        return Money(max(0, self.paid.cents - self.due.cents))


@dataclass(frozen=True, slots=True)
class Instalment:
    """What is paid back, and until when."""

    until: date
    amount: Money


def pay_day(period: Period) -> date:
    """The day on which the allowance of these days of a month is paid at the latest."""
    last = period.last_day
    end = last.replace(day=monthrange(last.year, last.month)[1])
    return end + timedelta(days=figure("office.paid_within_days", on=end))


def compared(paid: Sequence[Sum], due: Sequence[Sum]) -> tuple[Compared, ...]:
    """Each paid month beside what is due for it."""
    by_month = {_month(one.period): one.net for one in due}
    return tuple(
        Compared(one.period, one.net, by_month.get(_month(one.period), Money(0))) for one in paid
    )


def total(months: Sequence[Compared]) -> Money:
    """What is asked back for all of them."""
    return Money(sum(one.too_much.cents for one in months))


def without(period: Period, *, first_day: date, last_day: date | None) -> tuple[Period, ...]:
    """The days that stay due when none is due from a day on, until another one."""
    found = []
    if first_day > period.first_day:
        found.append(Period(period.first_day, min(period.last_day, first_day - _ONE_DAY)))
    if last_day is not None and last_day < period.last_day:
        found.append(Period(max(period.first_day, last_day + _ONE_DAY), period.last_day))
    return tuple(found)


def most_instalments(*, on: date) -> int:
    """Over how many months a debt may be spread."""
    return figure("office.most_instalments", on=on)


def hearing_until(*, today: date) -> date:
    """The last day to be heard, before anything is asked back."""
    return today + timedelta(days=figure("office.hearing_days", on=today))


def instalments(amount: Money, *, count: int, decided_on: date) -> tuple[Instalment, ...]:
    """Equal parts at the end of each month after the next; the first ones carry the odd cents.

    Raises NotToSplit for no part at all, or for parts of less than a cent.
    """
    if count < 1 or amount.cents < count:
        raise NotToSplit(count)
    part, odd = divmod(amount.cents, count)
    begin = decided_on.replace(day=1)
    found = []
    for at in range(count):
        month = months_after(begin, months=at + 1)
        end = month.replace(day=monthrange(month.year, month.month)[1])
        found.append(Instalment(end, Money(part + (at < odd))))
    return tuple(found)


def kept_until(*, last_due: date, on: date) -> date:
    """The last day on which a recovery is kept; ``last_due``: the day of its last instalment, or of
    the decision that nothing is asked back."""
    return months_after(last_due, months=12 * figure("office.recovery_kept", on=on))


def _month(period: Period) -> tuple[int, int]:
    return period.first_day.year, period.first_day.month
