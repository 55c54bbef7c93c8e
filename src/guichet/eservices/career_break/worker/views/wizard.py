"""The ten steps of the worker's part: each is kept, one may go back, leave and come back."""

import re
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break import decided, dossier, together
from guichet.eservices.career_break import words as of_requests
from guichet.eservices.career_break.content import OtherEmployer
from guichet.eservices.career_break.files import desk
from guichet.eservices.career_break.files.bearers import worker_of
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.worker import (
    judging,
    papers,
    parts,
    reading,
    receipts,
    sending,
    words,
)
from guichet.eservices.career_break.worker.cases import Case
from guichet.eservices.career_break.worker.forms.fields import MOST_ROWS
from guichet.eservices.career_break.worker.sending import (
    Incomplete,
    OthersMissing,
    PapersMissing,
)
from guichet.eservices.career_break.worker.views import showing
from guichet.eservices.career_break.worker.views.showing import worker
from guichet.platform import clock
from guichet.registers.addresses import Address
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.career_break.states import Party, State, Step, StepRefused, may

_CHECK: Final = "check"
_DOCUMENTS: Final = "documents"
_NOT_TYPED: Final = ("csrfmiddlewaretoken", "do")
_LONGEST: Final = 1_000
_VERSION: Final = re.compile("[0-9]{1,9}", re.ASCII)


@require_http_methods(["GET", "POST"])
@worker
def step(request: ActingRequest, ticket: str, step: str) -> HttpResponseBase:
    """One step; a POST keeps what was typed, then goes where its button says."""
    row = showing.own(request, ticket)
    if step == _DOCUMENTS:
        return _documents(request, row)
    if not may(state=State(row.state), step=Step.COMPLETE, party=Party.WORKER):
        return closed(request, row)
    case = reading.case(row, today=clock.today(clock.now()))
    if step == _CHECK:
        return _check(request, case)
    if request.method == "GET":
        return _page(request, case, step, parts.form_of(step, case))
    return _kept(request, case, step)


def _documents(request: ActingRequest, row: Request) -> HttpResponseBase:
    """The documents: a step while the part is typed, a page of its own afterwards."""
    case = reading.case(row, today=clock.today(clock.now()))
    is_step = may(state=State(row.state), step=Step.COMPLETE, party=Party.WORKER)
    if is_step and request.method == "POST" and not desk.is_posted(request):
        return _kept(request, case, _DOCUMENTS)
    found = desk.handled(
        request, subject=row, by=worker_of(request), now=clock.now(),
        here=reverse("career_break_mine:step", args=[row.ticket, _DOCUMENTS]),
        said=parts.said_in(case) if is_step else dossier.said_in(row),
    )  # fmt: skip
    if isinstance(found, str):
        return redirect(found)
    context = {"desk": found, "is_step": is_step}
    return _page(request, case, _DOCUMENTS, found.form, status=found.status, **context)


def closed(request: ActingRequest, row: Request) -> HttpResponseBase:
    """The part was sent already, or the request is over: nothing is changed."""
    if row.state not in (State.CANCELLED, State.EXPIRED) and _is_sent(row):
        return redirect("career_break_mine:receipt", row.ticket)
    return refused(request, row, _why(row))


def refused(request: ActingRequest, row: Request, why: str) -> HttpResponse:
    """Nothing happened, in words."""
    row.refresh_from_db(fields=["state"])
    state = decided.standing(row, today=clock.today(clock.now())).state
    context = {"row": row, "state": state, "why": words.refusal(why)}
    return showing.show(request, "refused.html", context, status=409)


def _why(row: Request) -> str:
    return {State.CANCELLED: "cancelled", State.EXPIRED: "expired", State.CLOSED: "closed"}.get(
        State(row.state), "worker_completed"
    )


def _is_sent(row: Request) -> bool:
    part = reading.part(row)
    return part is not None and part.sent_at is not None


