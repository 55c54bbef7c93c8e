"""What a person may register next: the words on the button, from the acts so far.

The log knows IN and OUT only; a break is an OUT with an IN after it. People think in start, break,
resume and end, so the page offers those, and the first one offered is the most likely. Ours: who
has had no break yet is offered the break first, who has had one the end. Nothing here refuses an
act; the service itself takes two INs in a row and remarks on them (ciao_21).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from guichet.kernel.moments import brussels_day, elapsed
from guichet.rules import dated
from guichet.rules.presence_day import DayAct, Stretch, days

# An IN of an earlier day without OUT runs on as a night shift for this long, then it is missing.
# Ours: a shift longer than this gets remark ciao_905 anyhow.
LONGEST_SHIFT: Final = timedelta(hours=12)
# The same press within this time is the same act: a double tap, or a second phone.
SAME_PRESS: Final = timedelta(seconds=60)


class Step(StrEnum):
    """What the button says; ``DONE`` registers nothing, it ends a break that became the end."""

    START = "start"
    BREAK = "break"
    RESUME = "resume"
    END = "end"
    MOVE = "move"
    DONE = "done"

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts that the step stores, in order."""
        return _ACTS[self]


_ACTS: Final[dict[Step, tuple[str, ...]]] = {
    Step.START: ("in",),
    Step.BREAK: ("out",),
    Step.RESUME: ("in",),
    Step.END: ("out",),
    Step.MOVE: ("out", "in"),
    Step.DONE: (),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands: at work since an IN, or out since a stretch ended, or neither.

    ``had_break``: a break lies on the day of the running stretch. ``forgotten``: an IN of an
    earlier day that nobody closed.
    """

    open_act: DayAct | None = None
    closed: Stretch | None = None
    had_break: bool = False
    forgotten: DayAct | None = None


def standing(acts: Iterable[DayAct], *, now: datetime) -> Standing:
    """The standing of one person at ``now``, from the acts of today and the day before."""
    read = days(acts, now=now)
    if not read:
        return Standing()
    last = read[-1]
    running = last.open_since
    if running is not None:
        is_long = elapsed(running.occurred_at, now) > LONGEST_SHIFT
        if is_long and brussels_day(running.occurred_at) != brussels_day(now):
            return Standing(forgotten=running)
        return Standing(open_act=running, had_break=bool(last.breaks))
    if last.day != brussels_day(now) or not last.stretches:
        return Standing()
    return Standing(closed=last.stretches[-1])


def offered(standing: Standing, *, site: str | None, is_done: bool, now: datetime) -> list[Step]:
    """The steps at a site, the most likely one first.

    ``site`` None is where the person is. ``is_done``: the last OUT was said to be the end.
    """
    running = standing.open_act
    if running is not None:
        if site is not None and site != running.site:
            return [Step.MOVE]
        return [Step.END, Step.BREAK] if standing.had_break else [Step.BREAK, Step.END]
    closed = standing.closed
    if closed is None or is_done or site not in (None, closed.site):
        return [Step.START]
    longest = timedelta(minutes=dated.whole("presence.break.max", on=brussels_day(now)))
    if elapsed(closed.ended_at, now) > longest:
        return [Step.START]
    return [Step.RESUME, Step.DONE]


def is_same_press(*, last: DayAct | None, kind: str, site: str, now: datetime) -> bool:
    """Whether an act of this kind (in, out) at this site at ``now`` is the stored act ``last``.

    ``last`` is the act next to ``now``, before or after it: what waited in a phone without network
    comes late, and meanwhile a second phone may have registered the same.
    """
    if last is None or (last.type, last.site) != (kind, site):
        return False
    return abs(elapsed(last.occurred_at, now)) <= SAME_PRESS
