"""What a device sends becomes registrations: each message once, by the operations of everybody.

On a site where days are announced it is the same operation as Checkin@Work, on one where moments
are registered the same as the button. A message that comes too late to be an act becomes a
prepared correction of the worker.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from guichet.eservices.presence.clocking import operations as clocking
from guichet.eservices.presence.clocking.operations import (
    ActRefused,
    OtherRegistration,
    PlaceMissing,
    StepRefused,
    Wish,
)
from guichet.eservices.presence.clocking.queries import OwnEmployer
from guichet.eservices.presence.corrections import operations as corrections
from guichet.eservices.presence.corrections.operations import MissedAct
from guichet.eservices.presence.days import operations as days
from guichet.eservices.presence.days.operations import Sender, Wanted
from guichet.eservices.presence.kiosk import queries, signing
from guichet.eservices.presence.kiosk.devices import actor_of
from guichet.eservices.presence.kiosk.identifying import (
    NotRecognised,
    Read,
    Somebody,
    activity_at,
    recognised,
)
from guichet.eservices.presence.kiosk.models import Device, Message
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.presence_log.wire import Moment
from guichet.rules.presence import Refusal
from guichet.rules.presence_days import announces_days
from guichet.rules.presence_means import AHEAD, By, read_as
from guichet.rules.presence_next import Step

CHANNEL: Final = "kiosk"
MOST: Final = 50
_PLAIN_STEPS: Final = {"in": Step.START, "out": Step.END}


class Told(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """One message as the device signed it. ``by_eid``: ``value`` is the number on a card.

    ``step``: what was pressed where the situation was seen; ``type``: IN or OUT where it was not.
    """

    key: UUID
    at: Moment
    value: Annotated[str, Meta(min_length=1, max_length=300)]
    by_eid: bool = False
    is_simulated: bool = False
    employer: Annotated[str, Meta(max_length=40)] | None = None
    step: Literal["start", "break", "resume", "end", "move"] | None = None
    type: Literal["in", "out"] | None = None


class Signed(msgspec.Struct, forbid_unknown_fields=True):
    """A message and the signature over its text."""

    text: Annotated[str, Meta(max_length=2_000)]
    signature: Annotated[str, Meta(max_length=200)]


class Code(StrEnum):
    """Why a message is not registered, beside those of `identifying.Why`."""

    SIGNATURE = "signature"
    UNREADABLE = "messageUnreadable"
    CHANGED = "messageChanged"
    FUTURE = "future"
    PAST = "past"
    EMPLOYER = "employer"
    STEP = "step"
    SITUATION = "situationChanged"
    NOT_AUTHORIZED = "notAuthorized"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message: ``registered``, ``prepared`` or ``refused`` with a ``code``.

    ``is_repeat``: it stood there already. ``key`` None: the message could not be read.
    """

    key: UUID | None
    outcome: str
    receipts: tuple[int, ...] = ()
    code: str = ""
    is_repeat: bool = False


class DeviceEnded(Exception):
    """Somebody ended the device while its messages were on the way."""


@dataclass(frozen=True, slots=True, repr=False)
class _Case:
    device: Device
    told: Told
    somebody: Somebody
    employer: OwnEmployer | None
    now: datetime


class _Late(Exception):
    """The moment is too long ago for an act."""


def received(*, device: Device, messages: Sequence[Signed], now: datetime) -> list[Outcome]:
    """What became of each message, in order, each in a transaction of its own.

    Raises DeviceEnded as soon as the device is found ended; what was registered before stays.
    """
    return [_received(device, one, now) for one in messages]


def forget_old(*, before: datetime) -> int:
    """Delete what became of messages received before; the registrations stay. How many."""
    with transaction():
        return int(Message.objects.filter(received_at__lt=before).delete()[0])


def _received(device: Device, signed: Signed, now: datetime) -> Outcome:
    text = signing.message_text(device=str(device.number), text=signed.text)
    key = signing.public_key(device.public_key)
    if not signing.holds(key=key, signature=signed.signature, text=text):
        return Outcome(None, "refused", code=Code.SIGNATURE)
    try:
        told = msgspec.json.decode(signed.text, type=Told)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return Outcome(None, "refused", code=Code.UNREADABLE)
    digest = hashlib.sha256(text).hexdigest()
    actor = actor_of(device)
    try:
        with transaction(actor=actor):
            return _once(device, told, digest, now)
    except _Late:
        return _prepared(device, told, digest, now)


def _once(device: Device, told: Told, digest: str, now: datetime) -> Outcome:
    """Under the lock of the device, so that the same message twice is handled once."""
    _require_active(device)
    known = Message.objects.filter(device=device, key=told.key).first()
    if known is not None:
        if known.digest != digest:
            return Outcome(told.key, "refused", code=Code.CHANGED)
        return Outcome(told.key, known.outcome, tuple(known.receipts), known.code, is_repeat=True)
    done = _judged(device, told, now)
    _keep(device, told, digest, done, now)
    return done


def _judged(device: Device, told: Told, now: datetime) -> Outcome:
    if told.at - now > AHEAD:
        return Outcome(told.key, "refused", code=Code.FUTURE)
    try:
        case = _case(device, told, now)
    except NotRecognised as fault:
        return Outcome(told.key, "refused", code=str(fault.why))
    if announces_days(activity_at(device), on=clock.today(told.at)):
        return _day(case)
    return _act(case)


