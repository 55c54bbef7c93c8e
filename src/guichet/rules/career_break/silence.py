"""What becomes of a worker's notice when nobody does anything: terms that end by themselves.

Whoever reads a notice on a day sees what it stands as on that day, whether or not it was written
down yet. Sources: as of ``answers``; that a postponement which nobody contests is agreed to on its
new start, and that a notice without a term lapses when its start has passed, is inferred.
"""

from __future__ import annotations

from datetime import date

from guichet.rules.career_break.answers import Silence, answer_term
from guichet.rules.career_break.notice import Notice
from guichet.rules.career_break.states import NoticeState, NoticeStep, Party, after_notice


def answer_by(notice: Notice) -> date | None:
    """The last day for an answer; after it silence accepts. None where silence says nothing."""
    term = answer_term(notice)
    return None if term.silence is Silence.NOTHING else term.last_day


def due_step(
    *, state: NoticeState, first_day: date, answer_by: date | None, today: date
) -> NoticeStep | None:
    """What time did to a notice by ``today``, or None.

    ``first_day``: the requested start, of a postponed notice the new one.
    """
    if state is NoticeState.PENDING and answer_by is not None:
        return NoticeStep.DEEM_ACCEPTED if today > answer_by else None
    if state is NoticeState.PENDING:
        return NoticeStep.LAPSE if today > first_day else None
    if state is NoticeState.POSTPONED:
        return NoticeStep.AGREE if today >= first_day else None
    return None


def stands_as(
    *, state: NoticeState, first_day: date, answer_by: date | None, today: date
) -> NoticeState:
    """The state of a notice on a day, what time did to it included."""
    step = due_step(state=state, first_day=first_day, answer_by=answer_by, today=today)
    return state if step is None else after_notice(state=state, step=step, party=Party.SYSTEM)
