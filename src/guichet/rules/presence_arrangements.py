"""Agreements on how people are registered, and who registers whom: the law, or what is agreed.

The one *above* is the principal, the contractor or the company that uses interim workers; the one
*below* is his subcontractor or the agency. Where only the worker himself may register, parties can
still agree who gives him the means. An agreement that is contested decides nothing. Sources: "À
qui s'adresse Check In and Out at Work ?", duties of employers and of who uses interim workers;
Royal Decrees of 11 February 2014; parameters ``presence.interim.*`` and ``*.who_may_submit``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, cast

from guichet.rules import dated
from guichet.rules.presence_activities import activity_rules


class Kind(StrEnum):
    """Whom an agreement is about."""

    SUBCONTRACTOR = "subcontractor"
    INTERIM = "interim"


class Side(StrEnum):
    """One of the two parties."""

    ABOVE = "above"
    BELOW = "below"

    @property
    def other(self) -> Side:
        """The other party."""
        return Side.BELOW if self is Side.ABOVE else Side.ABOVE


class Registrar(StrEnum):
    """Who registers."""

    WORKER = "worker"
    ABOVE = "above"
    BELOW = "below"


class Method(StrEnum):
    """By what; ``other``: as the words of the agreement say."""

    DEVICE = "device"
    PHONE = "phone"
    SOFTWARE = "software"
    PORTAL = "portal"
    OTHER = "other"


class State(StrEnum):
    """Where an agreement stands; an end is a last day, no state."""

    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """The other party confirms or contests; who recorded it takes it back."""

    CONFIRM = "confirm"
    CONTEST = "contest"
    WITHDRAW = "withdraw"


# Who confirmed may contest later (the facts were not as agreed), and the other way round.
NEXT: Final[Mapping[tuple[State, Step], State]] = MappingProxyType(
    {
        (State.RECORDED, Step.CONFIRM): State.CONFIRMED,
        (State.RECORDED, Step.CONTEST): State.CONTESTED,
        (State.CONFIRMED, Step.CONTEST): State.CONTESTED,
        (State.CONTESTED, Step.CONFIRM): State.CONFIRMED,
        (State.RECORDED, Step.WITHDRAW): State.WITHDRAWN,
        (State.CONFIRMED, Step.WITHDRAW): State.WITHDRAWN,
        (State.CONTESTED, Step.WITHDRAW): State.WITHDRAWN,
    }
)
DECIDING: Final = (State.RECORDED, State.CONFIRMED)


class StepRefused(Exception):
    """This step is not open from this state, or not to this party."""


def after(state: State, step: Step) -> State:
    """The state that ``step`` leads to; raises StepRefused."""
    if (state, step) not in NEXT:
        raise StepRefused(f"{step} is not open from {state}")
    return NEXT[state, step]


def may(state: State, step: Step, *, by: Side, recorded_by: Side) -> bool:
    """Whether a step is open to a party: only who recorded withdraws, only the other answers."""
    is_own = by is recorded_by
    return (state, step) in NEXT and is_own is (step is Step.WITHDRAW)


class Ground(StrEnum):
    """Why somebody registers, or gives the means."""

    ONLY_WORKER = "onlyWorker"
    USER_DECLARES = "userDeclares"
    EMPLOYER_DECLARES = "employerDeclares"
    USER_SUPPLIES = "userSupplies"
    EMPLOYER_SUPPLIES = "employerSupplies"
    AGREED = "agreed"
    NOT_CONFIRMED = "notConfirmed"
    CONTESTED = "contested"
    NOT_OPEN = "notOpen"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an agreement says; ``works_reference`` empty: every site where both parties are."""

    registrar: Registrar
    supplier: Side
    first_day: date
    last_day: date | None
    state: State
    recorded_at: datetime
    works_reference: str = ""
    number: str = ""

    def covers(self, day: date) -> bool:
        """Whether a day lies in its period, both days included."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Answer:
    """Who registers, who gives the means, why; ``agreed``: the agreement that says so."""

    registrar: Registrar
    supplier: Side
    grounds: tuple[Ground, ...]
    agreed: Agreed | None = None


def may_register(registrar: Registrar, *, activity: str, on: date) -> bool:
    """Whether the law lets this one register on sites of an activity; raises UnknownParameter."""
    return registrar is Registrar.WORKER or not _only_worker(activity, on)


def who_registers(
    *, activity: str, kind: Kind, agreements: Iterable[Agreed], on: date, reference: str = ""
) -> Answer | None:
    """Who registers the people of the one below on a site of the one above, on a day.

    ``agreements``: those between the two parties of this kind; one of the very site goes before
    one of every site, the latest before an earlier one.
    Result: None where the activity has no registration of presences on that day.
    """
    try:
        law = _law(activity, kind, on)
    except dated.UnknownParameter:
        return None
    found = [
        one for one in agreements
        if one.covers(on) and one.works_reference in ("", reference)
        and one.state is not State.WITHDRAWN
    ]  # fmt: skip
    deciding = [one for one in found if one.state in DECIDING]
    if not deciding:
        contested = (Ground.CONTESTED,) if found else ()
        return Answer(law.registrar, law.supplier, (*law.grounds, *contested))
    agreed = max(deciding, key=lambda one: (one.works_reference != "", one.recorded_at))
    return _as_agreed(law, agreed, activity, on)


def _as_agreed(law: Answer, agreed: Agreed, activity: str, on: date) -> Answer:
    grounds = [Ground.AGREED]
    if agreed.state is State.RECORDED:
        grounds.append(Ground.NOT_CONFIRMED)
    if may_register(agreed.registrar, activity=activity, on=on):
        registrar = agreed.registrar
    else:
        registrar = law.registrar
        grounds.append(Ground.NOT_OPEN)
    if _only_worker(activity, on):
        grounds.insert(0, Ground.ONLY_WORKER)
    return Answer(registrar, agreed.supplier, tuple(grounds), agreed)


def _law(activity: str, kind: Kind, on: date) -> Answer:
    """What holds without an agreement; raises UnknownParameter."""
    only_worker = _only_worker(activity, on)
    if kind is Kind.INTERIM:
        registrar = Registrar(cast("str", dated.value(f"presence.interim.{activity}", on=on)))
        why = Ground.ONLY_WORKER if only_worker else Ground.USER_DECLARES
        return Answer(registrar, Side.ABOVE, (why, Ground.USER_SUPPLIES))
    registrar = Registrar.WORKER if only_worker else Registrar.BELOW
    why = Ground.ONLY_WORKER if only_worker else Ground.EMPLOYER_DECLARES
    # The one above gives his subcontractors a system; the means itself comes from the employer.
    return Answer(registrar, Side.BELOW, (why, Ground.EMPLOYER_SUPPLIES))


def _only_worker(activity: str, on: date) -> bool:
    return activity_rules(activity, on=on).who_may_submit == {"self"}
