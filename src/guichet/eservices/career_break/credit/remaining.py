"""The remaining credit of a worker: one pot for each leave and person, and what each period took.

Where it is not told for whom a period was taken, it counts for everybody: the figure is cautious.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from guichet.eservices.career_break.credit.knowing import Known
from guichet.eservices.career_break.credit.lefts import Left, lefts
from guichet.eservices.career_break.dossier import Taken
from guichet.eservices.career_break.said import Cared
from guichet.rules.career_break import ages, counters
from guichet.rules.career_break.credits import (
    Amount,
    Counter,
    Scope,
    Standing,
    cost_of,
    standard_blocks,
    worth,
)
from guichet.rules.career_break.facts import CaredFor, Facts, View
from guichet.rules.career_break.kinds import Leave, Motive, Regime, Sector

_FOR_SOMEBODY: Final = (
    Leave.PARENTAL,
    Leave.MEDICAL_ASSISTANCE,
    Leave.PALLIATIVE,
    Leave.INFORMAL_CARER,
)
OTHER: Final = "other"
ONE: Final = "one"


@dataclass(frozen=True, slots=True)
class Used:
    """A period and the units that it took; ``is_untold``: nobody said for whom."""

    taken: Taken
    cost: int
    is_untold: bool


@dataclass(frozen=True, slots=True)
class Pot:
    """A credit. ``key``: names it in forms; ``sort``: the motive of a time credit, the régime of a
    career break, ``one`` or ``other`` for a person, ``other`` being somebody for whom nothing was
    taken yet; ``paid``: what of it is paid, where that is less.

    ``total`` and ``left``: units of the counter that decides; ``blocks``: standard steps of
    parental leave.
    """

    key: str
    leave: Leave
    motive: Motive | None
    regime: Regime
    sort: str
    person: str
    whom: Cared | None
    total: int
    left: int
    lefts: tuple[Left, ...]
    uses: tuple[Used, ...]
    paid: Amount | None
    blocks: int | None

    @property
    def used(self) -> int:
        """Units used of it."""
        return self.total - self.left

    @property
    def untold(self) -> int:
        """How many of its periods may be for somebody else."""
        return sum(use.is_untold for use in self.uses)


def pots(known: Known, *, on: date) -> tuple[Pot, ...]:
    """Every credit of a worker on a day, in the order of the screens."""
    return tuple(_pots(known, on))


def _pots(known: Known, on: date) -> Iterator[Pot]:
    taken = known.taken or ()
    asked = Facts(
        leave=Leave.TIME_CREDIT,
        regime=Regime.FULL,
        first_day=on,
        view=View.WORKER,
        history=tuple(one.rules for one in taken),
    )
    is_public = known.sector == Sector.PUBLIC
    if not is_public or any(one.rules.leave is Leave.TIME_CREDIT for one in taken):
        for motive in (None, Motive.CHILD, Motive.TRAINING):
            yield _pot(replace(asked, motive=motive), taken)
    if is_public or any(one.rules.leave is Leave.ORDINARY for one in taken):
        for regime in (Regime.FULL, Regime.HALF):
            public = replace(asked, leave=Leave.ORDINARY, regime=regime, sector=Sector.PUBLIC)
            yield _pot(public, taken)
    for leave in _FOR_SOMEBODY:
        mine = [one for one in taken if one.rules.leave is leave]
        keys = dict.fromkeys(one.rules.person for one in mine if one.rules.person)
        for key in (*keys, OTHER):
            whom = known.people.get(key)
            person = replace(whom.facts(), key=key) if whom else CaredFor(key=key)
            yield _pot(replace(asked, leave=leave, person=person), taken, whom)


def _pot(asked: Facts, taken: Sequence[Taken], whom: Cared | None = None) -> Pot:
    standing = counters.standing(asked)
    assert standing is not None  # the history is known
    tightest = standing.tightest
    is_career = tightest is not None and tightest.scope is Scope.CAREER
    uses = tuple(_uses(asked, taken, of_everybody=is_career))
    person = asked.person.key or ""
    sort = asked.motive or (asked.regime if asked.leave is Leave.ORDINARY else "")
    if person:
        sort = OTHER if person == OTHER else ONE
    tail = person or sort
    return Pot(
        key=f"{asked.leave}-{tail}" if tail else asked.leave.value,
        sort=str(sort),
        leave=asked.leave,
        motive=asked.motive,
        regime=asked.regime,
        person=person,
        whom=whom,
        total=tightest.total if tightest else 0,
        left=tightest.left if tightest else 0,
        lefts=lefts(standing, regime=asked.regime),
        uses=uses,
        paid=_paid(asked),
        blocks=standard_blocks(standing) if asked.leave is Leave.PARENTAL else None,
    )


def _uses(asked: Facts, taken: Sequence[Taken], *, of_everybody: bool) -> Iterator[Used]:
    """``of_everybody``: the counter over all persons, or all motives, together decides."""
    counted = [one for one in taken if _counts(asked, one, of_everybody=of_everybody)]
    rules = [one.rules for one in counted]
    if asked.leave is Leave.TIME_CREDIT:
        costs = counters.deductions(rules, on=asked.first_day)
    else:
        costs = [cost_of(one, on=asked.first_day) for one in rules]
    for one, cost in zip(counted, costs, strict=True):
        if cost or asked.leave is Leave.TIME_CREDIT:
            is_untold = one.rules.person is None and asked.leave in _FOR_SOMEBODY
            yield Used(one, cost, is_untold)


def _counts(asked: Facts, one: Taken, *, of_everybody: bool) -> bool:
    """Whether a period is counted in this pot, as `counters` counts it."""
    rules = one.rules
    if asked.leave is Leave.TIME_CREDIT:
        is_one_motive = asked.motive is Motive.TRAINING and not of_everybody
        same = not is_one_motive or rules.motive is asked.motive
        return rules.leave in counters.DEDUCTED and same
    if rules.leave is not asked.leave:
        return False
    if asked.leave is Leave.ORDINARY:
        return rules.regime.is_full is asked.regime.is_full
    return of_everybody or counters.same_person(asked, rules)


def _paid(asked: Facts) -> Amount | None:
    """What of the rest is paid, where that may be less than what the right leaves."""
    if asked.motive is Motive.CHILD:
        standing = counters.child_standing(asked)
        return None if standing is None else worth(standing, Regime.FULL)
    units = ages.paid_units(asked)
    whole = counters.standing(asked)
    if units is None or whole is None or whole.tightest is None:
        return None
    counter = Counter(Scope.ALLOWANCE, units, whole.tightest.used)
    return worth(Standing(whole.leave, whole.on, (counter,)), Regime.FULL)
