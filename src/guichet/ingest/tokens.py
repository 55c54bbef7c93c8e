"""Verified tokens, remembered: verifying costs a hundred microseconds, finding it again one.

A remembered token is looked at for its end at every call, and all are forgotten whenever the
access register announces a change: each is then verified again against the new revocations.
"""

from pathlib import Path
from typing import Final

from guichet.access import bearer, revocations
from guichet.access.keys import current_keys
from guichet.access.revocations import Revocations
from guichet.ingest.lanes import Connection

NOTIFICATION: Final = revocations.NOTIFICATION
_BOUND: Final = 10_000


class Tokens:
    """The callers behind Authorization headers."""

    def __init__(self, *, keys_path: Path, issuer: str, audience: str) -> None:
        self._keys_path = keys_path
        self._issuer = issuer
        self._audience = audience
        self._revocations = Revocations()
        self._known: dict[tuple[tuple[str, ...], bytes], tuple[bearer.Caller, float]] = {}

    def require_keys(self) -> None:
        """Make sure that the keys are there; raises KeysMissing. A replaced file is read again."""
        current_keys(self._keys_path)

    def caller(
        self, *, authorization: bytes | None, suffixes: tuple[str, ...], now: float
    ) -> bearer.Caller:
        """Who calls, if one of the scopes is his; ``now`` in seconds since 1970.

        Raises TokenRefused.
        """
        if authorization is None:
            return self._verified(None, suffixes, now)
        key = (suffixes, authorization)
        known = self._known.get(key)
        if known is not None and now <= known[1]:
            return known[0]
        self._known.pop(key, None)
        caller = self._verified(authorization.decode("latin-1"), suffixes, now)
        if len(self._known) >= _BOUND:
            self._known.clear()
        self._known[key] = (caller, caller.expires_at + bearer.LEEWAY)
        return caller

    async def refresh(self, connection: Connection, clients: frozenset[str] | None) -> None:
        """Take a new snapshot of what was revoked; forget every token if it changed."""
        del clients  # a snapshot is small; reading a part of it would save nothing
        fresh = await revocations.load_async(connection)
        if fresh != self._revocations:
            self._revocations = fresh
            self._known.clear()

    def _verified(
        self, authorization: str | None, suffixes: tuple[str, ...], now: float
    ) -> bearer.Caller:
        caller = bearer.verify(
            authorization=authorization,
            keys=current_keys(self._keys_path),
            issuer=self._issuer,
            audience=self._audience,
            now=now,
        )
        self._revocations.check(caller=caller, suffixes=suffixes)
        return caller
