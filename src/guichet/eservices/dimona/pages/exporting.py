"""Asking for a file of the personnel file: at once when it is short, with progress when long."""

from datetime import timedelta
from typing import Any, Final

from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guichet.access.sessions import ActingRequest
from guichet.documents import attestation
from guichet.documents.operations import Recipient, issue
from guichet.eservices.dimona import exports, queries
from guichet.eservices.dimona.exports import Progress
from guichet.eservices.dimona.pages import asking, files
from guichet.eservices.dimona.pages.asking import consulting
from guichet.eservices.dimona.pages.forms import PersonnelForm
from guichet.eservices.dimona.pages.personnel import filters_of
from guichet.eservices.dimona.queries import Wanted
from guichet.platform import clock, wording
from guichet.platform.db import transaction
from guichet.platform.pages import query
from guichet.registers.enterprises import queries as enterprises

AT_ONCE: Final = 2_000
MOST_PRINTED: Final = 1_000
KIND: Final = "dimona.personnel"
_FORMATS: Final = ("csv", "xml", "pdf")
_STEP: Final = timedelta(seconds=1)


@require_GET
@consulting
def at_once(request: ActingRequest, file_type: str) -> HttpResponseBase:
    """The periods that the filters leave, in one answer; too many are prepared first."""
    form = filters_of(request, request.GET)
    if not form.is_valid():
        return redirect(reverse("dimona:personnel") + query(request.GET.dict()))
    wanted = form.wanted(employer=asking.employer_of(request))
    rows = queries.periods_of_employer(wanted=wanted, limit=AT_ONCE + 1)
    if len(rows) > AT_ONCE:
        return _too_much(request, AT_ONCE, _("Ask for it in the personnel file: it is prepared."))
    numbers = (row.niss for row in rows)
    asking.noted(request.acting, numbers, purpose="dimona.periods", now=clock.now())
    return _file(file_type, files.text(file_type, rows, employer=wanted.employer))


@require_POST
@consulting
def ask(request: ActingRequest) -> HttpResponseBase:
    """The filters stand in hidden fields; a name travels as its key, as in addresses."""
    chosen, form = request.POST.get("format", ""), filters_of(request, request.POST)
    if chosen not in _FORMATS or not form.is_valid():
        return redirect("dimona:personnel")
    wanted = form.wanted(employer=asking.employer_of(request))
    total = queries.count_of_employer(wanted=wanted)
    if chosen == "pdf":
        return _print(request, wanted, total)
    if total <= AT_ONCE:
        given = {name: request.POST.get(name) for name in PersonnelForm.base_fields}
        return redirect(reverse("dimona:personnel-file", args=[chosen]) + query(given))
    reference = exports.ask(
        wanted=wanted,
        file_type=chosen,
        total=total,
        language=asking.language(),
        actor=request.acting.actor,
        now=clock.now(),
    )
    return redirect("dimona:export", reference)


@require_GET
@consulting
def progress(request: ActingRequest, reference: str) -> HttpResponseBase:
    """How far a file is; it looks again by itself until it is ready."""
    one = _own(request, reference)
    is_still = request.GET.get("still") == "yes"
    context: dict[str, Any] = {
        "one": one,
        "is_still": is_still,
        "looks_again": 2 if one.state == "asked" and not is_still else 0,
        "left": _left(one),
    }
    return asking.show(request, "export.html", context)


@require_GET
@consulting
def download(request: ActingRequest, reference: str) -> HttpResponseBase:
    """The file that is ready."""
    one = _own(request, reference)
    if one.state != "ready":
        raise Http404
    return _file(one.format, exports.parts(reference=reference))


@require_POST
@consulting
def stop(request: ActingRequest, reference: str) -> HttpResponseBase:
    """Make no more of it."""
    one = _own(request, reference)
    exports.stop(reference=one.reference, actor=request.acting.actor, now=clock.now())
    return redirect("dimona:export", reference)


def _own(request: ActingRequest, reference: str) -> Progress:
    found = exports.progress(
        reference=reference, employer=asking.employer_of(request), niss=request.acting.niss
    )
    if found is None:
        raise Http404
    return found


def _left(one: Progress) -> int:
    """Seconds until it is ready, as far as can be told; 0 when not."""
    if one.state != "asked" or not one.done:
        return 0
    passed = clock.now() - one.asked_at
    return int(passed / one.done * (one.total - one.done) / _STEP) + 1


def _print(request: ActingRequest, wanted: Wanted, total: int) -> HttpResponseBase:
    if total > MOST_PRINTED:
        return _too_much(request, MOST_PRINTED, _("Choose fewer days, or a table (CSV) or XML."))
    now, language = clock.now(), asking.language()
    rows = queries.periods_of_employer(wanted=wanted, limit=MOST_PRINTED)
    asking.noted(request.acting, (row.niss for row in rows), purpose="dimona.periods", now=now)
    name = enterprises.names(numbers=[wanted.employer], language=language).get(wanted.employer, "")
    with transaction(actor=request.acting.actor):
        reference = issue(
            template=attestation.TEMPLATE,
            data=files.printable(rows, employer=wanted.employer, name=name, made_at=now),
            language=language,
            title=_("Personnel file"),
            recipient=Recipient(enterprise_number=wanted.employer),
            kind=KIND,
            actor=request.acting.actor,
            now=now,
            subjects=[row.niss for row in rows],
        )
    return redirect("documents:detail", reference=reference)


def _file(file_type: str, parts: Any) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type=files.TYPES[file_type])
    response["Content-Disposition"] = f'attachment; filename="dimona.{file_type}"'
    return response


def _too_much(request: ActingRequest, most: int, advice: str) -> HttpResponseBase:
    first = _("A file like this has at most %(rows)s rows.") % {"rows": wording.number(most)}
    context = {
        "title": _("This file would be too large"), "lines": (first, advice), "status_code": 422,
    }  # fmt: skip
    return render(request, "error.html", context, status=422)
