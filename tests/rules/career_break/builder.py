"""Facts and earlier breaks for the tests, with everything in order unless a test says otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

from guichet.kernel.niss import Sex
from guichet.kernel.period import Period
from guichet.kernel.verdict import Severity, Verdict
from guichet.rules.career_break.credits import Amount, worth
from guichet.rules.career_break.facts import (
    CaredFor,
    CollectiveAgreement,
    EarlierBreak,
    Facts,
    Job,
    WorkedSpell,
)
from guichet.rules.career_break.kinds import Leave, Motive, Parentage, Regime, Relation
from guichet.rules.career_break.rights import right

FULL_TIME = Job(38 * 60, 38 * 60)
LONG_AGO = date(2010, 1, 1)
LONG_SERVICE = (WorkedSpell(Period(LONG_AGO, date(2032, 12, 31)), FULL_TIME),)


def day(text: str) -> date:
    """A day as the examples write it: ``24/02/2025``."""
    parts = text.split("/")
    return date(int(parts[2]), int(parts[1]), int(parts[0]))


def wish(leave: Leave, regime: Regime, first: str, last: str | None, **more: Any) -> Facts:
    """A wish of a full-timer of long standing with a middle-sized employer."""
    first_day = day(first)
    known: dict[str, Any] = {
        "notice_on": date(first_day.year - 1, first_day.month, 1),
        "job": FULL_TIME,
        "other_jobs": (),
        "days_per_week": 5,
        "worked": LONG_SERVICE,
        "employed_since": LONG_AGO,
        "head_count": 100,
        "history": (),
        "lives_in_eea": True,
        "has_forbidden_activity": False,
        "is_single_parent": False,
        "person": CaredFor(
            key="one",
            born_on=date(first_day.year - 2, 1, 1),
            relation=Relation.BLOOD_FIRST,
            parentage=Parentage.BIOLOGICAL,
            is_disabled=True,
            recognition=Period(date(2020, 9, 1), date(2032, 12, 31)),
            has_social_rights=True,
            lives_in_belgium=True,
        ),
        "agreement": CollectiveAgreement(provides=True),
        "born_on": date(1964, 1, 1),
        "sex": Sex.FEMALE,
    }
    return Facts(
        leave=leave,
        regime=regime,
        first_day=first_day,
        last_day=None if last is None else day(last),
        **(known | more),
    )


def taken(
    leave: Leave, regime: Regime, first: str, *, months: int = 0, weeks: int = 0, **more: Any
) -> EarlierBreak:
    """An earlier break of so many months or weeks, for the same person."""
    start = day(first)
    period = Period.of_months(start, months) if months else Period.of_weeks(start, weeks)
    return EarlierBreak(**({"person": "one"} | more), leave=leave, regime=regime, period=period)


def credit(months: int, motive: Motive | None = Motive.CHILD, first: str = "01/01/2012") -> Any:
    """Earlier full time credit of so many months."""
    return taken(Leave.TIME_CREDIT, Regime.FULL, first, months=months, motive=motive)


def reasons(verdict: Verdict[Any]) -> list[str]:
    """The keys of what blocks."""
    return [finding.key for finding in verdict.of(Severity.BLOCK)]


def warnings(verdict: Verdict[Any]) -> list[str]:
    """The keys of what is warned about."""
    return [finding.key for finding in verdict.of(Severity.WARN)]


def child(born: str, **more: Any) -> CaredFor:
    """A child of the worker, without a disability."""
    known: dict[str, Any] = {"key": "one", "parentage": Parentage.BIOLOGICAL, "is_disabled": False}
    return CaredFor(born_on=day(born), **(known | more))


def left(facts: Facts, regime: Regime) -> Amount | None:
    """What is left in a régime once the wish is taken."""
    standing = right(facts).outcome.after
    assert standing is not None
    return worth(standing, regime)


def worked(*spells: tuple[str, str, int]) -> tuple[WorkedSpell, ...]:
    """Spells worked, each with its hours a week of forty."""
    return tuple(
        WorkedSpell(Period(day(first), day(last)), Job(hours * 60, 40 * 60))
        for first, last, hours in spells
    )
