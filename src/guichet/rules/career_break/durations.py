"""How long a break may last: steps, least and most, what balance allows, and the nearest ends.

A period is read in months, except a flexible full break and a stay with a hospitalised child,
which are read in weeks. Sources: CCT 103 (least and most of time credit), Royal Decrees of
29 October 1997 art. 2 (steps of parental leave), 10 August 1998 art. 6 and 6ter, Recovery Act of
22 January 1985 art. 100bis and 100ter, Royal Decree of 19 November 1998; parameters
``career_break.duration.*``. The ends that are proposed are computed, never written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from guichet.kernel.period import Period
from guichet.rules.career_break.facts import Facts
from guichet.rules.career_break.figures import figure, figure_or_none
from guichet.rules.career_break.kinds import Leave, Motive, Regime
from guichet.rules.career_break.periods import cover, end_for, months_and_days

_FARTHEST: Final = 600
_WEEK: Final = 7
_ONE_DAY: Final = timedelta(days=1)


class Unit(StrEnum):
    """In what a period is read."""

    MONTH = "month"
    WEEK = "week"


class Misfit(StrEnum):
    """Why a period is no valid one; the value is the code of the entry check that says so."""

    REVERSED = "V-DT-02"
    NOT_WHOLE = "V-DU-01"
    STEP = "V-DU-02"
    MINIMUM = "V-DU-03"
    MAXIMUM = "V-DU-04"
    CREDIT = "V-DU-05"
    WEEKS = "V-DU-06"
    TOO_MANY_WEEKS = "V-DU-07"
    HOSPITAL = "V-DU-08"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a request must look like.

    ``balance``: less than the minimum may be taken when it is all that is left, in one go.
    ``window``: months in which separate weeks must lie. ``may_be_open``: no last day is needed.
    """

    unit: Unit
    step: int
    minimum: int
    maximum: int | None = None
    balance: bool = False
    window: int | None = None
    may_be_open: bool = False

    def accepts(self, count: int, *, left: int | None = None) -> bool:
        """Whether ``count`` months or weeks are valid; ``left``: what the credit still holds."""
        if count < 1 or (left is not None and count > left):
            return False
        if count < self.minimum:
            return self.balance and count == left
        if self.maximum is not None and count > self.maximum:
            return False
        return count % self.step == 0

    def end(self, first_day: date, count: int) -> date:
        """The last day of ``count`` months or weeks."""
        if self.unit is Unit.MONTH:
            return end_for(first_day, months=count)
        return first_day + timedelta(days=_WEEK * count - 1)


@dataclass(frozen=True, slots=True)
class Length:
    """A period as its shape reads it: how many months or weeks, why it does not fit, what would.

    ``count`` is None when it is no whole number. ``ends``: the nearest valid last days, the
    earlier one first; one or none where there are no two.
    """

    shape: Shape
    count: int | None
    misfits: tuple[Misfit, ...] = ()
    ends: tuple[date, ...] = ()


def shape_of(facts: Facts) -> Shape:
    """The shape of the wished leave in the wished régime, by the figures of its first day."""
    on = facts.first_day
    if facts.is_hospital_stay:
        weeks = figure("duration.medical_assistance.hospital_weeks", on=on)
        return Shape(Unit.WEEK, 1, 1, weeks)
    prefix = f"duration.{facts.leave}.{facts.regime}"
    if facts.regime.is_by_weeks:
        most = figure_or_none(f"{prefix}.maximum", on=on)
        return Shape(Unit.WEEK, 1, 1, most, window=figure_or_none(f"{prefix}.window_months", on=on))
    if facts.leave is Leave.TIME_CREDIT and facts.motive in _SHORT:
        most = figure(f"duration.time_credit.{facts.motive}.maximum", on=on)
        return Shape(Unit.MONTH, 1, 1, most)
    step = figure_or_none(f"{prefix}.step", on=on) or 1
    return Shape(
        Unit.MONTH,
        step,
        figure_or_none(f"{prefix}.minimum", on=on) or step,
        figure_or_none(f"{prefix}.maximum", on=on),
        balance=facts.leave is Leave.TIME_CREDIT or _is_parental_half(facts),
        may_be_open=facts.leave is Leave.END_OF_CAREER,
    )


def length_of(facts: Facts, *, left: int | None = None, odd_days: int = 0) -> Length:
    """The wished period against its shape.

    ``left``: whole months or weeks of credit left; ``odd_days``: days left besides, which may be
    taken with a balance below the minimum.
    """
    shape = shape_of(facts)
    blocks = facts.blocks_of_days
    if facts.takes_balance and shape.balance:
        left = _claimed(facts, shape, left)
    if not blocks:
        return Length(shape, None, () if facts.last_day is None else (Misfit.REVERSED,))
    count = _count(shape, blocks)
    is_rest = odd_days and left is not None and left < shape.minimum and shape.balance
    if is_rest and len(blocks) == 1 and months_and_days(blocks[0]) == (left, odd_days):
        return Length(shape, left)
    misfits = tuple(dict.fromkeys(_misfits(facts, shape, blocks, count, left)))
    ends = nearest_ends(shape, blocks=blocks, left=left) if misfits else ()
    return Length(shape, count, misfits, tuple(_valid(facts, shape, ends, left)))


