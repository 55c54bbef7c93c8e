"""Declarations that wait until somebody says who the worker is."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from guichet.audit import trail
from guichet.audit.history import acting
from guichet.eservices.dimona import sigedis, wire
from guichet.eservices.dimona.models import Declaration
from guichet.eservices.dimona.outcome import Ledger
from guichet.eservices.dimona.processing import ACTOR, Outcome
from guichet.eservices.dimona.writing import write
from guichet.platform.db import transaction

_AT_ONCE: Final = 100


def identify_waiting(
    *, now: datetime, identifier: sigedis.Identifier = sigedis.IDENTIFIER
) -> Outcome:
    """Ask who the workers are; those who are known are decided next, the others refused."""
    with transaction(), acting(ACTOR, now=now):
        rows = list(
            Declaration.objects.select_for_update(skip_locked=True)
            .filter(state="waiting", processed_at__lte=now - identifier.takes)
            .order_by("id")[:_AT_ONCE]
        )
        for row in rows:
            _identify(row, identifier, now)
    return Outcome(len(rows), len(rows) >= _AT_ONCE)


def _identify(row: Declaration, identifier: sigedis.Identifier, now: datetime) -> None:
    body = msgspec.convert(row.body, wire.Body)
    identity = wire.message_of(body).worker.identity
    niss = None if identity is None else identifier.number_of(identity, now=now)
    if niss is None:
        write(Ledger.of_refusal(row.id, "90017-151", now=now), actor=ACTOR, now=now)
        return
    row.niss, row.state = niss, "pending"
    row.save(update_fields=["niss", "state"])
    trail.record(action="dimona.worker.identified", actor=ACTOR, target=str(row.id), now=now)
