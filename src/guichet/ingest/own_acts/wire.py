"""The body that a phone sends, and the answer it gets; the contract is checkInOut-v1.yaml."""

import re
import uuid
from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from guichet.ingest.replies import Refusal
from guichet.kernel.problem import bad_request, schema_violation
from guichet.presence_log.wire import Address, Coordinates, Employer, Moment

MOST_ACTS: Final = 50
BODY_LIMIT: Final = 64 * 1024
_PATH: Final = re.compile(r" - at `\$\.?([A-Za-z0-9_.\[\]]*)`$")

Step = Literal["start", "break", "resume", "end", "move"]
PositionState = Literal["given", "refused", "timeout", "unavailable", "notAsked"]
Metres = Annotated[float, Meta(ge=0, le=10_000_000)]


class Position(msgspec.Struct, forbid_unknown_fields=True, rename="camel", gc=False):
    """What became of the question where the phone is; metres of uncertainty."""

    state: PositionState
    coordinates: Coordinates | None = None
    accuracy_metres: Metres | None = None


class Left(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The site that a move leaves, where its IN waits in the same phone or came too late."""

    site: Annotated[str, Meta(max_length=40)]
    employer: Employer | None = None


class OwnAct(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """One press. ``occurred_at`` counts; ``device_at`` is what the phone's own clock said.

    ``key`` was made by the phone: the same key is the same press. ``after``: the receipt of the
    last act that the person saw when he pressed (0: none); left out for what happened offline.
    """

    key: uuid.UUID
    step: Step
    site: Annotated[str, Meta(max_length=40)]
    occurred_at: Moment
    device_at: Moment
    position: Position
    employer: Employer | None = None
    address: Address | None = None
    leaves: Left | None = None
    after: Annotated[int, Meta(ge=0)] | None = None


class Lot(msgspec.Struct, forbid_unknown_fields=True):
    """The whole body."""

    acts: Annotated[list[OwnAct], Meta(min_length=1, max_length=MOST_ACTS)]


class Reason(msgspec.Struct):
    """Why an act was refused; the text never repeats what was sent."""

    code: str
    description: str


class Outcome(msgspec.Struct, rename="camel", omit_defaults=True):
    """What became of one act: ``created``, ``known`` (it stood there already) or ``refused``.

    ``cancelled``: of the receipts, those that a correction took away since.
    """

    key: uuid.UUID
    outcome: Literal["created", "known", "refused"]
    received_at: datetime
    receipts: list[int] = []
    cancelled: list[int] = []
    reasons: list[Reason] = []


class Answer(msgspec.Struct):
    """The outcomes, in the order of the acts."""

    acts: list[Outcome]


_DECODER: Final = msgspec.json.Decoder(Lot)


def decoded(body: bytes) -> Lot:
    """The lot in ``body``; raises Refusal 400 that says where, never what was sent."""
    try:
        return _DECODER.decode(body)
    except msgspec.ValidationError as breach:
        found = _PATH.search(str(breach))
        place = found[1] if found else ""
    # ValueError: not UTF-8, or not JSON at all.
    except (msgspec.MsgspecError, ValueError, RecursionError):
        place = ""
    detail = "does not have the shape of the contract"
    issue = schema_violation(name=place or "body", detail=detail)
    raise Refusal(bad_request(issues=[issue]))
