"""The road of a communication: from a draft to a decision, a change or a cancellation.

A typed table: what is not in it is refused, and why in one word. A ticket is never used again or
deleted, nobody edits what was received: a change makes a new communication and leaves the old one
``modified``. A revised decision leaves the former one readable.

Source: online service "Chômage temporaire", after the declaration (consultation, modification and
cancellation); the names of the states are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Party(StrEnum):
    """Who takes a step; ``sender``: whom the employer gave a mandate."""

    EMPLOYER = "employer"
    SENDER = "sender"
    OFFICER = "officer"
    SYSTEM = "system"


class State(StrEnum):
    """Where a communication is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REJECTED = "rejected"
    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    ACCEPTED = "accepted"
    PARTIALLY_ACCEPTED = "partially_accepted"
    REFUSED = "refused"
    REVISED = "revised"
    MODIFIED = "modified"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What happens to a communication; ``record``: an officer enters a registered letter."""

    SUBMIT = "submit"
    RECORD = "record"
    RECEIVE = "receive"
    REJECT = "reject"
    TAKE = "take"
    ACCEPT = "accept"
    ACCEPT_PARTLY = "accept_partly"
    REFUSE = "refuse"
    REVISE = "revise"
    MODIFY = "modify"
    CANCEL = "cancel"


NEXT: Final[Mapping[tuple[State, Step], State]] = MappingProxyType(
    {
        (State.DRAFT, Step.SUBMIT): State.SUBMITTED,
        (State.DRAFT, Step.RECORD): State.RECEIVED,
        (State.SUBMITTED, Step.RECEIVE): State.RECEIVED,
        (State.SUBMITTED, Step.REJECT): State.REJECTED,
        (State.RECEIVED, Step.TAKE): State.UNDER_REVIEW,
        (State.RECEIVED, Step.MODIFY): State.MODIFIED,
        (State.RECEIVED, Step.CANCEL): State.CANCELLED,
        (State.UNDER_REVIEW, Step.ACCEPT): State.ACCEPTED,
        (State.UNDER_REVIEW, Step.ACCEPT_PARTLY): State.PARTIALLY_ACCEPTED,
        (State.UNDER_REVIEW, Step.REFUSE): State.REFUSED,
        (State.UNDER_REVIEW, Step.MODIFY): State.MODIFIED,
        (State.UNDER_REVIEW, Step.CANCEL): State.CANCELLED,
        (State.ACCEPTED, Step.REVISE): State.REVISED,
        (State.PARTIALLY_ACCEPTED, Step.REVISE): State.REVISED,
        (State.REFUSED, Step.REVISE): State.REVISED,
        # An appeal may follow a first revision.
        (State.REVISED, Step.REVISE): State.REVISED,
    }
)

_THEIR_OWN: Final = frozenset({Party.EMPLOYER, Party.SENDER})
_OFFICE: Final = frozenset({Party.OFFICER})
_SYSTEM: Final = frozenset({Party.SYSTEM})
ACTORS: Final[Mapping[Step, frozenset[Party]]] = MappingProxyType(
    {
        Step.SUBMIT: _THEIR_OWN,
        Step.RECORD: _OFFICE,
        Step.RECEIVE: _SYSTEM,
        Step.REJECT: _SYSTEM,
        Step.TAKE: _OFFICE,
        Step.ACCEPT: _OFFICE,
        Step.ACCEPT_PARTLY: _OFFICE,
        Step.REFUSE: _OFFICE,
        Step.REVISE: _OFFICE,
        Step.MODIFY: _THEIR_OWN,
        Step.CANCEL: _THEIR_OWN,
    }
)

DECIDED: Final = frozenset({State.ACCEPTED, State.PARTIALLY_ACCEPTED, State.REFUSED, State.REVISED})
"""States in which a decision of the office is there."""


class Refusal(StrEnum):
    """Why a step is not open: the key of its words."""

    NOT_SUBMITTED = "not_submitted"
    NOT_RECEIVED = "not_received"
    ALREADY_SUBMITTED = "already_submitted"
    NOT_UNDER_REVIEW = "not_under_review"
    UNDER_REVIEW = "under_review"
    NOT_DECIDED = "not_decided"
    DECIDED = "decided"
    REJECTED = "rejected"
    MODIFIED = "modified"
    CANCELLED = "cancelled"
    OTHER_PARTY = "other_party"


class StepRefused(Exception):
    """A step that is not open; ``why``: the key of the words that say so."""

    def __init__(self, *, state: State, step: Step, why: Refusal) -> None:
        super().__init__(f"{step} is not open from {state}: {why}")
        self.state = state
        self.step = step
        self.why = why


def after(*, state: State, step: Step, party: Party) -> State:
    """The state that a step leads to; raises StepRefused."""
    if (state, step) not in NEXT:
        raise StepRefused(state=state, step=step, why=_why(state, step))
    if party not in ACTORS[step]:
        raise StepRefused(state=state, step=step, why=Refusal.OTHER_PARTY)
    return NEXT[state, step]


def may(*, state: State, step: Step, party: Party) -> bool:
    """Whether the step is open to this party."""
    return (state, step) in NEXT and party in ACTORS[step]


def open_from(step: Step) -> tuple[State, ...]:
    """The states from which a step is open."""
    return tuple(state for state, each in NEXT if each is step)


def _why(state: State, step: Step) -> Refusal:
    if state in _ENDED:
        return _ENDED[state]
    if step in _ENTRY and state is not State.DRAFT:
        return Refusal.ALREADY_SUBMITTED
    if state in DECIDED:
        return Refusal.DECIDED
    return _WAITING[state] if step is not Step.REVISE else Refusal.NOT_DECIDED


_ENTRY: Final = frozenset({Step.SUBMIT, Step.RECORD, Step.RECEIVE, Step.REJECT})
_ENDED: Final[Mapping[State, Refusal]] = MappingProxyType(
    {
        State.REJECTED: Refusal.REJECTED,
        State.MODIFIED: Refusal.MODIFIED,
        State.CANCELLED: Refusal.CANCELLED,
    }
)
_WAITING: Final[Mapping[State, Refusal]] = MappingProxyType(
    {
        State.DRAFT: Refusal.NOT_SUBMITTED,
        State.SUBMITTED: Refusal.NOT_RECEIVED,
        State.RECEIVED: Refusal.NOT_UNDER_REVIEW,
        State.UNDER_REVIEW: Refusal.UNDER_REVIEW,
    }
)
