"""What the script of the button asks for over the session: a token, and to keep what came late.

Both are posts with the form token of the portal in ``X-CSRFToken``; the person is that of the
session, never of the body.
"""

import functools
import uuid
from collections.abc import Callable
from typing import Annotated, Final, Literal

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from msgspec import Meta

from guichet.access.keys import KeysMissing
from guichet.access.services import BY_KEY
from guichet.access.sessions import acting_of
from guichet.eservices.presence.clocking import phones
from guichet.eservices.presence.corrections import operations
from guichet.eservices.presence.corrections.operations import MissedAct, Prepared
from guichet.kernel import problem as documents
from guichet.platform import clock
from guichet.platform.problems import JSON, ProblemRaised, decoded, only_query, problems
from guichet.platform.routes import declare
from guichet.presence_log.wire import Employer, Moment

_LARGEST: Final = 64 * 1024
_RETRY_SECONDS: Final = 30
View = Callable[[HttpRequest], HttpResponse]


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """The body of a call that says nothing."""


class Late(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """An act whose ten minutes ran out on the phone."""

    key: uuid.UUID
    type: Literal["in", "out"]
    step: Literal["start", "break", "resume", "end", "move"]
    site: Annotated[str, Meta(max_length=40)]
    occurred_at: Moment
    device_at: Moment
    part: Annotated[int, Meta(ge=0, le=1)] = 0
    employer: Employer | None = None


class LateActs(msgspec.Struct, forbid_unknown_fields=True):
    """The whole body."""

    acts: Annotated[list[Late], Meta(min_length=1, max_length=50)]


def worker(view: View) -> View:
    """The call is for a person who is signed in surely enough; never a redirect."""

    @functools.wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        acting = acting_of(request)
        if acting is None:
            raise ProblemRaised(documents.no_access_token())
        if not acting.satisfies(BY_KEY["presence"].policy):
            detail = "Sign in with a surer means of identification"
            raise ProblemRaised(documents.missing_permission(detail=detail))
        return view(request)

    return declare(guarded, "worker")


@problems(methods=("POST",))
@worker
def token(request: HttpRequest) -> HttpResponse:
    """POST token/: a token of a few minutes for the door of one's own acts."""
    only_query(request)
    decoded(request, Nothing, limit=_LARGEST)
    acting = acting_of(request)
    assert acting is not None
    now = clock.now()
    later = documents.service_unavailable(retry_after_seconds=_RETRY_SECONDS)
    if not settings.ENVIRONMENT.ingest_enabled:
        raise ProblemRaised(later)
    try:
        given = phones.pass_for(ssin=acting.niss, actor=acting.actor, now=now)
    except KeysMissing:
        raise ProblemRaised(later) from None
    return _json(
        {
            "token": given.token.text,
            "expiresIn": given.token.expires_in,
            "door": given.door,
            "owner": given.owner,
            "now": now,
        }
    )


@problems(methods=("POST",))
@worker
def prepare(request: HttpRequest) -> HttpResponse:
    """POST late/: keep as corrections what could not be sent in time."""
    only_query(request)
    body = decoded(request, LateActs, limit=_LARGEST)
    acting = acting_of(request)
    assert acting is not None
    acts = [_missed(one) for one in body.acts]
    found = operations.prepare(ssin=acting.niss, acts=acts, actor=acting.actor, now=clock.now())
    return _json({"acts": [_shown(one) for one in found]})


def _missed(one: Late) -> MissedAct:
    employer = one.employer or Employer()
    return MissedAct(
        key=one.key,
        part=one.part,
        type=one.type,
        step=one.step,
        site=one.site,
        occurred_at=one.occurred_at,
        device_at=one.device_at,
        enterprise_number=employer.enterprise_number,
        foreign_vat_number=employer.foreign_vat_number,
    )


def _shown(one: Prepared) -> dict[str, object]:
    told: dict[str, object] = {"key": one.act.key, "part": one.act.part}
    if one.receipt is not None:
        outcome = "cancelled" if one.is_cancelled else "registered"
        return told | {"outcome": outcome, "receipt": one.receipt}
    if one.correction is not None:
        place = reverse("presence:correction", args=[one.correction.pk])
        last_day: object = one.correction.last_day
        return told | {"outcome": "prepared", "href": place, "lastDay": last_day}
    return told | {"outcome": "refused", "code": one.code}


def _json(members: dict[str, object]) -> HttpResponse:
    return HttpResponse(
        msgspec.json.encode(members), content_type=JSON, headers={"Cache-Control": "no-store"}
    )
