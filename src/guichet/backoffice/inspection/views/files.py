"""The files of a search: a small one at once, a large one from a job, for whoever asked."""

import io
import uuid
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guichet.access.sessions import ActingRequest
from guichet.backoffice.inspection import content, exports, inquiries, log_queries
from guichet.backoffice.inspection.inquiries import Asked
from guichet.backoffice.inspection.models import ResultFile
from guichet.backoffice.inspection.views.entering import (
    asked_by,
    criteria_of,
    inspector,
    language,
    noted,
    over,
    show,
)
from guichet.eservices.presence.exports.content import Format
from guichet.eservices.presence.exports.operations import write
from guichet.platform import clock, csv_export, spreadsheet

_NAME: Final = "guichet-inspection"


@require_GET
@inspector
def at_once(request: ActingRequest, number: uuid.UUID, form: str) -> HttpResponseBase:
    """The whole search as a file under the same purpose, or the offer to have it made."""
    now = clock.now()
    asked = asked_by(request, number, now)
    if asked.is_over:
        return over(request)
    wanted = content.wanted(criteria_of(asked))
    rows = log_queries.found(wanted=wanted, language=language(), limit=exports.AT_ONCE + 1)
    if len(rows) > exports.AT_ONCE:
        count = log_queries.count(wanted=wanted, most=exports.MOST)
        context = {
            "asked": asked, "form": form, "count": count, "most": exports.MOST,
            "inquiry": asked.inquiry,
        }  # fmt: skip
        return show(request, "file_offer.html", context)
    noted(request, asked.inquiry, what="file", target=str(number), rows=rows, now=now)
    lines = [content.line(row) for row in rows]
    if form == Format.CSV:
        return csv_export.download(name=f"{_NAME}.csv", head=content.head(), rows=lines)
    target = io.BytesIO()
    write(target, form=Format.XLSX, head=content.head(), rows=iter(lines))
    return _saved(HttpResponse(target.getvalue()), Format.XLSX)


@require_POST
@inspector
def ask(request: ActingRequest, number: uuid.UUID) -> HttpResponseBase:
    """Have a large file made."""
    now = clock.now()
    asked = asked_by(request, number, now)
    if asked.is_over:
        return over(request)
    form = request.POST.get("form", "")
    if form not in {*Format}:
        raise Http404
    try:
        file = exports.ask(
            asked=asked, form=Format(form), language=language(), actor=request.acting.actor,
            now=now,
        )  # fmt: skip
    except exports.TooManyWaiting:
        messages.warning(
            request,
            _("Three of your files are being made already. Ask again when one of them is ready."),
        )
        return redirect("inspection:results", number)
    return redirect("inspection:file", number, file)


@require_GET
@inspector
def one(request: ActingRequest, number: uuid.UUID, file: uuid.UUID) -> HttpResponseBase:
    """How far a file is, and what was left off."""
    asked = asked_by(request, number, clock.now())
    if asked.is_over:
        return over(request)
    row = _found(asked, file)
    context: dict[str, Any] = {
        "asked": asked,
        "row": row,
        "inquiry": asked.inquiry,
        "goal": min(row.total, exports.MOST),
        "until": asked.inquiry.opened_at + inquiries.LASTS - timedelta(minutes=1),
    }
    return show(request, "file.html", context)


@require_GET
@inspector
def download(request: ActingRequest, number: uuid.UUID, file: uuid.UUID) -> HttpResponseBase:
    """A finished file, piece after piece, for whoever asked for it."""
    asked = asked_by(request, number, clock.now())
    if asked.is_over:
        return over(request)
    row = _found(asked, file)
    if row.state != "done":
        raise Http404
    return _saved(StreamingHttpResponse(exports.written(row=row)), Format(row.form))


def _found(asked: Asked, file: uuid.UUID) -> ResultFile:
    row = exports.one(asked=asked, number=file)
    if row is None:
        raise Http404
    return row


def _saved(response: HttpResponseBase, form: Format) -> HttpResponseBase:
    media = spreadsheet.MEDIA_TYPE if form is Format.XLSX else "text/csv; charset=utf-8"
    response["Content-Type"] = media
    response["Content-Disposition"] = f'attachment; filename="{_NAME}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
