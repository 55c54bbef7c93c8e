"""One communication of a machine: received, changed or withdrawn, once for each key of a call."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from guichet.eservices.temporary_unemployment import operations as core
from guichet.eservices.temporary_unemployment.content import Told
from guichet.eservices.temporary_unemployment.messages.models import Call
from guichet.eservices.temporary_unemployment.operations import Refused, Sender
from guichet.platform.db import transaction
from guichet.rules.temporary_unemployment.faults import Fault

KEPT: Final = timedelta(hours=24)


class KeyReused(Exception):
    """The key of the call was used for another one."""


@dataclass(frozen=True, slots=True)
class Once:
    """What makes repeated calls one: the channel, its key, and what it asked."""

    client: str
    key: str
    path: str
    body: bytes

    @property
    def fingerprint(self) -> str:
        """The same for the same call."""
        return hashlib.sha256(self.path.encode() + b"\0" + self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Received:
    """The ticket that was given, and what was found; ``is_repeat``: an earlier call did it."""

    ticket: str
    faults: tuple[Fault, ...]
    is_repeat: bool = False


def communicate(
    *, told: Told, sender: Sender, now: datetime, once: Once | None, confirmed: bool = False
) -> Received:
    """Receive one communication, a change or a cancellation; warnings never stop it.

    ``confirmed``: the same content again is meant. Raises Refused, KeyReused.
    """
    with transaction(actor=sender.actor):
        done = _done(once, now)
        if done is not None:
            return Received(done.ticket, (), is_repeat=True)
        [outcome] = core.receive_many(batch=[told], sender=sender, now=now, confirmed=confirmed)
        if not outcome.is_taken:
            raise Refused(outcome.faults)
        if once is not None:
            Call.objects.create(
                client=once.client,
                key=once.key,
                fingerprint=once.fingerprint,
                ticket=outcome.ticket,
                at=now,
            )
        return Received(outcome.ticket, outcome.faults)


def forget_calls(*, now: datetime) -> int:
    """Remove the keys of more than a day ago; how many."""
    with transaction():
        return int(Call.objects.filter(at__lt=now - KEPT).delete()[0])


def _done(once: Once | None, now: datetime) -> Call | None:
    if once is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 707))",
            [f"{once.client} {once.key}"],
        )
    found = Call.objects.filter(client=once.client, key=once.key, at__gte=now - KEPT).first()
    if found is not None and found.fingerprint != once.fingerprint:
        raise KeyReused
    if found is None:
        Call.objects.filter(client=once.client, key=once.key).delete()
    return found
