"""The documents of a file: read, accepted, rejected with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.audit import trail
from guichet.backoffice.career_breaks.entrance import (
    agent,
    file_of,
    noted,
    officer_of,
    refusal,
    show,
)
from guichet.backoffice.career_breaks.forms import RejectForm
from guichet.documents.attachments.views import served
from guichet.eservices.career_break import dossier
from guichet.eservices.career_break.files import operations, queries, words
from guichet.eservices.career_break.files.operations import NoReason, UnknownFile
from guichet.eservices.career_break.files.queries import Shown
from guichet.eservices.career_break.forms.parts import put
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office.officers import NotYours, Officer
from guichet.eservices.career_break.operations import Refused
from guichet.platform import clock
from guichet.platform.readonly import writes_on_get
from guichet.rules.career_break.file_states import FileRefused, FileState
from guichet.rules.career_break.states import Party


@require_http_methods(["GET", "POST"])
@agent
def judge(request: ActingRequest, ticket: str, attachment: UUID) -> HttpResponseBase:
    """One document: ``do`` accepts it, or rejects it with a reason that its sender reads."""
    row, officer = file_of(ticket), officer_of(request)
    one = _shown(row, attachment)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = RejectForm(request.POST if do == "reject" else None)
    refused = ""
    if do == "accept" or (do == "reject" and form.is_valid()):
        refused = _judged(row, attachment, form if do == "reject" else None, officer)
        if not refused and not form.errors:
            messages.success(
                request, _("Document accepted.") if do == "accept" else _("Document rejected.")
            )
            return redirect("career_break_desk:file", row.ticket)
    if refused:
        messages.error(request, refused)
    noted(request, [row.person.niss])
    context = {
        "row": row, "one": _shown(row, attachment), "form": form, "officer": officer,
        "current": "", "files": words,
        "may": officer.handles(row) and one.state is FileState.RECEIVED,
    }  # fmt: skip
    status = 422 if form.errors else 409 if refused else 200
    return show(request, "document.html", context, status=status)


@writes_on_get("opening a document leaves a line in the trail")
@require_GET
@agent
def opened(request: ActingRequest, ticket: str, attachment: UUID) -> HttpResponse:
    """The file itself, saved and never run in our pages."""
    row = file_of(ticket)
    found = queries.opened(row, attachment=attachment, party=Party.OFFICER)
    if found is None:
        raise Http404
    noted(request, [row.person.niss])
    trail.record(
        action="careerBreak.file.opened", actor=request.acting.actor, target=row.ticket,
        now=clock.now(), detail={"file": str(attachment)},
    )  # fmt: skip
    return served(found)


def _shown(row: Request, attachment: UUID) -> Shown:
    slots = queries.documents_of(row, party=Party.OFFICER, said=dossier.said_in(row))
    found = next((one for slot in slots for one in slot.files if one.key == attachment), None)
    if found is None:
        raise Http404
    return found


def _judged(row: Request, attachment: UUID, form: RejectForm | None, officer: Officer) -> str:
    """Empty when it is done, or when the form says what is wrong; else why it was not done."""
    if not officer.handles(row):
        return refusal(NotYours())
    now = clock.now()
    try:
        if form is None:
            operations.accept(subject=row, attachment=attachment, actor=officer.actor, now=now)
        else:
            operations.reject(
                subject=row, attachment=attachment, reason=form.cleaned_data["reason"],
                actor=officer.actor, now=now,
            )  # fmt: skip
    except FileRefused as why:
        return words.refusal(why)
    except UnknownFile:
        raise Http404 from None
    except NoReason:
        return _("Write the reason.")
    except Refused as why:
        if form is not None:
            put(form, why.faults, {})
    return ""
