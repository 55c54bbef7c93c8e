"""Declaring on this site: the forms of the four acts, and the answer."""

from typing import Any, Final

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest, acting_required
from guichet.eservices.dimona import operations, queries, wire
from guichet.eservices.dimona.pages import acts, asking
from guichet.eservices.dimona.pages.acts import InForm, OutForm, UpdateForm
from guichet.eservices.dimona.queries import DeclarationRecord, PeriodRecord
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.persons import queries as persons

declaring: Final = acting_required(kind="employer", service=Permission.DIMONA_DECLARE)
_LARGEST: Final = 1_000_000_000_000


@require_http_methods(["GET", "POST"])
@declaring
def begin(request: ActingRequest) -> HttpResponseBase:
    """IN: the form, what the rules say of it, the message once more, and off it goes."""
    employer, today = asking.employer_of(request), clock.today(clock.now())
    held = {one.quality for one in enterprises.qualities(number=employer, on=today)}
    given: dict[str, bool] = {
        "is_public": "public_body" in held,
        "is_agency": "temp_agency" in held,
    }
    if request.method == "GET":
        return asking.show(request, "in.html", {"form": InForm(**given), "is_checked": False})
    form = InForm(request.POST, **given)
    if form.is_valid():
        body = form.body(employer=employer)
        if form.judge(body, is_public=given["is_public"], today=today):
            if request.POST.get("sent") == "yes":
                return _sent(request, body)
            return asking.show(request, "in.html", {"form": form, "is_checked": True})
    return asking.show(request, "in.html", {"form": form, "is_checked": False}, status=422)


@require_http_methods(["GET", "POST"])
@declaring
def end(request: ActingRequest, number: int) -> HttpResponseBase:
    """OUT: the last day of a period."""
    one = asking.own_period(request, number)
    form = OutForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _sent(request, form.body(one=one))
    return _act(request, one, form, _("Declare the end"), _("The last day of work, included."))


@require_http_methods(["GET", "POST"])
@declaring
def change(request: ActingRequest, number: int) -> HttpResponseBase:
    """UPDATE: other days, hours or planned hours."""
    one = asking.own_period(request, number)
    form = UpdateForm(request.POST if request.method == "POST" else None, initial=acts.known(one))
    if request.method == "POST" and form.is_valid():
        body = form.body(one=one)
        if body is not None:
            return _sent(request, body)
        form.add_error(None, _("Nothing changes: write another day, hour or number of hours."))
    lead = _("Worker, type, committee and user company never change: cancel, and declare anew.")
    return _act(request, one, form, _("Change the period"), lead)


@require_http_methods(["GET", "POST"])
@declaring
def cancel(request: ActingRequest, number: int) -> HttpResponseBase:
    """CANCEL: the work never began."""
    one = asking.own_period(request, number)
    if request.method == "POST":
        return _sent(request, acts.cancelling(one))
    lead = _("Only when the worker never began. The period stays visible, as cancelled.")
    return _act(request, one, None, _("Cancel the period"), lead)


@require_GET
@declaring
def answer(request: ActingRequest, number: int) -> HttpResponseBase:
    """What became of a declaration: being processed, then its answer."""
    found = queries.declaration(number) if 0 < number < _LARGEST else None
    if found is None or not _is_own(request, found):
        raise Http404
    if found.niss:
        asking.noted(request.acting, [found.niss], purpose="dimona.declaration", now=clock.now())
    return asking.show(request, "answer.html", {"one": found})


def _is_own(request: ActingRequest, found: DeclarationRecord) -> bool:
    """Of the employer of this session; before it is decided, what this session's sender sent."""
    own = asking.employer_of(request)
    if found.employer:
        return found.employer == own
    named = (found.body.get("employer") or {}).get("enterpriseNumber")
    return found.sender == _sender(request) and named == own


def _sender(request: ActingRequest) -> str:
    return request.acting.mandatary or asking.employer_of(request)


def _sent(request: ActingRequest, body: wire.Body) -> HttpResponseBase:
    taken = operations.declare(
        body=body, channel="portal", sender=_sender(request), actor=request.acting.actor,
        now=clock.now(),
    )  # fmt: skip
    return redirect("dimona:answer", taken.id)


def _act(
    request: ActingRequest, one: PeriodRecord, form: Any, title: str, lead: str
) -> HttpResponseBase:
    asking.noted(request.acting, [one.niss], purpose="dimona.period", now=clock.now())
    context = {"one": one, "title": title, "lead": lead, "form": form}
    context["person"] = persons.names(numbers=[one.niss]).get(one.niss)
    status = 422 if form is not None and form.errors else 200
    return asking.show(request, "act.html", context, status=status)