def _kept(request: ActingRequest, case: Case, step: str) -> HttpResponseBase:
    row, do = case.row, request.POST.get("do", "next")
    try:
        part = sending.save_step(
            ticket=row.ticket, step=step, typed=_typed(request, case, step),
            actor=showing.himself(request), now=clock.now(),
        )  # fmt: skip
    except StepRefused as refusal:
        return refused(request, row, refusal.why)
    if (place := _elsewhere(request, row, step, do)) is not None:
        return place
    case = reading.case_of(row, part.typed, today=case.today)
    if do == "add":
        return _page(request, case, step, parts.form_of(step, case))
    form = parts.form_of(step, case, case.of_step(step))
    if not form.is_valid():
        return _page(request, case, step, form, status=422)
    following = parts.STEPS[parts.STEPS.index(step) + 1]
    return redirect("career_break_mine:step", row.ticket, following)


def _elsewhere(request: ActingRequest, row: Request, step: str, do: str) -> HttpResponseBase | None:
    """Where a button leads that does not ask whether the step is complete."""
    if do == "back":
        before = parts.STEPS[max(0, parts.STEPS.index(step) - 1)]
        return redirect("career_break_mine:step", row.ticket, before)
    if do == "later":
        messages.success(request, _("Kept. You find your part here and go on when you like."))
        return redirect("career_break_mine:home")
    return redirect("career_break_mine:wrong", row.ticket) if do == "wrong" else None


def _typed(request: ActingRequest, case: Case, step: str) -> dict[str, str]:
    """What stands in the boxes of this step; a button adds a row."""
    typed = {
        name: request.POST.get(name, "").replace("\0", "")[:_LONGEST]
        for name in list(request.POST)[:200]
        if name not in _NOT_TYPED
    }
    rows = getattr(parts.form_of(step, case), "rows", 0)
    if rows:
        more = request.POST.get("do") == "add"
        typed["rows"] = str(min(rows + more, MOST_ROWS))
    return typed


def _check(request: ActingRequest, case: Case) -> HttpResponseBase:
    """The summary with both answers; its button sends."""
    row = case.row
    if request.method == "GET":
        return _summary(request, case, parts.form_of(_CHECK, case))
    if request.POST.get("do") == "back":
        return redirect("career_break_mine:step", row.ticket, "documents")
    form = parts.form_of(_CHECK, case, request.POST.dict())
    if not form.is_valid():
        return _summary(request, case, form, status=422)
    return _sent(request, case, form)


def _sent(request: ActingRequest, case: Case, form: forms.Form) -> HttpResponseBase:
    """To the receipt, or why nothing was sent."""
    row = case.row
    read = request.POST.get("version", "")
    try:
        sending.send(
            ticket=row.ticket, actor=showing.himself(request), now=clock.now(),
            version=int(read) if _VERSION.fullmatch(read) else None,
            ebox_for_all=form.cleaned_data["ebox_for_all"], reason=form.cleaned_data["reason"],
        )  # fmt: skip
    except (Incomplete, PapersMissing, OthersMissing):
        return _summary(request, case, form, status=422)
    except StepRefused as refusal:
        if refusal.why != "overtaken":
            return refused(request, row, refusal.why)
        messages.info(request, _("Your employer changed this request meanwhile. Look again."))
        return redirect("career_break_mine:step", row.ticket, "employer")
    return redirect("career_break_mine:receipt", row.ticket)


def _summary(
    request: ActingRequest, case: Case, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    said = parts.said_in(case)
    context = {
        "lacking": parts.missing_steps(case),
        "missing": papers.missing(case.row, said),
        "waits": _names(together.waits_for(case.row, others_reduce=said.others_reduce)),
        "judged": judging.judged(case, said),
        "told": receipts.told(case.row, said),
        "papers": papers.received(case.row),
    }
    return _page(request, case, _CHECK, form, status=status, **context)


def _names(others: Sequence[OtherEmployer]) -> list[str]:
    """As the register has them, else as they were told; empty for whoever it is."""
    known = enterprises.names(
        numbers=[one.number for one in others if one.number], language=showing.language()
    )
    return [known.get(one.number) or of_requests.other_name(one) for one in others]


def _page(
    request: ActingRequest, case: Case, step: str, form: forms.Form, *, status: int = 200,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    if step not in parts.STEPS:
        raise Http404
    context = {
        "row": case.row,
        "case": case,
        "asked": case.asked,
        "step": step,
        "steps": parts.STEPS,
        "form": form,
        **more,
    }
    if step == "identity":
        context["address"] = Address.of(case.row.person).in_one_line()
    return showing.show(request, f"step-{step}.html", context, status=status)
