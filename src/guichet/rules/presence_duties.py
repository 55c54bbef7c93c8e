"""The duties of an employer in Check In and Out at Work, and what the facts say of each.

A duty is fulfilled as far as the facts show, or something is to be done. Whether people were
informed is known from what the employer notes of it himself. Figures are [DES].
Source: "À qui s'adresse Check In and Out at Work ?", duties of employers and of who uses interim
workers (socialsecurity.be).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Duty(StrEnum):
    """What an employer has to do, in the order of the source."""

    SUBCONTRACTORS = "subcontractors"
    INTERIM = "interim"
    DATA = "data"
    MEANS = "means"
    STAFF = "staff"
    CONSULTED = "consulted"
    CORRECTIONS = "corrections"


class Standing(StrEnum):
    """What the facts say."""

    DONE = "done"
    TO_DO = "toDo"
    NOT_CONCERNED = "notConcerned"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the registers and the log know of an employer, counted in people, acts or firms.

    ``staff``: people with a Dimona today; ``registered``: those of them who registered in the
    period looked at; ``unread``: people who carry a means that no device of their site reads;
    ``acts``, ``failed``: of own staff in it; ``subcontractors``: below him on his sites of CIAO
    today, ``served``: those whose people registered there or with whom he has an agreement;
    ``agencies``: whose workers he uses today, ``settled``: those whose workers registered or with
    which he has an agreement; ``informed``: staff that was there when he last told it how to
    register; ``consulted``: own staff whom he looked up lately; ``waiting``, ``missed``: reports
    of workers that can still be taken to the NSSO, and that no longer can.
    """

    staff: int
    registered: int
    unread: int
    acts: int
    failed: int
    subcontractors: int
    served: int
    agencies: int
    settled: int
    informed: int
    consulted: int
    waiting: int
    missed: int


def standings(facts: Facts) -> dict[Duty, Standing]:
    """What the facts say of each duty."""
    has_people = facts.staff > 0 or facts.acts > 0
    return {
        Duty.SUBCONTRACTORS: _all(facts.served, facts.subcontractors),
        Duty.INTERIM: _all(facts.settled, facts.agencies),
        Duty.DATA: _of(facts.acts > 0 and facts.failed == 0, concerned=has_people),
        Duty.MEANS: _of(
            facts.registered >= facts.staff and facts.unread == 0, concerned=facts.staff > 0
        ),
        Duty.STAFF: _all(facts.informed, facts.staff),
        Duty.CONSULTED: _of(facts.consulted > 0, concerned=has_people),
        Duty.CORRECTIONS: _of(facts.waiting == 0 and facts.missed == 0, concerned=has_people),
    }


def _all(some: int, every: int) -> Standing:
    return _of(some >= every, concerned=every > 0)


def _of(is_done: bool, *, concerned: bool) -> Standing:
    if not concerned:
        return Standing.NOT_CONCERNED
    return Standing.DONE if is_done else Standing.TO_DO
