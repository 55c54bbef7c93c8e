"""The duties of an employer in Check In and Out at Work, and what the facts say of each.

A duty is fulfilled as far as the facts show, or something is to be done; where nothing of ours
can tell (whether people were informed), that is said and nothing is claimed. Figures are [DES].
Source: "À qui s'adresse Check In and Out at Work ?", duties of employers (socialsecurity.be).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Duty(StrEnum):
    """What an employer has to do, in the order of the source."""

    SUBCONTRACTORS = "subcontractors"
    DATA = "data"
    MEANS = "means"
    STAFF = "staff"
    CONSULTED = "consulted"
    CORRECTIONS = "corrections"


class Standing(StrEnum):
    """What the facts say."""

    DONE = "done"
    TO_DO = "toDo"
    UNSEEN = "unseen"
    NOT_CONCERNED = "notConcerned"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the registers and the log know of an employer, counted in people, acts or firms.

    ``staff``: people with a Dimona today; ``registered``: those of them who registered in the
    period looked at; ``acts``, ``failed``: of own staff in it; ``subcontractors``: below him on
    his sites of CIAO today, ``registering``: those whose people registered there; ``consulted``:
    own staff whom he looked up lately; ``waiting``, ``missed``: reports of workers that can still
    be taken to the NSSO, and that no longer can.
    """

    staff: int
    registered: int
    acts: int
    failed: int
    subcontractors: int
    registering: int
    consulted: int
    waiting: int
    missed: int


def standings(facts: Facts) -> dict[Duty, Standing]:
    """What the facts say of each duty."""
    has_people = facts.staff > 0 or facts.acts > 0
    return {
        Duty.SUBCONTRACTORS: _all(facts.registering, facts.subcontractors),
        Duty.DATA: _of(facts.acts > 0 and facts.failed == 0, concerned=has_people),
        Duty.MEANS: _all(facts.registered, facts.staff),
        Duty.STAFF: Standing.UNSEEN if has_people else Standing.NOT_CONCERNED,
        Duty.CONSULTED: _of(facts.consulted > 0, concerned=has_people),
        Duty.CORRECTIONS: _of(facts.waiting == 0 and facts.missed == 0, concerned=has_people),
    }


def _all(some: int, every: int) -> Standing:
    return _of(some >= every, concerned=every > 0)


def _of(is_done: bool, *, concerned: bool) -> Standing:
    if not concerned:
        return Standing.NOT_CONCERNED
    return Standing.DONE if is_done else Standing.TO_DO
