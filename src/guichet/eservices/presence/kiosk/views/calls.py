"""The doors of devices: initialise, state, who stands here, messages. No cookie, no session.

The kiosk's page calls them on the portal; badge readers call the last one on the services.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Final, Literal

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from msgspec import Meta

from guichet.audit.lookups import looked_up
from guichet.eservices.presence.clocking import queries as clocking
from guichet.eservices.presence.kiosk import calls, devices, receiving, signing
from guichet.eservices.presence.kiosk.identifying import (
    NotRecognised,
    Read,
    Somebody,
    activity_at,
    firms_there,
    recognised,
)
from guichet.eservices.presence.kiosk.models import Device
from guichet.kernel import problem as documents
from guichet.kernel.problem import Problem
from guichet.platform import clock, throttle
from guichet.platform.problems import JSON, ProblemRaised, decoded, only_query, problems
from guichet.platform.routes import declare, public
from guichet.registers.works import queries as works
from guichet.rules.presence_days import announces_days
from guichet.rules.presence_means import accepted
from guichet.rules.presence_next import Step

View = Callable[..., HttpResponse]
_TRIES: Final = 20
_TRIES_SECONDS: Final = 600
# Looking up persons by number: what a busy gate needs in a minute, and no more.
_ASKED: Final = 60
_ASKED_SECONDS: Final = 60


class Initialising(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """The one-time code, the new key (base64 of its DER), the code signed with it."""

    code: Annotated[str, Meta(max_length=40)]
    public_key: Annotated[str, Meta(max_length=2_000)]
    signature: Annotated[str, Meta(max_length=200)]


class Asking(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """What was read or typed; ``language`` for the names of enterprises."""

    value: Annotated[str, Meta(min_length=1, max_length=300)]
    by_eid: bool = False
    is_simulated: bool = False
    language: Literal["en", "fr", "nl", "de"] = "en"


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """The body of a call that says nothing."""


class Messages(msgspec.Struct, forbid_unknown_fields=True):
    """Messages in the order in which they happened."""

    messages: Annotated[list[receiving.Signed], Meta(min_length=1, max_length=receiving.MOST)]


def _door(view: View) -> View:
    # No cookie is read here, so there is nothing that a foreign page could ride on.
    return declare(csrf_exempt(problems(methods=("POST",))(view)), "device")


@_door
def initialise(request: HttpRequest) -> HttpResponse:
    """POST initialise/: bind the key of this browser to the kiosk that waits for the code."""
    only_query(request)
    now = clock.now()
    try:
        throttle.hit(
            key=f"kiosk:{request.META.get('REMOTE_ADDR', '')}",
            limit=_TRIES,
            seconds=_TRIES_SECONDS,
            now=now,
        )
    except throttle.Throttled as full:
        raise ProblemRaised(
            documents.too_many_requests(retry_after_seconds=full.retry_after)
        ) from None
    wanted = decoded(request, Initialising, limit=calls.LARGEST)
    try:
        key = signing.public_key(wanted.public_key)
        device = devices.initialise(code=wanted.code, key=key, signature=wanted.signature, now=now)
    except (devices.CodeRefused, devices.KeyUsed, signing.KeyRefused):
        raise ProblemRaised(_CODE) from None
    return _json({"device": device.number, "now": now})


@_door
def state(request: HttpRequest) -> HttpResponse:
    """POST state/: what the page shows: its site, what may be read here, and the time.

    ``firms``: all that a kiosk knows without a network of for whom people work; nobody is in it.
    """
    now = clock.now()
    device = calls.verified(request, operation="state", now=now)
    decoded(request, Nothing, limit=calls.LARGEST)
    site = works.site(reference=device.works_reference)
    today, activity = clock.today(now), activity_at(device)
    return _json(
        {
            "name": device.name,
            "site": {"reference": device.works_reference, "name": site.name if site else ""},
            "activity": activity,
            "events": "day" if announces_days(activity, on=today) else "inOut",
            "accepts": sorted(accepted(activity, on=today)),
            "reads": device.reads,
            "firms": [
                {"key": one.key, "name": one.name}
                for one in firms_there(device, site.language if site else "fr")
            ],
            "now": now,
        }
    )


@_door
def person(request: HttpRequest) -> HttpResponse:
    """POST person/: who stands here, for whom he works, what he may register next."""
    now = clock.now()
    device = calls.verified(request, operation="person", now=now)
    wanted = decoded(request, Asking, limit=calls.LARGEST)
    try:
        throttle.hit(key=f"kiosk:{device.number}", limit=_ASKED, seconds=_ASKED_SECONDS, now=now)
    except throttle.Throttled as full:
        raise ProblemRaised(
            documents.too_many_requests(retry_after_seconds=full.retry_after)
        ) from None
    read = Read(wanted.value, wanted.by_eid, wanted.is_simulated)
    try:
        found = recognised(device=device, read=read, language=wanted.language, now=now)
    except NotRecognised as fault:
        return _json({"outcome": "refused", "code": str(fault.why)})
    if found.ssin:
        looked_up(
            viewer=devices.actor_of(device), subjects=[found.ssin], purpose="presence.kiosk",
            channel="kiosk", now=now,
        )  # fmt: skip
    return _json(
        {
            "outcome": "recognised",
            "by": str(found.by),
            "name": _shown_name(found),
            "employers": [{"key": one.key, "name": one.name} for one in found.employers],
            "steps": _steps(device, found, wanted.language, now),
        }
    )


@_door
def messages(request: HttpRequest) -> HttpResponse:
    """POST messages: register what happened at the device, each message once."""
    now = clock.now()
    device = calls.verified(request, operation="messages", now=now)
    only_query(request)
    wanted = decoded(request, Messages, limit=calls.LARGEST)
    try:
        found = receiving.received(device=device, messages=wanted.messages, now=now)
    except receiving.DeviceEnded:
        raise ProblemRaised(calls.ENDED) from None
    return _json({"messages": [_told(one) for one in found], "now": now})


@problems(methods=("GET",), offered="application/yaml")
@public
def contract(request: HttpRequest) -> HttpResponse:
    """GET /REST/presenceDevice/v1/doc/openapi.yaml."""
    only_query(request)
    file = settings.REPOSITORY / "contracts" / "presenceDevice-v1.yaml"
    return HttpResponse(file.read_bytes(), content_type="application/yaml")


def _told(one: receiving.Outcome) -> dict[str, Any]:
    told: dict[str, Any] = {"outcome": one.outcome}
    if one.key is not None:
        told["key"] = one.key
    if one.receipts:
        told |= {"receipts": one.receipts, "isRepeat": one.is_repeat}
    return told | {"code": one.code} if one.code else told


def _shown_name(found: Somebody) -> str:
    """In full to who proved that it is he; a typed number shows no more than initials."""
    if found.name is None:
        return ""
    if found.is_proven:
        return f"{found.name.given_name} {found.name.family_name}"
    return f"{found.name.given_name} {found.name.family_name[:1]}."


def _steps(device: Device, found: Somebody, language: str, now: datetime) -> list[str]:
    if found.ssin is None or announces_days(activity_at(device), on=clock.today(now)):
        return []
    standing = clocking.situation(
        ssin=found.ssin, site=device.works_reference, now=now, language=language
    )
    return [str(step) for step in standing.steps if step is not Step.DONE]


def _json(members: dict[str, Any]) -> HttpResponse:
    return HttpResponse(
        msgspec.json.encode(members), content_type=JSON, headers={"Cache-Control": "no-store"}
    )


_CODE: Final = Problem(
    422,
    "urn:problem-type:guichet:presence:initialisationRefused",
    "Initialisation Refused",
    "No kiosk waits for this code",
)
