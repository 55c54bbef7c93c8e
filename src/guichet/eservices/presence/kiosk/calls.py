"""A call of a device: whose it is, that it is fresh, and that the device may still speak."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest

from guichet.eservices.presence.kiosk import signing
from guichet.eservices.presence.kiosk.models import Device
from guichet.kernel import problem as documents
from guichet.kernel.problem import Problem
from guichet.platform.problems import ProblemRaised
from guichet.rules.presence_means import clock_holds

LARGEST: Final = 128 * 1024
_TYPE: Final = "urn:problem-type:guichet:presence:"
_COUNTER: Final = re.compile(r"[0-9]{1,15}", re.ASCII)
_NEWER: Final = (
    "UPDATE presence_device_heard SET counter = %s, at = %s WHERE device_id = %s AND counter < %s"
)


def verified(request: HttpRequest, *, operation: str, now: datetime) -> Device:
    """The device that signed this call; raises ProblemRaised.

    413 for a body over 128 KB, before anything is computed. 401 ``deviceNotRecognised`` for a
    device that is unknown, never initialised or did not sign this; 409 ``deviceClock`` and
    ``callRepeated``; 403 ``deviceEnded``. Only the device itself learns one of the last three.
    """
    announced = request.headers.get("Content-Length", "0")
    if not _COUNTER.fullmatch(announced) or int(announced) > LARGEST:
        raise ProblemRaised(documents.payload_too_large(limit_bytes=LARGEST))
    body = request.body
    if len(body) > LARGEST:
        raise ProblemRaised(documents.payload_too_large(limit_bytes=LARGEST))
    number, counter, time, signature = (
        request.headers.get(f"Guichet-{name}", "")
        for name in ("Device", "Counter", "Time", "Signature")
    )
    device = _device(number)
    text = signing.call_text(
        device=number, operation=operation, counter=counter, time=time, body=body
    )
    told = _moment(time)
    if device is None or told is None or not _COUNTER.fullmatch(counter):
        raise ProblemRaised(_NOT_RECOGNISED)
    if not signing.holds(key=signing.public_key(device.public_key), signature=signature, text=text):
        raise ProblemRaised(_NOT_RECOGNISED)
    if not clock_holds(told=told, now=now):
        raise ProblemRaised(_clock(now))
    if device.state == Device.State.ENDED:
        raise ProblemRaised(ENDED)
    _require_newer(device, int(counter), now)
    return device


def _device(number: str) -> Device | None:
    try:
        wanted = UUID(number)
    except ValueError:
        return None
    if str(wanted) != number:
        return None
    return Device.objects.filter(number=wanted).exclude(public_key="").first()


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _require_newer(device: Device, counter: int, now: datetime) -> None:
    """One statement: of the same call twice at once, one is the repetition."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_NEWER, [counter, now, device.pk, counter])
        if cursor.rowcount != 1:
            raise ProblemRaised(_REPEATED)


def _clock(now: datetime) -> Problem:
    return Problem(
        409,
        f"{_TYPE}deviceClock",
        "Device Clock",
        "The clock of the device is more than five minutes wrong",
        extras={"now": now.isoformat()},
    )


_NOT_RECOGNISED: Final = Problem(
    401,
    f"{_TYPE}deviceNotRecognised",
    "Device Not Recognised",
    "No initialised device has signed this call",
)
ENDED: Final = Problem(
    403, f"{_TYPE}deviceEnded", "Device Ended", "The device was ended; it registers nothing"
)
_REPEATED: Final = Problem(
    409, f"{_TYPE}callRepeated", "Call Repeated", "The device has sent this call before"
)
