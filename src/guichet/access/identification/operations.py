"""Whom the provider names, found in the register; sessions that others close."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from guichet.access.identification.models import Pseudonym, Session
from guichet.access.identification.provider import Said
from guichet.access.identification.queries import NAME_LENGTH
from guichet.access.sessions import IDLE
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.kernel.niss import InvalidNiss, Niss
from guichet.platform.db import savepoint
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import current_number


class NotKnown(Exception):
    """No register knows the person whom the provider names."""


def person_of(said: Said, *, now: datetime) -> Person:
    """The person behind an answer of the provider; raises NotKnown.

    By his number; without one, by the pseudonym that was linked to him before. A mail address
    is never taken for an identity.
    """
    person = _by_number(said.niss) if said.niss else _by_pseudonym(said)
    if person is None:
        raise NotKnown
    if said.niss and said.fedid:
        with savepoint():
            # The number decides: it may have been replaced since the pseudonym was linked.
            link, is_new = Pseudonym.objects.get_or_create(
                issuer=said.issuer,
                fedid=said.fedid,
                defaults={"person": person, "linked_at": now},
            )
            if not is_new and link.person_id != person.pk:
                Pseudonym.objects.filter(pk=link.pk).update(person=person, linked_at=now)
    return person


def close_sessions(
    *,
    person_id: int,
    actor: Actor,
    now: datetime,
    reason: str,
    enterprise_number: str | None = None,
    except_keys: Sequence[str] = (),
) -> int:
    """End sessions of a person, those for one enterprise or all; how many there were.

    ``except_keys``: rows that stay. Inside the caller's transaction: gone at the next click.
    """
    with savepoint():
        rows = Session.objects.filter(person_id=person_id).exclude(session_key__in=except_keys)
        if enterprise_number is not None:
            rows = rows.filter(enterprise_number=enterprise_number)
        count, _ = rows.delete()
        if count:
            trail.record(
                action="access.session.closed",
                actor=actor,
                target=f"person/{person_id}",
                now=now,
                reason=reason,
                detail={"count": count},
            )
    return count


def close_some(*, person_id: int, wanted: str, own_key: str, actor: Actor, now: datetime) -> int:
    """End one of a person's own sessions, by its name, or ``others``: all but this one."""
    rows = Session.objects.filter(person_id=person_id).exclude(session_key=own_key)
    if wanted != "others":
        rows = (
            rows.filter(session_key__startswith=wanted)
            if len(wanted) == NAME_LENGTH
            else rows.none()
        )
    keys = set(rows.values_list("session_key", flat=True))
    every = Session.objects.filter(person_id=person_id).exclude(session_key__in=keys)
    kept = list(every.values_list("session_key", flat=True))
    if not keys:
        return 0
    return close_sessions(
        person_id=person_id, actor=actor, now=now, reason="by_himself", except_keys=kept
    )


def forget(*, now: datetime) -> int:
    """Remove the sessions that nobody can use any more; how many."""
    over = Q(expire_date__lte=now) | Q(last_seen_at__lte=now - IDLE)
    count, _ = Session.objects.filter(over).delete()
    return count


def _by_number(text: str) -> Person | None:
    try:
        number = Niss.parse(text).digits
    except InvalidNiss:
        return None
    return Person.objects.filter(niss=current_number(niss=number), replaced_by=None).first()


def _by_pseudonym(said: Said) -> Person | None:
    if not said.fedid:
        return None
    link = (
        Pseudonym.objects.select_related("person")
        .filter(issuer=said.issuer, fedid=said.fedid)
        .first()
    )
    return _by_number(link.person.niss) if link else None
