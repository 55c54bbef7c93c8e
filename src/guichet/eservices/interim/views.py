"""Pages of Interim@Work: the year, a month, the list, one relation, the calendar feed."""

import logging
from datetime import date, datetime
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_required
from guichet.eservices.interim import feeds, months, queries, words
from guichet.eservices.interim.forms import ListForm, NarrowForm
from guichet.eservices.interim.queries import Relation
from guichet.eservices.interim.reports import reading, reporting
from guichet.eservices.interim.reports.shown import as_shown
from guichet.platform import clock, throttle
from guichet.platform.routes import public
from guichet.registers.arrangements import labels as arrangements
from guichet.registers.arrangements.labels import Shown
from guichet.rules import interim as rules

worker: Final = acting_required(kind="worker", policy=BY_KEY["interim"].policy)
_log = logging.getLogger(__name__)
_PAGE: Final = 50
_NEWEST: Final = 6
# Calendar programs ask now and then, each from its own address.
_ASKED_AN_HOUR: Final = 60


@require_GET
@worker
def year(request: ActingRequest) -> HttpResponse:
    """The year as a calendar, and its newest relations as a list."""
    now = clock.now()
    today = clock.today(now)
    asked = _year(request.GET.get("year"), today)
    found = _found(request, now)
    form = _narrowing(request, found)
    shown = queries.in_year(queries.chosen(found, form.wanted()), asked)
    context = {
        "form": form,
        "year": asked,
        "years": rules.years(today),
        "months": months.months(shown, year=asked, on=today, language=_language()),
        "counts": months.counts(shown, year=asked, on=today),
        "rows": shown[:_NEWEST],
        "total": len(shown),
        "given": _given(request, "agency", "user", "kind"),
        "has_any": bool(found),
        "today": today,
        "of_today": queries.of_today(found),
    }
    return _show(request, "year.html", context)


@require_GET
@worker
def month(request: ActingRequest, year: int, number: int) -> HttpResponse:
    """One month with the agencies and companies written out."""
    now = clock.now()
    today = clock.today(now)
    if year not in rules.years(today) or not 1 <= number <= 12:
        raise Http404
    found = _found(request, now)
    form = _narrowing(request, found)
    shown = queries.chosen(found, form.wanted())
    first, last = rules.window(today)
    before, after = date(year, number, 1), _next_month(year, number)
    context = {
        "form": form,
        "month": months.month(shown, year=year, number=number, on=today, language=_language()),
        "before": None if before <= first else _previous_month(year, number),
        "after": None if after > last else after,
        "given": _given(request, "agency", "user", "kind"),
    }
    return _show(request, "month.html", context)


@require_GET
@worker
def listing(request: ActingRequest) -> HttpResponse:
    """Every relation, with all filters, the newest first."""
    now = clock.now()
    found = _found(request, now)
    form = ListForm(
        request.GET,
        today=clock.today(now),
        agencies=queries.agencies(found),
        users=queries.users(found),
    )
    context: dict[str, Any] = {"form": form, "rows": None}
    if not form.is_valid():
        return _show(request, "list.html", context, status=422)
    shown = queries.chosen(found, form.wanted())
    page = Paginator(shown, _PAGE).get_page(request.GET.get("page"))
    context |= {
        "rows": page.object_list,
        "page": page,
        "total": len(shown),
        "agencies": len(queries.agencies(shown)),
        "days": queries.days_declared(shown, on=clock.today(now)),
        "is_oldest_first": form.wanted().is_oldest_first,
        "given": _given(request, *form.fields),
        "is_narrowed": any(request.GET.get(name) for name in form.fields if name != "sort"),
    }
    return _show(request, "list.html", context)


@require_GET
@worker
def detail(request: ActingRequest, reference: str) -> HttpResponse:
    """One relation, whole, with what happened to its declaration."""
    now = clock.now()
    found = queries.relation(
        niss=request.acting.niss, reference=reference, now=now, language=_language()
    )
    if found is None:
        _log.warning("a relation was asked for that is not one of the reader's")
        raise Http404
    reports = reading.of_relation(person_id=request.acting.person_id, relation=reference)
    context = {
        "one": found,
        "reports": [as_shown(row) for row in reports],
        "may_report": reporting.may_be_reported(found),
        "registering": _registering(found, clock.today(now)),
    }
    return _show(request, "relation.html", context)


@require_GET
@worker
def feed(request: ActingRequest) -> HttpResponse:
    """The address with which a calendar program reads the relations; shown when it is made."""
    held = feeds.held(person_id=request.acting.person_id)
    return _show(request, "feed.html", {"held": held, "address": None})


@require_POST
@worker
def make_feed(request: ActingRequest) -> HttpResponse:
    """A new address; a former one is void."""
    now = clock.now()
    secret = feeds.make(person_id=request.acting.person_id, by=request.acting.actor, now=now)
    address = request.build_absolute_uri(f"/interim/calendar/{secret}.ics")
    held = feeds.held(person_id=request.acting.person_id)
    response = _show(request, "feed.html", {"held": held, "address": address})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@worker
def end_feed(request: ActingRequest) -> HttpResponseBase:
    """The address is void."""
    feeds.end(person_id=request.acting.person_id, by=request.acting.actor, now=clock.now())
    return redirect("interim:feed")


@public
@require_GET
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The relations of the person to whom the address was given, as iCalendar."""
    now = clock.now()
    throttle.hit(key=f"interim.feed:{secret}", limit=_ASKED_AN_HOUR, seconds=3600, now=now)
    held = feeds.behind(secret=secret)
    if held is None:
        raise Http404
    found = queries.relations(niss=held.niss, now=now, language=held.language)
    text = feeds.as_calendar(found, language=held.language, on=clock.today(now), now=now)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _registering(found: Relation, today: date) -> list[Shown] | None:
    """Who registers the worker at the user company; None where that is no question."""
    if found.is_cancelled or found.user is None or not found.user.number:
        return None
    return arrangements.who_registers(
        agency=found.agency.number, user=found.user.number, first=found.first_day,
        last=found.last_day, on=today, is_own=True,
    )  # fmt: skip


def _found(request: ActingRequest, now: datetime) -> list[Relation]:
    return queries.relations(niss=request.acting.niss, now=now, language=_language())


def _narrowing(request: ActingRequest, found: list[Relation]) -> NarrowForm:
    """The filters of a calendar; one that is not offered (any more) narrows by nothing."""
    agencies, users = queries.agencies(found), queries.users(found)
    form = NarrowForm(request.GET, agencies=agencies, users=users)
    if not form.is_valid():
        form = NarrowForm({}, agencies=agencies, users=users)
        form.is_valid()
    return form


def _year(text: str | None, today: date) -> int:
    if not text:
        return today.year
    if text not in {str(one) for one in rules.years(today)}:
        raise Http404
    return int(text)


def _previous_month(year: int, number: int) -> date:
    return date(year, number - 1, 1) if number > 1 else date(year - 1, 12, 1)


def _next_month(year: int, number: int) -> date:
    return date(year, number + 1, 1) if number < 12 else date(year + 1, 1, 1)


def _given(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: value for name in names if (value := request.GET.get(name, ""))}


def _language() -> str:
    return (get_language() or "en").partition("-")[0]


def _show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    given = {**context, "words": words, "letters": months.LETTERS, "tints": months.TINTS}
    return render(request, f"interim/{template}", given, status=status)
