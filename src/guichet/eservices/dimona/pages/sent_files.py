"""Files of declarations on this site: send one, the list, how far each is, what it was told."""

from functools import partial
from typing import Final

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest, NoRight
from guichet.eservices.dimona import answers
from guichet.eservices.dimona.batch import operations, queries, words, writing
from guichet.eservices.dimona.batch.api import SCHEMA_PLACE
from guichet.eservices.dimona.pages import asking, sending
from guichet.eservices.dimona.pages.asking import consulting
from guichet.platform import clock
from guichet.platform.paging import paging
from guichet.registers.exchanges import queries as exchanges
from guichet.registers.exchanges.pages import XML, SendForm, own_file, saved, sent
from guichet.registers.exchanges.queries import FileRecord

_SCHEMA: Final = gettext_lazy("XML after dimona-batch-v1.xsd, at most 10 MB and 10 000 forms.")


@require_http_methods(["GET", "POST"])
@consulting
def listing(request: ActingRequest) -> HttpResponseBase:
    """The files of this sender, the newest first, and the form to send one."""
    if request.method == "GET":
        return _list(request, SendForm(schema=_SCHEMA))
    if Permission.DIMONA_DECLARE not in request.acting.rights:
        raise NoRight
    form = SendForm(request.POST, request.FILES, schema=_SCHEMA)
    take = partial(
        operations.receive,
        sender=sending.sender_of(request),
        channel="portal",
        actor=request.acting.actor,
        now=clock.now(),
    )
    received = sent(form, take=lambda content: take(content=content), faults=words.FILE_FAULTS)
    if received is not None:
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
    answer = HttpResponse(writing.receipt(file, words=said), content_type=XML)
    return saved(answer, f"receipt-{file.ticket}.xml")


@require_GET
@consulting
def notifications(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """The notifications as a file."""
    file = _own(request, ticket)
    told = queries.identities_in(file=file.id)
    asking.noted(request.acting, told, purpose="dimona.identities", now=clock.now())
    written = writing.notifications(
        file,
        queries.every_form(file=file.id),
        progress=queries.progress(file=file.id),
        language=_language(),
    )
    answer = StreamingHttpResponse(written, content_type=XML)
    return saved(answer, f"notifications-{file.ticket}.xml")


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
    return own_file(service=operations.SERVICE, sender=sender, ticket=ticket)


def _language() -> str:
    return (get_language() or "en").partition("-")[0]
