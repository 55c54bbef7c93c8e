"""Asking, closing without an answer, looking at a file again, reading a letter."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.audit import trail
from guichet.backoffice.career_breaks.entrance import (
    REFUSED,
    agent,
    file_of,
    noted,
    officer_of,
    refusal,
    show,
)
from guichet.backoffice.career_breaks.forms import AskForm, ReasonForm
from guichet.documents import queries as documents
from guichet.eservices.career_break.models import Decision
from guichet.eservices.career_break.office import deciding, letters, operations, queries
from guichet.eservices.career_break.recovery import queries as recoveries
from guichet.platform import clock, wording
from guichet.platform.readonly import writes_on_get


@require_http_methods(["GET", "POST"])
@agent
def ask(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """Ask the worker or the employer for what is missing."""
    row, officer, now = file_of(ticket), officer_of(request), clock.now()
    today = clock.today(now)
    initial = {"answer_by": wording.day(operations.default_answer_by(today=today))}
    data = request.POST if request.method == "POST" else None
    form = AskForm(data, today=today, initial=initial)
    if form.is_valid():
        try:
            operations.ask(ticket=row.ticket, asking=form.asking(), officer=officer, now=now)
        except REFUSED as why:
            form.add_error(None, refusal(why))
        else:
            messages.success(request, _("The question is sent to the e-Box."))
            return redirect("career_break_desk:file", row.ticket)
    noted(request, [row.person.niss])
    spoken = {who: letters.language_of(row, who) for who in ("worker", "employer")}
    context = {"row": row, "form": form, "officer": officer, "current": "", "spoken": spoken}
    return show(request, "ask.html", context, status=422 if form.errors else 200)


@require_POST
@agent
def close(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """Close a file as refused because nobody answered in time."""
    row = file_of(ticket)
    try:
        done = deciding.close_unanswered(
            ticket=row.ticket, officer=officer_of(request), now=clock.now()
        )
    except REFUSED as why:
        messages.error(request, refusal(why))
    else:
        messages.success(
            request,
            _("The file is closed as refused; the letter follows.")
            if isinstance(done, Decision)
            else _("The refusal waits for the signature of a second officer."),
        )
    return redirect("career_break_desk:file", row.ticket)


@require_http_methods(["GET", "POST"])
@agent
def reopen(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """Look at a closed file again, with a reason."""
    row, officer = file_of(ticket), officer_of(request)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.reopen(
                ticket=row.ticket, reason=form.cleaned_data["reason"], officer=officer,
                now=clock.now(),
            )  # fmt: skip
        except REFUSED as why:
            form.add_error(None, refusal(why))
        else:
            messages.success(request, _("The file is open again. Earlier decisions are kept."))
            return redirect("career_break_desk:file", row.ticket)
    noted(request, [row.person.niss])
    context = {"row": row, "form": form, "officer": officer, "current": ""}
    return show(request, "reopen.html", context, status=422 if form.errors else 200)


@writes_on_get("opening a letter leaves a line in the trail")
@require_GET
@agent
def letter(request: ActingRequest, ticket: str, document: str) -> HttpResponse:
    """A letter of a file, or of one of its recoveries, as it was sealed."""
    row = file_of(ticket)
    is_its = queries.letter(row, document=document) or recoveries.letter(row, document=document)
    pdf = documents.sealed_pdf(reference=document) if is_its else None
    if pdf is None:
        raise Http404
    noted(request, [row.person.niss])
    trail.record(
        action="careerBreak.letter.opened", actor=request.acting.actor, target=row.ticket,
        now=clock.now(), detail={"document": document},
    )  # fmt: skip
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{document}.pdf"'
    return answer
