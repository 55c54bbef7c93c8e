"""The files that an employer takes with him: small ones at once, large ones from a job."""

import io
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guichet.access.sessions import ActingRequest
from guichet.eservices.presence import day_queries
from guichet.eservices.presence.days import queries as days
from guichet.eservices.presence.days.lots import Holder
from guichet.eservices.presence.exports import content, operations
from guichet.eservices.presence.exports.content import Format, Kind, Line, Question
from guichet.eservices.presence.exports.operations import TooManyWaiting, UnknownExport
from guichet.eservices.presence.office_models import ExportFile
from guichet.eservices.presence.views import asking, checkin
from guichet.eservices.presence.views.hours import days_asked, worker_days
from guichet.eservices.presence.views.staff import employer, list_wanted
from guichet.platform import clock, csv_export, spreadsheet, wording

# A day of a worker has some four acts: beyond this the hours are not even looked at in a page.
_MOST_ACTS: Final = 4 * operations.AT_ONCE
_NAMES: Final = {
    Kind.REGISTRATIONS: "guichet-registrations",
    Kind.HOURS: "guichet-hours",
    Kind.DAYS: "checkin-at-work",
}


@require_GET
@employer
def list_file(request: ActingRequest, form: str) -> HttpResponseBase:
    """The list with its filters; persons of other employers stay masked."""
    wanted = list_wanted(request, asking.moment())
    if wanted is None:
        return _senseless(request)
    question = Question.of_acts(wanted, kind=Kind.REGISTRATIONS, enterprise=_own(request))
    rows = day_queries.count(wanted=wanted, most=operations.MOST + 1)
    if rows > operations.AT_ONCE:
        return _offered(request, question, form, rows)
    acts = day_queries.acts(wanted=wanted, language=asking.language(), sort="time")
    lines = [content.act_line(act, own=_own(request)) for act in acts]
    return _answer(request, question, form, lines, [act.ssin for act in acts])


@require_GET
@employer
def hours_file(request: ActingRequest, form: str) -> HttpResponseBase:
    """The hours of own staff, for the payroll software."""
    _form, wanted = days_asked(request)
    if wanted is None:
        return _senseless(request)
    question = Question.of_acts(wanted, kind=Kind.HOURS, enterprise=_own(request))
    acts = day_queries.count(wanted=wanted, most=_MOST_ACTS + 1)
    if acts > _MOST_ACTS:
        return _offered(request, question, form, None)
    rows = worker_days(wanted, now=asking.moment())
    if len(rows) > operations.AT_ONCE:
        return _offered(request, question, form, len(rows))
    subjects = [row.worker.ssin for row in rows]
    return _answer(request, question, form, list(content.hour_lines(rows)), subjects)


@require_GET
@employer
def days_file(request: ActingRequest, form: str) -> HttpResponseBase:
    """Presences of days (Checkin@Work) with the filters of their list."""
    _form, wanted = checkin.asked(request, asking.moment())
    if wanted is None:
        return _senseless(request)
    question = Question.of_days(wanted, enterprise=_own(request))
    rows = days.counted(wanted=wanted, most=operations.MOST + 1)
    if rows > operations.AT_ONCE:
        return _offered(request, question, form, rows)
    found = days.listed(wanted=wanted, limit=operations.AT_ONCE)
    lines = [content.day_line(row, own=_own(request)) for row in found]
    return _answer(request, question, form, lines, [row.ssin for row in found if row.ssin])


@require_POST
@employer
def ask(request: ActingRequest) -> HttpResponseBase:
    """Have a large file made; the address has the filters of the list."""
    kind = request.POST.get("kind", "")
    form = request.POST.get("form", "")
    if kind not in {*Kind} or form not in {*Format}:
        raise Http404
    question = _question(request, Kind(kind))
    if question is None:
        return _senseless(request)
    try:
        number = operations.ask(
            question=question, form=Format(form), holder=_holder(request),
            language=asking.language(), actor=request.acting.actor, now=clock.now(),
        )  # fmt: skip
    except TooManyWaiting:
        messages.warning(
            request,
            _("Three of your files are being made already. Ask again when one of them is ready."),
        )
        return redirect("presence:exports")
    return redirect("presence:export", number)


@require_GET
@employer
def mine(request: ActingRequest) -> HttpResponse:
    """The files that one asked for in the last day."""
    rows = operations.exports(holder=_holder(request), now=asking.moment())
    return asking.show(request, "exports/mine.html", {"rows": [_shown(row) for row in rows]})


@require_GET
@employer
def one(request: ActingRequest, number: UUID) -> HttpResponse:
    """How far a file is; another's and none are the same 404."""
    row = _found(request, number)
    return asking.show(request, "exports/one.html", {"row": row, "shown": _shown(row)})


@require_GET
@employer
def download(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """A finished file, for whoever asked for it."""
    row = _found(request, number)
    if row.state != ExportFile.State.DONE:
        raise Http404
    kind = Kind(row.question["kind"])
    return _saved(operations.written(row=row), kind=kind, form=Format(row.form))


def _question(request: ActingRequest, kind: Kind) -> Question | None:
    own, now = _own(request), asking.moment()
    if kind is Kind.DAYS:
        _form, found = checkin.asked(request, now)
        return None if found is None else Question.of_days(found, enterprise=own)
    wanted = days_asked(request)[1] if kind is Kind.HOURS else list_wanted(request, now)
    return None if wanted is None else Question.of_acts(wanted, kind=kind, enterprise=own)


def _offered(
    request: ActingRequest, question: Question, form: str, rows: int | None
) -> HttpResponse:
    """A page instead of a large file: what is asked, and the button that has it made."""
    given = {name: request.GET[name] for name in request.GET}
    context = {
        "question": question, "rows": rows, "form_asked": form, "given": given,
        "is_too_large": rows is not None and rows > operations.MOST, "most": operations.MOST,
    }  # fmt: skip
    status = 422 if context["is_too_large"] else 200
    return asking.show(request, "exports/offer.html", context, status=status)


def _senseless(request: ActingRequest) -> HttpResponse:
    return asking.show(request, "exports/offer.html", {"question": None}, status=422)


def _answer(
    request: ActingRequest,
    question: Question,
    form: str,
    lines: Sequence[Line],
    subjects: Iterable[str],
) -> HttpResponseBase:
    operations.seen(actor=request.acting.actor, subjects=subjects, now=asking.moment())
    head, name = content.head(question.kind), _NAMES[question.kind]
    if form == Format.CSV:
        return csv_export.download(name=f"{name}.csv", head=head, rows=lines)
    target = io.BytesIO()
    operations.write(target, form=Format.XLSX, head=head, rows=iter(lines))
    return _saved(target.getvalue(), kind=question.kind, form=Format.XLSX)


def _saved(data: bytes, *, kind: Kind, form: Format) -> HttpResponse:
    media = spreadsheet.MEDIA_TYPE if form is Format.XLSX else "text/csv; charset=utf-8"
    response = HttpResponse(data, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{_NAMES[kind]}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _shown(row: ExportFile) -> dict[str, object]:
    question = Question.of_kept(row.question)
    return {
        "row": row,
        "question": question,
        "until": row.finished_at + operations.KEPT if row.finished_at else None,
        "count": wording.number(row.rows),
    }


def _found(request: ActingRequest, number: UUID) -> ExportFile:
    try:
        return operations.export(holder=_holder(request), number=number, now=asking.moment())
    except UnknownExport:
        raise Http404 from None


def _holder(request: ActingRequest) -> Holder:
    return Holder(request.acting.person_id, _own(request))


def _own(request: ActingRequest) -> str:
    return request.acting.enterprise_number or ""
