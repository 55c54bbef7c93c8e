"""What follows: an employer's mistake, a withdrawal, the decision, a change."""

from datetime import date, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break import decided, granted
from guichet.eservices.career_break.content import asked_of
from guichet.eservices.career_break.worker import changes, reading, sending
from guichet.eservices.career_break.worker.changes import NothingToReport
from guichet.eservices.career_break.worker.forms.changes import (
    FORMS,
    ObjectionForm,
    WithdrawForm,
)
from guichet.eservices.career_break.worker.views import showing
from guichet.eservices.career_break.worker.views.showing import worker
from guichet.eservices.career_break.worker.views.wizard import closed, refused
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.rules.career_break.states import Party, State, Step, StepRefused, may

_ONE_DAY: Final = timedelta(days=1)


@require_http_methods(["GET", "POST"])
@worker
def wrong(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """Tell the employer what is wrong in his part; the request goes on waiting."""
    row = showing.own(request, ticket)
    if not may(state=State(row.state), step=Step.COMPLETE, party=Party.WORKER):
        return closed(request, row)
    is_post = request.method == "POST"
    form = ObjectionForm(request.POST if is_post else None, today=_today())
    if form.is_bound and form.is_valid():
        try:
            sending.object_to(
                ticket=row.ticket, text=form.cleaned_data["text"].strip(),
                actor=showing.himself(request), now=clock.now(),
            )  # fmt: skip
        except StepRefused as refusal:
            return refused(request, row, refusal.why)
        messages.success(request, _("Your employer is told. Your request waits meanwhile."))
        return redirect("career_break_mine:file", row.ticket)
    context = {
        "row": row, "form": form, "asked": asked_of(row.content),
        "objections": reading.objections(row),
    }  # fmt: skip
    return showing.show(request, "wrong.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@worker
def withdraw(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """Give the break up, before the part is sent."""
    row = showing.own(request, ticket)
    if not may(state=State(row.state), step=Step.WITHDRAW, party=Party.WORKER):
        return closed(request, row)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            sending.withdraw(ticket=row.ticket, actor=showing.himself(request), now=clock.now())
        except StepRefused as refusal:
            return refused(request, row, refusal.why)
        messages.success(request, _("The request is withdrawn. Your employer is told."))
        return redirect("career_break_mine:file", row.ticket)
    context = {"row": row, "form": form}
    return showing.show(request, "withdraw.html", context, status=422 if form.errors else 200)


@require_GET
@worker
def decision(request: ActingRequest, ticket: str, number: int) -> HttpResponse:
    """One decision of the office that was sent: result, reasons, payments, and how to appeal."""
    row = showing.own(request, ticket)
    known = decided.standing(row, today=_today()).decisions
    found = next((one for one in known if one.number == number), None)
    if found is None:
        raise Http404
    shown = granted.shown(found, row=row)
    context = {"row": row, "decision": found, "shown": shown, "left": _left(shown.appeal_until)}
    return showing.show(request, "decision.html", context)


@require_GET
@worker
def choose_change(request: ActingRequest) -> HttpResponse:
    """Which request, and what changed; everything that was reported before."""
    showing.noted(request)
    rows = reading.requests(niss=request.acting.niss)
    context = {
        "rows": [row for row in rows if changes.may_report(row)],
        "kinds": tuple(FORMS),
        "reported": reading.changes_of(niss=request.acting.niss),
    }
    return showing.show(request, "changes.html", context)


@require_http_methods(["GET", "POST"])
@worker
def change(request: ActingRequest, ticket: str, kind: str) -> HttpResponseBase:
    """Report one change to the office."""
    row = showing.own(request, ticket)
    if not changes.may_report(row):
        return showing.show(request, "no-change.html", {"row": row}, status=409)
    given: dict[str, Any] = {"row": row, "today": _today()}
    form = FORMS[kind](request.POST if request.method == "POST" else None, **given)
    if form.is_bound and form.is_valid():
        try:
            made = changes.report(
                ticket=row.ticket, kind=kind, from_day=form.cleaned_data["from_day"],
                content=form.content(), language=showing.language(),
                actor=showing.himself(request), now=clock.now(),
            )  # fmt: skip
        except NothingToReport:
            return showing.show(request, "no-change.html", {"row": row}, status=409)
        messages.success(
            request,
            _("ONEM has your report %(number)s.")
            % {"number": TicketNumber(made.ticket).formatted()},
        )
        return redirect("career_break_mine:file", row.ticket)
    context = {"row": row, "kind": kind, "form": form}
    return showing.show(request, "change.html", context, status=422 if form.errors else 200)


def _today() -> date:
    return clock.today(clock.now())


def _left(until: date | None) -> int | None:
    return None if until is None else max(0, (until - _today()) // _ONE_DAY + 1)
