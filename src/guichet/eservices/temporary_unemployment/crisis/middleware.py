"""Before the pages of temporary unemployment: the queue, the overload, reading only.

Whoever has come in stays in for a while, and what somebody sends is never turned away while he is
in: nothing that was typed is lost.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import sync_only_middleware

from guichet.eservices.temporary_unemployment.crisis import measures
from guichet.eservices.temporary_unemployment.crisis.load import Load
from guichet.eservices.temporary_unemployment.crisis.measures import Closed
from guichet.eservices.temporary_unemployment.crisis.models import Mode
from guichet.platform import clock

PREFIX: Final = "/temporary-unemployment/"
# Pages that anybody reads without a question to the database stay open to all.
PUBLIC: Final = ("about", "who", "after", "access", "manual", "film", "library", "reckoner")
COOKIE: Final = "guichet_queue"
INSIDE: Final = timedelta(minutes=20)
_SALT: Final = "temporary-unemployment-queue"
_AGAIN: Final = 15


@sync_only_middleware
class CrisisMiddleware:
    """Lets in whose turn it is, tells the others their place, and what is closed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = get_response
        self._load = Load(settings.QUEUE_AT_ONCE, settings.QUEUE_PATIENCE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _concerns(request.path_info):
            return self._answer(request)
        now, moment = clock.now(), time.monotonic()
        mode = measures.queueing(now=now)
        if mode is not None:
            return self._in_turn(request, mode, now, moment)
        if request.method == "GET" and self._load.is_too_much(at=moment):
            return _waiting(request, place=None)
        with self._load.one(at=moment):
            return self._answer(request)

    def process_exception(self, request: HttpRequest, raised: Exception) -> HttpResponse | None:
        """What was sent while nothing is taken: the form says so, and the draft is kept."""
        if not isinstance(raised, Closed):
            return None
        context = {"until": raised.until, "place": None, "seconds": 0}
        answer = render(request, "temporary_unemployment_crisis/closed.html", context, status=503)
        answer["Retry-After"] = "600"
        return answer

    def _in_turn(
        self, request: HttpRequest, mode: Mode, now: datetime, moment: float
    ) -> HttpResponseBase:
        known = _known(request, mode)
        number = known.get("number")
        inside = known.get("inside")
        is_in = inside is not None and datetime.fromisoformat(inside) + INSIDE > now
        came_in = inside is not None and request.method != "GET"
        if not (is_in or came_in):
            if number is None:
                number = measures.next_number()
            ahead = number - measures.admitted(mode, now=now)
            if ahead > 0:
                answer = _waiting(request, place=ahead, rate=mode.rate)
                return _remembered(answer, {"mode": mode.pk, "number": number}, request)
        with self._load.one(at=moment):
            admitted = self._answer(request)
        kept = {"mode": mode.pk, "number": number, "inside": now.isoformat()}
        return _remembered(admitted, kept, request)


def _concerns(path: str) -> bool:
    if not path.startswith(PREFIX):
        return False
    return path.removeprefix(PREFIX).partition("/")[0] not in PUBLIC


def _known(request: HttpRequest, mode: Mode) -> dict[str, Any]:
    """What the cookie says of this queue; a forged one, or of another queue, says nothing."""
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT)
    except signing.BadSignature:
        return {}
    is_ours = isinstance(found, dict) and found.get("mode") == mode.pk
    return found if is_ours else {}


def _remembered(
    answer: HttpResponseBase, kept: dict[str, Any], request: HttpRequest
) -> HttpResponseBase:
    answer.set_cookie(
        COOKIE, signing.dumps(kept, salt=_SALT), path=PREFIX, httponly=True, samesite="Lax",
        secure=request.is_secure(), max_age=24 * 3600,
    )  # fmt: skip
    return answer


def _waiting(request: HttpRequest, *, place: int | None, rate: int = 0) -> HttpResponse:
    """The place in the queue, asked again by itself; 503, so that no machine keeps it."""
    minutes = None if place is None or not rate else -(-place // rate)
    context = {"place": place, "minutes": minutes, "seconds": _AGAIN}
    answer = render(request, "temporary_unemployment_crisis/queue.html", context, status=503)
    answer["Retry-After"] = str(_AGAIN)
    answer["Refresh"] = str(_AGAIN)
    answer["Cache-Control"] = "no-store"
    return answer
