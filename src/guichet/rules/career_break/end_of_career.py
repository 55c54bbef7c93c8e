"""End-of-career time credit: age, career and exceptions, for the right and for the allowance.

The right follows the day of the notice, the allowance the first day: the sources disagree over the
transition of 1 January 2026 (the office's leaflet speaks of notices, a social secretariat of
starts), so each layer has its own parameter. Sources: CCT 103 art. 8, CCT 103/7, Royal Decree of
12 December 2001, CCT 170, 179 and 180 (exceptions before 60); ``career_break.end_of_career.*``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from guichet.kernel.niss import Sex
from guichet.kernel.verdict import Finding, Severity
from guichet.rules.career_break.facts import Facts, View
from guichet.rules.career_break.figures import figure, figure_or_none, is_on, names
from guichet.rules.career_break.findings import Count, Missing, found, unknown
from guichet.rules.career_break.kinds import Exception55, Layer
from guichet.rules.career_break.periods import age_on, birthday

_CONSTRUCTION: Final = "124"
_SHELTERED: Final = "327"


def end_of_career_findings(facts: Facts, layer: Layer) -> Iterator[Finding]:
    """Age, career and, before the general age, the exception."""
    if facts.born_on is None:
        yield unknown(_age_rule(layer), Missing.BIRTH_OF_WORKER)
        return
    decisive = deciding_day(facts, layer)
    general = figure(f"end_of_career.{layer}.age", on=decisive)
    exceptional = figure(f"end_of_career.{layer}.exception_age", on=decisive)
    age = age_on(facts.born_on, on=facts.first_day)
    if age >= general:
        yield from _career(facts, layer, decisive)
    elif age < exceptional:
        yield found(
            f"{_age_rule(layer)}.age",
            Severity.BLOCK,
            age=Count(general, "year"),
            least=Count(exceptional, "year"),
            reached=birthday(facts.born_on, age=general),
        )
    else:
        yield from _exception(facts, layer, decisive, general)


def deciding_day(facts: Facts, layer: Layer) -> date:
    """The day whose rules hold: of the notice for the right, of the start for the allowance."""
    return facts.asked_on if layer is Layer.RIGHT else facts.first_day


def career_needed(sex: Sex | None, *, layer: Layer, on: date) -> int | None:
    """Years as an employee, or None when they differ by sex and the sex is not known."""
    men = figure(f"end_of_career.{layer}.career_men", on=on)
    women = figure(f"end_of_career.{layer}.career_women", on=on)
    if men == women:
        return men
    if sex is None:
        return None
    return men if sex is Sex.MALE else women


def _age_rule(layer: Layer) -> str:
    return "EOC-04" if layer is Layer.RIGHT else "EOC-05"


def _career(facts: Facts, layer: Layer, on: date) -> Iterator[Finding]:
    needed = career_needed(facts.sex, layer=layer, on=on)
    if facts.career.years is None or needed is None:
        yield unknown("EOC-06", Missing.CAREER)
    elif facts.career.years < needed:
        yield found(
            "EOC-06",
            Severity.BLOCK,
            years=Count(needed, "year"),
            has=Count(facts.career.years, "year"),
        )


def _exception(facts: Facts, layer: Layer, on: date, general: int) -> Iterator[Finding]:
    ground = facts.career.exception
    if ground is None:
        is_employer = facts.view is View.EMPLOYER
        yield found(
            "EOC-07.none",
            Severity.WARN if is_employer else Severity.BLOCK,
            age=Count(general, "year"),
            reached=birthday(facts.born_on or on, age=general),
        )
        if is_employer:
            yield unknown("EOC-07", Missing.EXCEPTION)
        return
    if ground not in names(f"end_of_career.{layer}.grounds", on=on):
        yield found("EOC-07.ground", Severity.BLOCK, ground=ground)
        return
    yield from _ground(facts, ground, layer, on)
    yield from _sector_agreement(facts, ground, layer, on)


def _ground(facts: Facts, ground: Exception55, layer: Layer, on: date) -> Iterator[Finding]:
    if ground is Exception55.LONG_CAREER:
        needed = figure(f"end_of_career.{layer}.long_career", on=on)
    else:
        needed = figure("end_of_career.exception_career", on=on)
    if facts.career.years is None:
        yield unknown("EOC-07", Missing.CAREER)
    elif facts.career.years < needed:
        yield found(
            "EOC-07.career",
            Severity.BLOCK,
            ground=ground,
            years=Count(needed, "year"),
            has=Count(facts.career.years, "year"),
        )
    proved = _proof(facts, ground, on)
    if proved is None:
        yield unknown("EOC-07", Missing.GROUND)
    elif not proved:
        yield found("EOC-07.proof", Severity.BLOCK, ground=ground)


def _proof(facts: Facts, ground: Exception55, on: date) -> bool | None:
    career = facts.career
    match ground:
        case Exception55.LONG_CAREER:
            return True
        case Exception55.HEAVY_JOB:
            ten = _reaches(career.heavy_years_of_ten, "heavy_of_ten", on)
            fifteen = _reaches(career.heavy_years_of_fifteen, "heavy_of_fifteen", on)
            return _any(ten, fifteen)
        case Exception55.NIGHT_WORK:
            return _reaches(career.night_years, "night", on)
        case Exception55.CONSTRUCTION_INCAPACITY:
            return _all(_is_in(facts, _CONSTRUCTION), career.has_incapacity_certificate)
        case Exception55.SHELTERED_WORK:
            return _is_in(facts, _SHELTERED)
        case Exception55.RESTRUCTURING:
            return career.employer_is_restructuring


def _sector_agreement(
    facts: Facts, ground: Exception55, layer: Layer, on: date
) -> Iterator[Finding]:
    if ground is Exception55.RESTRUCTURING or not is_on(
        f"end_of_career.{layer}.needs_sector_agreement", on=on
    ):
        return
    if figure_or_none("end_of_career.national_agreement", on=facts.first_day) is None:
        yield found("EOC-07.expired", Severity.BLOCK, first=facts.first_day)
    elif facts.agreement.opens_exception is None:
        yield unknown("EOC-07", Missing.SECTOR_AGREEMENT)
    elif not facts.agreement.opens_exception:
        yield found("EOC-07.sector", Severity.BLOCK, ground=ground)


def _reaches(years: int | None, name: str, on: date) -> bool | None:
    return None if years is None else years >= figure(f"end_of_career.{name}", on=on)


def _is_in(facts: Facts, committee: str) -> bool | None:
    if facts.joint_committee is None:
        return None
    return facts.joint_committee.partition(".")[0] == committee


def _any(*answers: bool | None) -> bool | None:
    return True if True in answers else (None if None in answers else False)


def _all(*answers: bool | None) -> bool | None:
    return False if False in answers else (None if None in answers else True)
