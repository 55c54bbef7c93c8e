"""Steps of a request on its road, for all three sides of the counter, in the caller's transaction.

A step is one UPDATE of a row that is still where the step may begin: who comes second is refused
by the state that the first one left.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db.models import F

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.career_break import decided, events
from guichet.eservices.career_break.models import Request, Version
from guichet.eservices.career_break.queries import signs_of
from guichet.kernel.moments import brussels_day
from guichet.rules.career_break import states
from guichet.rules.career_break.states import Party, State, Step, StepRefused

_OUTSIDE: Final = (Party.EMPLOYER, Party.WORKER)


class UnknownRequest(LookupError):
    """No such request, or draft, of whoever asks for it."""


def found(ticket: str) -> Request:
    """The request of a ticket, whoever asks; raises UnknownRequest."""
    rows = Request.objects.select_related("person", "employer")
    row = rows.filter(ticket=signs_of(ticket) or "-").first()
    if row is None:
        raise UnknownRequest(ticket)
    return row


def following(row: Request, step: Step, party: Party, *, today: date | None = None) -> State:
    """The state that a step leads to; raises StepRefused where it is not open.

    ``today``: outside the office a refusal never tells of a decision that is not sent yet.
    """
    state = State(row.state)
    if today is not None and party in _OUTSIDE:
        state = decided.known_state(row, today=today)
    return states.after(state=state, step=step, party=party)


def move(row: Request, step: Step, party: Party, *, now: datetime, **changed: Any) -> None:
    """Take the step; ``changed``: other columns that it changes.

    Raises StepRefused, also where somebody else changed the request since it was read:
    ``overtaken`` if the step is still open then.
    """
    today = brussels_day(now)
    state = following(row, step, party, today=today)
    moved = Request.objects.filter(pk=row.pk, state=row.state, version=row.version).update(
        state=state.value, version=F("version") + 1, changed_at=now, **changed
    )
    row.refresh_from_db(fields=["state", "version", "changed_at", *changed])
    if not moved:
        following(row, step, party, today=today)
        raise StepRefused(state=row.state, step=step, why="overtaken")


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

    ``said``: nothing that the employer may not read stands under the key ``comment``;
    ``employer``: ten digits, where somebody acted for the employer.
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


def carry_out(
    row: Request, step: Step, party: Party, *, event: str, actor: Actor, now: datetime,
    **changed: Any,
) -> None:  # fmt: skip
    """A step with its version and its line; raises StepRefused as `move` does."""
    move(row, step, party, now=now, **changed)
    noted(row, event, actor=actor, now=now)
    trace(f"request.{event}", row, actor=actor, now=now)
