"""The life of a question that somebody asks at the counter. Pure: a table and one function."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

# Signs that a question or an answer may have; a line break counts as one.
LONGEST: Final = 2000


class State(StrEnum):
    """Where a question stands; the same word in the database and in the trail."""

    NEW = "new"
    TAKEN = "taken"
    ANSWERED = "answered"
    CLOSED = "closed"


class Step(StrEnum):
    """What an institution does with a question."""

    TAKE = "take"
    GIVE_BACK = "give_back"
    ANSWER = "answer"
    CLOSE = "close"


# Who closes without an answer has taken the question first: somebody is responsible for it.
NEXT: Final[Mapping[tuple[State, Step], State]] = MappingProxyType(
    {
        (State.NEW, Step.TAKE): State.TAKEN,
        (State.TAKEN, Step.GIVE_BACK): State.NEW,
        (State.TAKEN, Step.ANSWER): State.ANSWERED,
        (State.TAKEN, Step.CLOSE): State.CLOSED,
        (State.ANSWERED, Step.CLOSE): State.CLOSED,
    }
)


class StepRefused(Exception):
    """This step is not open from this state."""


def after(state: State, step: Step) -> State:
    """The state that ``step`` leads to; raises StepRefused."""
    if (state, step) not in NEXT:
        raise StepRefused(f"{step} is not open from {state}")
    return NEXT[state, step]


def steps(state: State) -> tuple[Step, ...]:
    """The steps that are open from ``state``, in their order."""
    return tuple(step for step in Step if (state, step) in NEXT)
