"""A communication as the office judges it: what was told, what is found now, what follows.

What is found is asked anew, because an announcement on paper or a recognition may have been
recorded since the receipt; the moment of the receipt stays the one that counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from guichet.eservices.temporary_unemployment import queries
from guichet.eservices.temporary_unemployment.cards import sheets
from guichet.eservices.temporary_unemployment.content import Told
from guichet.eservices.temporary_unemployment.judging import as_counted
from guichet.eservices.temporary_unemployment.knowing import Surroundings
from guichet.eservices.temporary_unemployment.models import Communication, Line
from guichet.rules.temporary_unemployment import check
from guichet.rules.temporary_unemployment.check_announcement import credit_until
from guichet.rules.temporary_unemployment.communication import Communication as Said
from guichet.rules.temporary_unemployment.communication import Known
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.first_day import month_end, stands_for
from guichet.rules.temporary_unemployment.kinds import Kind
from guichet.rules.temporary_unemployment.proposing import Proposal, proposal
from guichet.rules.temporary_unemployment.states import State


@dataclass(frozen=True, slots=True)
class Case:
    """All that an officer decides on; ``faults``: as found now, none of them stops anything."""

    row: Communication
    told: Told
    lines: tuple[Line, ...]
    known: Known
    faults: tuple[Fault, ...]
    proposal: Proposal

    @property
    def said(self) -> Said:
        """What was told, with the moment of receipt that counts."""
        return self.told.said

    @property
    def is_plain(self) -> bool:
        """Whether it can be accepted without an officer looking at it."""
        return self.proposal.is_certain


def case(row: Communication, *, now: datetime) -> Case:
    """What is known of one communication now."""
    [found] = cases([row], now=now)
    return found


def cases(rows: Sequence[Communication], *, now: datetime) -> list[Case]:
    """The same of many, each question asked of the database once for all of them."""
    if not rows:
        return []
    of: dict[int, list[Line]] = defaultdict(list)
    lines = Line.objects.filter(communication__in=[row.pk for row in rows])
    for line in lines.order_by("communication_id", "number"):
        of[line.communication_id].append(line)
    told = [queries.told_of(row, of[row.pk]) for row in rows]
    around = Surroundings(told, sender="", now=now)
    return [
        _case(row, one, of[row.pk], around) for row, one in zip(rows, told, strict=True)
    ]  # fmt: skip


def standing(case: Case) -> dict[int, tuple[date, ...]]:
    """For which first days of the monthly declaration a communicated day still stands.

    By the number of the line, of those whose control card, as it was sent, marks the day as
    incapacity, holiday or another reason. The employer never learns what a card says.
    """
    told = {one.number: one.first_day for one in case.lines if one.first_day is not None}
    if case.said.kind is not Kind.FIRST_DAY or not told:
        return {}
    days = sheets.marked_many(
        workers={one.niss for one in case.lines}, employer=case.row.employer.number,
        first=min(told.values()), last=month_end(max(told.values())), is_sent=True,
    )  # fmt: skip
    calendar = case.known.calendar
    return {
        one.number: stands_for(one.first_day, calendar=calendar, marked=days[one.niss])
        for one in case.lines
        if one.first_day is not None and one.first_day in days.get(one.niss, ())
    }


def _case(row: Communication, told: Told, lines: Iterable[Line], around: Surroundings) -> Case:
    said = as_counted(told.said, around)
    known = _known(row, around.known(told))
    faults = tuple(one for one in check.faults(said, known=known) if not one.blocks)
    return Case(
        row=row,
        told=replace(told, said=said),
        lines=tuple(lines),
        known=known,
        faults=faults,
        proposal=proposal(
            said, faults=faults, calendar=known.calendar, credit_until=credit_until(said, known)
        ),
    )


def _known(row: Communication, known: Known) -> Known:
    """Without itself, and without what only mattered at the receipt.

    What was announced later weighs on the later one; a first day may rest on an announcement by
    letter that was entered after it.
    """
    return replace(
        known,
        may_act=True,
        announced=tuple(
            one
            for one in known.announced
            if row.kind != Kind.EXPECTED or _is_earlier(one.received, row)
        ),
        first_days=tuple(one for one in known.first_days if _is_earlier(one.received, row)),
        changed=State.RECEIVED if row.changes_id else None,
        waits_confirmation=False,
    )


def _is_earlier(received: tuple[datetime, int] | None, row: Communication) -> bool:
    return received is not None and received < (row.received_at, row.pk)
