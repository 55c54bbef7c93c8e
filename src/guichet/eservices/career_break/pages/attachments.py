"""Attachments: the requests to choose from, the page of one or of a notice, one file.

The employer sees what he sent himself and the files of a notice to him. What the worker sent to the
office is not here: an employer's page says that it was received, and nothing else of it.
"""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_required
from guichet.documents.attachments.views import served
from guichet.eservices.career_break import decided, queries
from guichet.eservices.career_break.content import asked_of
from guichet.eservices.career_break.files import desk
from guichet.eservices.career_break.files import queries as files
from guichet.eservices.career_break.files.bearers import Bearer, employer_of, worker_of
from guichet.eservices.career_break.files.facts import Subject
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.pages import asking
from guichet.platform import clock
from guichet.rules.career_break.file_states import takes_files
from guichet.rules.career_break.states import Party

FILES: Final = "careerBreak.file"
worker: Final = acting_required(kind="worker", policy=BY_KEY["career-break"].policy)


@require_GET
@asking.guarded
def choose(request: ActingRequest) -> HttpResponse:
    """The requests that still take files; the choice leads to its page."""
    today = clock.today(clock.now())
    found = queries.under_way(employer=asking.employer_of(request), today=today)
    states = decided.known_states(found, today=today)
    rows = [row for row in found if takes_files(state=states[row.pk], party=Party.EMPLOYER)]
    asking.noted(request, [row.person.niss for row in rows])
    signs = queries.signs_of(request.GET.get("request", ""))
    if any(row.ticket == signs for row in rows):
        return redirect("career_break:attachments", signs)
    is_unchosen = "next" in request.GET
    context = {"rows": rows, "act": "attachments", "is_unchosen": is_unchosen}
    return asking.show(request, "choose.html", context, status=422 if is_unchosen else 200)


@require_http_methods(["GET", "POST"])
@asking.guarded
def page(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """The documents of a request: which lack, which are there; one more, or one less."""
    row = asking.own(request, ticket)
    if not row.ticket:
        raise Http404
    asking.noted(request, [row.person.niss])
    here = reverse("career_break:attachments", args=[row.ticket])
    found = desk.handled(request, subject=row, by=employer_of(request), here=here, now=clock.now())
    if isinstance(found, str):
        return redirect(found)
    context = {"row": row, "asked": asked_of(row.content), "desk": found, "form": found.form}
    return asking.show(request, "attachments.html", context, status=found.status)


@require_http_methods(["GET", "POST"])
@asking.guarded
def of_notice(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """The files of a notice to the employer: what the worker sent with it, and his own."""
    row = queries.notice(ticket=ticket, employer=asking.employer_of(request))
    if row is None:
        raise Http404
    asking.noted(request, [row.person.niss])
    here = reverse("career_break:notice-attachments", args=[row.ticket])
    return _of_notice(request, row, employer_of(request), here, "attachments-notice.html")


@require_http_methods(["GET", "POST"])
@worker
def of_own_notice(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """The files of the worker's own notice, whomever he acts for otherwise."""
    row = _own(request, ticket)
    if not isinstance(row, Notice):
        raise Http404
    here = reverse("career_break:own-notice-attachments", args=[row.ticket])
    return _of_notice(request, row, worker_of(request), here, "attachments-own.html")


@require_GET
@asking.guarded
def opened(request: ActingRequest, ticket: str, attachment: UUID) -> HttpResponse:
    """One file of a request or of a notice, for the employer."""
    employer = asking.employer_of(request)
    row: Subject | None = queries.request(ticket=ticket, employer=employer)
    row = row or queries.notice(ticket=ticket, employer=employer)
    return _file(request, row, employer_of(request), attachment)


@require_GET
@worker
def own(request: ActingRequest, ticket: str, attachment: UUID) -> HttpResponse:
    """One file of the worker's own request or notice, whomever he acts for otherwise."""
    return _file(request, _own(request, ticket), worker_of(request), attachment)


def _own(request: ActingRequest, ticket: str) -> Subject | None:
    return files.own_subject(ticket=ticket, niss=request.acting.niss)


def _of_notice(
    request: ActingRequest, row: Notice, by: Bearer, here: str, template: str
) -> HttpResponseBase:
    found = desk.handled(request, subject=row, by=by, here=here, now=clock.now())
    if isinstance(found, str):
        return redirect(found)
    context = {"row": row, "desk": found, "form": found.form}
    return asking.show(request, template, context, status=found.status)


def _file(
    request: ActingRequest, row: Subject | None, by: Bearer, attachment: UUID
) -> HttpResponse:
    """The file for saving; somebody else's and none at all are the same 404."""
    if row is None:
        raise Http404
    found = files.opened(row, attachment=attachment, party=by.party, by=by)
    if found is None:
        raise Http404
    asking.noted(request, [row.person.niss], purpose=FILES)
    return served(found)
