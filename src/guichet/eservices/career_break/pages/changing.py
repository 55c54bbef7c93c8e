"""Cancelling a request and changing its end: the list to choose from, the form, the receipt.

The list serves to look at a request too.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break import checks, decided, operations, queries, words
from guichet.eservices.career_break.content import asked_of, ending
from guichet.eservices.career_break.forms.changing import CancelForm, EndForm
from guichet.eservices.career_break.forms.parts import put
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.operations import Refused
from guichet.eservices.career_break.pages import asking
from guichet.eservices.career_break.steps import UnknownRequest
from guichet.platform import clock
from guichet.rules.career_break.faults import Fault, any_blocks
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
        return _form(request, "modify.html", row, EndForm(initial={"last_day": _parts(row)}))
    form = EndForm(request.POST)
    if form.is_valid():
        if warning := _unseen(request, row, form.cleaned_data["last_day"]):
            return _form(request, "modify.html", row, form, warning=warning)
        if (done := _ended(request, row, form)) is not None:
            return done
    return _form(request, "modify.html", row, form, status=422)


def _ended(request: ActingRequest, row: Request, form: EndForm) -> HttpResponseBase | None:
    """To the receipt; None where the form says what blocks."""
    try:
        part = operations.modify_end(
            ticket=row.ticket, sender=asking.sender_of(request), now=clock.now(),
            **form.cleaned_data,
        )  # fmt: skip
    except Refused as refusal:
        put(form, refusal.faults, {})
        return None
    except StepRefused as refusal:
        return _refused(request, row, refusal)
    except UnknownRequest:
        raise Http404 from None
    return redirect("career_break:part", row.ticket, part.ticket)


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


def _parts(row: Request) -> list[str]:
    last = row.last_day
    return [f"{last.day:02d}", f"{last.month:02d}", str(last.year)] if last else []


def _unseen(request: ActingRequest, row: Request, last_day: date) -> list[Fault]:
    """What warns of this end and did not before, unless it was read already; nothing blocks."""
    if request.POST.get("seen") == last_day.isoformat() or last_day == row.last_day:
        return []
    known = asked_of(row.content)
    asked = ending(known, last_day)
    facts = checks.facts_of(
        employer=row.employer.number, sector=row.sector, person=row.person, but=row.pk,
        authority=asked.authority, notified_on=asked.notified_on,
    )  # fmt: skip
    found = checks.faults(asked=asked, facts=facts, today=clock.today(clock.now()))
    if any_blocks(found):
        return []
    told = {words.warned(one) for one in known.warned}
    return [one for one in found if words.fault(one) not in told]


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
    request: ActingRequest,
    template: str,
    row: Request,
    form: Any,
    *,
    status: int = 200,
    warning: Sequence[Fault] = (),
) -> HttpResponse:
    context = {"row": row, "form": form, "asked": asked_of(row.content), "warning": warning}
    return asking.show(request, template, context, status=status)
