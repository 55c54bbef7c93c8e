"""One request: what the employer said, what happened, who acts next; and its receipts."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break import decided, queries
from guichet.eservices.career_break.content import asked_of
from guichet.eservices.career_break.credit import using
from guichet.eservices.career_break.files import queries as files
from guichet.eservices.career_break.files import words as file_words
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.pages import asking
from guichet.eservices.career_break.worker import reading as mine
from guichet.platform import clock
from guichet.rules.career_break.states import Party, Step, may


@require_GET
@asking.guarded
def request_page(request: ActingRequest, ticket: str) -> HttpResponse:
    """The employer's own part always; nothing of the worker's, and no decision."""
    row = asking.own(request, ticket)
    asking.noted(request, [row.person.niss])
    known = decided.standing(row, today=clock.today(clock.now()))
    state = known.state
    context = _facts(row) | {
        "state": state,
        "versions": known.shown(queries.versions(row)),
        "credit": using.attested(
            asked_of(row.content).details, employer=asking.employer_of(request), now=clock.now()
        ),
        "objections": mine.objections(row),
        "parts_of": {part.version: part for part in queries.parts(row)},
        "may_modify": may(state=state, step=Step.MODIFY, party=Party.EMPLOYER),
        "may_cancel": may(state=state, step=Step.CANCEL, party=Party.EMPLOYER),
        "slots": files.documents_of(row, party=Party.EMPLOYER),
        "file_words": file_words,
    }
    return asking.show(request, "request.html", context)


@require_GET
@asking.guarded
def receipt(request: ActingRequest, ticket: str) -> HttpResponse:
    """The proof that a request was received."""
    row = asking.own(request, ticket)
    asking.noted(request, [row.person.niss])
    return asking.show(request, "receipt.html", _facts(row))


@require_GET
@asking.guarded
def part(request: ActingRequest, ticket: str, part: str) -> HttpResponseBase:
    """The receipt of a modification or a cancellation: both tickets; of files, their page."""
    row = asking.own(request, ticket)
    found = queries.part(row=row, ticket=part)
    if found is not None and found.kind == "attachments":
        return redirect("career_break:attachments", row.ticket)
    version = queries.version(row, found.version) if found else None
    if found is None or version is None:
        raise Http404
    asking.noted(request, [row.person.niss])
    context = {
        "row": row, "part": found, "last_day": version.last_day, "asked": asked_of(version.content),
    }  # fmt: skip
    return asking.show(request, "part.html", context)


def _facts(row: Request) -> dict[str, Any]:
    return {"row": row, "asked": asked_of(row.content)}
