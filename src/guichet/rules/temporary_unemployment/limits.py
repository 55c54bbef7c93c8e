"""How long a suspension may last, and the week of work that must follow.

Four weeks for a full suspension, three months for a large one, unless a joint committee has other
terms; then one week of seven uninterrupted days of work. Consecutive suspensions without that week
count together. A collective closure may be cut out. Nothing of this is refused at entry.

Source: Act of 3 July 1978, art. 51; ONEM leaflet E22.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.kinds import Regime
from guichet.rules.temporary_unemployment.spans import counted_days, last_counted_day
from guichet.rules.temporary_unemployment.terms import Terms

_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Suspension:
    """A suspension that was announced for the same workers or section."""

    period: Period
    regime: Regime
    excluded: tuple[Period, ...] = ()

    @property
    def cut_out(self) -> tuple[Period, ...]:
        """The parts of what was cut out that lie within it."""
        parts = (self.period.overlap(cut) for cut in self.excluded)
        return tuple(part for part in parts if part is not None)

    @property
    def days(self) -> int:
        """Its calendar days without what was cut out."""
        return counted_days(self.period, excluded=self.excluded)


class Spent(StrEnum):
    """How a day of the week of work was spent."""

    WORKED = "worked"
    FORCE_MAJEURE = "force_majeure"
    ACCIDENT = "accident"
    GUARANTEED_WAGE = "guaranteed_wage"
    SICKNESS = "sickness"
    MATERNITY = "maternity"
    HOLIDAY = "holiday"
    LEGAL_HOLIDAY = "legal_holiday"
    EDUCATIONAL_LEAVE = "educational_leave"
    POLITICAL_MANDATE = "political_mandate"
    SHORT_LEAVE = "short_leave"
    CAREER_BREAK = "career_break"
    REST = "rest"
    OTHER_STRIKE = "other_strike"
    NOT_SCHEDULED = "not_scheduled"
    WEATHER = "weather"
    CLOSURE = "closure"
    CLOSURE_REST = "closure_rest"
    OWN_STRIKE = "own_strike"
    ECONOMIC = "economic"
    UNKNOWN = "unknown"

    @property
    def counts_as_work(self) -> bool:
        """Whether the day counts as work in the week between two suspensions."""
        return self not in _NOT_WORK


_NOT_WORK: Final = frozenset(
    {
        Spent.WEATHER,
        Spent.CLOSURE,
        Spent.CLOSURE_REST,
        Spent.OWN_STRIKE,
        Spent.ECONOMIC,
        Spent.UNKNOWN,
    }
)


@dataclass(frozen=True, slots=True)
class Excess:
    """A suspension that is too long: the last day in order, and from when wage is due."""

    last_allowed: date
    days_over: int

    @property
    def wage_from(self) -> date:
        """The first day of normal wage."""
        return self.last_allowed + _ONE_DAY


def last_allowed_day(
    start: date,
    *,
    regime: Regime,
    terms: Terms,
    excluded: Iterable[Period] = (),
    before: Sequence[Suspension] = (),
) -> date | None:
    """The last day of the longest suspension from ``start``; None where there is no such limit.

    ``before``: those without a week of work in between, the latest first: their days count too.
    The day before ``start`` when they used everything up.
    """
    span = terms.limit(regime)
    if span is None:
        return None
    if not before:
        return last_counted_day(start, days=span.days_from(start), excluded=excluded)
    most = span.days_from(before[-1].period.first_day)
    left = most - sum(each.days for each in before)
    if any(_is_used_up(each, terms) for each in before):
        left = 0
    return last_counted_day(start, days=left, excluded=excluded)


def excess(suspension: Suspension, *, terms: Terms) -> Excess | None:
    """By how much a suspension is longer than its maximum; None when it is not."""
    period = suspension.period
    last = last_allowed_day(
        period.first_day,
        regime=suspension.regime,
        terms=terms,
        excluded=suspension.cut_out,
    )
    if last is None or period.last_day <= last:
        return None
    over = counted_days(Period(last + _ONE_DAY, period.last_day), excluded=suspension.excluded)
    return Excess(last, over) if over else None


def work_week(last_day: date, *, terms: Terms) -> Period:
    """The days of work that follow a suspension that lasted its maximum."""
    return Period.of_weeks(last_day + _ONE_DAY, terms.between)


def next_start(last_day: date, *, terms: Terms) -> date:
    """The first day of the next full or large suspension after the week of work."""
    return work_week(last_day, terms=terms).last_day + _ONE_DAY


def is_work_week(week: Period, *, spent: Mapping[date, Spent]) -> bool:
    """Whether every day of a week of work counts as work; a day that is not told does not."""
    days = (week.first_day + timedelta(days=n) for n in range(week.days))
    return all(spent.get(day, Spent.UNKNOWN).counts_as_work for day in days)


def without_work_between(
    suspension: Suspension, *, before: Iterable[Suspension], terms: Terms
) -> tuple[Suspension, ...]:
    """The earlier full and large suspensions that count together with this one, latest first.

    Those between which, and before which, there was no week of work: whether people worked in a
    gap that is long enough is seen later by the office, not here.
    """
    earlier = sorted(
        (each for each in before if each.regime.needs_work_week),
        key=lambda each: each.period.last_day,
        reverse=True,
    )
    chain: list[Suspension] = []
    if not suspension.regime.needs_work_week:
        return ()
    first = suspension.period.first_day
    for each in earlier:
        if each.period.last_day >= first:
            continue
        if (first - each.period.last_day).days - 1 >= 7 * terms.between:
            break
        chain.append(each)
        first = each.period.first_day
    return tuple(chain)


def next_allowed_start(
    suspension: Suspension, *, before: Sequence[Suspension], terms: Terms
) -> date | None:
    """The first start after a week of work, when one is missing; None when none is needed.

    Consecutive suspensions are in order as long as none of them used up its own maximum before
    and their days together stay within that of the new one.
    """
    chain = without_work_between(suspension, before=before, terms=terms)
    span = terms.limit(suspension.regime)
    if not chain or span is None:
        return None
    total = suspension.days + sum(each.days for each in chain)
    fits = total <= span.days_from(chain[-1].period.first_day)
    if fits and not any(_is_used_up(each, terms) for each in chain):
        return None
    return next_start(chain[0].period.last_day, terms=terms)


def _is_used_up(suspension: Suspension, terms: Terms) -> bool:
    last = last_allowed_day(
        suspension.period.first_day,
        regime=suspension.regime,
        terms=terms,
        excluded=suspension.cut_out,
    )
    return last is not None and suspension.period.last_day >= last
