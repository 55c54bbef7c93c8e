"""The road of a request for a career break, and of the written notice before it.

Two typed tables: what is not in them is refused, and why in one word, so that a page and a machine
say the same. Who may take a step stands beside it.

Source: manual of the online service for employers (employer's part first, changes until the worker
completed his part); withdrawal by the worker and expiry are ours.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Party(StrEnum):
    """Who takes a step."""

    EMPLOYER = "employer"
    WORKER = "worker"
    OFFICER = "officer"
    SYSTEM = "system"


class State(StrEnum):
    """Where a request is."""

    DRAFT = "draft"
    WAIT_WORKER = "wait_worker"
    WAIT_ONEM = "wait_onem"
    IN_PROGRESS = "in_progress"
    WAIT_DOCUMENTS = "wait_documents"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Step(StrEnum):
    """What happens to a request."""

    CONFIRM = "confirm"
    MODIFY = "modify"
    CANCEL = "cancel"
    COMPLETE = "complete"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    TAKE = "take"
    ASK = "ask"
    ANSWER = "answer"
    GIVE_UP_WAITING = "give_up_waiting"
    DECIDE = "decide"
    REVIEW = "review"


NEXT: Final[Mapping[tuple[State, Step], State]] = {
    (State.DRAFT, Step.CONFIRM): State.WAIT_WORKER,
    (State.WAIT_WORKER, Step.MODIFY): State.WAIT_WORKER,
    (State.WAIT_WORKER, Step.CANCEL): State.CANCELLED,
    (State.WAIT_WORKER, Step.COMPLETE): State.WAIT_ONEM,
    (State.WAIT_WORKER, Step.WITHDRAW): State.CANCELLED,
    (State.WAIT_WORKER, Step.EXPIRE): State.EXPIRED,
    (State.WAIT_ONEM, Step.TAKE): State.IN_PROGRESS,
    (State.IN_PROGRESS, Step.ASK): State.WAIT_DOCUMENTS,
    (State.WAIT_DOCUMENTS, Step.ANSWER): State.IN_PROGRESS,
    (State.WAIT_DOCUMENTS, Step.GIVE_UP_WAITING): State.CLOSED,
    (State.IN_PROGRESS, Step.DECIDE): State.CLOSED,
    (State.CLOSED, Step.REVIEW): State.IN_PROGRESS,
}

ACTORS: Final[Mapping[Step, frozenset[Party]]] = {
    Step.CONFIRM: frozenset({Party.EMPLOYER}),
    Step.MODIFY: frozenset({Party.EMPLOYER}),
    Step.CANCEL: frozenset({Party.EMPLOYER}),
    Step.COMPLETE: frozenset({Party.WORKER}),
    Step.WITHDRAW: frozenset({Party.WORKER}),
    Step.EXPIRE: frozenset({Party.SYSTEM}),
    Step.TAKE: frozenset({Party.OFFICER}),
    Step.ASK: frozenset({Party.OFFICER}),
    Step.ANSWER: frozenset({Party.WORKER, Party.EMPLOYER}),
    Step.GIVE_UP_WAITING: frozenset({Party.OFFICER}),
    Step.DECIDE: frozenset({Party.OFFICER}),
    Step.REVIEW: frozenset({Party.OFFICER}),
}


class NoticeState(StrEnum):
    """Where a worker's notice is."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DEEMED_ACCEPTED = "deemed_accepted"
    ACCEPTED_NEW_DATE = "accepted_new_date"
    REFUSED = "refused"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    RENOUNCED = "renounced"


