"""The life of a correction of presences: what is wrong, who has it, what may happen next.

The report of a worker and the request to the NSSO live by the same table: a request begins as
submitted, and the report from which it was made follows it (`following`).

No law gives a form: the worker tells his employer within 30 days, the employer (the self-employed
himself) asks the NSSO within 30 days with documents, and the NSSO edits, cancels or refuses.
Source: manual of the service; the states are ours.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guichet.rules.dated import UnknownParameter, whole
from guichet.rules.presence_activities import activity_rules

_USUAL: Final = "cleaning"


class Kind(StrEnum):
    """What is to be put right."""

    ADD = "add"
    CHANGE_TIME = "changeTime"
    CHANGE_SITE = "changeSite"
    CHANGE_EMPLOYER = "changeEmployer"
    CANCEL = "cancel"


class Reason(StrEnum):
    """Why it went wrong."""

    NO_NETWORK = "noNetwork"
    DEVICE_FAILURE = "deviceFailure"
    FORGOTTEN = "forgotten"
    WRONG_CODE = "wrongCode"
    WRONG_EMPLOYER = "wrongEmployer"
    OTHER = "other"


class State(StrEnum):
    """Who has it: the worker, his employer, the NSSO; or how it ended."""

    PREPARED = "prepared"
    REPORTED = "reported"
    SUBMITTED = "submitted"
    IN_REVIEW = "inReview"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partlyAccepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Step(StrEnum):
    """What happens to it."""

    REPORT = "report"
    SUBMIT = "submit"
    TAKE = "take"
    ACCEPT = "accept"
    ACCEPT_PARTLY = "acceptPartly"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    RETURN = "return"
    EXPIRE = "expire"


NEXT: Final[Mapping[tuple[State, Step], State]] = MappingProxyType(
    {
        (State.PREPARED, Step.REPORT): State.REPORTED,
        (State.PREPARED, Step.SUBMIT): State.SUBMITTED,
        (State.PREPARED, Step.WITHDRAW): State.WITHDRAWN,
        (State.PREPARED, Step.EXPIRE): State.EXPIRED,
        (State.REPORTED, Step.SUBMIT): State.SUBMITTED,
        (State.REPORTED, Step.REFUSE): State.REFUSED,
        (State.REPORTED, Step.WITHDRAW): State.WITHDRAWN,
        (State.REPORTED, Step.EXPIRE): State.EXPIRED,
        (State.SUBMITTED, Step.TAKE): State.IN_REVIEW,
        (State.SUBMITTED, Step.WITHDRAW): State.WITHDRAWN,
        (State.SUBMITTED, Step.RETURN): State.REPORTED,
        (State.IN_REVIEW, Step.ACCEPT): State.ACCEPTED,
        (State.IN_REVIEW, Step.ACCEPT_PARTLY): State.PARTLY_ACCEPTED,
        (State.IN_REVIEW, Step.REFUSE): State.REFUSED,
        (State.IN_REVIEW, Step.WITHDRAW): State.WITHDRAWN,
        (State.IN_REVIEW, Step.RETURN): State.REPORTED,
    }
)
# A report that is not with the NSSO yet: its worker may still let it go.
WITH_PEOPLE: Final = frozenset({State.PREPARED, State.REPORTED})
OPEN: Final = frozenset({State.SUBMITTED, State.IN_REVIEW})
DECIDED: Final = frozenset({State.ACCEPTED, State.PARTLY_ACCEPTED, State.REFUSED})
DECISIONS: Final = (Step.ACCEPT, Step.ACCEPT_PARTLY, Step.REFUSE)


class StepRefused(Exception):
    """This step is not open from this state."""


def after(state: State, step: Step) -> State:
    """The state that ``step`` leads to; raises StepRefused."""
    if (state, step) not in NEXT:
        raise StepRefused(f"{step} is not open from {state}")
    return NEXT[state, step]


def steps(state: State) -> frozenset[Step]:
    """What may happen to a request or a report in this state."""
    return frozenset(step for known, step in NEXT if known is state)


def following(step: Step) -> Step:
    """What happens to the report of the worker when ``step`` happens to the request made of it.

    A request that is withdrawn gives the report back: it is the employer's turn again.
    """
    return Step.RETURN if step is Step.WITHDRAW else step


def last_day(*, on: date, activity: str) -> date:
    """The last day on which an act of ``on`` can be corrected, this day included.

    An activity without such a procedure, or unknown, has the window of cleaning.
    """
    window = None
    with contextlib.suppress(UnknownParameter):
        window = activity_rules(activity, on=on).correction_window_days
    if window is None:
        window = activity_rules(_USUAL, on=on).correction_window_days or 0
    return on + timedelta(days=window)


def kept_from(*, today: date) -> date:
    """The first day of those whose requests are kept: what ended before it is past its term.

    Source: the dated parameter ``presence.case.kept``, in years.
    """
    year = today.year - whole("presence.case.kept", on=today)
    try:
        return today.replace(year=year)
    except ValueError:  # the 29th of February: kept a day longer
        return today.replace(year=year, day=28)
