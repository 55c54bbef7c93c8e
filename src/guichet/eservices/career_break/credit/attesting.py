"""Making a code for an employer, opening it once, revoking it: each in one transaction."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.career_break.credit import proving
from guichet.eservices.career_break.credit.models import Attestation
from guichet.kernel.credit_code import BITS, CreditCode
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from guichet.rules.dated import whole

# Whoever makes more was not going to show them to anybody.
MOST_OPEN: Final = 20


class UnknownCode(LookupError):
    """No code that opens for this enterprise: the same for none, another's, revoked, too old."""


class UnknownAttestation(LookupError):
    """No attestation of this person has this key."""


class TooManyCodes(Exception):
    """So many codes of this person are open that another one is refused."""


class NotOpen(Exception):
    """The code was revoked already, or is too old."""


@dataclass(frozen=True, slots=True)
class Opener:
    """Who opens a code, for which enterprise (its ten digits)."""

    actor: Actor
    enterprise: str


def make(
    *, person: Person, lines: Sequence[Mapping[str, Any]], actor: Actor, now: datetime
) -> Attestation:
    """A code for these lines, and the sealed attestation of them.

    Raises TooManyCodes, and ValueError for no line at all.
    """
    if not lines:
        raise ValueError("a code proves something")
    today = clock.today(now)
    until = today + timedelta(days=whole("career_break.attestation.days", on=today))
    content = {"lines": [dict(line) for line in lines]}
    with transaction(actor=actor):
        Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        rows = Attestation.objects.filter(person=person, revoked_at=None, shown_until__gte=today)
        if rows.count() >= MOST_OPEN:
            raise TooManyCodes
        code = CreditCode.of(secrets.randbits(BITS)).signs
        made = Attestation.objects.create(
            person=person, code=code, content=content, made_at=now, shown_until=until
        )
        made.document = proving.issue_document(
            person=person, code=code, content=content, shown_until=until, actor=actor, now=now
        )
        made.save(update_fields=["document"])
        _trace("made", made, actor=actor, now=now)
    return made


def open_code(*, code: CreditCode, opener: Opener, now: datetime) -> Attestation:
    """The attestation of a code; the first enterprise that opens it is the only one.

    The same enterprise opens it again until it is too old. Raises UnknownCode.
    """
    with transaction(actor=opener.actor):
        return opened(code=code, opener=opener, now=now)


def opened(*, code: CreditCode, opener: Opener, now: datetime, niss: str = "") -> Attestation:
    """`open_code` in the caller's transaction; ``niss``: of whom the code must be."""
    rows = Attestation.objects.select_for_update(of=("self",)).select_related("used_by", "person")
    found = rows.filter(code=code.signs).first()
    if found is None or not _opens(found, opener.enterprise, now):
        raise UnknownCode
    if niss and found.person.niss != niss:
        raise UnknownCode
    if found.used_by is None:
        found.used_at = now
        found.used_by = Enterprise.objects.get(number=opener.enterprise)
        found.save(update_fields=["used_at", "used_by"])
        _trace("used", found, actor=opener.actor, now=now)
    return found


def revoke(*, key: UUID, actor: Actor, now: datetime) -> Attestation:
    """The code opens for nobody any more; raises UnknownAttestation, NotOpen."""
    with transaction(actor=actor):
        rows = Attestation.objects.select_for_update(of=("self",))
        found = rows.filter(key=key, person__niss=actor.id).first()
        if found is None:
            raise UnknownAttestation
        if found.revoked_at is not None or found.shown_until < clock.today(now):
            raise NotOpen
        found.revoked_at = now
        found.save(update_fields=["revoked_at"])
        _trace("revoked", found, actor=actor, now=now)
    return found


def _opens(found: Attestation, enterprise: str, now: datetime) -> bool:
    if found.revoked_at is not None or found.shown_until < clock.today(now):
        return False
    return found.used_by is None or found.used_by.number == enterprise


def _trace(what: str, row: Attestation, *, actor: Actor, now: datetime) -> None:
    # The code itself opens the figures: the trail holds the key.
    trail.record(
        action=f"careerBreak.attestation.{what}", actor=actor, target=str(row.key), now=now
    )
