"""Devices: enrolled for one site, initialised with a key of their own, ended for ever."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.presence.kiosk import signing
from guichet.eservices.presence.kiosk.models import Device, Heard
from guichet.platform import clock
from guichet.platform.db import savepoint, transaction
from guichet.registers.works import queries as works
from guichet.rules.presence_means import CARD_LETTERS, plain

# Long enough to walk to the computer on the site.
CODE_LASTS: Final = timedelta(minutes=15)
_CODE_LENGTH: Final = 12


class UnknownDevice(LookupError):
    """The enterprise has none of this number, or not in that state."""


class SiteRefused(Exception):
    """The enterprise is neither principal nor contractor of this site today."""


class KeyUsed(Exception):
    """Another device has this key already."""


class CodeRefused(Exception):
    """No device waits for this code, or no longer, or the key did not sign it."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What somebody says of a device; ``public_key`` for a reader only."""

    kind: str
    name: str
    works_reference: str
    reads: Sequence[str]
    public_key: signing.Key | None = None


def enrol(
    *, wanted: Enrolment, enterprise: str, person_id: int, actor: Actor, now: datetime
) -> Device:
    """Enrol a device on a site where the enterprise works; a reader is at work at once.

    Raises SiteRefused, KeyUsed.
    """
    if wanted.works_reference not in works.references_of(
        enterprise=enterprise, on=clock.today(now)
    ):
        raise SiteRefused
    key = wanted.public_key
    with transaction(actor=actor):
        device = Device(
            kind=wanted.kind,
            name=wanted.name,
            works_reference=wanted.works_reference,
            enterprise_number=enterprise,
            reads=sorted(wanted.reads),
            public_key="" if key is None else signing.kept(key),
            state=Device.State.WAITING if key is None else Device.State.ACTIVE,
            made_by_id=person_id,
            made_at=now,
            enrolled_at=None if key is None else now,
        )
        _saved(device)
        Heard.objects.create(device=device)
        _told("presence.device.enrolled", device, actor, now)
    return device


def new_code(*, number: UUID, enterprise: str, actor: Actor, now: datetime) -> str:
    """A one-time code for a kiosk that waits; the former one is void. Raises UnknownDevice."""
    code = "".join(secrets.choice(CARD_LETTERS) for _ in range(_CODE_LENGTH))
    with transaction(actor=actor):
        device = _locked(number, enterprise)
        if device.state != Device.State.WAITING:
            raise UnknownDevice
        device.code_hash, device.code_until = _hash(code), now + CODE_LASTS
        device.save(update_fields=["code_hash", "code_until"])
        _told("presence.device.code", device, actor, now)
    return code


def initialise(*, code: str, key: signing.Key, signature: str, now: datetime) -> Device:
    """Bind the key of a browser to the kiosk that waits for this code.

    Raises CodeRefused (also for a signature that is not of this key), KeyUsed.
    """
    bare = plain(code)
    text = signing.initialising_text(code=bare)
    if not signing.holds(key=key, signature=signature, text=text):
        raise CodeRefused
    found = Device.objects.filter(code_hash=_hash(bare), code_until__gt=now).first()
    if found is None:
        raise CodeRefused
    actor = actor_of(found)
    with transaction(actor=actor):
        device = Device.objects.select_for_update().get(pk=found.pk)
        if device.state != Device.State.WAITING or device.code_hash != _hash(bare):
            raise CodeRefused
        device.public_key, device.state = signing.kept(key), Device.State.ACTIVE.value
        device.code_hash, device.code_until, device.enrolled_at = "", None, now
        _saved(device)
        _told("presence.device.initialised", device, actor, now)
    return device


def rename(*, number: UUID, enterprise: str, name: str, actor: Actor, now: datetime) -> None:
    """Give a device another name; raises UnknownDevice."""
    with transaction(actor=actor):
        device = _locked(number, enterprise)
        device.name = name
        device.save(update_fields=["name"])
        _told("presence.device.renamed", device, actor, now)


def end(*, number: UUID, enterprise: str, actor: Actor, now: datetime) -> None:
    """End a device: from this moment nothing is registered by it. Raises UnknownDevice."""
    with transaction(actor=actor):
        device = _locked(number, enterprise)
        if device.state == Device.State.ENDED:
            return
        device.state, device.ended_at = Device.State.ENDED.value, now
        device.code_hash, device.code_until = "", None
        device.save(update_fields=["state", "ended_at", "code_hash", "code_until"])
        _told("presence.device.ended", device, actor, now)


def actor_of(device: Device) -> Actor:
    """A device as the trail names it: a client of the enterprise that answers for it."""
    return Actor("client", f"device/{device.number}", device.enterprise_number)


def _locked(number: UUID, enterprise: str) -> Device:
    rows = Device.objects.select_for_update()
    device = rows.filter(number=number, enterprise_number=enterprise).first()
    if device is None:
        raise UnknownDevice
    return device


def _saved(device: Device) -> None:
    try:
        with savepoint():
            device.save()
    except IntegrityError as fault:
        if "presence_device_key_used_once" in str(fault):
            raise KeyUsed from None
        raise


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _told(action: str, device: Device, actor: Actor, now: datetime) -> None:
    trail.record(
        action=action,
        actor=actor,
        target=f"device/{device.number}",
        now=now,
        detail={"kind": str(device.kind), "site": device.works_reference},
    )
