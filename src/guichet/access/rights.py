"""People's rights: who may use which service for which enterprise, and when.

A change takes part in the transaction of its caller.
"""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from guichet.access.models import Member, Right
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.platform import clock
from guichet.platform.db import savepoint
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person


class RightRefused(Exception):
    """A right that cannot be given; `str()` is a sentence without personal data."""


def give_right(
    *,
    niss: str,
    enterprise_number: str,
    service: str,
    first_day: date,
    actor: Actor,
    now: datetime,
    last_day: date | None = None,
    quality: str = "employer",
) -> bool:
    """Give a person a right, accepted at once; False when that very right was given before.

    Both days are included; no last day is an open end. Raises RightRefused for a person or an
    enterprise that the registers do not know.
    """
    person = Person.objects.filter(niss=niss).first()
    enterprise = Enterprise.objects.filter(number=enterprise_number).first()
    if person is None or enterprise is None:
        raise RightRefused("The registers do not know this person or this enterprise.")
    with savepoint(), acting(actor, now=now):
        _, is_new = Right.objects.get_or_create(
            person=person,
            enterprise=enterprise,
            quality=quality,
            service=service,
            first_day=first_day,
            withdrawn_at=None,
            defaults={"last_day": last_day, "accepted_at": now},
        )
        if is_new:
            trail.record(
                action="access.right.given",
                actor=actor,
                target=enterprise_number,
                now=now,
                detail={"service": service},
            )
    return is_new


def enterprises_of(*, person_id: int, now: datetime) -> set[str]:
    """The numbers of the enterprises for which a person has a right in force."""
    rows = Right.objects.filter(in_force(now), person=person_id)
    return set(rows.values_list("enterprise__number", flat=True))


def in_force(now: datetime) -> Q:
    """Which rights open something at this moment."""
    today = clock.today(now)
    shut = Member.objects.filter(
        person=OuterRef("person"), enterprise=OuterRef("enterprise")
    ).exclude(state=Member.State.ACTIVE)
    active = Member.objects.filter(
        person=OuterRef("person"), enterprise=OuterRef("enterprise"), state=Member.State.ACTIVE
    )
    period = Q(first_day__lte=today) & (Q(last_day__isnull=True) | Q(last_day__gte=today))
    given = Q(accepted_at__lte=now, withdrawn_at__isnull=True)
    return period & given & (Exists(active) | ~Exists(shut))
