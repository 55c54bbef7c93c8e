"""Stating a purpose, asking a search under it, and the inquiry that an inspector is in."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.backoffice.inspection import models
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person

# A working day: the next morning the purpose is stated anew. [OUR CHOICE]
LASTS: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A stated purpose."""

    number: uuid.UUID
    kind: str
    reference: str
    words: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A search and the inquiry to which it belongs."""

    number: uuid.UUID
    inquiry: Inquiry
    criteria: Mapping[str, Any] = field(repr=False)
    is_over: bool = False


def state(*, kind: str, reference: str, words: str, actor: Actor, now: datetime) -> uuid.UUID:
    """State a purpose; the number of the new inquiry."""
    with transaction():
        return _state(kind, reference, words, actor, now).number


def ask(
    *,
    kind: str,
    reference: str,
    words: str,
    criteria: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> Asked:
    """Ask a search: under the latest inquiry if its purpose is this one, else under a new one.

    The criteria stay out of the trail: they may name a person.
    """
    with transaction():
        row = _standing(kind, reference, words, actor, now)
        row = row or _state(kind, reference, words, actor, now)
        search = models.Search.objects.create(
            number=uuid.uuid4(), inquiry=row, criteria=dict(criteria), asked_at=now
        )
        trail.record(
            action="inspection.search.asked",
            actor=actor,
            target=str(search.number),
            now=now,
            detail={"inquiry": str(row.number), "kind": kind, "reference": reference},
        )
    return Asked(search.number, _inquiry(row), search.criteria)


def asked(*, number: uuid.UUID, actor: Actor, now: datetime) -> Asked | None:
    """A search of this inspector, or None; anybody else's is as unknown as none."""
    row = (
        models.Search.objects.select_related("inquiry")
        .filter(
            number=number,
            inquiry__person__niss=actor.id,
            inquiry__institution_number=actor.enterprise or "",
        )
        .first()
    )
    if row is None:
        return None
    is_over = row.inquiry.opened_at <= now - LASTS
    return Asked(row.number, _inquiry(row.inquiry), row.criteria, is_over)


def current(*, number: object, actor: Actor, now: datetime) -> Inquiry | None:
    """The inquiry of this number if it is this inspector's and not over."""
    try:
        wanted = uuid.UUID(str(number))
    except ValueError:
        return None
    row = _own(actor).filter(number=wanted, opened_at__gt=now - LASTS).first()
    return None if row is None else _inquiry(row)


def of_search(row: models.Search) -> Inquiry:
    """The inquiry under which a search was asked, over or not."""
    return _inquiry(row.inquiry)


def _own(actor: Actor) -> QuerySet[models.Inquiry]:
    return models.Inquiry.objects.filter(
        person__niss=actor.id, institution_number=actor.enterprise or ""
    )


def _standing(
    kind: str, reference: str, words: str, actor: Actor, now: datetime
) -> models.Inquiry | None:
    row = _own(actor).filter(opened_at__gt=now - LASTS).order_by("-opened_at", "-pk").first()
    if row is None or (row.kind, row.reference, row.words) != (kind, reference, words):
        return None
    return row


def _state(kind: str, reference: str, words: str, actor: Actor, now: datetime) -> models.Inquiry:
    row = models.Inquiry.objects.create(
        number=uuid.uuid4(),
        person=Person.objects.get(niss=actor.id),
        institution_number=actor.enterprise or "",
        kind=kind,
        reference=reference,
        words=words,
        opened_at=now,
    )
    trail.record(
        action="inspection.inquiry.opened",
        actor=actor,
        target=str(row.number),
        now=now,
        reason=reference,
        detail={"kind": kind},
    )
    return row


def _inquiry(row: models.Inquiry) -> Inquiry:
    return Inquiry(row.number, row.kind, row.reference, row.words, row.opened_at)
