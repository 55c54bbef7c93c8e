"""What the endpoints share: the caller's box, codes of refusals, paths and query values."""

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import MAXYEAR, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse

from guichet.access.bearer import Caller
from guichet.access.guard import CallerRequest
from guichet.access.permissions import (
    EBOX_CONSUMER,
    EBOX_MESSAGES,
    EBOX_REGISTERED,
    EBOX_REGISTRY,
    EBOX_SENDER,
    EBOX_SUMMARY,
)
from guichet.audit.actors import Actor
from guichet.audit.lookups import looked_up
from guichet.ebox import boxes, consumers
from guichet.ebox.visibility import Reader
from guichet.kernel import problem as documents
from guichet.kernel.problem import In, Issue, Problem
from guichet.platform import clock
from guichet.platform.problems import JSON, ProblemRaised

BASE: Final = "/REST/ebox/v2"
BOX: Final = "boxId"
CONTRACT: Final = "ebox-v2.yaml"
SUMMARY: Final = (EBOX_SUMMARY, EBOX_MESSAGES)
MESSAGES: Final = (EBOX_MESSAGES,)
EVENTS: Final = (EBOX_CONSUMER, EBOX_MESSAGES)
CONSULTING: Final = (EBOX_SUMMARY, EBOX_MESSAGES, EBOX_CONSUMER)
ANY: Final = (EBOX_SUMMARY, EBOX_MESSAGES, EBOX_CONSUMER, EBOX_SENDER)
PUBLISH: Final = (EBOX_SENDER,)
REGISTERED: Final = (EBOX_REGISTERED,)
REGISTRY: Final = (EBOX_REGISTRY,)
_UNNAMED: Final = "The holder of the e-Box has not named this program in its settings"
_UUID: Final = re.compile(r"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")

View = Callable[..., HttpResponse]


def coded(view: View) -> View:
    """Every refusal of the input carries the code of the older clients."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ProblemRaised as refusal:
            problem = refusal.problem
            if problem.status == 400 and "code" not in problem.extras:
                problem = with_code(problem, "INVALID_INPUT")
            raise ProblemRaised(problem, refusal.headers) from None

    return answer


def with_code(problem: Problem, code: str) -> Problem:
    """The problem with the member ``code``."""
    return replace(problem, extras={**problem.extras, "code": code})


def refused(*issues: Issue) -> ProblemRaised:
    """400 with these issues."""
    return ProblemRaised(documents.bad_request(issues=issues))


def not_found(name: str | None = None) -> ProblemRaised:
    """404, the same for what is another's and what is nowhere."""
    return ProblemRaised(documents.resource_not_found(name=name))


def reader_of(request: CallerRequest) -> Reader:
    """The program before the box that it means: the one of ``boxId``, else its enterprise's own.

    Raises ProblemRaised: 404 without a box, or for a key that is not a living one of this program;
    403 while the enterprise has not named the program in the settings of its box.
    """
    caller = request.caller
    text = request.GET.get(BOX)
    if text is not None:
        box = consumers.box_of(client_id=caller.client_id, key=number_in(text, BOX))
        if box is None:
            raise not_found(BOX)
        if box.person:
            _note_holder(caller, box.person.niss)
        return Reader(box.pk, client_id=caller.client_id)
    box = boxes.of_enterprise(number=caller.enterprise_number)
    if box is None:
        raise not_found()
    if not consumers.may_read(client_id=caller.client_id, box_id=box.pk):
        raise ProblemRaised(documents.missing_permission(detail=_UNNAMED))
    return Reader(box.pk, client_id=caller.client_id)


def _note_holder(caller: Caller, niss: str) -> None:
    """Whatever a program fetches from a citizen's box, it saw something of him."""
    looked_up(
        viewer=actor_of(caller),
        subjects=[niss],
        purpose="ebox.program",
        channel="rest",
        now=clock.now(),
    )


def actor_of(caller: Caller) -> Actor:
    """The program for the trail."""
    return Actor(kind="client", id=caller.client_id, enterprise=caller.enterprise_number)


def number_in(text: str, name: str) -> UUID:
    """A UUID of the path; what is none leads nowhere: 404."""
    if not _UUID.match(text):
        raise not_found(name)
    return UUID(text)


def integer(given: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    """A number of the query between two bounds; raises ProblemRaised 400."""
    text = given.get(name, str(default))
    number = int(text) if re.fullmatch(r"[0-9]{1,18}", text) else -1
    if not least <= number <= most:
        raise refused(documents.out_of_range(name=name, minimum=least, maximum=most))
    return number


def truth(given: Mapping[str, str], name: str) -> bool | None:
    """``true`` or ``false`` of the query, None when absent; raises ProblemRaised 400."""
    if name not in given:
        return None
    if given[name] not in ("true", "false"):
        raise refused(_query_fault(name, "true or false"))
    return given[name] == "true"


def moment(given: Mapping[str, str], name: str) -> datetime | None:
    """A moment of the query with its offset, None when absent; raises ProblemRaised 400."""
    if name not in given:
        return None
    try:
        found = datetime.fromisoformat(given[name].replace(" ", "+"))
    except ValueError:
        found = None
    # The first and the last days of all years lie outside the calendar on some clock.
    if found is None or found.tzinfo is None or not 1 < found.year < MAXYEAR:
        raise refused(_query_fault(name, "A moment with its offset"))
    return found


def word(given: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    """One of some words of the query, empty when absent; raises ProblemRaised 400."""
    if name in given and given[name] not in known:
        raise refused(_query_fault(name, f"One of {', '.join(known)}"))
    return given.get(name, "")


def json(
    content: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """An answer that nobody keeps."""
    given = {"Cache-Control": "no-store", **(headers or {})}
    return HttpResponse(
        msgspec.json.encode(content), status=status, content_type=JSON, headers=given
    )


def _query_fault(name: str, detail: str) -> Issue:
    return documents.schema_violation(name=name, detail=detail, location=In.QUERY)
