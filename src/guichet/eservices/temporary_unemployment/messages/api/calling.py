"""What the calls share: who calls, as which sender, how an answer is written."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any, Final

import msgspec
from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from guichet.access.chaman import signers
from guichet.access.guard import CallerRequest, token_required
from guichet.access.permissions import (
    TEMPORARY_UNEMPLOYMENT_CONSULT,
    TEMPORARY_UNEMPLOYMENT_DECLARANT,
)
from guichet.audit.actors import Actor
from guichet.eservices.temporary_unemployment.messages.operations import By
from guichet.kernel import problem as documents
from guichet.kernel.problem import In
from guichet.kernel.ticket import InvalidNumber, TicketNumber
from guichet.platform.problems import JSON, ProblemRaised, problems
from guichet.platform.routes import declare

WRITERS: Final = (TEMPORARY_UNEMPLOYMENT_DECLARANT,)
READERS: Final = (TEMPORARY_UNEMPLOYMENT_CONSULT, TEMPORARY_UNEMPLOYMENT_DECLARANT)
BASE: Final = "/ctw/v1"
XML: Final = "application/xml"
_SIZE: Final = 50
_LARGEST_PAGE: Final = 200
_LAST_PAGE: Final = 1_000_000
View = Callable[..., Any]


def call(
    verb: str,
    scopes: tuple[str, ...],
    *,
    accepted: tuple[str, ...] = (JSON,),
    offered: str | None = JSON,
) -> Callable[[View], View]:
    """A call of software: its verb, the scopes of which one is needed, refusals as problems."""

    def wrap(view: View) -> View:
        @problems(methods=(verb,), accepted=accepted, offered=offered)
        @token_required(scopes)
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            with translation.override(translation.get_language_from_request(request)):
                try:
                    response: HttpResponse = view(request, *args, **kwargs)
                    return response
                except DataError:
                    issue = documents.schema_violation(
                        name="body", detail="The text holds a sign that cannot be stored"
                    )
                    raise ProblemRaised(documents.bad_request(issues=[issue])) from None

        return declare(answer, "token")

    return wrap


def by_verb(**views: View) -> View:
    """One address with a call for each verb."""

    @problems(methods=tuple(views), offered=None, accepted=_ANY_BODY)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        verb = "GET" if request.method == "HEAD" else request.method or ""
        response: HttpResponse = views[verb](request, *args, **kwargs)
        return response

    return declare(answer, "token")


_ANY_BODY: Final = (JSON, "application/merge-patch+json", "multipart/form-data")


def actor_of(request: CallerRequest) -> Actor:
    """The channel, as the trail names it."""
    return Actor("client", request.caller.client_id, request.caller.enterprise_number)


def by(request: CallerRequest) -> By:
    """The sender that the channel belongs to; raises ProblemRaised 403 without one."""
    party = signers.sending_party(enterprise=request.caller.enterprise_number)
    if party is None:
        detail = "This enterprise has no sender number yet"
        raise ProblemRaised(documents.missing_permission(detail=detail))
    return By(party, "rest", actor_of(request))


def ticket_of(text: str) -> str:
    """The signs of a ticket in an address; a mistyped one is a 400. Raises ProblemRaised."""
    try:
        return TicketNumber.parse(text[:60]).signs
    except InvalidNumber:
        detail = "Not a ticket number: thirteen signs, of which the twelfth is a check"
        issue = documents.invalid_structure(name="ticket", detail=detail, location=In.PATH)
        raise ProblemRaised(documents.bad_request(issues=[issue])) from None


def unknown() -> ProblemRaised:
    """404, the same for another's and for none."""
    return ProblemRaised(documents.resource_not_found(name="ticket"))


def paging(given: dict[str, str]) -> tuple[int, int]:
    """Which page and how many a page holds; raises ProblemRaised 400."""
    issues, numbers = [], []
    for name, default, most in (("page", 1, _LAST_PAGE), ("pageSize", _SIZE, _LARGEST_PAGE)):
        text = given.get(name, str(default))
        number = int(text) if re.fullmatch(r"[0-9]{1,10}", text, re.ASCII) else 0
        if not 1 <= number <= most:
            issues.append(
                documents.out_of_range(name=name, minimum=1, maximum=most, location=In.QUERY)
            )
        numbers.append(number)
    if issues:
        raise ProblemRaised(documents.bad_request(issues=issues))
    return numbers[0], numbers[1]


def spoken() -> str:
    """The two letters of the language of the call."""
    return (translation.get_language() or "en").partition("-")[0]


def place(path: str) -> str:
    """An address of this interface, whole."""
    return f"{settings.ENVIRONMENT.services_url}{BASE}{path}"


def page_of(
    items: list[dict[str, Any]], *, path: str, number: int, size: int, total: int
) -> dict[str, Any]:
    """One page of a list, and where the pages beside it are."""
    found: dict[str, Any] = {"items": items, "page": number, "pageSize": size, "total": total}
    joint = "&" if "?" in path else "?"
    for name, other in (("prev", number - 1), ("next", number + 1)):
        if other >= 1 and (other < number or number * size < total):
            found[name] = place(f"{path}{joint}page={other}&pageSize={size}")
    return found


def as_json(
    content: Any, *, status: int = 200, headers: dict[str, str] | None = None
) -> HttpResponse:
    """Personal data: nobody on the way may keep it."""
    return HttpResponse(
        msgspec.json.encode(content),
        status=status,
        content_type=JSON,
        headers={
            "Cache-Control": "no-store",
            "Content-Language": translation.get_language() or "en",
            **(headers or {}),
        },
    )
