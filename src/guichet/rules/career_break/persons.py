"""For whom a leave may be taken: parents, relatives, the household, persons helped, trainings.

Sources: Royal Decrees of 29 October 1997 and 10 August 1998, CCT 103 art. 4, Recovery Act of
22 January 1985 art. 100bis and 100ter, Act of 12 May 2014 on informal carers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from guichet.kernel.verdict import Finding, Severity
from guichet.rules.career_break.counters import same_person
from guichet.rules.career_break.facts import Facts
from guichet.rules.career_break.figures import figure, figure_or_none
from guichet.rules.career_break.findings import Count, Missing, found, unknown
from guichet.rules.career_break.kinds import (
    HospitalBond,
    Leave,
    Motive,
    Parentage,
    Relation,
    Sector,
)

_RELATIVES: Final = frozenset(
    {Relation.HOUSEHOLD, Relation.BLOOD_FIRST, Relation.BLOOD_SECOND, Relation.IN_LAW_FIRST}
)


def person_findings(facts: Facts) -> Iterator[Finding]:
    """Whether the person, or the training, opens the leave."""
    match facts.leave:
        case Leave.PARENTAL:
            yield from _parent(facts)
        case Leave.MEDICAL_ASSISTANCE if facts.is_hospital_stay and facts.person.bond is not None:
            yield from _in_hospital(facts)
        case Leave.MEDICAL_ASSISTANCE:
            yield from _relative(facts, "MA-01")
        case Leave.INFORMAL_CARER:
            yield from _carer(facts)
        case Leave.TIME_CREDIT:
            yield from _motive(facts)
        case _:
            return


def _motive(facts: Facts) -> Iterator[Finding]:
    match facts.motive:
        case Motive.ILL_RELATIVE:
            yield from _relative(facts, "TC-15")
        case Motive.TRAINING:
            yield from _training(facts)
        case Motive.DISABLED_CHILD if facts.person.is_disabled is None:
            yield unknown("TC-16", Missing.DISABILITY)
        case Motive.DISABLED_CHILD if not facts.person.is_disabled:
            yield found("TC-16.disability", Severity.BLOCK)
        case _:
            return


def _parent(facts: Facts) -> Iterator[Finding]:
    if facts.person.parentage is None:
        yield unknown("PL-01", Missing.PARENTAGE)
    elif facts.person.parentage is Parentage.LONG_TERM_FOSTER:
        yield from _foster(facts)
    asked = facts.blocks_of_days
    for taken in facts.history or ():
        if taken.leave is not Leave.PARENTAL or same_person(facts, taken):
            continue
        periods = taken.weeks or (taken.period,)
        if any(mine.overlaps(other) for mine in asked for other in periods):
            yield found("PL-12", Severity.BLOCK, first=taken.period.first_day)
            return


def _foster(facts: Facts) -> Iterator[Finding]:
    months = figure_or_none("person.foster_months", on=facts.first_day)
    if months is None:
        yield found("PL-01.foster", Severity.BLOCK)
        return
    placed, since = facts.person.placed_months, facts.person.registered_on
    if placed is None or since is None:
        yield unknown("PL-01", Missing.PLACEMENT)
    if placed is not None and placed < months:
        yield found("PL-01.short", Severity.BLOCK, months=Count(months, "month"))
    if since is not None and facts.first_day < since:
        yield found("PL-07.adoption", Severity.BLOCK, since=since)


def _relative(facts: Facts, rule: str) -> Iterator[Finding]:
    relation = facts.person.relation
    if rule == "MA-01" and facts.is_hospital_stay:
        yield unknown("MA-05", Missing.FIRST_IN_LINE)
    elif relation is None:
        yield unknown(rule, Missing.RELATION)
    if relation is None:
        return
    accepted = set(_RELATIVES)
    if rule == "TC-15":
        accepted.add(Relation.COHABITANT_LINE)
    elif facts.sector is Sector.PUBLIC:
        accepted.add(Relation.IN_LAW_SECOND)
    if relation not in accepted:
        yield found(f"{rule}.relation", Severity.BLOCK)


def _in_hospital(facts: Facts) -> Iterator[Finding]:
    """Who lives with the child comes first, then the other parent, then a relative."""
    bond, nobody_before = facts.person.bond, facts.person.nobody_before
    if bond is HospitalBond.NONE:
        yield found("MA-05.relation", Severity.BLOCK)
    elif bond is HospitalBond.COHABITING_PARENT:
        return
    elif nobody_before is None:
        yield unknown("MA-05", Missing.FIRST_IN_LINE)
    elif not nobody_before:
        yield found("MA-05.order", Severity.BLOCK)


def _carer(facts: Facts) -> Iterator[Finding]:
    person = facts.person
    if person.recognition is None:
        yield unknown("IC-01", Missing.RECOGNITION)
    elif not person.recognition.contains(facts.first_day):
        yield found(
            "IC-01.validity",
            Severity.BLOCK,
            first=person.recognition.first_day,
            last=person.recognition.last_day,
        )
    if person.has_social_rights is False:
        yield found("IC-01.social_rights", Severity.BLOCK)
    if person.lives_in_belgium is False:
        yield found("IC-07", Severity.BLOCK)


def _training(facts: Facts) -> Iterator[Finding]:
    training = facts.training
    if training.is_recognised is None or (training.hours is None and training.credits is None):
        yield unknown("TC-14", Missing.TRAINING)
    if training.is_recognised is False:
        yield found("TC-14.recognised", Severity.BLOCK)
    if training.hours is None and training.credits is None:
        return
    by_quarter = training.is_by_quarter and not training.is_basic
    span = "quarter_" if by_quarter else ""
    name = "basic_hours" if training.is_basic else f"{span}hours"
    hours = figure(f"training.{name}", on=facts.first_day)
    points = figure(f"training.{span}credits", on=facts.first_day)
    has_credits = not training.is_basic and (training.credits or 0) >= points
    if (training.hours or 0) < hours and not has_credits:
        key = "TC-14.quarter" if by_quarter else "TC-14.hours"
        yield found(key, Severity.BLOCK, hours=hours, credits=points)
