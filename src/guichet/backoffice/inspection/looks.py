"""Each look of an inspector: one line for the look, one for each person whom it showed."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from guichet.audit.actors import Actor
from guichet.audit.lookups import looked_up
from guichet.backoffice.inspection import models
from guichet.backoffice.inspection.inquiries import Inquiry
from guichet.backoffice.inspection.purposes import code_of
from guichet.platform import tracing

_SHOWN_BACK: Final = timedelta(days=365)
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class OwnLook:
    """One look as the inspector sees it again."""

    at: datetime
    what: str
    target: str
    persons: int
    kind: str
    reference: str


def noted(
    *,
    inquiry: Inquiry,
    what: str,
    target: str,
    subjects: Iterable[str],
    actor: Actor,
    now: datetime,
) -> None:
    """Note a look and whom it showed (numbers of persons), at once and apart from the page."""
    people = list(dict.fromkeys(subjects))
    noted_count(inquiry=inquiry, what=what, target=target, persons=len(people), now=now)
    seen(inquiry=inquiry, subjects=people, actor=actor, now=now)


def noted_count(*, inquiry: Inquiry, what: str, target: str, persons: int, now: datetime) -> None:
    """The line of a look whose persons were noted one by one (`seen`)."""
    models.Look.objects.using("audit").create(
        at=now,
        inquiry_number=inquiry.number,
        what=what,
        target=target,
        persons=persons,
        trace_id=tracing.current(),
    )


def seen(*, inquiry: Inquiry, subjects: Iterable[str], actor: Actor, now: datetime) -> None:
    """A line for each of these persons, under the purpose of the inquiry."""
    looked_up(
        viewer=actor, subjects=subjects, purpose=code_of(inquiry.kind), channel="portal", now=now
    )


def own(*, actor: Actor, now: datetime) -> list[OwnLook]:
    """The latest looks of this inspector, the newest first."""
    rows = models.Inquiry.objects.filter(
        person__niss=actor.id,
        institution_number=actor.enterprise or "",
        opened_at__gt=now - _SHOWN_BACK,
    )
    inquiries: dict[uuid.UUID, models.Inquiry] = {
        row.number: row for row in rows.order_by("-opened_at")[:_MOST]
    }
    looks = models.Look.objects.using("audit").filter(inquiry_number__in=list(inquiries))
    return [
        OwnLook(
            look.at,
            look.what,
            look.target,
            look.persons,
            inquiries[look.inquiry_number].kind,
            inquiries[look.inquiry_number].reference,
        )
        for look in looks.order_by("-at", "-pk")[:_MOST]
    ]
