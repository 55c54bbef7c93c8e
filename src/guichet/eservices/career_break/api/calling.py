"""What the calls share: who calls, for which employer, which request, in which language."""

import functools
import math
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from guichet.access.guard import CallerRequest, token_required
from guichet.access.permissions import CAREER_BREAK_CONSULT, CAREER_BREAK_DECLARANT
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.lookups import looked_up
from guichet.eservices.career_break import outages, queries, rights
from guichet.eservices.career_break.api import findings, wire
from guichet.eservices.career_break.models import Notice, Request
from guichet.eservices.career_break.operations import (
    NoParameters,
    Refused,
    Sender,
)
from guichet.eservices.career_break.outages import OUTAGE
from guichet.eservices.career_break.retries.keys import KeyReused, Retry
from guichet.eservices.career_break.steps import UnknownRequest
from guichet.kernel import problem as documents
from guichet.kernel.problem import In
from guichet.kernel.ticket import InvalidNumber, TicketNumber
from guichet.platform import clock
from guichet.platform.problems import JSON, ProblemRaised, problems
from guichet.platform.routes import declare
from guichet.presence_log import keyed
from guichet.rules.career_break.states import StepRefused

WRITERS: Final = (CAREER_BREAK_DECLARANT,)
READERS: Final = (CAREER_BREAK_CONSULT, CAREER_BREAK_DECLARANT)
LARGEST: Final = 64 * 1024
REQUESTS: Final = "careerBreak.request"
_SIZE: Final = 50
_LARGEST_PAGE: Final = 200
_LAST_PAGE: Final = 1_000_000
_AN_HOUR: Final = 3600
View = Callable[..., HttpResponse]


def call(
    verb: str, scopes: tuple[str, ...], *, accepted: tuple[str, ...] = (JSON,)
) -> Callable[[View], View]:
    """A call of software: its verb, the scopes of which one is needed, refusals as problems.

    What operations and rules refuse has the words of the pages, in the language of the call.
    """

    def wrap(view: View) -> View:
        @problems(methods=(verb,), accepted=accepted)
        @token_required(scopes)
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            with translation.override(translation.get_language_from_request(request)):
                return _answered(view, request, args, kwargs)

        return declare(answer, "token")

    return wrap


def by_verb(**views: View) -> View:
    """One address with a call for each verb."""

    @problems(methods=tuple(views))
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        verb = "GET" if request.method == "HEAD" else request.method or ""
        return views[verb](request, *args, **kwargs)

    return declare(answer, "token")


def employer_of(request: CallerRequest, given: wire.Employer | None) -> str:
    """The employer that a body names, else the caller's own; raises ProblemRaised 403."""
    own = request.caller.enterprise_number
    wanted = own if given is None else given.enterprise_number
    if not rights.may_act_for(employer=wanted, enterprise=own, on=clock.today(clock.now())):
        _refuse(request, wanted)
    return wanted


def sender_of(request: CallerRequest, employer: str, *, body: bytes | None = None) -> Sender:
    """Who does it, for whom, and which key makes repeated calls one; raises ProblemRaised 400.

    ``body``: as it was read, where it is too large for the framework.
    """
    return Sender(
        actor=actor_of(request, employer),
        employer=employer,
        language=spoken(),
        channel="message",
        retry=_retry(request, request.body if body is None else body),
    )


def actor_of(request: CallerRequest, employer: str) -> Actor:
    """The channel, as the trail names it; by mandate its own enterprise stands beside."""
    own = request.caller.enterprise_number
    by = None if own == employer else own
    return Actor("client", request.caller.client_id, employer, by)


def request_of(request: CallerRequest, ticket: str) -> Request:
    """A request of an employer for whom the caller may act, by its ticket or a part's.

    Another's and none at all are the same 404; a mistyped number is a 400. Raises ProblemRaised.
    """
    row = queries.whoevers(ticket=ticket[:60])
    own = request.caller.enterprise_number
    if row is not None and rights.may_act_for(
        employer=row.employer.number, enterprise=own, on=clock.today(clock.now())
    ):
        noted(request, [row.person.niss], row.employer.number)
        return row
    raise ProblemRaised(mistyped(ticket, location=In.PATH) or unknown())


