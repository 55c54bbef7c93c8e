"""What career breaks are made of: leaves, motives, régimes, and for whom they exist.

Source: CCT 103 (time credit), Royal Decrees of 29 October 1997 (parental leave), 10 August 1998
(medical assistance), Act of 22 January 1985, art. 100 and 102 (palliative care and informal
carers), Royal Decree of 19 November 1998 (career break of federal staff).
"""

from __future__ import annotations

from enum import StrEnum


class Layer(StrEnum):
    """Which of the two questions a rule answers."""

    RIGHT = "right"
    ALLOWANCE = "allowance"


class Sector(StrEnum):
    """The sector that an employer says to be of."""

    PRIVATE = "private"
    PUBLIC = "public"


class Authority(StrEnum):
    """Kinds of public employer: what may go through the service differs."""

    FEDERAL = "federal"
    AUTONOMOUS_ENTERPRISE = "autonomous_enterprise"
    REGIONAL_OR_LOCAL = "regional_or_local"
    FLEMISH = "flemish"
    EDUCATION = "education"
    DEFENCE = "defence"


class Statute(StrEnum):
    """How a public servant is bound; trainees and mandate holders have no ordinary break."""

    STATUTORY = "statutory"
    CONTRACTUAL = "contractual"
    TRAINEE = "trainee"
    MANDATE_HOLDER = "mandate_holder"


class Leave(StrEnum):
    """The types of interruption."""

    TIME_CREDIT = "time_credit"
    END_OF_CAREER = "end_of_career"
    PARENTAL = "parental"
    MEDICAL_ASSISTANCE = "medical_assistance"
    PALLIATIVE = "palliative"
    INFORMAL_CARER = "informal_carer"
    ORDINARY = "ordinary"

    @property
    def is_thematic(self) -> bool:
        """Whether it is one of the four thematic leaves."""
        return self in _THEMATIC


class Motive(StrEnum):
    """Why a time credit is taken; there is none without a motive since 1 April 2017, and an
    earlier one that was has none here."""

    CHILD = "child"
    DISABLED_CHILD = "disabled_child"
    ILL_CHILD = "ill_child"
    ILL_RELATIVE = "ill_relative"
    PALLIATIVE = "palliative"
    TRAINING = "training"


class Regime(StrEnum):
    """By how much work is reduced, and whether it is taken flexibly."""

    FULL = "full"
    HALF = "half"
    THIRD = "third"
    QUARTER = "quarter"
    FIFTH = "fifth"
    TENTH = "tenth"
    FULL_FLEX = "full_flex"
    HALF_FLEX = "half_flex"

    @property
    def is_full(self) -> bool:
        """Whether no work at all is done."""
        return self in (Regime.FULL, Regime.FULL_FLEX)

    @property
    def is_flexible(self) -> bool:
        """Whether it is taken by weeks (full) or by single months (half), with consent."""
        return self in (Regime.FULL_FLEX, Regime.HALF_FLEX)

    @property
    def is_by_weeks(self) -> bool:
        """Whether the period is read in weeks; every other régime is read in months."""
        return self is Regime.FULL_FLEX

    @property
    def standard(self) -> Regime:
        """The same fraction without flexibility."""
        return _STANDARD.get(self, self)

    @property
    def share(self) -> tuple[int, int]:
        """The part of a full-time job that is not worked, as numerator and denominator."""
        return 1, _DIVISORS[self]


class Relation(StrEnum):
    """How the person cared for stands to the worker."""

    HOUSEHOLD = "household"
    BLOOD_FIRST = "blood_first"
    BLOOD_SECOND = "blood_second"
    BLOOD_FURTHER = "blood_further"
    IN_LAW_FIRST = "in_law_first"
    IN_LAW_SECOND = "in_law_second"
    COHABITANT_LINE = "cohabitant_line"
    """Parent or child of the legal cohabitant."""
    NONE = "none"


class HospitalBond(StrEnum):
    """How the worker stands to a minor child in hospital, in the order in which they come."""

    COHABITING_PARENT = "cohabiting_parent"
    """A parent, or who is in charge of the daily education, living with the child."""
    OTHER_PARENT = "other_parent"
    RELATIVE = "relative"
    """To the second degree."""
    NONE = "none"


class Parentage(StrEnum):
    """What makes somebody a parent of the child of a parental leave."""

    BIOLOGICAL = "biological"
    RECOGNISED = "recognised"
    CO_MOTHER = "co_mother"
    ADOPTIVE = "adoptive"
    LONG_TERM_FOSTER = "long_term_foster"


class Exception55(StrEnum):
    """On what ground an end-of-career time credit may begin before the general age."""

    LONG_CAREER = "long_career"
    HEAVY_JOB = "heavy_job"
    NIGHT_WORK = "night_work"
    CONSTRUCTION_INCAPACITY = "construction_incapacity"
    SHELTERED_WORK = "sheltered_work"
    RESTRUCTURING = "restructuring"


_THEMATIC = frozenset(
    {Leave.PARENTAL, Leave.MEDICAL_ASSISTANCE, Leave.PALLIATIVE, Leave.INFORMAL_CARER}
)
_STANDARD = {Regime.FULL_FLEX: Regime.FULL, Regime.HALF_FLEX: Regime.HALF}
_DIVISORS = {
    Regime.FULL: 1,
    Regime.FULL_FLEX: 1,
    Regime.HALF: 2,
    Regime.HALF_FLEX: 2,
    Regime.THIRD: 3,
    Regime.QUARTER: 4,
    Regime.FIFTH: 5,
    Regime.TENTH: 10,
}
