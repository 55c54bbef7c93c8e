"""Mandates of employers to providers of social services: quarters, life, replacement, effect.

Pure: plain values in, an answer with reasons out; nothing here knows what day it is.
Source: pages of the portal of social security on access management and mandates. Where they are
silent the choice is ours and says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guichet.kernel.verdict import Finding, LegalSource, Severity, Verdict
from guichet.rules.access_management import REPRESENTATIVES

# How many quarters ahead a mandate may begin, beside the current one. Our choice.
AHEAD: Final = 4
# The mandatary tells the institution within so many days that the client ended the relation.
NOTICE_DAYS: Final = 15
_STUDY: Final = LegalSource("Mandates of the social security", "administrative instructions")
_WRITTEN: Final = re.compile(r"([0-9]{4})-([1-4])")


class UnknownQuarter(ValueError):
    """Not written as ``2027-1``."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a calendar year: 1 to 4."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 4 and 1 <= self.year <= 9998):
            raise UnknownQuarter("a year has four quarters")

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter in which a day lies."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """From ``2027-1``; raises UnknownQuarter."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise UnknownQuarter("a quarter is written 2027-1")
        return cls(int(found[1]), int(found[2]))

    @property
    def first_day(self) -> date:
        """1 January, April, July or October."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        """The day before the next quarter."""
        return self.later(1).first_day - timedelta(days=1)

    def later(self, count: int) -> Quarter:
        """So many quarters later; earlier for a negative count."""
        years, index = divmod(self.number - 1 + count, 4)
        return Quarter(self.year + years, index + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number}"


class Domain(StrEnum):
    """What a mandate can be about: one group of applications."""

    DIMONA = "dimona"
    TEMPORARY_UNEMPLOYMENT = "temporary_unemployment"
    CAREER_BREAK = "career_break"
    WORKS = "works"
    PRESENCE = "presence"
    LIMOSA = "limosa"


# "One or several mandataries depending on the group". Which ones is our choice: what declares in
# the employer's name has one mandatary a quarter, what may be looked after together has several.
EXCLUSIVE: Final = frozenset({Domain.DIMONA, Domain.TEMPORARY_UNEMPLOYMENT, Domain.CAREER_BREAK})


class Side(StrEnum):
    """The two parties: who gives the mandate, and who receives it."""

    MANDATOR = "mandator"
    MANDATARY = "mandatary"

    @property
    def other(self) -> Side:
        """The party across the table."""
        return Side.MANDATARY if self is Side.MANDATOR else Side.MANDATOR


class Status(StrEnum):
    """The official words; the first two are provisional, the others definitive."""

    TO_FINALISE = "to_finalise"
    PENDING = "pending"
    ACTIVE = "active"
    REJECTED = "rejected"
    CLOSED = "closed"


class Step(StrEnum):
    """What a party does with a mandate."""

    SIGN = "sign"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    END = "end"
    REVOKE = "revoke"


# (status, step, whether the party made the mandate) for what comes before both signatures.
_BEFORE: Final[Mapping[tuple[Status, Step, bool], Status]] = MappingProxyType(
    {
        (Status.TO_FINALISE, Step.SIGN, True): Status.PENDING,
        (Status.TO_FINALISE, Step.WITHDRAW, True): Status.REJECTED,
        (Status.PENDING, Step.SIGN, False): Status.ACTIVE,
        (Status.PENDING, Step.REFUSE, False): Status.REJECTED,
        (Status.PENDING, Step.WITHDRAW, True): Status.REJECTED,
    }
)
# Either party ends an active mandate with a quarter; only the employer takes it back at once.
_AFTER: Final[Mapping[tuple[Step, Side], Status]] = MappingProxyType(
    {
        (Step.END, Side.MANDATOR): Status.ACTIVE,
        (Step.END, Side.MANDATARY): Status.ACTIVE,
        (Step.REVOKE, Side.MANDATOR): Status.CLOSED,
    }
)


class StepRefused(Exception):
    """This step is not open to this party from this status."""


def after(status: Status, step: Step, *, side: Side, made_by: Side) -> Status:
    """The status to which ``step`` of the party ``side`` leads; raises StepRefused."""
    found = _BEFORE.get((status, step, side is made_by))
    if found is None and status is Status.ACTIVE:
        found = _AFTER.get((step, side))
    if found is None:
        raise StepRefused(f"{step} is not open to the {side} from {status}")
    return found


def open_steps(status: Status, *, side: Side, made_by: Side) -> frozenset[Step]:
    """What the party ``side`` may do now, as far as the life of the mandate goes."""
    found = set()
    for step in Step:
        try:
            after(status, step, side=side, made_by=made_by)
        except StepRefused:
            continue
        found.add(step)
    return frozenset(found)


def is_visible(status: Status, *, side: Side, made_by: Side, is_signed: bool) -> bool:
    """Whether a party sees a mandate: the other one as soon as its maker has signed it."""
    return side is made_by or is_signed or status in (Status.PENDING, Status.ACTIVE, Status.CLOSED)


def status_on(status: Status, *, last_day: date | None, on: date) -> Status:
    """The status as it shows on a day: an active mandate whose last quarter is over is closed."""
    is_over = last_day is not None and last_day < on
    return Status.CLOSED if status is Status.ACTIVE and is_over else status


@dataclass(frozen=True, slots=True)
class Held:
    """One domain of an active mandate: whose, from when, until when (None: no end)."""

    mandatary: str
    domain: Domain
    first_day: date
    last_day: date | None = None

    def reaches(self, day: date) -> bool:
        """Whether it is still in force on ``day`` or later."""
        return self.last_day is None or self.last_day >= day


def first_quarters(on: date) -> tuple[Quarter, ...]:
    """The quarters in which a mandate made on this day may begin; never one that is over."""
    current = Quarter.of(on)
    return tuple(current.later(count) for count in range(AHEAD + 1))


def last_quarters(*, first_day: date, last_day: date | None, on: date) -> tuple[Quarter, ...]:
    """The quarters with which an active mandate can be made to end: earlier than it would."""
    begin = max(Quarter.of(on), Quarter.of(first_day))
    found = (begin.later(count) for count in range(AHEAD + 1))
    return tuple(one for one in found if last_day is None or one.last_day < last_day)


def may_propose(
    *,
    mandator: str,
    mandatary: str,
    is_provider: bool,
    domains: Collection[Domain],
    first: Quarter,
    held: Iterable[Held],
    on: date,
) -> Verdict[tuple[Held, ...]]:
    """Whether such a mandate can be made; the outcome is what it would replace.

    ``is_provider``: the mandatary is a provider of social services in the first quarter;
    ``held``: what the mandator gave so far. Findings that block come with an empty outcome.
    A transfer happens only at the change of quarter (§2.8).
    """
    findings = []
    if mandator == mandatary:
        findings.append(_block("same_enterprise"))
    if not is_provider:
        findings.append(_block("not_provider"))
    if not domains:
        findings.append(_block("no_domain"))
    if first not in first_quarters(on):
        findings.append(_block("quarter"))
    same = [one for one in held if one.domain in domains and one.reaches(first.first_day)]
    findings += [found for one in same if (found := _clash(one, mandatary, first, on))]
    if findings:
        return Verdict((), tuple(findings))
    replaced = tuple(one for one in same if one.domain in EXCLUSIVE and one.mandatary != mandatary)
    return Verdict(replaced, tuple(_replaces(one) for one in replaced))


def may_sign(
    *,
    side: Side,
    functions: Collection[str],
    is_manager: bool,
    is_sure_enough: bool,
    first_day: date,
    on: date,
) -> Verdict[bool]:
    """Whether somebody may sign for a party.

    For the employer only a legal representative names a mandatary (§2.1); for the provider a
    representative or the manager of its access (our choice). ``is_sure_enough``: the sign-in, or
    the certificate, is of the level that such an act asks (§1.2 rule 4). A mandate whose first
    quarter is over begins no more: somebody makes a new one (our choice).
    """
    findings = []
    represents = bool(REPRESENTATIVES & set(functions))
    if side is Side.MANDATOR and not represents:
        findings.append(_block("not_representative"))
    if side is Side.MANDATARY and not (represents or is_manager):
        findings.append(_block("not_signatory"))
    if not is_sure_enough:
        findings.append(_block("sign_in_too_low"))
    if on > Quarter.of(first_day).last_day:
        findings.append(_block("too_late"))
    return Verdict(not findings, tuple(findings))


def may_end(*, last: Quarter, first_day: date, last_day: date | None, on: date) -> Verdict[bool]:
    """Whether an active mandate can end with the quarter ``last``."""
    is_open = last in last_quarters(first_day=first_day, last_day=last_day, on=on)
    return Verdict(is_open, () if is_open else (_block("last_quarter"),))


def may_act(*, held: Iterable[Held], mandatary: str, domain: Domain, on: date) -> Verdict[bool]:
    """Whether a mandatary may act for the employer in a domain on the date concerned (§2.8).

    From the first day of the first quarter to the last day of the last; what he does then may be
    about the past: the new mandatary manages past, present and future.
    """
    own = [one for one in held if one.mandatary == mandatary and one.domain is domain]
    if any(one.first_day <= on and one.reaches(on) for one in own):
        return Verdict(True)
    if not own:
        return Verdict(False, (_block("no_mandate"),))
    is_before = all(on < one.first_day for one in own)
    return Verdict(False, (_block("not_yet" if is_before else "no_longer"),))


def tell_until(ended_on: date) -> date:
    """The day by which the mandatary tells the institution that the relation ended (§2.8)."""
    return ended_on + timedelta(days=NOTICE_DAYS)


def _clash(one: Held, mandatary: str, first: Quarter, on: date) -> Finding | None:
    """Why a mandate that reaches into the first quarter of a new one stands in its way."""
    if one.mandatary == mandatary:
        return _block("already_held", domain=one.domain)
    if one.domain not in EXCLUSIVE:
        return None
    if first == Quarter.of(on):
        return _block("next_quarter", domain=one.domain)
    if one.first_day >= first.first_day:  # it is still to begin, together with the new one or later
        return _block("taken", domain=one.domain)
    return None


def _replaces(one: Held) -> Finding:
    inputs = {"domain": one.domain, "mandatary": one.mandatary}
    return Finding("mandates.replaces", Severity.INFORM, _STUDY, inputs)


def _block(key: str, **inputs: object) -> Finding:
    return Finding(f"mandates.{key}", Severity.BLOCK, _STUDY, inputs)
