"""Cancelling a request and changing its end: the list to choose from, the form, the receipt.

The list serves to look at a request too.
"""

from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break import decided, operations, queries, words
from guichet.eservices.career_break.content import asked_of
from guichet.eservices.career_break.forms.changing import CancelForm, EndForm
from guichet.eservices.career_break.forms.parts import put
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.operations import Refused
from guichet.eservices.career_break.pages import asking
from guichet.eservices.career_break.steps import UnknownRequest
from guichet.platform import clock
from guichet.rules.career_break.states import Party, State, Step, StepRefused, after

STEPS: Final = {"modification": Step.MODIFY, "cancellation": Step.CANCEL}
_LEADS_TO: Final = {"modification": "modify", "cancellation": "cancel", "consultation": "request"}


@require_GET
@asking.guarded
def choose(request: ActingRequest, act: str) -> HttpResponse:
    """The requests that can still be changed, or all to look at; the choice leads on."""
    employer = asking.employer_of(request)
    if act in STEPS:
        rows = queries.changeable(employer=employer, step=STEPS[act])
    else:
        rows = queries.recent(employer=employer)
    asking.noted(request, [row.person.niss for row in rows])
    asked = request.GET.get("request", "")
    if asked and any(row.ticket == queries.signs_of(asked) for row in rows):
        return redirect(f"career_break:{_LEADS_TO[act]}", queries.signs_of(asked))
    context = {"rows": rows, "act": act, "is_unchosen": "next" in request.GET}
    return asking.show(
        request, "choose.html", context, status=422 if context["is_unchosen"] else 200
    )


@require_http_methods(["GET", "POST"])
@asking.guarded
def modify(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """Another end date, before the worker completed his part."""
    row = asking.own(request, ticket)
    asking.noted(request, [row.person.niss])
    if (closed := _closed(request, row, Step.MODIFY)) is not None:
        return closed
    if request.method == "GET":
        last = row.last_day
        parts = [f"{last.day:02d}", f"{last.month:02d}", str(last.year)] if last else []
        return _form(request, "modify.html", row, EndForm(initial={"last_day": parts}))
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            part = operations.modify_end(
                ticket=row.ticket, sender=asking.sender_of(request), now=clock.now(),
                **form.cleaned_data,
            )  # fmt: skip
        except Refused as refusal:
            put(form, refusal.faults, {})
        except StepRefused as refusal:
            return _refused(request, row, refusal)
        except UnknownRequest:
            raise Http404 from None
        else:
            return redirect("career_break:part", row.ticket, part.ticket)
    return _form(request, "modify.html", row, form, status=422)


@require_http_methods(["GET", "POST"])
@asking.guarded
def cancel(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """Take a request back, before the worker completed his part."""
    row = asking.own(request, ticket)
    asking.noted(request, [row.person.niss])
    if (closed := _closed(request, row, Step.CANCEL)) is not None:
        return closed
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            part = operations.cancel(
                ticket=row.ticket, sender=asking.sender_of(request), now=clock.now(),
                wants_mail=form.cleaned_data["wants_mail"],
            )  # fmt: skip
        except StepRefused as refusal:
            return _refused(request, row, refusal)
        return redirect("career_break:part", row.ticket, part.ticket)
    return _form(request, "cancel.html", row, form, status=422 if form.errors else 200)


def _closed(request: ActingRequest, row: Request, step: Step) -> HttpResponse | None:
    """The refusal, where the step is not open any more."""
    if not row.ticket:
        raise Http404
    try:
        after(state=_known(row), step=step, party=Party.EMPLOYER)
    except StepRefused as refusal:
        return _refused(request, row, refusal)
    return None


def _refused(request: ActingRequest, row: Request, refusal: StepRefused) -> HttpResponse:
    """Nothing happened; the same words as for a machine."""
    context = {"row": row, "state": _known(row), "why": words.refusal(refusal)}
    return asking.show(request, "refused.html", context, status=409)


def _known(row: Request) -> State:
    """As the employer may know it: a decision that is not sent yet is none."""
    row.refresh_from_db(fields=["state"])
    return decided.known_state(row, today=clock.today(clock.now()))


def _form(
    request: ActingRequest, template: str, row: Request, form: Any, *, status: int = 200
) -> HttpResponse:
    context = {"row": row, "form": form, "asked": asked_of(row.content)}
    return asking.show(request, template, context, status=status)
