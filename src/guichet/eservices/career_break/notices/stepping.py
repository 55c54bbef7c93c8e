"""One step of a notice: one conditional UPDATE; who came second is told what the first one did."""

from datetime import datetime
from typing import Any

from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.notices import standing
from guichet.platform import clock
from guichet.rules.career_break.states import (
    NoticeState,
    NoticeStep,
    Party,
    StepRefused,
    after_notice,
)


class UnknownNotice(LookupError):
    """No such notice of this person, or to this employer."""


def following(row: Notice, step: NoticeStep, party: Party, now: datetime) -> NoticeState:
    """The state that a step leads to now, time included; raises StepRefused."""
    return after_notice(
        state=standing.state_of(row, today=clock.today(now)), step=step, party=party
    )


def move(row: Notice, step: NoticeStep, party: Party, now: datetime, **changed: Any) -> None:
    """Carry a step out in the caller's transaction; raises StepRefused."""
    state, before = following(row, step, party, now), row.state
    moved = Notice.objects.filter(pk=row.pk, state=before).update(
        state=state.value, changed_at=now, **changed
    )
    row.refresh_from_db(fields=["state", "first_day", "last_day", "answer", "changed_at"])
    if not moved:
        following(row, step, party, now)
        raise StepRefused(state=row.state, step=step, why="answered")
