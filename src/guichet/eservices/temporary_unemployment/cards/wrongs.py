"""A worker says that something communicated about him is wrong: kept, and told to his employer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from guichet.access.sessions import Acting
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.temporary_unemployment.cards import telling
from guichet.eservices.temporary_unemployment.cards.models import Wrong
from guichet.eservices.temporary_unemployment.cards.told import Told
from guichet.platform import throttle
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise

_HOUR: Final = 3600
_LIMIT: Final = 10


@dataclass(frozen=True, slots=True)
class Said:
    """What the worker wrote."""

    what: str
    text: str = field(repr=False)


def report(*, about: Told, said: Said, acting: Acting, now: datetime) -> Wrong:
    """Keep it and tell the employer; the same words sent twice are one report.

    Raises throttle.Throttled.
    """
    key = f"temporaryUnemployment.wrong:{acting.person_id}"
    throttle.hit(key=key, limit=_LIMIT, seconds=_HOUR, now=now)
    actor = Actor("person", acting.niss)
    with transaction(actor=actor):
        row, is_new = Wrong.objects.get_or_create(
            person_id=acting.person_id, about=about.ticket, what=said.what, text=said.text,
            defaults={"employer": Enterprise.objects.get(number=about.employer), "at": now},
        )  # fmt: skip
        if is_new:
            telling.wrong(row, about)
            trail.record(
                action="temporaryUnemployment.communication.contested", actor=actor,
                target=about.ticket, now=now, detail={"what": said.what},
            )  # fmt: skip
    return row


def reported(*, person_id: int, ticket: str) -> list[Wrong]:
    """What a worker wrote about a communication, the newest first."""
    return list(Wrong.objects.filter(person_id=person_id, about=ticket).order_by("-at", "-pk"))
