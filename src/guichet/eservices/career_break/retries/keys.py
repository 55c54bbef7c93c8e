"""Repeated calls of software: the same Idempotency-Key is the same act, done once.

The key is claimed and kept in the transaction of the act: what was refused keeps no key.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from guichet.eservices.career_break.retries.models import KeptKey
from guichet.platform.db import transaction

KEPT: Final = timedelta(hours=24)


class KeyReused(Exception):
    """The Idempotency-Key stands for another call."""


class Repeated(Exception):
    """An earlier call with this key did it; ``ticket``: what came of it."""

    def __init__(self, ticket: str) -> None:
        super().__init__(ticket)
        self.ticket = ticket


@dataclass(frozen=True, slots=True)
class Retry:
    """What makes a repeated call one call: the client, its key, the path and the body."""

    client_id: str
    key: str
    path: str
    body: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of path and body, as they came."""
        return hashlib.sha256(self.path.encode() + b"\n" + self.body).hexdigest()


def claim(retry: Retry | None, *, now: datetime) -> None:
    """Take the key, in the caller's transaction; who comes at the same time waits here.

    Raises Repeated, KeyReused.
    """
    if retry is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 20033))",
            [f"{retry.client_id} {retry.key}"],
        )
    rows = KeptKey.objects.filter(client_id=retry.client_id, key=retry.key)
    rows.filter(created_at__lt=now - KEPT).delete()
    row = rows.first()
    if row is None:
        return
    if row.digest != retry.digest:
        raise KeyReused
    raise Repeated(row.ticket)


def keep(retry: Retry | None, *, ticket: str, now: datetime) -> None:
    """Keep what came of it, in the caller's transaction."""
    if retry is not None:
        KeptKey.objects.create(
            client_id=retry.client_id, key=retry.key, digest=retry.digest, ticket=ticket,
            created_at=now,
        )  # fmt: skip


def forget(*, now: datetime) -> int:
    """Throw away keys of more than a day ago; how many."""
    with transaction():
        count, _tables = KeptKey.objects.filter(created_at__lt=now - KEPT).delete()
    return count
