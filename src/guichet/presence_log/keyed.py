"""Calls with an Idempotency-Key: one answer for one key, kept 24 hours with the acts it is about.

The answer is known before anything is stored (receipts come from blocks), so the key, the answer
and the acts go in by one statement: after a crash of unknown fate the same statement finds either
nothing, and stores all, or its own key, and gives the kept answer.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, LiteralString

import psycopg

from guichet.kernel.problem import In, Problem, bad_request, schema_violation, unprocessable
from guichet.presence_log.acts import NewAct
from guichet.presence_log.record import as_parameter
from guichet.presence_log.statements import KEYED

MAX_KEY: Final = 255
_HELD: Final[LiteralString] = (
    "SELECT body_digest, answer FROM presence_idempotency WHERE client_id = %s AND key = %s"
)
_FORGET: Final[LiteralString] = """
DELETE FROM presence_idempotency WHERE created_at < %s::timestamptz - interval '24 hours'
"""


class KeyReused(Exception):
    """The key stands for another body: 422."""


@dataclass(frozen=True, slots=True)
class KeyedCall:
    """What one keyed call wants to leave behind."""

    client_id: str
    key: str
    body: bytes
    answer: bytes
    acts: Sequence[NewAct]
    now: datetime

    @property
    def digest(self) -> str:
        """SHA-256 of the body, as it came."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def parameters(self) -> Mapping[str, Any]:
        """For keyed.sql."""
        return {
            "client_id": self.client_id,
            "key": self.key,
            "body_digest": self.digest,
            "answer": self.answer,
            "now": self.now,
            "acts": as_parameter(self.acts),
        }


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer to give, and whether it is one given before."""

    answer: bytes
    replayed: bool


def is_key(header: bytes) -> bool:
    """Whether an Idempotency-Key header holds 1 to 255 visible ASCII signs."""
    return 0 < len(header) <= MAX_KEY and all(0x21 <= sign <= 0x7E for sign in header)


def malformed_key() -> Problem:
    """400: the header is not a key."""
    detail = f"must be 1 to {MAX_KEY} visible ASCII signs"
    issue = schema_violation(name="Idempotency-Key", detail=detail, location=In.HEADER)
    return bad_request(issues=[issue])


def reused_key() -> Problem:
    """422: the key was used for another body."""
    return unprocessable(detail="This Idempotency-Key was used for another body")


def record_keyed(*, connection: psycopg.Connection[Any], call: KeyedCall) -> Kept:
    """Store the call, or give what its key already stands for; commits nothing itself.

    Two callers with one key: the second waits for the first one's commit.
    Raises KeyReused, psycopg.Error.
    """
    while True:
        if connection.execute(KEYED, call.parameters).fetchone() is not None:
            return Kept(call.answer, replayed=False)
        row = connection.execute(_HELD, [call.client_id, call.key]).fetchone()
        if row is not None:
            return _kept(call, row, is_resent=False)


async def arecord_keyed(
    *, connection: psycopg.AsyncConnection[Any], call: KeyedCall, is_resent: bool
) -> Kept:
    """The same on an asynchronous connection in autocommit.

    ``is_resent``: the same call was sent before and its fate is unknown.
    """
    while True:
        cursor = await connection.execute(KEYED, call.parameters)
        if await cursor.fetchone() is not None:
            return Kept(call.answer, replayed=False)
        row = await (await connection.execute(_HELD, [call.client_id, call.key])).fetchone()
        if row is not None:
            return _kept(call, row, is_resent=is_resent)


def forget_old_keys(*, connection: psycopg.Connection[Any], now: datetime) -> int:
    """Delete the keys of more than 24 hours ago; how many."""
    return connection.execute(_FORGET, [now]).rowcount


def _kept(call: KeyedCall, row: tuple[Any, ...], *, is_resent: bool) -> Kept:
    digest, answer = row
    if digest != call.digest:
        raise KeyReused
    kept = bytes(answer)
    # After a lost connection the answer found may be this attempt's own: that is no replay.
    return Kept(kept, replayed=not (is_resent and kept == call.answer))
