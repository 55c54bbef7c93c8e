"""What time does to notices, written down: silence accepts, a start passes, a new date comes.

Whoever reads or answers a notice does not wait for this; it keeps the state, and tells people.
"""

from datetime import datetime
from typing import Final

from django.db.models import Q

from guichet.audit import trail
from guichet.audit.actors import system
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.notices import queries, telling
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.career_break import silence
from guichet.rules.career_break.states import NoticeState, NoticeStep, Party, after_notice

ACTOR: Final = system("careerBreak.notices")
_ACTIONS: Final = {
    NoticeStep.DEEM_ACCEPTED: "deemedAccepted",
    NoticeStep.LAPSE: "lapsed",
    NoticeStep.AGREE: "newDateAgreed",
}
_WHAT: Final = {
    NoticeStep.DEEM_ACCEPTED: "deemed_accepted",
    NoticeStep.LAPSE: "lapsed",
    NoticeStep.AGREE: "new_date_agreed",
}


def settle(*, now: datetime) -> int:
    """Every notice whose time is over, each in its own transaction; how many."""
    count = 0
    for key in queries.due(today=clock.today(now)):
        with transaction(actor=ACTOR):
            count += _settled(key, now)
    return count


def settle_of(*, person_id: int, employer: str, now: datetime) -> None:
    """Those of one worker at one employer, in the caller's transaction."""
    only = Q(person_id=person_id, employer__number=employer)
    for key in queries.due(today=clock.today(now), only=only):
        _settled(key, now)


def _settled(key: int, now: datetime) -> bool:
    row = Notice.objects.select_related("person", "employer").get(pk=key)
    state = NoticeState(row.state)
    step = silence.due_step(
        state=state, first_day=row.first_day, answer_by=row.answer_by, today=clock.today(now)
    )
    if step is None:
        return False
    following = after_notice(state=state, step=step, party=Party.SYSTEM)
    moved = Notice.objects.filter(pk=key, state=state, first_day=row.first_day).update(
        state=following.value, changed_at=now
    )
    if not moved:  # somebody was quicker
        return False
    row.state = following.value
    telling.settled(row, _WHAT[step], now=now)
    trail.record(
        action=f"careerBreak.notice.{_ACTIONS[step]}", actor=ACTOR, target=row.ticket, now=now
    )
    return True
