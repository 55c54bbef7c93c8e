"""Changes that a worker reports once his part is sent: kept, told to the office, listed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.career_break import tickets
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.steps import UnknownRequest
from guichet.eservices.career_break.worker import reading, telling
from guichet.eservices.career_break.worker.models import CHANGES, Change
from guichet.kernel.ticket import CITIZEN
from guichet.platform.db import transaction
from guichet.rules.career_break.states import State

# What stands with the office, or stood there.
OPEN_IN: Final = (State.WAIT_ONEM, State.IN_PROGRESS, State.WAIT_DOCUMENTS, State.CLOSED)


class NothingToReport(Exception):
    """The part was not sent, or the request is over: there is no file at the office."""


def may_report(row: Request) -> bool:
    """Whether a change of this request can be reported."""
    return row.state in OPEN_IN


def report(
    *, ticket: str, kind: str, from_day: date, content: Mapping[str, Any], language: str,
    actor: Actor, now: datetime,
) -> Change:  # fmt: skip
    """Keep a change; the office has it in its list at once, the worker a copy in his e-Box.

    The same change that nobody looked at yet is kept once. Raises UnknownRequest, NothingToReport,
    ValueError for a kind that does not exist.
    """
    if kind not in CHANGES:
        raise ValueError(kind)
    with transaction(actor=actor):
        row = reading.request(ticket=ticket, niss=actor.id)
        if row is None:
            raise UnknownRequest(ticket)
        # Whoever presses twice waits here and finds the first.
        row = Request.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if not may_report(row):
            raise NothingToReport(ticket)
        same = Change.objects.filter(
            request=row, kind=kind, from_day=from_day, content=dict(content), seen_at=None
        ).first()
        if same is not None:
            return same
        change = Change.objects.create(
            ticket=tickets.take(CITIZEN), request=row, kind=kind, from_day=from_day,
            content=dict(content), office=row.office, at=now,
        )  # fmt: skip
        telling.changed(change, language=language)
        trail.record(
            action="careerBreak.change.reported", actor=actor, target=change.ticket, now=now,
            detail={"request": row.ticket, "kind": kind},
        )  # fmt: skip
    return change


def note(*, ticket: str, actor: Actor, now: datetime) -> Change:
    """An officer took note of a change; raises LookupError."""
    with transaction(actor=actor):
        change = Change.objects.select_for_update().filter(ticket=ticket).first()
        if change is None:
            raise LookupError(ticket)
        if change.seen_at is None:
            change.seen_at = now
            change.save(update_fields=["seen_at"])
            trail.record(action="careerBreak.change.noted", actor=actor, target=ticket, now=now)
    return change