def nearest_ends(
    shape: Shape, *, blocks: tuple[Period, ...], left: int | None = None
) -> tuple[date, ...]:
    """The nearest valid last days of the last block, before and after the one that was asked.

    ``blocks``: one period, or separate weeks in their order; the earlier ones stay as they are.
    """
    *earlier, last = blocks
    before = sum(_begun(shape, each) for each in earlier)
    shorter: tuple[date, ...] = ()
    for count in range(1, _top(shape, left) - before + 1):
        if not shape.accepts(before + count, left=left):
            continue
        end = shape.end(last.first_day, count)
        if shape.window and end > end_for(blocks[0].first_day, months=shape.window):
            break
        if end > last.last_day:
            return (*shorter, end)
        if end < last.last_day:
            shorter = (end,)
    return shorter


def _valid(facts: Facts, shape: Shape, ends: tuple[date, ...], left: int | None) -> Iterator[date]:
    """The ends that cure the period: weeks that overlap, for one, are cured by none."""
    *earlier, last = facts.blocks_of_days
    for end in ends:
        blocks = (*earlier, Period(last.first_day, end))
        count = _count(shape, blocks)
        if not any(_misfits(facts, shape, blocks, count, left)):
            yield end


def _top(shape: Shape, left: int | None) -> int:
    return min(top for top in (shape.maximum, left, _FARTHEST) if top is not None)


def _misfits(
    facts: Facts, shape: Shape, blocks: tuple[Period, ...], count: int | None, left: int | None
) -> Iterator[Misfit]:
    if shape.unit is Unit.WEEK:
        yield from _week_misfits(facts, shape, blocks, count)
    elif count is None:
        yield Misfit.NOT_WHOLE
    elif shape.maximum is not None and count > shape.maximum:
        yield Misfit.MAXIMUM
    elif count < shape.minimum and not (shape.balance and count == left):
        # A number below the least is a matter of the step where the two are the same figure.
        yield Misfit.STEP if shape.minimum == shape.step else Misfit.MINIMUM
    elif count >= shape.minimum and count % shape.step:
        yield Misfit.STEP
    if count is not None and left is not None and count > left:
        yield Misfit.CREDIT


def _week_misfits(
    facts: Facts, shape: Shape, blocks: tuple[Period, ...], count: int | None
) -> Iterator[Misfit]:
    apart = Misfit.HOSPITAL if facts.is_hospital_stay else Misfit.WEEKS
    pairs = tuple(pairwise(blocks))
    if count is None or any(one.overlaps(next_one) for one, next_one in pairs):
        yield apart
    if facts.is_hospital_stay and any(not one.adjoins(next_one) for one, next_one in pairs):
        yield apart
    if facts.is_hospital_stay and shape.maximum is not None:
        stays = (*blocks, *_stays_before(facts, blocks[0]))
        if sum(-(-one.days // _WEEK) for one in stays) > shape.maximum:
            yield apart
    if shape.window is not None:
        whole = cover(blocks)
        if whole.last_day > end_for(whole.first_day, months=shape.window):
            yield apart
    if shape.maximum is not None and count is not None and count > shape.maximum:
        yield Misfit.HOSPITAL if facts.is_hospital_stay else Misfit.TOO_MANY_WEEKS


def _stays_before(facts: Facts, block: Period) -> Iterator[Period]:
    """The weeks for the same child that this one follows without a gap."""
    first = block.first_day
    mine = [
        each.period
        for each in facts.history or ()
        if each.is_hospital_stay and each.person is not None and each.person == facts.person.key
    ]
    for period in sorted(mine, reverse=True):
        if (first - period.last_day).days == 1:
            yield period
            first = period.first_day


def _count(shape: Shape, blocks: tuple[Period, ...]) -> int | None:
    if shape.unit is Unit.MONTH:
        return blocks[0].whole_months() if len(blocks) == 1 else None
    weeks = [each.whole_weeks() for each in blocks]
    return None if None in weeks else sum(week for week in weeks if week is not None)


def _begun(shape: Shape, period: Period) -> int:
    if shape.unit is Unit.WEEK:
        return -(-period.days // _WEEK)
    months, days = months_and_days(period)
    return months + bool(days)


def _claimed(facts: Facts, shape: Shape, left: int | None) -> int | None:
    """The balance as the worker says it: what is asked, unless the credit is known to differ."""
    count = _count(shape, facts.blocks_of_days) if facts.blocks_of_days else None
    return count if left is None else left


def _is_parental_half(facts: Facts) -> bool:
    """Half-time by single months may leave one month, which is less than a standard step."""
    return facts.leave is Leave.PARENTAL and facts.regime is Regime.HALF


_SHORT: Final = frozenset({Motive.PALLIATIVE, Motive.ILL_RELATIVE, Motive.ILL_CHILD})
