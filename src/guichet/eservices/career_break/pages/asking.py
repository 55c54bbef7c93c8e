"""What the pages of career breaks share: who may use them, look-ups noted, a request found."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, ParamSpec, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.lookups import looked_up
from guichet.eservices.career_break import queries, words
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.operations import Sender
from guichet.kernel.niss import Niss
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
REQUESTS: Final = "careerBreak.request"
WORKERS: Final = "careerBreak.worker"
ATTESTATIONS: Final = "careerBreak.attestation"


def guarded(view: Callable[P, R]) -> Callable[P, HttpResponseBase]:
    """The page is for who handles career breaks for the enterprise he acts for."""
    return acting_required(kind="employer", service=Permission.CAREER_BREAK.value)(view)


def employer_of(request: ActingRequest) -> str:
    """The employer for whom this session acts."""
    return request.acting.enterprise_number or ""


def sender_of(request: ActingRequest) -> Sender:
    """Who does it, for whom, in the language of the page."""
    return Sender(request.acting.actor, employer_of(request), language())


def lists_personnel(request: ActingRequest) -> bool:
    """Whether workers may be chosen from the personnel file today."""
    return queries.lists_personnel(employer=employer_of(request), on=clock.today(clock.now()))


def own(request: ActingRequest, ticket: str) -> Request:
    """A request of the employer; another employer's is as unknown as none: Http404."""
    found = queries.request(ticket=ticket, employer=employer_of(request))
    if found is None:
        raise Http404
    return found


def noted(request: ActingRequest, numbers: Iterable[str], *, purpose: str = REQUESTS) -> None:
    """Looking at workers leaves a trace: once for each of them."""
    subjects = list(dict.fromkeys(numbers))
    if subjects:
        looked_up(
            viewer=request.acting.actor, subjects=subjects, purpose=purpose, channel="portal",
            now=clock.now(),
        )  # fmt: skip


def language() -> str:
    """The two letters of the page's language."""
    return (get_language() or "en").partition("-")[0]


def ticket(signs: str) -> str:
    """As people read it."""
    return TicketNumber(signs).formatted()


def niss(digits: str) -> str:
    """As the manual writes it: ``850730/033-28``."""
    return f"{digits[:6]}/{digits[6:9]}-{digits[9:]}"


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of career breaks, with its words at hand."""
    given = {
        **context,
        "words": words,
        "ticket": ticket,
        "niss": niss,
        "sex_of": lambda digits: Niss(digits).sex() or "",
    }
    return render(request, f"career_break/{template}", given, status=status)
