"""What the pages of temporary unemployment share: who may use them, look-ups noted, a row found."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, ParamSpec, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.lookups import looked_up
from guichet.eservices.temporary_unemployment import queries, strangers, words
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.eservices.temporary_unemployment.operations import Sender
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
COMMUNICATIONS: Final = "temporaryUnemployment.communication"
WORKERS: Final = "temporaryUnemployment.worker"


def guarded(view: Callable[P, R]) -> Callable[P, HttpResponseBase]:
    """The page is for who communicates temporary unemployment for the enterprise he acts for."""
    return acting_required(kind="employer", service=Permission.TEMPORARY_UNEMPLOYMENT.value)(view)


def employer_of(request: ActingRequest) -> str:
    """The employer for whom this session acts."""
    return request.acting.enterprise_number or ""


def sender_of(request: ActingRequest) -> Sender:
    """Who does it, for whom; by mandate the mandatary sends."""
    actor = request.acting.actor
    return Sender(actor, employer_of(request), sender=actor.mandatary or "")


def own(request: ActingRequest, ticket: str) -> Communication:
    """A communication of the employer; another employer's is as unknown as none: Http404.

    Who asks for what is not his leaves a line in the trail.
    """
    found = queries.communication(ticket=ticket, employer=employer_of(request))
    if found is None:
        strangers.noted(
            ticket=ticket, actor=request.acting.actor, channel="portal", now=clock.now()
        )
        raise Http404
    return found


def noted(request: ActingRequest, numbers: Iterable[str], *, purpose: str = COMMUNICATIONS) -> None:
    """Looking at workers leaves a trace: once for each of them."""
    subjects = list(dict.fromkeys(numbers))
    if subjects:
        looked_up(
            viewer=request.acting.actor, subjects=subjects, purpose=purpose, channel="portal",
            now=clock.now(),
        )  # fmt: skip


def ticket(signs: str) -> str:
    """As people read it."""
    return TicketNumber(signs).formatted()


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of temporary unemployment, with its words at hand."""
    given = {
        **context,
        "words": words,
        "ticket": ticket,
        "niss": lambda digits: f"{digits[:6]}/{digits[6:9]}-{digits[9:]}",
    }
    return render(request, f"temporary_unemployment/{template}", given, status=status)
