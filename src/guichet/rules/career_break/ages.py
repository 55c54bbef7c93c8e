"""Age limits of the child, for the right and for the allowance.

"Before the nth birthday" is meant literally: a start on the birthday itself is too late. Sources:
CCT 103 art. 4 (time credit: 8 years; 21 for a disabled child), Royal Decree of 29 October 1997
art. 3 (parental leave: 12 and 21 years), Royal Decree of 12 December 2001 (full time credit for a
child: 5 years, from 1 February 2023), Royal Decree of 10 August 1998 (minor child). An overrun that
results from the employer's postponement is tolerated.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from guichet.kernel.verdict import Finding, Severity
from guichet.rules.career_break.facts import Facts
from guichet.rules.career_break.figures import figure, figure_or_none
from guichet.rules.career_break.findings import Count, Missing, found, unknown
from guichet.rules.career_break.kinds import Leave, Motive, Regime
from guichet.rules.career_break.periods import birthday

_ONE_DAY: Final = timedelta(days=1)
_OF_A_CHILD: Final = frozenset({Motive.CHILD, Motive.DISABLED_CHILD, Motive.ILL_CHILD})


def right_findings(facts: Facts) -> Iterator[Finding]:
    """Whether the child is young enough on the first day, for the right to be absent."""
    limit = _limit(facts)
    if limit is None:
        return
    rule, age = limit
    yield from _under(facts, rule, age)
    since = facts.person.registered_on
    if facts.person.is_adopted and since is not None and facts.first_day < since:
        yield found(f"{rule}.adoption", Severity.BLOCK, since=since)


def allowance_findings(facts: Facts) -> Iterator[Finding]:
    """Whether the child is young enough for the allowance, where that asks for more."""
    if facts.leave is not Leave.TIME_CREDIT or facts.motive is not Motive.CHILD:
        return
    name = "full_allowance" if facts.regime is Regime.FULL else "allowance"
    age = figure(f"age.time_credit.child_{name}", on=facts.asked_on)
    rule = "TC-09" if facts.regime is Regime.FULL else "TC-08"
    yield from _under(facts, rule, age)


def _limit(facts: Facts) -> tuple[str, int] | None:
    on = facts.first_day
    if facts.leave is Leave.PARENTAL:
        # A child whose disability is not known is held to the general limit only past it.
        name = "parental_disabled" if facts.person.is_disabled else "parental"
        return "PL-07", figure(f"age.{name}", on=on)
    if facts.leave is Leave.MEDICAL_ASSISTANCE and facts.is_hospital_stay:
        return "MA-05", figure("age.minor", on=on)
    if facts.leave is Leave.TIME_CREDIT and facts.motive in _OF_A_CHILD:
        rule = "TC-16" if facts.motive is Motive.DISABLED_CHILD else "TC-08"
        if facts.motive is Motive.ILL_CHILD:
            return "TC-15", figure("age.minor", on=on)
        return rule, figure(f"age.time_credit.{facts.motive}", on=on)
    return None


def _under(facts: Facts, rule: str, age: int) -> Iterator[Finding]:
    born = facts.person.born_on
    if born is None:
        yield unknown(rule, Missing.BIRTH_OF_CHILD)
        return
    limit = birthday(born, age=age)
    if facts.first_day < limit:
        return
    if _may_be_disabled(facts):
        oldest = figure("age.parental_disabled", on=facts.first_day)
        if facts.first_day < birthday(born, age=oldest):
            yield unknown(rule, Missing.DISABILITY)
            return
    severity = Severity.INFORM if facts.delayed_by_employer else Severity.BLOCK
    key = f"{rule}.delayed" if facts.delayed_by_employer else f"{rule}.age"
    yield found(key, severity, age=Count(age, "year"), last=limit - _ONE_DAY)


def _may_be_disabled(facts: Facts) -> bool:
    return facts.leave is Leave.PARENTAL and facts.person.is_disabled is None


def paid_units(facts: Facts) -> int | None:
    """Units of parental leave with an allowance when they are fewer than those of the right.

    A child born or adopted before 8 March 2012 opens the allowance for three quarters of the
    credit only (Royal Decree of 31 May 2012). None: no lower limit, or not known.
    """
    born = facts.person.born_on
    if facts.leave is not Leave.PARENTAL or born is None:
        return None
    since = facts.person.registered_on if facts.person.is_adopted else born
    return figure_or_none("credit.parental.paid_by_birth", on=since or born)
