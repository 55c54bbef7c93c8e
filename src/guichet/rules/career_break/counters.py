"""Which earlier breaks count for a wished one, and what that leaves.

Source: as in ``credits``; what is deducted from time credit: CCT 103 (earlier time credit and
ordinary career breaks with or without allowance; never end of career nor thematic leave), in
calendar months whatever the régime. ONEM's page on the right towards the employer is milder for
breaks without a motive (in proportion, their first twelve full months free): two parameters hold
what is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Final

from guichet.kernel.period import Period
from guichet.rules.career_break import agreements
from guichet.rules.career_break.credits import MONTH_DAYS, Counter, Scope, Standing, cost, cost_of
from guichet.rules.career_break.facts import CaredFor, EarlierBreak, Facts, View
from guichet.rules.career_break.figures import figure, figure_or_none, is_on
from guichet.rules.career_break.kinds import Leave, Motive
from guichet.rules.career_break.periods import age_on

DEDUCTED: Final = (Leave.TIME_CREDIT, Leave.ORDINARY)
REFORM: Final = date(2023, 2, 1)
_DAY_BEFORE_REFORM: Final = date(2023, 1, 31)
# Told to the employer before 1 April 2017, it may have begun later; a year is a convention.
_LAST_WITHOUT_MOTIVE: Final = date(2018, 3, 31)


def standing(facts: Facts) -> Standing | None:
    """The counters of the wished leave before it; None when nothing is known of earlier breaks.

    An employer who asks sees only what that employer introduced, for whomever it was.
    """
    if facts.history is None:
        return None
    taken = tuple(_visible(facts))
    return Standing(facts.leave, facts.first_day, tuple(_counters(facts, taken)))


def wished_cost(facts: Facts) -> int:
    """Units of the wished break; 0 for an open end, and in a régime that the leave has not."""
    if facts.leave is Leave.END_OF_CAREER or not _has_cost(facts):
        return 0
    return cost(
        facts.leave,
        facts.regime,
        periods=facts.blocks_of_days,
        on=facts.first_day,
        by_weeks=facts.regime.is_by_weeks or facts.is_hospital_stay,
    )


def _has_cost(facts: Facts) -> bool:
    if facts.regime.is_by_weeks or facts.is_hospital_stay:
        return facts.leave in (Leave.PARENTAL, Leave.MEDICAL_ASSISTANCE)
    if facts.leave in (*DEDUCTED, Leave.PALLIATIVE):
        return True
    name = f"credit.{facts.leave}.{facts.regime.standard}_month"
    return figure_or_none(name, on=facts.first_day) is not None


def deductions(taken: Sequence[EarlierBreak], *, on: date) -> list[int]:
    """What each of some breaks takes of time credit, in thirtieths of a month and in their order.

    What counts in proportion is rounded up over all of it together, so that the sum is exact.
    """
    free = _months(figure("credit.time_credit.free_without_motive", on=on))
    whole, found = Fraction(0), []
    for each in taken:
        cost = cost_of(each, on=on)
        if not _is_in_proportion(each, on):
            found.append(cost)
            continue
        before = max(0, ceil(whole) - free)
        whole += cost * Fraction(*each.regime.share)
        found.append(max(0, ceil(whole) - free) - before)
    return found


def _is_in_proportion(taken: EarlierBreak, on: date) -> bool:
    if not is_on("credit.time_credit.in_proportion", on=on):
        return False
    if taken.leave is Leave.ORDINARY:
        return True
    return taken.motive is None and taken.period.first_day <= _LAST_WITHOUT_MOTIVE


def child_standing(facts: Facts) -> Standing | None:
    """What the allowance leaves of time credit for a child; None when earlier breaks are unknown.

    Units: thirtieths of a month. From 1 February 2023 fewer months, but not for who had used
    enough of them by then (Royal Decree of 26 January 2023). A credit that ran on that day was cut
    short too: its own months until then count as used.
    """
    right = standing(facts)
    if right is None or facts.history is None:
        return None
    mine = [each for each in _visible(facts) if each.motive is Motive.CHILD]
    last = max((each.last_day for each in facts.blocks_of_days), default=facts.first_day)
    cap = figure("credit.time_credit.child_allowance", on=last)
    if _used_before_reform(facts, mine) >= _months(
        figure("credit.time_credit.kept_from", on=REFORM)
    ):
        cap = figure("credit.time_credit.child_allowance", on=_DAY_BEFORE_REFORM)
    paid = Counter(Scope.ALLOWANCE, _months(cap), _sum(mine, facts))
    return Standing(right.leave, right.on, (*right.counters, paid))


def is_doubled(facts: Facts) -> bool | None:
    """Whether medical assistance is doubled: a single parent of an ill child of 16 at most."""
    if facts.is_single_parent is False:
        return False
    if facts.person.born_on is not None:
        oldest = figure("age.doubled_medical_assistance", on=facts.first_day)
        if age_on(facts.person.born_on, on=facts.first_day) > oldest:
            return False
    if facts.is_single_parent is None or facts.person.born_on is None:
        return None
    return True


def may_be_doubled(facts: Facts, counter: Counter) -> bool:
    """Whether the uses of a counter would fit if the worker turned out to be a single parent."""
    if facts.leave is not Leave.MEDICAL_ASSISTANCE or facts.view is View.EMPLOYER:
        return False
    total = figure("credit.medical_assistance.total_single_parent", on=facts.first_day)
    return is_doubled(facts) is None and counter.used <= total


def same_person(facts: Facts, taken: EarlierBreak) -> bool:
    """Whether a break was for the person of the wished one, or may have been."""
    return taken.person is None or facts.person.key in (None, taken.person)


def follows_exhausted_palliative(facts: Facts) -> bool:
    """Whether a time credit follows, without a gap, palliative leave of which nothing is left."""
    if facts.leave is not Leave.TIME_CREDIT:
        return False
    for taken in facts.history or ():
        if taken.leave is Leave.PALLIATIVE and _ends_before(taken, facts.first_day):
            asked = replace(
                facts, leave=Leave.PALLIATIVE, motive=None, person=CaredFor(key=taken.person)
            )
            rest = standing(asked)
            if rest is not None and rest.left == 0:
                return True
    return False


def extends_ordinary_break(facts: Facts) -> bool:
    """Whether an ordinary break goes on, without a gap, from an earlier one."""
    return facts.leave is Leave.ORDINARY and any(
        taken.leave is Leave.ORDINARY and _ends_before(taken, facts.first_day)
        for taken in facts.history or ()
    )


def _ends_before(taken: EarlierBreak, day: date) -> bool:
    return (day - taken.period.last_day).days == 1


def _visible(facts: Facts) -> Iterable[EarlierBreak]:
    every = facts.history or ()
    return every if facts.view is not View.EMPLOYER else (each for each in every if each.is_own)


def _counters(facts: Facts, taken: tuple[EarlierBreak, ...]) -> Iterable[Counter]:
    match facts.leave:
        case Leave.TIME_CREDIT:
            yield from _of_time_credit(facts, taken)
        case Leave.ORDINARY:
            yield _of_ordinary_break(facts, taken)
        case Leave.INFORMAL_CARER:
            mine = [each for each in taken if each.leave is facts.leave]
            person = figure("credit.informal_carer.person", on=facts.first_day)
            career = figure("credit.informal_carer.career", on=facts.first_day)
            yield Counter(Scope.PERSON, person, _sum_for_person(mine, facts))
            yield Counter(Scope.CAREER, career, _sum(mine, facts))
        case Leave.PARENTAL | Leave.MEDICAL_ASSISTANCE | Leave.PALLIATIVE:
            mine = [each for each in taken if each.leave is facts.leave]
            yield Counter(Scope.PERSON, _personal_total(facts), _sum_for_person(mine, facts))
        case Leave.END_OF_CAREER:
            return


def _personal_total(facts: Facts) -> int:
    doubled = facts.leave is Leave.MEDICAL_ASSISTANCE and is_doubled(facts)
    name = "total_single_parent" if doubled else "total"
    return figure(f"credit.{facts.leave}.{name}", on=facts.first_day)


def _of_time_credit(facts: Facts, taken: tuple[EarlierBreak, ...]) -> Iterable[Counter]:
    counted = [each for each in taken if each.leave in DEDUCTED]
    cap = figure("credit.time_credit.total", on=facts.first_day)
    yield Counter(Scope.CAREER, _months(cap), sum(deductions(counted, on=facts.first_day)))
    same = [each for each in counted if facts.motive is not None and each.motive is facts.motive]
    if facts.motive is Motive.TRAINING:
        cap = figure("credit.time_credit.training", on=facts.first_day)
        yield Counter(Scope.MOTIVE, _months(cap), _sum(same, facts))
    if facts.motive is Motive.PALLIATIVE:
        cap = figure("credit.time_credit.palliative_person", on=facts.first_day)
        yield Counter(Scope.PERSON, _months(cap), _sum_for_person(same, facts))
    given = agreements.months_given(facts)
    if given is not None:
        yield Counter(Scope.AGREEMENT, _months(given), _sum(same, facts))


def _of_ordinary_break(facts: Facts, taken: tuple[EarlierBreak, ...]) -> Counter:
    full = facts.regime.is_full
    mine = [each for each in taken if each.leave is facts.leave and each.regime.is_full is full]
    name = "full" if full else "partial"
    cap = figure_or_none(f"credit.ordinary.{name}", on=facts.first_day) or 0
    return Counter(Scope.CAREER, _months(cap), _sum(mine, facts))


def _sum(taken: Iterable[EarlierBreak], facts: Facts) -> int:
    return sum(cost_of(each, on=facts.first_day) for each in taken)


def _sum_for_person(taken: Iterable[EarlierBreak], facts: Facts) -> int:
    return _sum((each for each in taken if same_person(facts, each)), facts)


def _used_before_reform(facts: Facts, taken: Iterable[EarlierBreak]) -> int:
    periods = [*(each.period for each in taken), *facts.blocks_of_days]
    clipped = tuple(
        Period(each.first_day, min(each.last_day, _DAY_BEFORE_REFORM))
        for each in periods
        if each.first_day <= _DAY_BEFORE_REFORM
    )
    return cost(facts.leave, facts.regime, periods=clipped, on=REFORM)


def _months(count: int) -> int:
    return count * MONTH_DAYS
