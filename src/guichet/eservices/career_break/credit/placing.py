"""Saying for whom an earlier break was taken, where its request does not tell."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.career_break.credit.models import ForWhom
from guichet.eservices.career_break.models import Request
from guichet.platform.db import transaction

NEW: Final = "new"


class NotToPlace(Exception):
    """No request of this person has this ticket, or it was said already for whom it was."""


@dataclass(frozen=True, slots=True, repr=False)
class Placed:
    """``whom``: the key of somebody known, or ``new`` with a name and perhaps a birthday."""

    ticket: str
    whom: str
    name: str = ""
    born_on: date | None = None


def place(*, placed: Placed, actor: Actor, now: datetime) -> None:
    """Keep it; raises NotToPlace. The trail says that it was said, never for whom."""
    whom = uuid.uuid4().hex if placed.whom == NEW else placed.whom
    try:
        with transaction(actor=actor):
            requests = Request.objects.select_for_update(of=("self",))
            row = requests.filter(ticket=placed.ticket or "-", person__niss=actor.id).first()
            if row is None:
                raise NotToPlace
            ForWhom.objects.create(
                request=row, whom=whom, name=placed.name, born_on=placed.born_on, said_at=now
            )
            trail.record(action="careerBreak.person.told", actor=actor, target=row.ticket, now=now)
    except IntegrityError:
        raise NotToPlace from None
