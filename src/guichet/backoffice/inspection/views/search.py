"""Stating a purpose, searching both logs under it, one registration, one's own looks."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.backoffice.inspection import content, exports, inquiries, log_queries, looks
from guichet.backoffice.inspection.forms import CriteriaForm, PurposeForm
from guichet.backoffice.inspection.inquiries import Inquiry
from guichet.backoffice.inspection.log_queries import Found, Place
from guichet.backoffice.inspection.views.entering import (
    asked_by,
    criteria_of,
    current,
    inspector,
    language,
    noted,
    over,
    remember,
    show,
    under_inquiry,
)
from guichet.eservices.presence import day_queries
from guichet.eservices.presence.days import queries as days
from guichet.platform import clock

PAGE: Final = 50
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
    asked = asked_by(request, number, now)
    if asked.is_over:
        return over(request)
    form = criteria_of(asked)
    wanted = content.wanted(form)
    rows = log_queries.found(
        wanted=wanted, language=language(), limit=PAGE + 1, after=_place(request)
    )
    has_more, rows = len(rows) > PAGE, rows[:PAGE]
    noted(request, asked.inquiry, what="search", target=str(number), rows=rows, now=now)
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
        "files": exports.of_search(asked=asked),
    }
    return show(request, "results.html", context)


@require_GET
@inspector
@under_inquiry
def registration(request: ActingRequest, inquiry: Inquiry, receipt: int) -> HttpResponse:
    """One registration of either log with every round of its checks."""
    now = clock.now()
    row = log_queries.of_receipt(receipt=receipt, language=language())
    if row is None:
        raise Http404
    noted(request, inquiry, what="registration", target=str(receipt), rows=[row], now=now)
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
