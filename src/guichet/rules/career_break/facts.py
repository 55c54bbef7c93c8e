"""What is known of a wished break, for the two doors ``rights`` and ``allowances``.

What is not known is None, and the rules then say so instead of guessing. An employer knows nothing
of the person cared for, nor of breaks at other employers: the same facts with those left out are
the employer's view.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from guichet.kernel.niss import Sex
from guichet.kernel.period import Period
from guichet.rules.career_break.kinds import (
    Authority,
    Exception55,
    HospitalBond,
    Leave,
    Motive,
    Parentage,
    Regime,
    Relation,
    Sector,
    Statute,
)


class View(StrEnum):
    """Who asks: the employer's history is only what the employer introduced."""

    EMPLOYER = "employer"
    WORKER = "worker"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Job:
    """Hours by contract, before any break: minutes a week, and those of a full-timer there.

    ``reduces``: of a job elsewhere, whether it takes its part of the same break.
    """

    weekly_minutes: int
    full_minutes: int
    reduces: bool = False

    @property
    def share(self) -> Fraction:
        """The part of a full-time job; 0 where the full-time hours are unknown as 0."""
        return Fraction(self.weekly_minutes, self.full_minutes) if self.full_minutes else Fraction()


@dataclass(frozen=True, slots=True)
class WorkedSpell:
    """A period worked with this employer, at the hours of the contract of then."""

    period: Period
    job: Job


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierBreak:
    """A break already taken or already asked for.

    ``person``: an opaque key of the child, patient or person helped; None when not known.
    ``weeks``: the separate weeks of a flexible full break. ``is_own``: introduced by the employer
    who asks now.
    """

    leave: Leave
    regime: Regime
    period: Period
    motive: Motive | None = None
    person: str | None = None
    weeks: tuple[Period, ...] = ()
    is_hospital_stay: bool = False
    is_own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CaredFor:
    """The child, patient or person helped. All of it private towards the employer.

    ``is_disabled``: 66 % incapacity, or 4 points in pillar 1 of the medico-social scale.
    ``registered_on``: entry in the worker's household, for adoption and foster care.
    ``bond`` and ``nobody_before``: of a minor child in hospital, how the worker stands to it, and
    that nobody who comes before him can take the leave. ``recognition``: validity of the
    recognition as informal carer; ``has_social_rights``: whether it is the one that opens them.
    """

    key: str | None = None
    born_on: date | None = None
    relation: Relation | None = None
    parentage: Parentage | None = None
    bond: HospitalBond | None = None
    nobody_before: bool | None = None
    is_disabled: bool | None = None
    registered_on: date | None = None
    is_adopted: bool = False
    placed_months: int | None = None
    recognition: Period | None = None
    has_social_rights: bool | None = None
    lives_in_belgium: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectiveAgreement:
    """What a sector's or company's agreement says of time credit and of the end of a career.

    ``provides``: full and half time credit for the motive; ``months``: how many, when it gives
    fewer; ``allows_few_days``: a fifth for a schedule over less than five days, which a written
    individual agreement may allow too; ``excludes``: the worker's category;
    ``opens_exception``: it executes the national agreement on end of career before 60.
    """

    provides: bool | None = None
    months: int | None = None
    allows_few_days: bool | None = None
    excludes: bool | None = None
    opens_exception: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """A training for which time credit is asked; hours or credits of a year.

    ``is_by_quarter``: of a quarter, where the training is shorter than a year.
    """

    is_recognised: bool | None = None
    is_basic: bool = False
    is_by_quarter: bool = False
    hours: int | None = None
    credits: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Career:
    """Years as an employee, and what an exception to the age of 60 rests on."""

    years: int | None = None
    exception: Exception55 | None = None
    heavy_years_of_ten: int | None = None
    heavy_years_of_fifteen: int | None = None
    night_years: int | None = None
    has_incapacity_certificate: bool | None = None
    employer_is_restructuring: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the rules may look at.

    ``last_day``: None only for an end of career until the pension. ``weeks``: separate weeks of a
    flexible full break. ``notice_on``: the day of the written notice. ``other_jobs``: at other
    employers, empty for none, None for not known. ``worked``: the spells before the notice.
    ``service``: other spells of contract with this employer; ``temporary``: those of temporary work
    there, which count since 10 November 2022.
    ``history``: None when not known at all. ``takes_balance``: the worker says that this is all
    that is left. ``all_parental_used``: every parental leave for every child young enough.
    ``delayed_by_employer``: the start is late because the employer postponed it.
    ``completed_on``: the day on which the office had both parts and every document.
    """

    leave: Leave
    regime: Regime
    first_day: date
    last_day: date | None = None
    motive: Motive | None = None
    weeks: tuple[Period, ...] = ()
    is_hospital_stay: bool = False
    view: View = View.OFFICER
    notice_on: date | None = None
    sector: Sector = Sector.PRIVATE
    authority: Authority | None = None
    statute: Statute | None = None
    joint_committee: str | None = None
    head_count: int | None = None
    job: Job | None = None
    other_jobs: tuple[Job, ...] | None = None
    days_per_week: int | None = None
    worked: tuple[WorkedSpell, ...] | None = None
    works_four_fifths_by_credit: bool = False
    employed_since: date | None = None
    service: tuple[Period, ...] = ()
    temporary: tuple[Period, ...] = ()
    history: tuple[EarlierBreak, ...] | None = None
    consent: bool | None = None
    takes_balance: bool = False
    person: CaredFor = field(default_factory=CaredFor)
    agreement: CollectiveAgreement = field(default_factory=CollectiveAgreement)
    training: Training = field(default_factory=Training)
    career: Career = field(default_factory=Career)
    born_on: date | None = None
    sex: Sex | None = None
    is_single_parent: bool | None = None
    all_parental_used: bool | None = None
    delayed_by_employer: bool = False
    lives_in_eea: bool | None = None
    has_forbidden_activity: bool | None = None
    completed_on: date | None = None

    @property
    def asked_on(self) -> date:
        """The day that decides over rules by notice; the first day when the notice is unknown."""
        return self.first_day if self.notice_on is None else self.notice_on

    @property
    def blocks_of_days(self) -> tuple[Period, ...]:
        """The separate periods asked for; empty while the end is open or before the start."""
        if self.weeks:
            return tuple(sorted(self.weeks))
        if self.last_day is None or self.last_day < self.first_day:
            return ()
        return (Period(self.first_day, self.last_day),)
