"""What the script of the button gets: a pseudonym that never changes, a token of a few minutes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings

from guichet.access import personal_tokens
from guichet.access.keys import current_keys
from guichet.access.tokens import AccessToken
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.presence import day_queries
from guichet.eservices.presence.models import Press, Pseudonym
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person

# Longer than a press may wait on a phone.
_LATELY: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Pass:
    """A token, for whom it is, and where it opens."""

    token: AccessToken
    owner: UUID
    door: str


def known_as(*, ssin: str) -> str:
    """The pseudonym of a person, empty before his first token."""
    known = Pseudonym.objects.filter(person__niss=ssin).first()
    return "" if known is None else str(known.pseudonym)


def lately(*, ssin: str, now: datetime) -> dict[str, list[int]]:
    """The receipts of what a person pressed lately, by key: a phone may have missed the answer."""
    rows = Press.objects.filter(person__niss=ssin, pressed_at__gte=now - _LATELY)
    found: dict[str, list[int]] = {}
    for key, receipt in rows.order_by("pk").values_list("key", "receipt"):
        if receipt is not None:
            found.setdefault(str(key), []).append(receipt)
    return found


def cancelled(*, known: Mapping[str, Collection[int]]) -> list[int]:
    """Of the receipts of `lately`, those that a correction took away since."""
    receipts = {receipt for one in known.values() for receipt in one}
    return sorted(day_queries.cancelled(receipts=receipts))


def pass_for(*, ssin: str, actor: Actor, now: datetime) -> Pass:
    """A token for the own acts of a person. Raises KeysMissing, OSError."""
    environment = settings.ENVIRONMENT
    owner = _pseudonym(ssin, actor, now)
    token = personal_tokens.issue(
        pseudonym=owner,
        keys=current_keys(environment.oauth_keys),
        issuer=environment.issuer,
        audience=environment.own_acts_audience,
        now=now.timestamp(),
    )
    return Pass(token, owner, f"{environment.own_acts_audience}/acts/register")


def _pseudonym(ssin: str, actor: Actor, now: datetime) -> UUID:
    known = Pseudonym.objects.filter(person__niss=ssin).first()
    if known is not None:
        return known.pseudonym
    with transaction(actor=actor):
        person = Person.objects.get(niss=ssin)
        made, is_new = Pseudonym.objects.get_or_create(person=person)
        if is_new:
            made.refresh_from_db()
            trail.record(
                action="presence.pseudonym.made", actor=actor, target=str(made.pseudonym), now=now
            )
    return made.pseudonym
