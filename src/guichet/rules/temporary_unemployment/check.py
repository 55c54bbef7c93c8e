"""A whole communication judged: every fault at once, in the order of the fields.

Deadlines and lengths warn, as the office does; the employer may go on and explain in a remark.
Nothing here reads a clock or a row: the moment of receipt stands in the communication, what the
dossier knows in ``Known``. Days lie after the rules that hold for them: 2017 and later.

Source: online service "Chômage temporaire"; the codes are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from guichet.rules.temporary_unemployment import identifiers
from guichet.rules.temporary_unemployment.check_announcement import announcement_faults
from guichet.rules.temporary_unemployment.check_days import (
    period_faults,
    range_faults,
    text_faults,
    week_faults,
)
from guichet.rules.temporary_unemployment.check_first_day import first_day_faults
from guichet.rules.temporary_unemployment.check_other import (
    force_majeure_faults,
    list_faults,
    nature_faults,
    strike_faults,
)
from guichet.rules.temporary_unemployment.check_parties import (
    employer_faults,
    place_faults,
    worker_faults,
)
from guichet.rules.temporary_unemployment.communication import Communication, Known
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import found
from guichet.rules.temporary_unemployment.first_day import may_be_cancelled, window
from guichet.rules.temporary_unemployment.force_majeure import is_waived
from guichet.rules.temporary_unemployment.kinds import Kind
from guichet.rules.temporary_unemployment.reasons import (
    FIRST_DAY_REASONS,
    is_communicated,
    takes,
)
from guichet.rules.temporary_unemployment.states import State, Step, open_from

_Check = Callable[[Communication, Known], Iterator[Fault]]
_NOTHING: Final[Known] = Known()


def faults(said: Communication, *, known: Known = _NOTHING) -> tuple[Fault, ...]:
    """Everything that is wrong with a communication, or worth knowing.

    Whoever may not act for the employer learns nothing else. Days out of reach are told first and
    not judged otherwise.
    """
    refused = tuple(employer_faults(said, known))
    if refused:
        return refused
    unreal = tuple(range_faults(said))
    texts = (*text_faults(said), *week_faults(said))
    early = (*_reason(said, known), *_change(said, known), *texts)
    if unreal:
        return (*early, *unreal)
    dated = (*period_faults(said), *place_faults(said, known), *worker_faults(said, known))
    own = tuple(_OF_KIND[said.kind](said, known)) if _fits(said) else ()
    return (*early, *dated, *own)


def cancellation_faults(
    said: Communication, *, state: State | None, at: datetime, known: Known = _NOTHING
) -> tuple[Fault, ...]:
    """CTW-082 and CTW-083 for a communication that is cancelled at an aware moment.

    ``state``: None when there is no such communication of this employer.
    """
    if state not in open_from(Step.CANCEL):
        return (found("CTW-082", "ticket", "cancel"),)
    if said.kind is not Kind.FIRST_DAY or said.reason not in FIRST_DAY_REASONS:
        return ()
    days = sorted({line.first_day for line in said.lines if line.first_day is not None})
    for day in days:
        if not may_be_cancelled(
            reason=said.reason, day=day, cancelled_at=at, calendar=known.calendar
        ):
            span = window(reason=said.reason, day=day, calendar=known.calendar)
            return (found("CTW-083", "ticket", first=span.first_day, last=span.last_day),)
    return ()


def _reason(said: Communication, known: Known) -> Iterator[Fault]:
    if not is_communicated(said.reason):
        yield found("CTW-032", "reason", reason=said.reason)
    elif not takes(reason=said.reason, kind=said.kind):
        yield found("CTW-032", "kind", "kind", reason=said.reason, kind=said.kind)
    code = identifiers.committee(said.committee)
    waived = is_waived(reason=said.reason, on=said.start, committee=code)
    if waived or known.waived:
        yield found("CTW-062", "reason", reason=said.reason)


def _change(said: Communication, known: Known) -> Iterator[Fault]:
    if said.changes and known.changed not in open_from(Step.MODIFY):
        yield found("CTW-082", "changes")
    if known.waits_confirmation:
        yield found("CTW-084", "confirmed")


def _fits(said: Communication) -> bool:
    return takes(reason=said.reason, kind=said.kind)


def _nothing_more(said: Communication, known: Known) -> Iterator[Fault]:
    """The form of difficulty travels by registered letter: it is only recorded."""
    return iter(())


_OF_KIND: Final[Mapping[Kind, _Check]] = MappingProxyType(
    {
        Kind.EXPECTED: announcement_faults,
        Kind.FIRST_DAY: first_day_faults,
        Kind.ACCIDENT_NATURE: nature_faults,
        Kind.ACCIDENT_LIST: list_faults,
        Kind.FORCE_MAJEURE: force_majeure_faults,
        Kind.STRIKE: strike_faults,
        Kind.DIFFICULTY: _nothing_more,
    }
)
