"""Pages of the agency: what workers report, one report, its files, the answer."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.counter.doors import door
from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, NoRight, acting_required
from guichet.audit.lookups import looked_up
from guichet.documents.attachments.views import served
from guichet.eservices.interim.models import Report
from guichet.eservices.interim.reports import reading, reporting, words
from guichet.eservices.interim.reports.forms import AnswerForm
from guichet.eservices.interim.reports.rights import may_answer, may_read
from guichet.eservices.interim.reports.shown import as_shown
from guichet.platform import clock
from guichet.platform.pages import LANGUAGE_NAMES
from guichet.rules.relation_reports import OF_AGENCY, State, Step, StepRefused, may

P = ParamSpec("P")
View = Callable[Concatenate[ActingRequest, P], HttpResponseBase]
_log = logging.getLogger(__name__)
_PAGE: Final = 50


def agency(view: View[P]) -> Callable[..., HttpResponseBase]:
    """The page is for who may look at the declarations of the enterprise he acts for."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not may_read(cast(ActingRequest, args[0]).acting):
            raise NoRight(_("You have no right to use this service for this enterprise."))
        return cast(HttpResponseBase, cast(Any, view)(*args, **kwargs))

    return acting_required(kind="employer", policy=BY_KEY["interim"].policy)(guarded)


@require_GET
@agency
def listing(request: ActingRequest) -> HttpResponse:
    """What workers reported: what waits first, what is due soonest on top."""
    state = request.GET.get("state", "")
    if state not in ("", *State):
        raise Http404
    number, today = _own(request), clock.today(clock.now())
    found = reading.to_agency(agency=number, state=state)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    _note(request, rows, "interim.reports")
    counts = reading.counts(agency=number)
    context = {
        "rows": [as_shown(row, today=today) for row in rows],
        "page": page,
        "state": state,
        "counts": counts,
        "total": sum(counts.values()),
    }
    return _show(request, "agency.html", context)


@require_http_methods(["GET", "POST"])
@agency
def detail(request: ActingRequest, number: str) -> HttpResponseBase:
    """One report; a POST of who may declare answers it."""
    row = _report(request, number)
    form = AnswerForm(request.POST if request.method == "POST" else None, state=State(row.state))
    if request.method == "POST" and not may_answer(request.acting):
        raise NoRight(_("Who may declare Dimona for this enterprise answers reports."))
    if form.is_valid() and _answered(request, row, form):
        messages.success(request, _("The worker has your answer."))
        return redirect("interim:agency-report", row.number)
    _note(request, [row], "interim.report")
    dimona = door("dimona")
    context = {
        "row": as_shown(row, today=clock.today(clock.now())),
        "lines": reading.lines(row),
        "files": reading.files(row),
        "form": form,
        "can_be_answered": any(may(State(row.state), step) for step in OF_AGENCY),
        "may_answer": may_answer(request.acting),
        "language_name": LANGUAGE_NAMES[row.language],
        "dimona": dimona.place(request.acting) if dimona else "",
    }
    return _show(request, "agency-report.html", context, status=422 if form.errors else 200)


@require_GET
@agency
def file(request: ActingRequest, number: str, attachment: UUID) -> HttpResponse:
    """A file that the worker attached."""
    row = _report(request, number)
    found = reading.file(row, attachment)
    if found is None:
        raise Http404
    _note(request, [row], "interim.report")
    return served(found)


def _answered(request: ActingRequest, row: Report, form: AnswerForm) -> bool:
    try:
        reporting.answer(
            number=row.number,
            step=Step(form.cleaned_data["step"]),
            text=form.cleaned_data["text"],
            acting=request.acting,
            now=clock.now(),
        )
    except StepRefused:
        form.add_error(None, _("Somebody answered this report meanwhile. Read it again."))
        return False
    return True


def _report(request: ActingRequest, number: str) -> Report:
    row = reading.one_to_agency(number=number, agency=_own(request))
    if row is None:
        _log.warning("a report was asked for that is not one of the enterprise's")
        raise Http404
    return row


def _own(request: ActingRequest) -> str:
    return request.acting.enterprise_number or ""


def _note(request: ActingRequest, rows: list[Report], purpose: str) -> None:
    looked_up(
        viewer=request.acting.actor,
        subjects=[row.person.niss for row in rows],
        purpose=purpose,
        channel="portal",
        now=clock.now(),
    )


def _show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    return render(request, f"interim/{template}", context | {"words": words}, status=status)
