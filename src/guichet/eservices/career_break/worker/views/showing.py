"""What the worker's pages share: who may use them, a request of his own, his look-ups noted."""

import logging
from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.actors import Actor
from guichet.audit.lookups import looked_up
from guichet.eservices.career_break import words as of_requests
from guichet.eservices.career_break.files import words as of_files
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.recovery import words as of_recoveries
from guichet.eservices.career_break.worker import reading, words
from guichet.kernel.niss import Niss
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.career_break import filing

worker: Final = acting_required(kind="worker", policy=BY_KEY["career-break"].policy)
_PURPOSE: Final = "careerBreak.mine"
_log = logging.getLogger(__name__)


def own(request: ActingRequest, ticket: str) -> Request:
    """A request of the person; somebody else's is as unknown as none: Http404."""
    found = reading.request(ticket=ticket, niss=request.acting.niss)
    if found is None:
        _log.warning("a request for a break was asked for that is not one of the reader's")
        raise Http404
    noted(request)
    return found


def noted(request: ActingRequest) -> None:
    """Looking at oneself is noted too."""
    looked_up(
        viewer=himself(request), subjects=[request.acting.niss], purpose=_PURPOSE,
        channel="portal", now=clock.now(),
    )  # fmt: skip


def himself(request: ActingRequest) -> Actor:
    """The person for himself, whatever enterprise he acts for otherwise."""
    return Actor("person", request.acting.niss)


def language() -> str:
    """The two letters of the page's language."""
    return (get_language() or "en").partition("-")[0]


def firm(row: Request) -> str:
    """The name of the employer in the language of the page."""
    names = enterprises.names(numbers=[row.employer.number], language=language())
    return names.get(row.employer.number, row.employer.number)


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the worker, with its words at hand."""
    today = clock.today(clock.now())
    given = {
        "words": of_requests,
        "mine": words,
        "documents": of_files.DOCUMENTS,
        "firm": firm,
        "ticket": lambda signs: TicketNumber(signs).formatted(),
        "niss": lambda digits: Niss(digits).formatted(),
        "secured_until": lambda row: filing.last_day_for_whole_allowance(row.first_day),
        "days_left": lambda row: filing.days_left(row.first_day, on=today),
        "recovery": of_recoveries,
        "days_until": lambda day: (day - today).days,
        **context,
    }
    return render(request, f"career_break_mine/{template}", given, status=status)
