"""A request for BelgianID for foreigners: its states, its steps, and when its links end.

States and steps: the public pages of MyBelgianID. The times are our choice, since they give
none; a link that ended is asked for anew, never revived.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

# The code that a person receives with his request, and the one the agent gives in the interview.
CODE_DIGITS: Final = 8
# Wrong codes behind one link before it opens nothing any more.
MOST_WRONG: Final = 5
# A request to which no desk proposed a slot.
REQUEST_LIFE: Final = timedelta(days=30)
# The link to confirm or cancel; it ends with the beginning of the slot at the latest.
CONFIRM_LIFE: Final = timedelta(days=5)
# Somebody who was not there: the slot is given up after this.
NO_SHOW: Final = timedelta(hours=24)
# An interview that went well, without an activation sent.
PASSED_LIFE: Final = timedelta(days=14)
# The link to the page where the key is made.
ACTIVATION_LIFE: Final = timedelta(days=7)
# From the right activation code to the end of the pages behind it.
OPENED_LIFE: Final = timedelta(minutes=30)
# How long what is over is kept.
KEPT: Final = timedelta(days=90)
# A slot is a quarter of an hour, and is proposed at least so long before.
SLOT: Final = timedelta(minutes=15)
SLOT_NOTICE: Final = timedelta(hours=1)
# A copy of an identity document.
LARGEST_COPY: Final = 5 * 1024 * 1024
# The level of an identification by video interview at a desk of an institution.
LEVEL: Final = 400


class State(StrEnum):
    """Where a request stands; the same word on the wire, in the database and in logs."""

    REQUESTED = "requested"
    SLOT_PROPOSED = "slot_proposed"
    CONFIRMED = "confirmed"
    PASSED = "interviewed_ok"
    REFUSED = "interviewed_refused"
    ACTIVATION_SENT = "activation_sent"
    ACTIVE = "active"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What may happen to a request."""

    PROPOSE = "propose"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    PASS = "pass"  # noqa: S105  # the interview, no password
    REFUSE = "refuse"
    SEND = "send"
    ACTIVATE = "activate"
    EXPIRE = "expire"


NEXT: Final[Mapping[tuple[State, Step], State]] = {
    (State.REQUESTED, Step.PROPOSE): State.SLOT_PROPOSED,
    (State.REQUESTED, Step.CANCEL): State.CANCELLED,
    (State.REQUESTED, Step.EXPIRE): State.EXPIRED,
    (State.SLOT_PROPOSED, Step.PROPOSE): State.SLOT_PROPOSED,
    (State.SLOT_PROPOSED, Step.CONFIRM): State.CONFIRMED,
    (State.SLOT_PROPOSED, Step.CANCEL): State.CANCELLED,
    (State.SLOT_PROPOSED, Step.EXPIRE): State.EXPIRED,
    (State.CONFIRMED, Step.CANCEL): State.CANCELLED,
    (State.CONFIRMED, Step.PASS): State.PASSED,
    (State.CONFIRMED, Step.REFUSE): State.REFUSED,
    (State.CONFIRMED, Step.EXPIRE): State.EXPIRED,
    (State.PASSED, Step.SEND): State.ACTIVATION_SENT,
    (State.PASSED, Step.EXPIRE): State.EXPIRED,
    (State.ACTIVATION_SENT, Step.SEND): State.ACTIVATION_SENT,
    (State.ACTIVATION_SENT, Step.ACTIVATE): State.ACTIVE,
    (State.ACTIVATION_SENT, Step.EXPIRE): State.EXPIRED,
}
# The states in which the copy of the identity document is still needed.
NEEDS_COPY: Final = frozenset({State.CONFIRMED})
OVER: Final = frozenset({State.REFUSED, State.ACTIVE, State.EXPIRED, State.CANCELLED})


class StepRefused(Exception):
    """What was asked is not open to a request in this state."""


def after(state: State, step: Step) -> State:
    """The state that ``step`` leads to; raises StepRefused."""
    if (state, step) not in NEXT:
        raise StepRefused(f"{step} is not open from {state}")
    return NEXT[state, step]


def steps_from(state: State) -> tuple[Step, ...]:
    """The steps that are open in a state."""
    return tuple(step for step in Step if (state, step) in NEXT)


def ends_at(state: State, *, now: datetime, slot_at: datetime | None = None) -> datetime:
    """When a request that has just come into ``state`` ends by itself, or is forgotten.

    ``slot_at``: the beginning of the interview, for the states that wait for it.
    """
    if state is State.SLOT_PROPOSED and slot_at is not None:
        return min(now + CONFIRM_LIFE, slot_at)
    if state is State.CONFIRMED and slot_at is not None:
        return slot_at + NO_SHOW
    return now + _LIVES.get(state, KEPT)


def locks(*, wrong: int) -> bool:
    """Whether that many wrong codes close a link."""
    return wrong >= MOST_WRONG


_LIVES: Final[Mapping[State, timedelta]] = {
    State.REQUESTED: REQUEST_LIFE,
    State.PASSED: PASSED_LIFE,
    State.ACTIVATION_SENT: ACTIVATION_LIFE,
}
