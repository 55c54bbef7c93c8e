"""What took a token's force away before its end: suspended channels, withdrawn certificates,
permissions no longer held.

No Django here: the ingest keeps one snapshot and takes a new one on ``NOTIFY guichet_access``;
the plain views do the same through `guichet.access.guard`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, LiteralString

import psycopg

from guichet.access import bearer, permissions

NOTIFICATION: Final = "guichet_access"

_CHANNELS: Final[LiteralString] = "SELECT client_id, state, permissions FROM access_channel"
_WITHDRAWN: Final[LiteralString] = (
    "SELECT thumbprint FROM access_channel_certificate WHERE state = 'withdrawn'"
)


@dataclass(frozen=True, slots=True)
class Revocations:
    """A snapshot. A client it does not know is not refused: it is newer than the snapshot."""

    suspended: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    permitted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Endings of the scopes that each client may still use."""

    def check(self, *, caller: bearer.Caller, suffixes: tuple[str, ...]) -> None:
        """Let the call pass when one of the scopes is in the token and still held.

        Raises TokenRefused: invalidAccessToken (401) for a suspended channel or a withdrawn
        certificate, missingScope (403), missingPermission (403).
        """
        if caller.client_id in self.suspended or caller.certificate in self.withdrawn:
            raise bearer.revoked()
        granted = tuple(suffix for suffix in suffixes if caller.may(suffix))
        if not granted:
            raise bearer.missing_scope(suffixes)
        permitted = self.permitted.get(caller.client_id)
        if permitted is not None and permitted.isdisjoint(granted):
            raise bearer.missing_permission()


def load(connection: psycopg.Connection[Any]) -> Revocations:
    """A snapshot of now, from an open connection that returns tuples."""
    with connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
        channels = cursor.execute(_CHANNELS).fetchall()
        withdrawn = cursor.execute(_WITHDRAWN).fetchall()
    return snapshot(channels=channels, withdrawn=withdrawn)


async def load_async(connection: psycopg.AsyncConnection[Any]) -> Revocations:
    """The same from an asynchronous connection."""
    async with connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
        channels = await (await cursor.execute(_CHANNELS)).fetchall()
        withdrawn = await (await cursor.execute(_WITHDRAWN)).fetchall()
    return snapshot(channels=channels, withdrawn=withdrawn)


def snapshot(*, channels: list[tuple[Any, ...]], withdrawn: list[tuple[Any, ...]]) -> Revocations:
    """From rows (client id, state, permissions) and (thumbprint,)."""
    return Revocations(
        suspended=frozenset(client for client, state, _ in channels if state == "suspended"),
        withdrawn=frozenset(thumbprint for (thumbprint,) in withdrawn),
        permitted={client: permissions.endings(held) for client, _, held in channels},
    )
