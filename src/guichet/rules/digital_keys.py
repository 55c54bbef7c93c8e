"""Digital keys of a person: what may become of one, its codes and when they end.

Figures and refusals are those of the public pages on digital keys; where these leave a range
the choice is ours and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Final

from guichet.rules.assurance import NOMINAL, Means, level_reached, may_activate

# Codes of the app: RFC 6238 with 30 seconds and 6 digits; one step early or late is accepted.
STEP_SECONDS: Final = 30
APP_DIGITS: Final = 6
STEPS_EITHER_WAY: Final = 1
# A code by e-mail: 6 to 8 digits are usual, 8 is our choice.
MAIL_DIGITS: Final = 8
MAIL_LIFE: Final = timedelta(minutes=10)
# The paper card: 24 personal codes. Their length, 6 digits, is our choice.
CARD_RANKS: Final = range(1, 25)
CARD_DIGITS: Final = 6
# Locks after 3 to 5 errors are usual; five wrong codes in A11.
MOST_WRONG: Final = 5
# The first step (user name and password) stays good this long for the second; our choice.
FIRST_STEP_LIFE: Final = timedelta(minutes=30)
# A challenge to a passkey; our choice.
CHALLENGE_LIFE: Final = timedelta(minutes=5)
# An activation that was begun and not yet confirmed; our choice.
ACTIVATION_LIFE: Final = timedelta(minutes=30)

# Keys that stand behind a user name and a password; a passkey stands alone.
SECOND: Final = (Means.APP, Means.MAIL, Means.CARD)
KINDS: Final = (*SECOND, Means.PASSKEY)


class State(StrEnum):
    """Whether a key opens anything."""

    ACTIVE = "active"
    LOCKED = "locked"
    REVOKED = "revoked"


class Step(StrEnum):
    """What may happen to a key."""

    RENAME = "rename"
    LOCK = "lock"
    UNLOCK = "unlock"
    REVOKE = "revoke"


NEXT: Final[Mapping[tuple[State, Step], State]] = {
    (State.ACTIVE, Step.RENAME): State.ACTIVE,
    (State.LOCKED, Step.RENAME): State.LOCKED,
    (State.ACTIVE, Step.LOCK): State.LOCKED,
    (State.LOCKED, Step.UNLOCK): State.ACTIVE,
    (State.ACTIVE, Step.REVOKE): State.REVOKED,
    (State.LOCKED, Step.REVOKE): State.REVOKED,
}


class StepRefused(Exception):
    """What was asked is not open to a key in this state."""


class TooWeak(Exception):
    """The session is not strong enough for what was asked."""


def after(state: State, step: Step) -> State:
    """The state that ``step`` leads to; raises StepRefused."""
    if (state, step) not in NEXT:
        raise StepRefused(f"{step} is not open from {state}")
    return NEXT[state, step]


def check_session(*, state: State, step: Step, means: str) -> None:
    """Whether a session opened by ``means`` may take this step; raises TooWeak.

    A locked key is opened with the identity card only (A11). The same for revoking it: whoever
    guessed at it could otherwise put a new one in its place.
    """
    if state is State.LOCKED and step in (Step.UNLOCK, Step.REVOKE) and means != Means.EID:
        raise TooWeak("a locked key asks for the identity card")


def check_activation(*, kind: Means, level: int, means: str) -> None:
    """Whether a session of this level and means may activate a key; raises TooWeak.

    The paper card asks for one sign-in with the identity card.
    """
    if not may_activate(session_level=level, means=kind):
        raise TooWeak(f"{kind} asks for level {NOMINAL[kind]}")
    if kind is Means.CARD and means != Means.EID:
        raise TooWeak("the paper card asks for the identity card")


def level_of(*, kind: Means, key_level: int, account_level: int | None) -> int:
    """The level of a sign-in with this key: never above its weakest enrolment.

    ``account_level``: that of the user name and password before it; None for a passkey.
    """
    steps = (key_level,) if account_level is None else (key_level, account_level)
    return level_reached(means=kind, enrolled_at=steps)


def next_rank(*, last: int | None, random: Random) -> int:
    """The rank to ask of a paper card: any of the 24 but the one asked last (A12)."""
    return random.choice([rank for rank in CARD_RANKS if rank != last])


def locks(*, wrong: int) -> bool:
    """Whether that many wrong codes in a row lock the key (A11)."""
    return wrong >= MOST_WRONG


def step_at(moment: datetime) -> int:
    """The number of the 30-second step of an aware ``moment``."""
    return int(moment.timestamp()) // STEP_SECONDS


def steps_to_try(*, now: datetime, last_used: int | None) -> Iterable[int]:
    """The steps whose code is good now: the present one and its neighbours, never a used one.

    A step at or before ``last_used`` is spent, so that no code is accepted twice (A10).
    """
    present = step_at(now)
    around = range(present - STEPS_EITHER_WAY, present + STEPS_EITHER_WAY + 1)
    return tuple(step for step in around if last_used is None or step > last_used)
