"""What collective agreements add to time credit: full and half time, and for how many months.

Source: CCT 103 art. 4 (full and half time credit to care for a child under 8, to give palliative
care, to care for an ill member of the family, or to follow a training exist only where a sector's
or company's agreement provides them, for as many months as it gives). A fifth is direct, and so is
any régime for a disabled child or a seriously ill minor child.
"""

from __future__ import annotations

from typing import Final

from guichet.rules.career_break.facts import Facts
from guichet.rules.career_break.figures import figure_or_none
from guichet.rules.career_break.kinds import Leave, Motive, Regime
from guichet.rules.career_break.periods import latest_notice

BY_AGREEMENT: Final = frozenset(
    {Motive.CHILD, Motive.PALLIATIVE, Motive.ILL_RELATIVE, Motive.TRAINING}
)


def is_needed(facts: Facts) -> bool:
    """Whether the wish exists only where an agreement provides it."""
    return (
        facts.leave is Leave.TIME_CREDIT
        and facts.motive in BY_AGREEMENT
        and facts.regime in (Regime.FULL, Regime.HALF)
    )


def is_provided(facts: Facts) -> bool | None:
    """Whether an agreement provides it, or None when nobody said so and none is known here."""
    if facts.agreement.provides is None and facts.agreement.months is None:
        return True if _known(facts, "months") is not None else None
    return facts.agreement.provides is not False


def months_given(facts: Facts) -> int | None:
    """The months that the agreement gives, or None when it sets no lower number.

    Without a number in the facts, the agreements that are known here are looked up by joint
    committee; where the number depends on a seniority that is unknown, the lower one is not
    guessed and None is given.
    """
    if not is_needed(facts):
        return None
    if facts.agreement.months is not None:
        return facts.agreement.months
    if facts.agreement.provides is False or facts.employed_since is None:
        return None
    years = _known(facts, "seniority_years")
    if years is None:
        return None
    since = latest_notice(facts.asked_on, months=12 * years)
    return _known(facts, "months") if facts.employed_since > since else None


def months_depend_on_unknown(facts: Facts) -> bool:
    """Whether an agreement that is known here gives months by a seniority that is not."""
    is_open = facts.agreement.months is None and facts.employed_since is None
    return is_open and _known(facts, "seniority_years") is not None


def _known(facts: Facts, name: str) -> int | None:
    if facts.joint_committee is None:
        return None
    committee = facts.joint_committee.partition(".")[0]
    return figure_or_none(f"agreement.{committee}.{name}", on=facts.asked_on)