def _case(device: Device, told: Told, now: datetime) -> _Case:
    read = Read(told.value, told.by_eid, told.is_simulated)
    somebody = recognised(device=device, read=read, language="en", now=told.at)
    known = {one.key: one for one in somebody.employers}
    wanted = told.employer or (next(iter(known)) if len(known) == 1 else "")
    return _Case(device, told, somebody, known.get(wanted), now)


def _day(case: _Case) -> Outcome:
    told, somebody, employer = case.told, case.somebody, case.employer
    if somebody.ssin and employer is None:
        return Outcome(told.key, "refused", code=Code.EMPLOYER)
    wanted = Wanted(
        day=clock.today(told.at),
        works_reference=case.device.works_reference,
        ssin=somebody.ssin,
        limosa_number=somebody.limosa_number,
        enterprise_number=(employer.enterprise_number or None) if employer else None,
        foreign_vat_number=(employer.foreign_vat_number or None) if employer else None,
    )
    before = queries.standing_day(wanted=wanted)
    if before is not None:
        return Outcome(told.key, "registered", (before,), is_repeat=True)
    number = case.device.enterprise_number
    # A means proves who stands there: he registers himself. A bare number is registered by the
    # enterprise of the device, for whom it may.
    niss = somebody.ssin if somebody.is_proven else None
    sender = Sender(CHANNEL, number, is_portal=False, niss=niss)
    [taken] = days.announce(
        wanted=[wanted], sender=sender, actor=actor_of(case.device), now=case.now
    )
    if taken.receipt is None:
        code = {"past": Code.PAST, "notAuthorized": Code.NOT_AUTHORIZED}.get(
            str(taken.refusals[0]), Code.OTHER
        )
        return Outcome(told.key, "refused", code=code)
    return Outcome(told.key, "registered", (taken.receipt,))


def _act(case: _Case) -> Outcome:
    told, ssin = case.told, case.somebody.ssin
    step = Step(told.step) if told.step else _PLAIN_STEPS.get(told.type or "")
    if step is None or ssin is None:
        return Outcome(told.key, "refused", code=Code.STEP)
    if "in" in step.acts and case.employer is None:
        return Outcome(told.key, "refused", code=Code.EMPLOYER)
    wish = Wish(
        step=step,
        site=case.device.works_reference,
        key=told.key,
        employer=case.employer,
        channel=CHANNEL,
        occurred_at=min(told.at, case.now),
        is_kept=told.step is None,
    )
    try:
        done = clocking.pressed(ssin=ssin, wish=wish, actor=actor_of(case.device), now=case.now)
    except StepRefused:
        return Outcome(told.key, "refused", code=Code.SITUATION)
    except (OtherRegistration, PlaceMissing):
        return Outcome(told.key, "refused", code=Code.OTHER)
    except ActRefused as refused:
        if Refusal.REGISTRATION_DATE in refused.reasons:
            raise _Late from None
        return Outcome(told.key, "refused", code=Code.OTHER)
    return Outcome(told.key, "registered", done.receipts, is_repeat=done.is_repeat)


def _prepared(device: Device, told: Told, digest: str, now: datetime) -> Outcome:
    """Too late for an act: what is missing is kept as a correction of the worker, never as an act.

    Preparing is a change of its own and knows the key: a second try finds what the first one made.
    """
    case = _case(device, told, now)
    ssin, employer = case.somebody.ssin or "", case.employer
    step = Step(told.step) if told.step else _PLAIN_STEPS[told.type or "in"]
    acts = [
        MissedAct(
            key=told.key,
            part=part,
            type=kind,
            step=str(step),
            site=device.works_reference,
            occurred_at=told.at,
            device_at=told.at,
            enterprise_number=(employer.enterprise_number or None) if employer else None,
            foreign_vat_number=(employer.foreign_vat_number or None) if employer else None,
        )
        for part, kind in enumerate(step.acts)
    ]
    found = corrections.prepare(ssin=ssin, acts=acts, actor=actor_of(device), now=now)
    receipts = tuple(one.receipt for one in found if one.receipt)
    if receipts:
        done = Outcome(told.key, "registered", receipts, is_repeat=True)
    elif found[0].correction is not None:
        done = Outcome(told.key, "prepared")
    else:
        done = Outcome(told.key, "refused", code=found[0].code)
    with transaction(actor=actor_of(device)):
        _require_active(device)
        if not Message.objects.filter(device=device, key=told.key).exists():
            _keep(device, told, digest, done, now)
    return done


def _require_active(device: Device) -> None:
    rows = Device.objects.select_for_update().filter(pk=device.pk, state=Device.State.ACTIVE)
    if not rows.exists():
        raise DeviceEnded


def _keep(device: Device, told: Told, digest: str, done: Outcome, now: datetime) -> None:
    by = By.EID if told.by_eid else read_as(told.value) or By.BADGE
    Message.objects.create(
        device=device,
        key=told.key,
        digest=digest,
        by=str(by),
        at=told.at,
        received_at=now,
        outcome=done.outcome,
        receipts=list(done.receipts),
        code=done.code,
    )