class NoticeStep(StrEnum):
    """What happens to a notice."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    POSTPONE = "postpone"
    WITHDRAW = "withdraw"
    DEEM_ACCEPTED = "deem_accepted"
    LAPSE = "lapse"
    AGREE = "agree"
    RENOUNCE = "renounce"
    LINK = "link"


NEXT_OF_NOTICE: Final[Mapping[tuple[NoticeState, NoticeStep], NoticeState]] = {
    (NoticeState.PENDING, NoticeStep.ACCEPT): NoticeState.ACCEPTED,
    (NoticeState.PENDING, NoticeStep.REFUSE): NoticeState.REFUSED,
    (NoticeState.PENDING, NoticeStep.POSTPONE): NoticeState.POSTPONED,
    (NoticeState.PENDING, NoticeStep.WITHDRAW): NoticeState.WITHDRAWN,
    (NoticeState.PENDING, NoticeStep.DEEM_ACCEPTED): NoticeState.DEEMED_ACCEPTED,
    (NoticeState.PENDING, NoticeStep.LAPSE): NoticeState.LAPSED,
    (NoticeState.POSTPONED, NoticeStep.AGREE): NoticeState.ACCEPTED_NEW_DATE,
    (NoticeState.POSTPONED, NoticeStep.RENOUNCE): NoticeState.RENOUNCED,
    # A request made of it points to it; the notice itself stays what it was.
    (NoticeState.ACCEPTED, NoticeStep.LINK): NoticeState.ACCEPTED,
    (NoticeState.DEEMED_ACCEPTED, NoticeStep.LINK): NoticeState.DEEMED_ACCEPTED,
    (NoticeState.ACCEPTED_NEW_DATE, NoticeStep.LINK): NoticeState.ACCEPTED_NEW_DATE,
}

ACTORS_OF_NOTICE: Final[Mapping[NoticeStep, frozenset[Party]]] = {
    NoticeStep.ACCEPT: frozenset({Party.EMPLOYER}),
    NoticeStep.REFUSE: frozenset({Party.EMPLOYER}),
    NoticeStep.POSTPONE: frozenset({Party.EMPLOYER}),
    NoticeStep.WITHDRAW: frozenset({Party.WORKER}),
    NoticeStep.DEEM_ACCEPTED: frozenset({Party.SYSTEM}),
    NoticeStep.LAPSE: frozenset({Party.SYSTEM}),
    # Silence agrees where the postponement is lawful.
    NoticeStep.AGREE: frozenset({Party.WORKER, Party.SYSTEM}),
    NoticeStep.RENOUNCE: frozenset({Party.WORKER}),
    NoticeStep.LINK: frozenset({Party.EMPLOYER}),
}


class StepRefused(Exception):
    """A step that is not open; ``why``: the key of the words that say so to people and machines.

    ``state``: the state that does not allow it; the keys are ``REASONS``.
    """

    def __init__(self, *, state: str, step: str, why: str) -> None:
        super().__init__(f"{step} is not open from {state}: {why}")
        self.state = state
        self.step = step
        self.why = why


_OF_THE_OFFICE: Final = frozenset({Step.TAKE, Step.ASK, Step.ANSWER, Step.GIVE_UP_WAITING,
                                   Step.DECIDE, Step.REVIEW})  # fmt: skip
_WHY: Final[Mapping[State, str]] = {
    State.DRAFT: "not_confirmed",
    State.WAIT_WORKER: "worker_has_to_act",
    State.WAIT_ONEM: "worker_completed",
    State.IN_PROGRESS: "worker_completed",
    State.WAIT_DOCUMENTS: "worker_completed",
    State.CLOSED: "closed",
    State.CANCELLED: "cancelled",
    State.EXPIRED: "expired",
}
REASONS: Final = frozenset(
    {
        *_WHY.values(),
        "already_confirmed",
        "not_at_office",
        "answered",
        "not_agreed",
        "other_party",
        "overtaken",
    }
)
"""Every key that a refusal can carry."""


def after(*, state: State, step: Step, party: Party) -> State:
    """The state that a step of a request leads to; raises StepRefused."""
    if (state, step) not in NEXT:
        raise StepRefused(state=state, step=step, why=_why(state, step))
    if party not in ACTORS[step]:
        raise StepRefused(state=state, step=step, why="other_party")
    return NEXT[state, step]


def may(*, state: State, step: Step, party: Party) -> bool:
    """Whether the step is open to this party."""
    return (state, step) in NEXT and party in ACTORS[step]


def open_from(step: Step) -> tuple[State, ...]:
    """The states from which a step is open."""
    return tuple(state for state, each in NEXT if each is step)


def after_notice(*, state: NoticeState, step: NoticeStep, party: Party) -> NoticeState:
    """The state that a step of a notice leads to; raises StepRefused."""
    if (state, step) not in NEXT_OF_NOTICE:
        why = "not_agreed" if step is NoticeStep.LINK else "answered"
        raise StepRefused(state=state, step=step, why=why)
    if party not in ACTORS_OF_NOTICE[step]:
        raise StepRefused(state=state, step=step, why="other_party")
    return NEXT_OF_NOTICE[state, step]


def _why(state: State, step: Step) -> str:
    if step is Step.CONFIRM:
        return "already_confirmed"
    ended = state in (State.CANCELLED, State.EXPIRED, State.CLOSED, State.DRAFT)
    if step in _OF_THE_OFFICE and not ended:
        return "not_at_office"
    return _WHY[state]
