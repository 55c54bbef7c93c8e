"""Files of declarations on this site: send one, the list, how far each is, what it was told."""

from typing import Final

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest, NoRight
from guichet.eservices.dimona import answers
from guichet.eservices.dimona.batch import operations, queries, reading, words, writing
from guichet.eservices.dimona.batch.api import SCHEMA_PLACE
from guichet.eservices.dimona.pages import asking, sending
from guichet.eservices.dimona.pages.asking import consulting
from guichet.eservices.dimona.pages.paging import paging
from guichet.platform import clock
from guichet.registers.exchanges import queries as exchanges
from guichet.registers.exchanges.operations import ReferenceReused
from guichet.registers.exchanges.queries import FileRecord

_XML: Final = "application/xml"


class SendForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=gettext_lazy("File of declarations"),
        help_text=gettext_lazy("XML after dimona-batch-v1.xsd, at most 10 MB and 10 000 forms."),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "missing": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty. Choose another one."),
            "invalid": gettext_lazy("Choose a file."),
        },
    )


@require_http_methods(["GET", "POST"])
@consulting
def listing(request: ActingRequest) -> HttpResponseBase:
    """The files of this sender, the newest first, and the form to send one."""
    if request.method == "GET":
        return _list(request, SendForm())
    if Permission.DIMONA_DECLARE not in request.acting.rights:
        raise NoRight
    form = SendForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            received = operations.receive(
                content=form.cleaned_data["file"].read(reading.LARGEST + 1),
                sender=sending.sender_of(request),
                channel="portal",
                actor=request.acting.actor,
                now=clock.now(),
            )
        except reading.FileRefused as refusal:
            form.add_error("file", str(words.FILE_FAULTS[refusal.fault]))
        except ReferenceReused:
            form.add_error(
                "file",
                gettext_lazy(
                    "The reference of this file stands for another file that you sent. Give the "
                    "file a reference of its own."
                ),
            )
        else:
            return redirect("dimona:batch-file", received.ticket)
    return _list(request, form, status=422)


@require_GET
@consulting
def one(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """One file: how far it is, and each of its forms with its answer."""
    file = _own(request, ticket)
    far = queries.progress(file=file.id)
    page = paging(request.GET, total=far.forms)
    is_waiting = file.state == "received" or not far.is_complete
    context = {
        "file": file,
        "far": far,
        "rows": queries.forms(file=file.id, limit=page.size, offset=page.offset),
        "paging": page,
        "given": {"size": request.GET.get("size", "")},
        "looks_again": 2 if is_waiting and request.GET.get("still") != "yes" else 0,
        "said": words,
    }
    return asking.show(request, "file.html", context)


@require_GET
@consulting
def receipt(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """The receipt as a file."""
    file = _own(request, ticket)
    said = words.file_fault(file.fault, language=_language())
    answer = HttpResponse(writing.receipt(file, words=said), content_type=_XML)
    return _saved(answer, f"receipt-{file.ticket}.xml")


@require_GET
@consulting
def notifications(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """The notifications as a file."""
    file = _own(request, ticket)
    written = writing.notifications(
        file,
        queries.every_form(file=file.id),
        progress=queries.progress(file=file.id),
        language=_language(),
    )
    answer = StreamingHttpResponse(written, content_type=_XML)
    return _saved(answer, f"notifications-{file.ticket}.xml")


def _list(request: ActingRequest, form: SendForm, *, status: int = 200) -> HttpResponse:
    asked = {"service": operations.SERVICE, "sender": sending.sender_of(request)}
    page = paging(request.GET, total=exchanges.count(**asked))
    context = {
        "form": form,
        "rows": exchanges.files(**asked, limit=page.size, offset=page.offset),
        "paging": page,
        "given": {"size": request.GET.get("size", "")},
        "schema": f"{settings.ENVIRONMENT.services_url}{answers.BASE}/{SCHEMA_PLACE}",
        "may_send": Permission.DIMONA_DECLARE in request.acting.rights,
        "said": words,
    }
    return asking.show(request, "files.html", context, status=status)


def _own(request: ActingRequest, ticket: str) -> FileRecord:
    sender = sending.sender_of(request)
    file = exchanges.file(service=operations.SERVICE, sender=sender, ticket=ticket[:40])
    if file is None:
        raise Http404
    return file


def _saved(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _language() -> str:
    return (get_language() or "en").partition("-")[0]
