"""The payments of one file; what was paid too much, and asking it back."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.backoffice.career_breaks.entrance import (
    REFUSED,
    agent,
    file_of,
    noted,
    officer_of,
    refusal,
    show,
)
from guichet.backoffice.career_breaks.recovery_forms import OpeningForm, OutcomeForm
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.recovery import ledger, operations, queries
from guichet.eservices.career_break.recovery import words as recoveries
from guichet.eservices.career_break.recovery.models import Recovery
from guichet.eservices.career_break.recovery.operations import (
    AlreadyOpen,
    NothingPaidTooMuch,
    NotYetHeard,
    OwnRecovery,
    UnknownRecovery,
)
from guichet.platform import clock
from guichet.rules.career_break import recovering
from guichet.rules.career_break.recovering import NotToSplit

_REFUSED: Final = (*REFUSED, AlreadyOpen, NothingPaidTooMuch, NotYetHeard, OwnRecovery,
                   UnknownRecovery, NotToSplit)  # fmt: skip


@require_GET
@agent
def ledger_of(request: ActingRequest, ticket: str) -> HttpResponse:
    """The payments of one file, and what is asked back of them."""
    row, officer = file_of(ticket), officer_of(request)
    noted(request, [row.person.niss])
    today = clock.today(clock.now())
    context = {
        "row": row, "officer": officer, "current": "", "recovery": recoveries,
        "months": ledger.months(row, today=today), "recoveries": queries.of_file(row),
        "sent": queries.payments_of_file(row),
        "lowered": recovering.total(ledger.lowered(row, today=today)),
    }  # fmt: skip
    return show(request, "ledger.html", context)


@require_http_methods(["GET", "POST"])
@agent
def recover(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """Find what was paid too much, and invite the worker to be heard on it."""
    row, officer, now = file_of(ticket), officer_of(request), clock.now()
    form = OpeningForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"row": row, "form": form, "officer": officer, "current": "",
                               "found": None}  # fmt: skip
    if form.is_valid():
        opening = form.opening()
        found = operations.found(row, opening, today=clock.today(now))
        if found and request.POST.get("do") == "compute":
            context["found"], context["total"] = found, recovering.total(found)
        else:
            try:
                operations.invite(ticket=row.ticket, opening=opening, officer=officer, now=now)
            except _REFUSED as why:
                form.add_error(None, _why(why))
            else:
                messages.success(request, _("The worker is invited to be heard."))
                return redirect("career_break_desk:ledger", row.ticket)
    noted(request, [row.person.niss])
    return show(request, "recover.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@agent
def recovery(request: ActingRequest, ticket: str, key: UUID) -> HttpResponseBase:
    """One recovery: the grounds, what the worker says, and the decision of a colleague."""
    row, officer, now = file_of(ticket), officer_of(request), clock.now()
    one = queries.one_of_file(row, key=key)
    if one is None:
        raise Http404
    form = OutcomeForm(
        request.POST if request.method == "POST" else None,
        most=one.amount, today=clock.today(now),
        initial={"amount": f"{one.amount // 100},{one.amount % 100:02d}",
                 "count": one.months_asked or 1},
    )  # fmt: skip
    if form.is_valid():
        try:
            operations.decide(
                ticket=row.ticket, key=key, outcome=form.decided(), officer=officer, now=now
            )
        except _REFUSED as why:
            form.add_error(None, _why(why))
        else:
            messages.success(request, _("The decision is taken; the letter follows."))
            return redirect("career_break_desk:ledger", row.ticket)
    noted(request, [row.person.niss])
    context = _shown(row, one) | {"form": form, "officer": officer}
    context["may_decide"] = one.state == "invited" and officer.handles(row) and (
        one.opened_by_id != officer.person_id
    )  # fmt: skip
    return show(request, "recovery.html", context, status=422 if form.errors else 200)


def _shown(row: Request, one: Recovery) -> dict[str, Any]:
    return {
        "row": row, "one": one, "current": "", "recovery": recoveries,
        "letters": queries.letters(one),
        "months": [(date.fromisoformat(each[0]), date.fromisoformat(each[1]), *each[2:])
                   for each in one.months],
        "instalments": [(date.fromisoformat(until), cents) for until, cents in one.instalments],
    }  # fmt: skip


def _why(why: Exception) -> str:
    said = {
        AlreadyOpen: _("Of this file a recovery is open: it is decided first."),
        NothingPaidTooMuch: _("What was paid for these days is not more than what was due."),
        NotYetHeard: _("The worker can still be heard: wait for his answer or for its term."),
        OwnRecovery: _("You opened this recovery: a colleague decides on it."),
        UnknownRecovery: _("This recovery was decided meanwhile."),
        NotToSplit: _("The amount or the number of parts cannot be."),
    }
    return str(said[type(why)]) if type(why) in said else refusal(why)
