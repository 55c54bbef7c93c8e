"""Decisions that go back to who sent the communication, on his channel.

The office calls `deliver` when a decision may be seen, once for each.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guichet.access.chaman import signers
from guichet.eservices.temporary_unemployment.messages import (
    answering,
    events,
    webhook_kinds,
    writing,
)
from guichet.eservices.temporary_unemployment.messages.models import Answer
from guichet.eservices.temporary_unemployment.messages.naming import Surrounding
from guichet.eservices.temporary_unemployment.messages.writing import Decided
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.platform.db import savepoint
from guichet.rules.temporary_unemployment.kinds import Channel

BY_MESSAGE = (Channel.BATCH.value, Channel.REST.value)


def deliver(*, communication: Communication, decided: Decided, pdf: bytes, now: datetime) -> bool:
    """Lay a decision (DEFI) down for the sender, in the caller's transaction; whether it was.

    Not for a communication of the site or on paper, nor for a sender whose number is gone: they
    read it on the site and in the e-Box. The same decision again is laid down once. Raises
    NoTransaction.
    """
    if communication.channel not in BY_MESSAGE:
        return False
    party = signers.sending_party(enterprise=communication.sender)
    if party is None:
        return False
    with savepoint():
        if is_delivered(ticket=communication.ticket, number=decided.number):
            return True
        answer = answering.lay_down(
            kind="DEFI",
            source=[writing.decision(decided, pdf=pdf, made_at=now)],
            party=party,
            surrounding=Surrounding.REAL,
            now=now,
            communication=communication.ticket,
            decision=_plain(decided),
        )
        events.tell(
            webhook_kinds.DECIDED, enterprise=party.enterprise, ticket=communication.ticket,
            path=f"/decisions/{answer.pk}", now=now,
        )  # fmt: skip
    return True


def is_delivered(*, ticket: str, number: str) -> bool:
    """Whether a decision of this number went back for a communication."""
    return Answer.objects.filter(
        kind="DEFI", communication=ticket, decision__number=number
    ).exists()


def _plain(decided: Decided) -> dict[str, Any]:
    first, last = decided.accepted_from, decided.accepted_until
    plain: dict[str, Any] = {
        "number": decided.number,
        "date": decided.decided_on.isoformat(),
        "result": decided.result.name.lower(),
        "reasons": list(decided.reasons),
        "isRevised": decided.is_revised,
        "language": decided.language,
        "acceptedFrom": first.isoformat() if first else None,
        "acceptedUntil": last.isoformat() if last else None,
        "ownReference": decided.own_reference or None,
    }
    return {name: value for name, value in plain.items() if value is not None}
