"""Taking declarations in, and the few things that officials and employers settle about Dimona.

A declaration is stored as it came and answered at once with its number: the row that is pending
is its job (ADR 0030). What becomes of it is decided by ``processing``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from django.db import connection

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.eservices.dimona import notices, queries, wire
from guichet.eservices.dimona.models import (
    Declaration,
    EmployerChoice,
    KeptKey,
    Period,
    PeriodLock,
)
from guichet.kernel.dimona import numbered
from guichet.platform.db import transaction
from guichet.registers.persons import queries as persons
from guichet.rules.dimona import identity

KEPT: Final = timedelta(hours=24)
_UNSIGNED: Final = "unsecured"


class KeyReused(Exception):
    """The Idempotency-Key stands for another declaration."""


class UnknownPeriod(LookupError):
    """No Dimona period has this number."""


class OwnPeriod(Exception):
    """The official is the worker of the period: a colleague decides."""


class AlreadySo(Exception):
    """The period is taken over already, or not taken over."""


@dataclass(frozen=True, slots=True)
class Retry:
    """What makes a repeated call one call: the client, its key and the bytes of the body."""

    client_id: str
    key: str
    body: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the body as it came."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Taken:
    """A declaration that is stored: its number, and whether it was stored by an earlier call."""

    id: int
    is_replayed: bool = False


def declare(
    *,
    body: wire.Body,
    channel: str,
    sender: str,
    actor: Actor,
    now: datetime,
    is_secured: bool = True,
    retry: Retry | None = None,
    dossier: str = "",
    warned: Mapping[str, Any] | None = None,
) -> Taken:
    """Take one declaration in; its number. The answer comes later.

    ``sender``: the enterprise that sends it, empty on the unsecured form, of which the employer is
    told in his e-Box; ``dossier``: the number of an emergency procedure; ``warned``: what he was
    warned of, and his reason (`warnings`).
    Raises wire.NotOneAct, KeyReused, DataError for a text that the database cannot hold.
    """
    with transaction(), acting(actor, now=now):
        if retry is not None:
            kept = _kept(retry, now=now)
            if kept is not None:
                return Taken(kept, is_replayed=True)
        [number] = _stored(
            [body],
            channel=channel,
            sender=sender,
            actor=actor,
            now=now,
            is_secured=is_secured,
            dossiers=[dossier],
            warned=warned,
        )
        if channel == _UNSIGNED:
            employer = (body.employer or wire.Employer()).enterprise_number or ""
            notices.unsigned(declaration=number, employer=employer, now=now)
        if retry is not None:
            KeptKey.objects.create(
                client_id=retry.client_id,
                key=retry.key,
                body_digest=retry.digest,
                declaration_id=number,
                created_at=now,
            )
    return Taken(number)


def declare_many(
    *, bodies: Sequence[wire.Body], channel: str, sender: str, actor: Actor, now: datetime
) -> list[int]:
    """Take many declarations in, all or none; their numbers in order. Raises as ``declare``."""
    with transaction(), acting(actor, now=now):
        return _stored(bodies, channel=channel, sender=sender, actor=actor, now=now)


def take_in(
    bodies: Sequence[wire.Body],
    *,
    channel: str,
    sender: str,
    actor: Actor,
    now: datetime,
    dossiers: Sequence[str] = (),
) -> list[int]:
    """Take many declarations in, in the transaction of the caller; their numbers in order.

    ``dossiers``: of each declaration the number of an emergency procedure, or empty.
    """
    return _stored(bodies, channel=channel, sender=sender, actor=actor, now=now, dossiers=dossiers)


def lock_period(*, period: int, is_locked: bool, reason: str, actor: Actor, now: datetime) -> None:
    """An official takes a period over, or gives it back; the reason is kept.

    Raises UnknownPeriod, OwnPeriod when he is its worker, AlreadySo.
    """
    with transaction(), acting(actor, now=now):
        known = queries.period(period)
        if known is None:
            raise UnknownPeriod(period)
        if actor.id in persons.numbers_of(niss=known.niss):
            raise OwnPeriod
        # One that came with the register gets its row here: what was known of it stays.
        row, _ = Period.objects.select_for_update().get_or_create(
            id=period,
            defaults={
                "created_at": known.declared_at or now,
                "is_late": known.is_late,
                "changed_at": now,
            },
        )
        if row.is_locked == is_locked:
            raise AlreadySo
        row.is_locked, row.changed_at = is_locked, now
        row.save(update_fields=["is_locked", "changed_at"])
        PeriodLock.objects.create(
            period_id=period, is_locked=is_locked, reason=reason, actor=str(actor), at=now
        )
        trail.record(
            action=f"dimona.period.{'locked' if is_locked else 'unlocked'}",
            actor=actor,
            target=str(period),
            now=now,
            reason=reason,
        )


def choose(
    *,
    enterprise: str,
    secured_only: bool,
    daily_registration: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what an employer chose: secured channels only, Dimona for attendance or not."""
    with transaction(), acting(actor, now=now):
        EmployerChoice.objects.update_or_create(
            enterprise_number=enterprise,
            defaults={"secured_only": secured_only, "daily_registration": daily_registration},
        )
        trail.record(action="dimona.employer.chose", actor=actor, target=enterprise, now=now)


def forget_keys(*, now: datetime) -> int:
    """Delete the keys of more than a day ago; how many."""
    with transaction():
        count, _ = KeptKey.objects.filter(created_at__lt=now - KEPT).delete()
    return count


def _kept(retry: Retry, *, now: datetime) -> int | None:
    """The declaration that a key stands for. Two callers with one key wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 20032))",
            [f"{retry.client_id} {retry.key}"],
        )
    rows = KeptKey.objects.filter(client_id=retry.client_id, key=retry.key)
    rows.filter(created_at__lt=now - KEPT).delete()
    row = rows.first()
    if row is None:
        return None
    if row.body_digest != retry.digest:
        raise KeyReused
    return row.declaration_id


def _stored(
    bodies: Sequence[wire.Body],
    *,
    channel: str,
    sender: str,
    actor: Actor,
    now: datetime,
    is_secured: bool = True,
    dossiers: Sequence[str] = (),
    warned: Mapping[str, Any] | None = None,
) -> list[int]:
    kinds = [wire.act_of(body)[0] for body in bodies]
    numbers = take_numbers(len(bodies))
    Declaration.objects.bulk_create(
        (
            Declaration(
                id=number,
                received_at=now,
                channel=channel,
                is_secured=is_secured,
                actor=str(actor),
                sender=sender,
                kind=kind.value,
                body=msgspec.to_builtins(body),
                niss=identity.number_of(wire.message_of(body).worker),
                dossier=dossier,
                warned=None if warned is None else dict(warned),
            )
            for number, kind, body, dossier in zip(
                numbers, kinds, bodies, dossiers or [""] * len(bodies), strict=True
            )
        ),
        batch_size=1_000,
    )
    trail.record(
        action="dimona.declaration.received",
        actor=actor,
        target=str(numbers[0]) if len(numbers) == 1 else "dimona",
        now=now,
        detail={"count": len(numbers), "channel": channel},
    )
    return numbers


def take_numbers(count: int) -> list[int]:
    """Numbers for declarations, with their check digits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('dimona_number') FROM generate_series(1, %s)", [count])
        return [numbered(sequence) for (sequence,) in cursor.fetchall()]
