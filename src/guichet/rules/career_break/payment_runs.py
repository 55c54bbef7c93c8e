"""What is handed on for payment in a month, by two people, and what a later decision changes of it.

A month is handed on once it is over: one officer has it prepared, another one signs. What a later
decision adds to it is handed on by itself; what it takes away is never set off: it is asked back,
after the worker was heard (``recovering``).

Source: as in ``recovering``; that a month is handed on once, by two, and a correction is a
difference is ours.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from guichet.kernel.period import Period, months_after
from guichet.rules.career_break.figures import figure


class State(StrEnum):
    """Where the preparation of a run is; ``nothing``: there was nothing to hand on."""

    PREPARING = "preparing"
    READY = "ready"
    NOTHING = "nothing"
    SENT = "sent"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


class Step(StrEnum):
    """What moves it on; ``finish``, ``find_nothing`` and ``fail`` are the job's."""

    FINISH = "finish"
    FIND_NOTHING = "find_nothing"
    FAIL = "fail"
    SEND = "send"
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"


NEXT: Final[Mapping[tuple[State, Step], State]] = {
    (State.PREPARING, Step.FINISH): State.READY,
    (State.PREPARING, Step.FIND_NOTHING): State.NOTHING,
    (State.PREPARING, Step.FAIL): State.FAILED,
    (State.PREPARING, Step.SEND_BACK): State.SENT_BACK,
    (State.PREPARING, Step.WITHDRAW): State.WITHDRAWN,
    (State.READY, Step.SEND): State.SENT,
    (State.READY, Step.SEND_BACK): State.SENT_BACK,
    (State.READY, Step.WITHDRAW): State.WITHDRAWN,
}
OPEN: Final = frozenset({State.PREPARING, State.READY})


class NotOpen(Exception):
    """The step is not open: somebody was quicker, or the run is not ready yet."""


def after(state: State, step: Step) -> State:
    """The state that a step leads to; raises NotOpen."""
    if (state, step) not in NEXT:
        raise NotOpen(f"{step} is not open from {state}")
    return NEXT[state, step]


@dataclass(frozen=True, slots=True)
class Pair:
    """Gross and net of a month, in cents."""

    gross: int = 0
    net: int = 0

    def plus(self, other: Pair) -> Pair:
        """Both together."""
        return Pair(self.gross + other.gross, self.net + other.net)


@dataclass(frozen=True, slots=True)
class Owed:
    """One month of one file: what is due for it now, and what was handed on for it. ``settled``:
    net cents too much of which it was decided whether they are asked back."""

    due: Pair
    sent: Pair = Pair()
    settled: int = 0

    @property
    def rest(self) -> Pair | None:
        """What is still to be handed on; None for nothing."""
        net = self.due.net - self.sent.net
        return Pair(self.due.gross - self.sent.gross, net) if net > 0 else None

    @property
    def difference(self) -> int:
        """What is due less what was handed on, net: below zero, too much went, and nobody decided
        on it yet."""
        found = self.due.net - self.sent.net
        return found if found >= 0 else min(0, found + self.settled)


def may_be_sent(month: Period, *, today: date) -> bool:
    """Whether a month is over: its days cannot change any more by themselves.

    No month of which a run may be forgotten already: it would be handed on once more.
    """
    return month.last_day < today <= kept_until(sent_on=month.last_day)


def kept_until(*, sent_on: date) -> date:
    """The last day on which it is kept what was handed on."""
    return months_after(sent_on, months=12 * figure("office.runs_kept", on=sent_on))


def whole_month(first_day: date) -> Period:
    """The days of a month."""
    return Period(first_day, first_day.replace(day=monthrange(first_day.year, first_day.month)[1]))
