"""Pages of the worker: report that a relation is wrong, follow it, contest the answer."""

import logging
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_required
from guichet.documents.attachments import operations as attachments
from guichet.documents.attachments import queries as attached
from guichet.documents.attachments.operations import UnknownAttachment
from guichet.documents.attachments.views import owner_of
from guichet.eservices.interim import queries
from guichet.eservices.interim.allowances import REPORT
from guichet.eservices.interim.models import Report
from guichet.eservices.interim.queries import Relation
from guichet.eservices.interim.reports import reading, reporting, words
from guichet.eservices.interim.reports.forms import ContestForm, ReportForm
from guichet.eservices.interim.reports.reporting import AlreadyOpen, Reported
from guichet.eservices.interim.reports.shown import as_shown
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.platform.pages import query
from guichet.platform.throttle import Throttled
from guichet.rules.relation_reports import State, Step, StepRefused, answer_due_on, kept_years, may

worker: Final = acting_required(kind="worker", policy=BY_KEY["interim"].policy)
_log = logging.getLogger(__name__)
# What was typed while somebody went to attach a file, in his session.
_TYPED: Final = "interim.report.typed"


@require_http_methods(["GET", "POST"])
@worker
def new(request: ActingRequest, reference: str) -> HttpResponseBase:
    """Report that this relation is wrong; the files that are attached go with it."""
    one = _relation(request, reference)
    if request.method == "POST" and {"attach", "remove"} & request.POST.keys():
        return _aside(request, reference)
    box = attached.box(allowance=REPORT, owner=owner_of(request))
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        pending=box.pending,
        initial=_typed(request).get(reference, {}),
    )
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        done = _report(request, one, form)
        if isinstance(done, Report):
            _forget(request, reference)
            messages.success(request, _("Your report is sent to the agency."))
            return redirect("interim:report", done.number)
        status = done
    today = clock.today(clock.now())
    context = {"one": one, "form": form, "box": box, "due_on": answer_due_on(today)}
    context["years"] = kept_years(today)
    return _show(request, "report-new.html", context, status=status)


@require_GET
@worker
def mine(request: ActingRequest) -> HttpResponse:
    """What I reported."""
    rows = list(reading.of_person(person_id=request.acting.person_id))
    return _show(request, "reports.html", {"rows": [as_shown(row) for row in rows]})


@require_http_methods(["GET", "POST"])
@worker
def detail(request: ActingRequest, number: str) -> HttpResponseBase:
    """One report with everything that was said; a POST contests the answer."""
    row = reading.own(number=number, person_id=request.acting.person_id)
    if row is None:
        _log.warning("a report was asked for that is not one of the reader's")
        raise Http404
    form = ContestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reporting.contest(
                number=row.number,
                text=form.cleaned_data["text"],
                acting=request.acting,
                now=clock.now(),
            )
        except StepRefused:
            form.add_error(None, _("The agency has not answered yet: there is nothing to contest."))
        else:
            messages.success(request, _("The agency is told that you do not agree."))
            return redirect("interim:report", row.number)
    context = {
        "row": as_shown(row),
        "lines": reading.lines(row),
        "files": reading.files(row),
        "form": form,
        "may_contest": may(State(row.state), Step.CONTEST),
    }
    return _show(request, "report.html", context, status=422 if form.errors else 200)


def _report(request: ActingRequest, one: Relation, form: ReportForm) -> Report | int:
    """The report, or the status of the page that says why there is none."""
    reported = Reported(
        relation=one,
        kind=form.chosen_kind,
        text=form.cleaned_data["text"],
        language=_language(),
        files=form.chosen_files,
    )
    try:
        return reporting.report(reported=reported, acting=request.acting, now=clock.now())
    except AlreadyOpen as known:
        said = _(
            "You reported this already, and the agency has not answered yet: report %(number)s."
        )
        form.add_error("kind", said % {"number": TicketNumber(known.number).formatted()})
    except UnknownAttachment:
        form.add_error("attached", form.fields["attached"].error_messages["invalid_choice"])
    except Throttled:
        form.add_error(None, _("You reported a lot in a short time. Try again in an hour."))
        return 429
    return 422


def _relation(request: ActingRequest, reference: str) -> Relation:
    one = queries.relation(
        niss=request.acting.niss, reference=reference, now=clock.now(), language=_language()
    )
    if one is None or not reporting.may_be_reported(one):
        _log.warning("a report was begun about a relation that is not one of the reader's")
        raise Http404
    return one


def _aside(request: ActingRequest, reference: str) -> HttpResponseBase:
    """To the page that attaches, or one file less; what was typed waits in the session."""
    kept = {name: request.POST.get(name, "")[:4_000] for name in ("kind", "text")}
    request.session[_TYPED] = {reference: kept}
    here = reverse("interim:report-new", kwargs={"reference": reference})
    if "attach" in request.POST:
        place = reverse("attachments:box", kwargs={"service": REPORT.service})
        return redirect(place + query({"next": here}))
    try:
        attachments.remove(owner=owner_of(request), attachment=UUID(request.POST["remove"]))
    except (UnknownAttachment, ValueError):
        messages.info(request, _("The file was gone already."))
    else:
        messages.success(request, _("The file is removed."))
    return redirect(here)


def _typed(request: HttpRequest) -> dict[str, dict[str, str]]:
    found = request.session.get(_TYPED, {})
    return found if isinstance(found, dict) else {}


def _forget(request: HttpRequest, reference: str) -> None:
    if reference in _typed(request):
        del request.session[_TYPED]


def _language() -> str:
    return (get_language() or "en").partition("-")[0]


def _show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    return render(request, f"interim/{template}", context | {"words": words}, status=status)
