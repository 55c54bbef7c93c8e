"""A step of a file at the office: one UPDATE of a row that is still where the step may begin.

Who comes second is refused by the state that the first one left.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.career_break import events
from guichet.eservices.career_break.models import Request, Version
from guichet.eservices.career_break.operations import UnknownRequest
from guichet.eservices.career_break.queries import signs_of
from guichet.rules.career_break import states
from guichet.rules.career_break.states import Party, State, Step, StepRefused


def found(ticket: str) -> Request:
    """The request of a ticket; raises UnknownRequest."""
    rows = Request.objects.select_related("person", "employer")
    row = rows.filter(ticket=signs_of(ticket) or "-").first()
    if row is None:
        raise UnknownRequest(ticket)
    return row


def move(row: Request, step: Step, party: Party, *, now: datetime) -> None:
    """Take the step, or raise StepRefused; also when somebody else was quicker."""
    following = states.after(state=State(row.state), step=step, party=party)
    moved = Request.objects.filter(pk=row.pk, state=row.state, version=row.version).update(
        state=following.value, version=F("version") + 1, changed_at=now
    )
    former = State(row.state)
    row.refresh_from_db(fields=["state", "version", "changed_at"])
    if not moved:
        states.after(state=State(row.state), step=step, party=party)
        raise StepRefused(state=former, step=step, why="not_at_office")


def noted(
    row: Request,
    event: str,
    *,
    actor: Actor,
    now: datetime,
    said: Mapping[str, Any] | None = None,
    employer: str = "",
) -> None:
    """The version that the step left; software that listens hears of it.

    ``said``: nothing that the employer may not read stands under the key ``comment``.
    """
    Version.objects.create(
        request=row, number=row.version, event=event, state=row.state, last_day=row.last_day,
        content=row.content, said=dict(said or {}), enterprise=actor.mandatary or employer, at=now,
    )  # fmt: skip
    events.tell(row, event, now=now)


def trace(
    what: str, row: Request, *, actor: Actor, now: datetime, reason: str = "", **detail: Any
) -> None:
    """One line of the trail."""
    trail.record(
        action=f"careerBreak.{what}", actor=actor, target=row.ticket, now=now, reason=reason,
        detail=detail or None,
    )  # fmt: skip
