"""Forgetting what workers only typed, once the request came to nothing or was decided.

Names of children, a household, an account: what was never sent has no ground to stay, and of what
was sent the part itself is kept, not the boxes that it was typed into.
"""

from datetime import datetime
from typing import Final

from django.db.models import Q

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.audit.holds import held
from guichet.eservices.career_break.models import WorkerPart
from guichet.kernel.moments import brussels_day
from guichet.platform.db import transaction
from guichet.rules.career_break.files_kept import kept_until
from guichet.rules.career_break.states import State

ACTOR: Final[Actor] = system("career_break.forget_typed")
_NOTHING: Final = (State.CANCELLED.value, State.EXPIRED.value)


def forget_typed(*, now: datetime) -> int:
    """Remove what was typed for requests whose term is over, for good; of how many.

    The term is that of the files of a request that came to nothing, counted from its end. A hold
    on the worker or on the employer keeps it. One line in the trail says of how many, never whose.
    """
    kept = held()
    rows = WorkerPart.objects.filter(
        Q(content__isnull=True, request__state__in=_NOTHING)
        | Q(content__isnull=False, request__state__in=(*_NOTHING, State.CLOSED.value))
    ).exclude(content__isnull=False, typed={})
    rows = rows.exclude(request__person__niss__in=kept.persons)
    rows = rows.exclude(request__employer__number__in=kept.enterprises)
    over = [part.pk for part in rows.select_related("request") if _is_over(part, now)]
    with transaction(actor=ACTOR):
        found = WorkerPart.objects.filter(pk__in=over)
        count = found.filter(content__isnull=True, request__state__in=_NOTHING).delete()[0]
        count += found.filter(content__isnull=False).update(typed={})
        if count:
            trail.record(
                action="careerBreak.typed.forgotten", actor=ACTOR,
                target=brussels_day(now).isoformat(), now=now, detail={"parts": count},
            )  # fmt: skip
    return count


def _is_over(part: WorkerPart, now: datetime) -> bool:
    """Counted as for a request that came to nothing, from the last change of it."""
    row, today = part.request, brussels_day(now)
    ended_on = brussels_day(row.changed_at)
    last = kept_until(state=State.EXPIRED, ended_on=ended_on, last_day=row.last_day, on=today)
    return last is not None and last < today