def notice_of(request: CallerRequest, ticket: str) -> Notice:
    """A notice to an employer for whom the caller may act, as a request; raises ProblemRaised."""
    row = queries.whoevers_notice(ticket=ticket[:60])
    own = request.caller.enterprise_number
    if row is not None and rights.may_act_for(
        employer=row.employer.number, enterprise=own, on=clock.today(clock.now())
    ):
        noted(request, [row.person.niss], row.employer.number)
        return row
    raise ProblemRaised(mistyped(ticket, location=In.PATH) or unknown())


def mistyped(ticket: str, *, location: In) -> documents.Problem | None:
    """400 for a number whose check sign fails or that is none; None where it is sound."""
    try:
        TicketNumber.parse(ticket[:60])
    except InvalidNumber:
        detail = "Not a ticket number: thirteen signs, of which the twelfth is a check"
        issue = documents.invalid_structure(name="ticket", detail=detail, location=location)
        return documents.bad_request(issues=[issue])
    return None


def unknown() -> documents.Problem:
    """404, the same for another's ticket and for one that was never given."""
    return documents.resource_not_found(name="ticket")


def noted(
    request: CallerRequest, numbers: Iterable[str], employer: str, *, purpose: str = REQUESTS
) -> None:
    """Leave a trace of whose data were shown."""
    subjects = list(dict.fromkeys(numbers))
    if subjects:
        looked_up(
            viewer=actor_of(request, employer), subjects=subjects, purpose=purpose, channel="rest",
            now=clock.now(),
        )  # fmt: skip


def paging(given: dict[str, str]) -> tuple[int, int]:
    """Which page and how many a page holds; raises ProblemRaised 400."""
    issues, numbers = [], []
    for name, default, most in (("page", 1, _LAST_PAGE), ("pageSize", _SIZE, _LARGEST_PAGE)):
        text = given.get(name, str(default))
        number = int(text) if re.fullmatch(r"[0-9]{1,10}", text) else 0
        if not 1 <= number <= most:
            issues.append(documents.out_of_range(name=name, minimum=1, maximum=most))
        numbers.append(number)
    if issues:
        raise ProblemRaised(documents.bad_request(issues=issues))
    return numbers[0], numbers[1]


def spoken() -> str:
    """The two letters of the language of the call."""
    return (translation.get_language() or "en").partition("-")[0]


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


def _answered(
    view: View, request: HttpRequest, args: tuple[object, ...], kwargs: dict[str, object]
) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except Refused as refusal:
        if any(one.code == OUTAGE for one in refusal.faults):
            raise _interrupted() from None
        raise ProblemRaised(findings.refused(refusal.faults)) from None
    except StepRefused as refusal:
        raise ProblemRaised(findings.step_refused(refusal)) from None
    except NoParameters:
        raise ProblemRaised(findings.no_parameters()) from None
    except KeyReused:
        detail = "This Idempotency-Key was used for another call"
        raise ProblemRaised(documents.unprocessable(detail=detail)) from None
    except UnknownRequest:
        raise ProblemRaised(unknown()) from None
    except DataError:
        issue = documents.schema_violation(
            name="body", detail="The text holds a sign that cannot be stored"
        )
        raise ProblemRaised(documents.bad_request(issues=[issue])) from None


def _interrupted() -> ProblemRaised:
    """503 while an interruption of the service is announced, until it ends where that is known."""
    now = clock.now()
    one = outages.announced(now=now)
    ends_at = one.ends_at if one is not None else None
    seconds = max(1, math.ceil((ends_at - now).total_seconds())) if ends_at else _AN_HOUR
    problem = documents.service_unavailable(retry_after_seconds=seconds)
    return ProblemRaised(problem, {"Retry-After": str(seconds)})


def _refuse(request: CallerRequest, employer: str) -> None:
    trail.record_refusal(
        action="careerBreak.call.refused",
        actor=actor_of(request, request.caller.enterprise_number),
        target=employer,
        now=clock.now(),
        reason="no mandate of this employer",
    )
    detail = "Not permitted to act for this employer"
    raise ProblemRaised(documents.missing_permission(detail=detail))


def _retry(request: CallerRequest, body: bytes) -> Retry | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not keyed.is_key(key.encode("utf-8", "replace")):
        raise ProblemRaised(keyed.malformed_key())
    return Retry(request.caller.client_id, key, request.path, body)
