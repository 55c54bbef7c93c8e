"""What exists for whom: leaves by sector and authority, régimes by leave, motives.

Sources: pages of the social-security office and of the National Employment Office on the service
(private sector; federal administrations and autonomous enterprises; regions, local authorities and
education for thematic leave only; nothing for Defence), CCT 103, Royal Decrees of 29 October 1997,
10 August 1998, 19 November 1998 and 5 May 2019, Flemish care credit from 2 September 2016.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from guichet.kernel.verdict import Finding, Severity
from guichet.rules.career_break import agreements
from guichet.rules.career_break.facts import Facts
from guichet.rules.career_break.findings import Missing, found, unknown
from guichet.rules.career_break.kinds import Authority, Leave, Motive, Regime, Sector, Statute

THEMATIC: Final = (
    Leave.PARENTAL,
    Leave.MEDICAL_ASSISTANCE,
    Leave.PALLIATIVE,
    Leave.INFORMAL_CARER,
)
_CARERS_FROM: Final = date(2020, 9, 1)
_FLEXIBLE_FROM: Final = date(2019, 6, 1)
_CARE_CREDIT_FROM: Final = date(2016, 9, 2)
_WITH_ORDINARY: Final = (Authority.FEDERAL, Authority.AUTONOMOUS_ENTERPRISE)
_STANDARD: Final = (Regime.FULL, Regime.HALF, Regime.FIFTH)
_REGIMES: Final[Mapping[Leave, tuple[Regime, ...]]] = MappingProxyType(
    {
        Leave.TIME_CREDIT: _STANDARD,
        Leave.END_OF_CAREER: (Regime.HALF, Regime.FIFTH),
        Leave.PARENTAL: (
            Regime.FULL,
            Regime.FULL_FLEX,
            Regime.HALF,
            Regime.HALF_FLEX,
            Regime.FIFTH,
            Regime.TENTH,
        ),
        Leave.MEDICAL_ASSISTANCE: (Regime.FULL, Regime.FULL_FLEX, Regime.HALF, Regime.FIFTH),
        Leave.PALLIATIVE: _STANDARD,
        Leave.INFORMAL_CARER: _STANDARD,
    }
)
_ORDINARY: Final[Mapping[Statute | None, tuple[Regime, ...]]] = MappingProxyType(
    {
        Statute.STATUTORY: (Regime.FULL, Regime.HALF),
        Statute.CONTRACTUAL: (
            Regime.FULL,
            Regime.HALF,
            Regime.THIRD,
            Regime.QUARTER,
            Regime.FIFTH,
        ),
        Statute.TRAINEE: (),
        Statute.MANDATE_HOLDER: (),
        # Not known yet: what exists for both.
        None: (Regime.FULL, Regime.HALF),
    }
)


def leaves(*, sector: Sector, authority: Authority | None = None, on: date) -> tuple[Leave, ...]:
    """The leaves that may go through the service, in the order of the screens.

    A public employer whose authority is not known is offered what exists for some.
    """
    if authority is Authority.DEFENCE and sector is Sector.PUBLIC:
        return ()
    thematic = tuple(
        leave for leave in THEMATIC if leave is not Leave.INFORMAL_CARER or on >= _CARERS_FROM
    )
    if sector is Sector.PRIVATE:
        return (Leave.TIME_CREDIT, Leave.END_OF_CAREER, *thematic)
    if authority is None or authority in _WITH_ORDINARY:
        return (Leave.ORDINARY, *thematic)
    return thematic


def has_care_credit(*, authority: Authority | None, on: date) -> bool:
    """Whether an ordinary break is asked from the Flemish department instead of here."""
    return authority is Authority.FLEMISH and on >= _CARE_CREDIT_FROM


def regimes(
    leave: Leave, *, on: date, statute: Statute | None = None, is_hospital_stay: bool = False
) -> tuple[Regime, ...]:
    """The régimes of a leave on its first day, whatever somebody works."""
    if is_hospital_stay:
        return (Regime.FULL,)
    if leave is Leave.ORDINARY:
        return _ORDINARY[statute]
    every = _REGIMES[leave]
    if on >= _FLEXIBLE_FROM:
        return every
    return tuple(each for each in every if not each.is_flexible and each is not Regime.TENTH)


def motives(leave: Leave) -> tuple[Motive, ...]:
    """The motives of a leave; only time credit has any."""
    return tuple(Motive) if leave is Leave.TIME_CREDIT else ()


def catalogue_findings(facts: Facts) -> Iterator[Finding]:
    """Whether the wished leave, régime and motive exist for this employer and worker."""
    on = facts.first_day
    offered = leaves(sector=facts.sector, authority=facts.authority, on=on)
    if facts.leave not in offered:
        yield from _not_offered(facts)
        return
    if facts.leave is Leave.ORDINARY and facts.authority is None:
        yield unknown("CB-01", Missing.AUTHORITY)
    possible = regimes(
        facts.leave, on=on, statute=facts.statute, is_hospital_stay=facts.is_hospital_stay
    )
    if facts.leave is Leave.ORDINARY and facts.statute in (Statute.TRAINEE, Statute.MANDATE_HOLDER):
        yield found("CB-02.excluded", Severity.BLOCK)
    elif facts.regime not in possible:
        yield from _no_such_regime(facts, possible)
    if facts.leave is Leave.TIME_CREDIT and facts.motive is None:
        yield found("TC-22", Severity.BLOCK)
    yield from _by_agreement(facts)


def _not_offered(facts: Facts) -> Iterator[Finding]:
    if facts.authority is Authority.DEFENCE and facts.sector is Sector.PUBLIC:
        yield found("CB-01.defence", Severity.BLOCK)
    elif facts.leave is Leave.ORDINARY:
        care = has_care_credit(authority=facts.authority, on=facts.first_day)
        yield found("CB-01.care_credit" if care else "CB-01.sector", Severity.BLOCK)
    elif facts.leave is Leave.INFORMAL_CARER:
        yield found("IC-02.not_yet", Severity.BLOCK, since=_CARERS_FROM)
    else:
        yield found("TC-01", Severity.BLOCK)


def _no_such_regime(facts: Facts, possible: tuple[Regime, ...]) -> Iterator[Finding]:
    if facts.leave is Leave.ORDINARY and facts.statute is None:
        yield unknown("CB-02", Missing.STATUTE)
        return
    yield found(
        "REGIME.none", Severity.BLOCK, leave=facts.leave, regime=facts.regime, possible=possible
    )


def _by_agreement(facts: Facts) -> Iterator[Finding]:
    if facts.leave in (Leave.TIME_CREDIT, Leave.END_OF_CAREER) and facts.agreement.excludes:
        yield found("TC-18", Severity.BLOCK)
    if not agreements.is_needed(facts):
        return
    provided = agreements.is_provided(facts)
    if provided is None:
        yield found("TC-AGREEMENT.unknown", Severity.WARN, regime=facts.regime)
    elif not provided:
        yield found("TC-AGREEMENT.none", Severity.BLOCK, regime=facts.regime)
    elif agreements.months_depend_on_unknown(facts):
        yield unknown("TC-MONTHS", Missing.EMPLOYED_SINCE)
