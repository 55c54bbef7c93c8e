"""Where the rules are asked. One thin room: it holds no rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from guichet.eservices.temporary_unemployment.content import Told
from guichet.eservices.temporary_unemployment.knowing import Surroundings, workers_of
from guichet.rules.temporary_unemployment import check, identifiers
from guichet.rules.temporary_unemployment.communication import Communication, section_key
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.kinds import Kind
from guichet.rules.temporary_unemployment.notice import told_on


@dataclass(frozen=True, slots=True)
class Judgement:
    """``told_on``: the day of receipt that counts."""

    faults: tuple[Fault, ...]
    told_on: date

    @property
    def blocks(self) -> bool:
        """Whether the communication stops."""
        return any(fault.blocks for fault in self.faults)


def judge(*, told: Told, sender: str, now: datetime, confirmed: bool = False) -> tuple[Fault, ...]:
    """Everything that would be said of a communication now; nothing is stored.

    ``sender``: ten digits of the enterprise that would send it.
    """
    around = Surroundings([told], sender=sender, now=now, confirmed=confirmed)
    return judged(told, around).faults


def judged(told: Told, around: Surroundings) -> Judgement:
    """The judgement of one communication of a batch."""
    counted = as_counted(told.said, around)
    faults = check.faults(counted, known=around.known(told))
    return Judgement(faults, counted.received_on)


def as_counted(said: Communication, around: Surroundings) -> Communication:
    """With the moment of receipt that counts: a change may keep that of what it changes."""
    employer = identifiers.enterprise(said.enterprise, channel=said.channel) or ""
    old = around.of_ticket(employer, said.changes) if said.changes else None
    if old is None or said.kind is not Kind.EXPECTED or old.kind is not Kind.EXPECTED:
        return said
    if said.first_day is None or old.first_day is None:
        return said
    # Another scheme is a new announcement, as new people are.
    adds = (
        bool(workers_of(said) - old.workers)
        or section_key(said.section) != section_key(old.section)
        or (said.regime or "") != old.regime
    )
    counts = told_on(
        original=old.told_on,
        changed=said.received_on,
        keeps_end=said.last_day == old.last_day,
        moves_start=said.first_day > old.first_day,
        adds_workers=adds,
    )
    return replace(said, received_at=old.received_at) if counts == old.told_on else said
