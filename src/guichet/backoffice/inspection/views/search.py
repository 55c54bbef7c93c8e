"""Stating a purpose, searching both logs under it, one registration, the file, one's own looks."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.backoffice.inspection import inquiries, log_queries, looks, words
from guichet.backoffice.inspection.forms import CriteriaForm, PurposeForm
from guichet.backoffice.inspection.inquiries import Asked, Inquiry
from guichet.backoffice.inspection.log_queries import Found, Place, Wanted
from guichet.backoffice.inspection.views.entering import (
    current,
    inspector,
    language,
    number_of,
    remember,
    show,
    under_inquiry,
)
from guichet.eservices.presence import day_queries
from guichet.eservices.presence.days import queries as days
from guichet.platform import clock, csv_export, wording

PAGE: Final = 50
# A bigger file is no evidence that somebody reads; the search is narrowed instead.
MOST_ROWS: Final = 10_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@require_http_methods(["GET", "POST"])
@inspector
def purpose(request: ActingRequest) -> HttpResponseBase:
    """State why one looks at people; then go on to where one was going."""
    place = request.POST.get("next", "") or request.GET.get("next", "")
    if not (place.startswith("/") and url_has_allowed_host_and_scheme(place, allowed_hosts=None)):
        place = reverse("inspection:search")
    now = clock.now()
    if request.method == "GET":
        form = PurposeForm(initial=_initial(current(request, now)))
        return show(request, "purpose.html", {"form": form, "next": place})
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return show(request, "purpose.html", {"form": form, "next": place}, status=422)
    remember(request, inquiries.state(**form.purpose(), actor=request.acting.actor, now=now))
    return redirect(place)


@require_http_methods(["GET", "POST"])
@inspector
def search(request: ActingRequest) -> HttpResponseBase:
    """The form: purpose and criteria; a good one leads to the page of its results."""
    now = clock.now()
    if request.method == "GET":
        today = clock.today(now)
        criteria = CriteriaForm(initial={"first": today, "last": today, **_from_address(request)})
        forms = {"purpose": PurposeForm(initial=_initial(current(request, now)))}
        return show(request, "search.html", {**forms, "criteria": criteria})
    form, criteria = PurposeForm(request.POST), CriteriaForm(request.POST)
    if not (form.is_valid() & criteria.is_valid()):
        context = {"purpose": form, "criteria": criteria}
        return show(request, "search.html", context, status=422)
    asked = inquiries.ask(
        **form.purpose(), criteria=criteria.kept(), actor=request.acting.actor, now=now
    )
    remember(request, asked.inquiry.number)
    return redirect("inspection:results", asked.number)


@require_GET
@inspector
def results(request: ActingRequest, number: uuid.UUID) -> HttpResponseBase:
    """One page of what a search finds; everybody on it is noted."""
    now = clock.now()
    asked = _asked(request, number, now)
    if asked.is_over:
        return _over(request)
    form = _criteria(asked)
    wanted = _wanted(form)
    rows = log_queries.found(
        wanted=wanted, language=language(), limit=PAGE + 1, after=_place(request)
    )
    has_more, rows = len(rows) > PAGE, rows[:PAGE]
    _noted(request, asked.inquiry, what="search", target=str(number), rows=rows, now=now)
    context = {
        "inquiry": asked.inquiry,
        "asked": asked,
        "form": form,
        "rows": rows,
        "total": log_queries.count(wanted=wanted),
        "most": log_queries.COUNTED_TO,
        "is_first": "after" not in request.GET,
        "next_place": rows[-1].place if has_more else "",
        "chips": _chips(form),
    }
    return show(request, "results.html", context)


@require_GET
@inspector
def results_file(request: ActingRequest, number: uuid.UUID) -> HttpResponseBase:
    """The whole search as a file, under the same purpose; everybody in it is noted."""
    now = clock.now()
    asked = _asked(request, number, now)
    if asked.is_over:
        return _over(request)
    rows = log_queries.found(
        wanted=_wanted(_criteria(asked)), language=language(), limit=MOST_ROWS + 1
    )
    if len(rows) > MOST_ROWS:
        lines = (
            _("A file has at most %(rows)s rows.") % {"rows": wording.number(MOST_ROWS)},
            _("Choose a shorter period or one site."),
        )
        context = {
            "title": _("This file would be too large"), "lines": lines, "status_code": 422,
        }  # fmt: skip
        return render(request, "error.html", context, status=422)
    _noted(request, asked.inquiry, what="file", target=str(number), rows=rows, now=now)
    head = (
        _("Receipt number"), _("Kind"), _("Moment"), _("Received"), _("How late"),
        _("National number"), _("Limosa number"), _("Person"), _("Employer"),
        _("Name of the employer"), _("Site number"), _("Site"), _("Activity"), _("Sender"),
        _("Channel"), _("State"), _("Remarks"),
    )  # fmt: skip
    return csv_export.download(
        name="guichet-inspection.csv", head=head, rows=[_line(row) for row in rows]
    )


@require_GET
@inspector
@under_inquiry
def registration(request: ActingRequest, inquiry: Inquiry, receipt: int) -> HttpResponse:
    """One registration of either log with every round of its checks."""
    now = clock.now()
    row = log_queries.of_receipt(receipt=receipt, language=language())
    if row is None:
        raise Http404
    _noted(request, inquiry, what="registration", target=str(receipt), rows=[row], now=now)
    context = {"inquiry": inquiry, "row": row, "rounds": _rounds(row)}
    return show(request, "registration.html", context)


@require_GET
@inspector
def own_looks(request: ActingRequest) -> HttpResponse:
    """What the inspector himself looked at, and why."""
    now = clock.now()
    context = {
        "inquiry": current(request, now),
        "looks": looks.own(actor=request.acting.actor, now=now),
    }
    return show(request, "looks.html", context)


def _initial(inquiry: Inquiry | None) -> dict[str, str]:
    if inquiry is None:
        return {}
    return {"kind": inquiry.kind, "reference": inquiry.reference, "words": inquiry.words}


def _from_address(request: ActingRequest) -> dict[str, str]:
    """A link may prepare a search; never with a person in it."""
    names = ("first", "last", "site", "enterprise", "remark", "activity")
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def _asked(request: ActingRequest, number: uuid.UUID, now: datetime) -> Asked:
    asked = inquiries.asked(number=number, actor=request.acting.actor, now=now)
    if asked is None:
        raise Http404
    return asked


def _over(request: ActingRequest) -> HttpResponseBase:
    messages.info(request, _("The purpose of this search is more than 12 hours old: state it."))
    return redirect("inspection:search")


def _criteria(asked: Asked) -> CriteriaForm:
    form = CriteriaForm(dict(asked.criteria))
    if not form.is_valid():  # what it names has left the register since
        raise Http404
    return form


def _wanted(form: CriteriaForm) -> Wanted:
    data, meant = form.cleaned_data, form.meant
    return Wanted(
        first=data["first"],
        last=data["last"],
        log=data["log"] or None,
        site=data["site"] or None,
        ssins=None if meant is None else meant.ssins,
        limosas=() if meant is None else meant.limosas,
        enterprise=data["enterprise"] or None,
        activity=data["activity"] or None,
        validity=data["validity"] or None,
        remark=data["remark"] or None,
    )


def _place(request: ActingRequest) -> Place | None:
    """The place in the address, or None at the beginning; raises Http404 for anything else."""
    text = request.GET.get("after")
    if text is None:
        return None
    at, _dash, receipt = text.partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) <= 18 for part in (at, receipt)):
        raise Http404
    try:
        return _EPOCH + timedelta(microseconds=int(at)), int(receipt)
    except OverflowError:
        raise Http404 from None


def _noted(
    request: ActingRequest,
    inquiry: Inquiry,
    *,
    what: str,
    target: str,
    rows: list[Found],
    now: datetime,
) -> None:
    looks.noted(
        inquiry=inquiry,
        what=what,
        target=target,
        subjects=(row.ssin for row in rows if row.ssin),
        actor=request.acting.actor,
        now=now,
    )


def _rounds(row: Found) -> list[Any]:
    if row.log == log_queries.DAYS:
        return [*days.rounds(receipt=row.receipt, day=row.day)]
    act = day_queries.act(receipt=row.receipt, language=language())
    return [] if act is None else [*day_queries.rounds(act=act)]


def _chips(form: CriteriaForm) -> list[str]:
    """Each criterion in words; the person as the inspector typed him."""
    found = []
    for name in ("site", "worker", "enterprise", "activity", "validity", "remark", "log"):
        value = form.cleaned_data.get(name)
        if value:
            choices = {str(code): text for code, text in getattr(form.fields[name], "choices", ())}
            found.append(f"{form.fields[name].label}: {choices.get(str(value), value)}")
    return found


def _line(row: Found) -> tuple[object, ...]:
    return (
        row.receipt,
        words.kind(row),
        wording.day(row.day) if row.kind == "day" else wording.second(row.at),
        wording.second(row.received_at),
        words.late(row),
        number_of(row.ssin) if row.ssin else "",
        row.limosa_number,
        row.person_name,
        row.employer,
        row.employer_name,
        row.works_reference,
        row.site_name,
        words.activity(row.activity),
        words.sender(row),
        words.channel(row),
        words.STATES[row.validity],
        " / ".join(f"{code} {words.remark_text(code).label}" for code in row.remarks),
    )
