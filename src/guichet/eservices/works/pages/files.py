"""Files of declarations of works: send one, the list, what became of one, what was answered."""

from functools import partial
from typing import Any, Final

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.works.batch import operations, writing
from guichet.eservices.works.batch.reading import FileFault
from guichet.eservices.works.models import FileForm
from guichet.eservices.works.pages.asking import declarant, own, show
from guichet.platform import clock
from guichet.registers.exchanges import queries as exchanges
from guichet.registers.exchanges.pages import XML, SendForm, own_file, saved, sent
from guichet.registers.exchanges.queries import FileRecord
from guichet.rules.works.finding import Anomaly

_PAGE: Final = 50
_SCHEMA: Final = "works-batch-v1.xsd"
_HELP: Final = gettext_lazy("XML after works-batch-v1.xsd, at most 10 MB and 10 000 forms.")
FAULTS: Final[dict[str, Any]] = {
    FileFault.UNKNOWN_SCHEMA: gettext_lazy(
        "The file does not follow the schema of a file of declarations of works. Use "
        "works-batch-v1.xsd."
    ),
    FileFault.TOO_MANY_FORMS: gettext_lazy(
        "The file holds more than 10 000 declarations. Send it in parts."
    ),
    FileFault.NOT_XML: gettext_lazy(
        "The file is not well-formed XML. Send it as your program wrote it, in UTF-8."
    ),
    FileFault.FORBIDDEN: gettext_lazy(
        "The file holds a document type, an entity, an instruction or elements nested too deep. "
        "Leave them out."
    ),
    FileFault.TOO_LARGE: gettext_lazy("The file is larger than 10 MB. Send it in parts."),
    FileFault.NO_REFERENCE: gettext_lazy(
        "The file has no reference of yours. Give the attribute reference of the first element."
    ),
    FileFault.NO_FORM: gettext_lazy("The file holds no declaration."),
}
_STATES: Final = {
    "received": gettext_lazy("Received, not read yet"),
    "accepted": pgettext_lazy("a file", "Accepted"),
    "refused": gettext_lazy("Refused as a whole"),
}
_RESULTS: Final = {
    "pending": gettext_lazy("Waits"),
    "accepted": gettext_lazy("Declared"),
    "refused": gettext_lazy("Not taken"),
}
_LOOKS: Final = {
    "received": "waiting",
    "pending": "waiting",
    "accepted": "validated",
    "refused": "refused",
}


@require_http_methods(["GET", "POST"])
@declarant
def listing(request: ActingRequest) -> HttpResponseBase:
    """The files of this enterprise, the newest first, and the form to send one."""
    if request.method == "GET":
        return _list(request, SendForm(schema=_HELP))
    form = SendForm(request.POST, request.FILES, schema=_HELP)
    take = partial(
        operations.receive,
        sender=own(request),
        channel="portal",
        actor=request.acting.actor,
        now=clock.now(),
    )
    received = sent(form, take=lambda content: take(content=content), faults=FAULTS)
    if received is not None:
        return redirect("works:file", received.ticket)
    return _list(request, form, status=422)


@require_GET
@declarant
def one(request: ActingRequest, ticket: str) -> HttpResponse:
    """One file, and each of its forms with its answer."""
    file = _own(request, ticket)
    rows = FileForm.objects.filter(file_id=file.id).select_related("declaration")
    page = Paginator(rows.order_by("position"), _PAGE).get_page(request.GET.get("page"))
    found = [
        (row, [(Anomaly(code, field), code) for code, field in row.anomalies])
        for row in page.object_list
    ]
    context = _words() | {"file": file, "rows": found, "page": page, "far": _far(file)}
    return show(request, "file.html", context)


@require_GET
@declarant
def receipt(request: ActingRequest, ticket: str) -> HttpResponse:
    """The receipt as a file."""
    file = _own(request, ticket)
    said = str(FAULTS[FileFault(file.fault)]) if file.fault else ""
    answer = HttpResponse(writing.receipt(file, words=said), content_type=XML)
    return saved(answer, f"receipt-{file.ticket}.xml")


@require_GET
@declarant
def notifications(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """The notifications as a file."""
    file = _own(request, ticket)
    far = _far(file)
    rows = FileForm.objects.filter(file_id=file.id).select_related("declaration")
    written = writing.notifications(
        file,
        rows.defer("found").order_by("position").iterator(chunk_size=1_000),
        is_complete=file.state == "accepted" and not far["pending"],
    )
    answer = StreamingHttpResponse(written, content_type=XML)
    return saved(answer, f"notifications-{file.ticket}.xml")


@require_GET
@declarant
def schema(request: ActingRequest) -> HttpResponse:
    """The schema of the files."""
    content = (settings.REPOSITORY / "contracts" / _SCHEMA).read_bytes()
    return saved(HttpResponse(content, content_type=XML), _SCHEMA)


def _list(request: ActingRequest, form: SendForm, *, status: int = 200) -> HttpResponse:
    asked: Any = {"service": operations.SERVICE, "sender": own(request)}
    total = exchanges.count(**asked)
    page = Paginator(range(total), _PAGE).get_page(request.GET.get("page"))
    offset = max(0, page.start_index() - 1)
    rows = exchanges.files(**asked, limit=_PAGE, offset=offset)
    context = _words() | {"form": form, "rows": rows, "page": page, "total": total}
    return show(request, "files.html", context, status=status)


def _far(file: FileRecord) -> dict[str, int]:
    rows = FileForm.objects.filter(file_id=file.id)
    every = ("pending", "accepted", "refused")
    return rows.aggregate(**{name: Count("pk", filter=Q(result=name)) for name in every})


def _own(request: ActingRequest, ticket: str) -> FileRecord:
    return own_file(service=operations.SERVICE, sender=own(request), ticket=ticket)


def _words() -> dict[str, Any]:
    return {"states": _STATES, "results": _RESULTS, "looks": _LOOKS, "faults": FAULTS}
