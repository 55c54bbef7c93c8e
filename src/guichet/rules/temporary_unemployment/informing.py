"""Whom an employer informs in the enterprise besides the workers, of what and by when.

The works council, failing that the union delegation: of the economic causes on the day of the
notice, of the nature of a technical accident within four days, of the form C106A with a copy on the
day on which it is sent. Nothing here ever stops a communication.

Source: Act of 3 July 1978, art. 49, 51 and 77/3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guichet.kernel.verdict import LegalSource
from guichet.rules.temporary_unemployment.accident import accident_days
from guichet.rules.temporary_unemployment.communication import Communication
from guichet.rules.temporary_unemployment.kinds import Kind, Reason
from guichet.rules.temporary_unemployment.workdays import OnemCalendar

_ACT: Final = "Act of 3 July 1978"


class Whom(StrEnum):
    """Who is informed; either, while the employer did not tell which there is."""

    WORKS_COUNCIL = "works_council"
    UNION_DELEGATION = "union_delegation"
    EITHER = "either"


class What(StrEnum):
    """Of what."""

    ECONOMIC_CAUSES = "economic_causes"
    ACCIDENT = "accident"
    DIFFICULTY = "difficulty"


LAW: Final[Mapping[What, LegalSource]] = MappingProxyType(
    {
        What.ECONOMIC_CAUSES: LegalSource(_ACT, "art. 51"),
        What.ACCIDENT: LegalSource(_ACT, "art. 49"),
        What.DIFFICULTY: LegalSource(_ACT, "art. 77/3"),
    }
)

# Beside which communication of a reason it is due.
BESIDE: Final[Mapping[Reason, Mapping[Kind, What]]] = MappingProxyType(
    {
        Reason.ECONOMIC: MappingProxyType({Kind.EXPECTED: What.ECONOMIC_CAUSES}),
        Reason.ACCIDENT: MappingProxyType({Kind.ACCIDENT_NATURE: What.ACCIDENT}),
        Reason.WHITE_COLLAR: MappingProxyType({Kind.DIFFICULTY: What.DIFFICULTY}),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """What an employer told of the bodies in the enterprise."""

    has_works_council: bool
    has_union_delegation: bool


@dataclass(frozen=True, slots=True)
class Information:
    """What is due to whom; ``by``: the last day for it."""

    what: What
    whom: Whom
    by: date

    @property
    def source(self) -> LegalSource:
        """Where it stands."""
        return LAW[self.what]


def whom(bodies: Bodies | None) -> Whom | None:
    """Who is informed; None where neither is. ``bodies``: None while nothing is told."""
    if bodies is None:
        return Whom.EITHER
    if bodies.has_works_council:
        return Whom.WORKS_COUNCIL
    return Whom.UNION_DELEGATION if bodies.has_union_delegation else None


def information(said: Communication, *, bodies: Bodies | None) -> Information | None:
    """What a communication makes due; None for nothing."""
    body, what = whom(bodies), BESIDE.get(said.reason, {}).get(said.kind)
    if body is None or what is None:
        return None
    if what is What.ACCIDENT and said.accident_on is not None:
        # Days of the calendar: no list of days off plays a part.
        by = accident_days(said.accident_on, calendar=OnemCalendar()).council_by
        return Information(what, body, by)
    # A notice and its communication are of one day; without the former the latter counts.
    return Information(what, body, said.posted_on or said.received_on)


def copy_of_form(sent_on: date, *, bodies: Bodies | None) -> Information | None:
    """What a form C106A makes due on the day on which it is sent."""
    body = whom(bodies)
    return None if body is None else Information(What.DIFFICULTY, body, sent_on)


def is_due(one: Information, *, told_on: date, today: date) -> bool:
    """Whether it is still to be done: to the last day for it, or on the day of telling the office.

    Nobody tells here that it was done: after that day it is taken as done.
    """
    return today <= max(one.by, told_on)
