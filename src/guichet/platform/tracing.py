"""Every answer of the services has an identity that both sides can quote.

``BelGov-Trace-Id`` is new for each answer; what the caller sent under that name (or, without it,
under ``BelGov-Related-Trace-Id``) comes back as ``BelGov-Related-Trace-Id``.
Source: Belgif REST guide, rule trc-header.
"""

import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_only_middleware

TRACE: Final = "BelGov-Trace-Id"
RELATED: Final = "BelGov-Related-Trace-Id"

_KEPT: Final = "guichet.trace_id"
# What is echoed stands in a header and in logs: nothing but signs that are harmless in both, and
# never a bare number that could be a person's.
_HARMLESS: Final = re.compile(r"\A(?!\d{11}\Z)[0-9A-Za-z._-]{1,36}\Z")

_CURRENT: Final[ContextVar[str | None]] = ContextVar("guichet_trace_id", default=None)

Answer = Callable[[HttpRequest], HttpResponseBase]


def trace_id(request: HttpRequest) -> str:
    """The identity of the answer under way (a UUID), the same however often it is asked."""
    kept: str = request.META.setdefault(_KEPT, "") or str(uuid.uuid4())
    request.META[_KEPT] = kept
    return kept


def current() -> str | None:
    """The identity of the answer that is being made, for what is written meanwhile; or None."""
    return _CURRENT.get()


@sync_only_middleware
class TraceMiddleware:
    """Puts the trace headers on every answer, and the identity at hand while it is made."""

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _CURRENT.set(trace_id(request))
        try:
            response = self._answer(request)
        finally:
            _CURRENT.reset(token)
        response.headers[TRACE] = trace_id(request)
        related = request.headers.get(TRACE) or request.headers.get(RELATED) or ""
        if _HARMLESS.match(related):
            response.headers[RELATED] = related
        return response
