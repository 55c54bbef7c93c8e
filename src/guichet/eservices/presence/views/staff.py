"""What an employer sees of the registrations of his staff, and of whoever works on his sites.

Nothing here enters, changes or deletes an act: that belongs to the worker alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.trail import record_refusal
from guichet.eservices.presence import day_queries, day_rows, stored_filters
from guichet.eservices.presence.corrections import versions
from guichet.eservices.presence.day_queries import ActRow, Wanted
from guichet.eservices.presence.day_rows import WorkerDay
from guichet.eservices.presence.expected import board as boards
from guichet.eservices.presence.forms import ListForm
from guichet.eservices.presence.paging import paging, size_of
from guichet.eservices.presence.receipts import squares
from guichet.eservices.presence.views import asking
from guichet.eservices.presence.words import report_until
from guichet.platform import clock
from guichet.platform.pages import query

employer = acting_required(kind="employer", service="presence")
_LIST_DAYS = 7


@require_GET
@employer
def day(request: ActingRequest) -> HttpResponse:
    """Presences of the day: one row for each worker, remarks first."""
    now = asking.moment()
    today = clock.today(now)
    on = asking.day_asked(request.GET.get("day"), today=today)
    wanted = wanted_today(request, now)
    rows = rows_of_day(wanted, on, now)
    missing = _missing(request, wanted, rows, now) if on == today else 0
    site = request.GET.get("site") or None
    sites = _sites_of(rows)
    chosen = next((one for one in sites if one[0] == site), None)
    if chosen:
        rows = [row for row in rows if site in {act.works_reference for act in row.acts}]
    rows.sort(key=lambda row: (not row.asks_attention, row.worker.sort_key, row.worker.ssin))
    page = paging(request.GET, total=len(rows), is_exact=True)
    shown = rows[page.offset : page.offset + page.size]
    asking.noted(request.acting, [row.worker for row in shown], purpose="presence.day", now=now)
    context = {
        "on": on, "today": today, "now": now, "is_today": on == today, "rows": shown,
        "all_rows": rows, "sites": sites, "chosen": chosen, "paging": page,
        "given": _given(request, "day", "site", "scope", "size"), "counts": _counts(rows),
        "scope": _scope(request), "scale": day_rows.scale(shown), "missing": missing,
        "before": on - timedelta(days=1), "after": on + timedelta(days=1),
        "report_until": report_until(day_queries.window(on, on)[0], "cleaning"),
        "askable": today - timedelta(days=30),
    }  # fmt: skip
    return asking.show(request, "day.html", context)


@require_GET
@employer
def on_site(request: ActingRequest) -> HttpResponse:
    """Who is on site now, by site: the list to print when everybody must leave a building."""
    now = asking.moment()
    everybody = rows_of_day(wanted_today(request, now), clock.today(now), now)
    rows = [row for row in everybody if row.is_present]
    rows.sort(key=lambda row: (row.worker.sort_key, row.worker.ssin))
    groups: dict[str, list[WorkerDay]] = {}
    names = dict(_sites_of(rows))
    for row in rows:
        groups.setdefault(row.open_act.site if row.open_act else "", []).append(row)
    asking.noted(request.acting, [row.worker for row in rows], purpose="presence.onsite", now=now)
    ordered = sorted(groups.items(), key=lambda pair: names.get(pair[0], ""))
    context = {
        "now": now, "today": clock.today(now), "total": len(rows), "names": names,
        "groups": ordered, "scope": _scope(request), "given": _given(request, "scope"),
    }  # fmt: skip
    return asking.show(request, "on_site.html", context)


@require_http_methods(["GET", "POST"])
@employer
def registrations(request: ActingRequest) -> HttpResponseBase:
    """Every registration of a period, with filters; a name travels by POST only."""
    now = asking.moment()
    if request.method == "POST":
        return _filter(request, now)
    form, wanted, data = _list_asked(request, now)
    context: dict[str, Any] = {"form": form, "given": data, "worker": data.get("worker_text", "")}
    if wanted is None:
        return asking.show(request, "list.html", context | {"acts": None}, status=422)
    sort = request.GET.get("sort", "-time")
    sort = sort if sort in day_queries.SORTS else "-time"
    page = paging(request.GET, total=day_queries.count(wanted=wanted))
    acts = day_queries.acts(
        wanted=wanted, language=asking.language(), sort=sort, limit=page.size + 1,
        offset=page.offset,
    )  # fmt: skip
    page = replace(page, more=len(acts) > page.size)
    acts = acts[: page.size]
    asking.noted(request.acting, acts, purpose="presence.list", now=now)
    context |= {
        "acts": acts, "paging": page, "sort": sort, "chips": _chips(form, data),
        "own": request.acting.enterprise_number, "scope": _scope(request),
    }  # fmt: skip
    return asking.show(request, "list.html", context)


@require_GET
@employer
def registration(request: ActingRequest, receipt: int) -> HttpResponse:
    """One registration with everything known of it, and every round of its checks."""
    now = asking.moment()
    act = asking.staff_act(asking.view_of(request.acting), receipt)
    asking.noted(request.acting, [act], purpose="presence.act", now=now)
    context = {
        "act": act,
        "rounds": day_queries.rounds(act=act),
        "versions": versions.of_act(act),
        "may_ask": not is_masked(act, request),
        "is_own": False,
        "square": squares.of_act(act),
        "is_masked": is_masked(act, request),
        "report_until": report_until(act.occurred_at, act.activity),
        "today": clock.today(now),
    }
    return asking.show(request, "act.html", context)


@csrf_exempt  # a refusal needs no protection, and must be the same with or without a form token
@require_http_methods(["POST"])
@employer
def enter(request: ActingRequest) -> HttpResponse:
    """There is no way to enter an act for somebody else: 403, noted."""
    record_refusal(
        action="presence.act.entryRefused",
        actor=request.acting.actor,
        target="presence",
        now=asking.moment(),
        reason="only the worker registers himself",
    )
    raise PermissionDenied(
        _("Only the worker registers his IN and OUT. You can ask for a correction.")
    )


def is_masked(act: ActRow, request: ActingRequest) -> bool:
    """The number of somebody else's worker is shown by its first two digits only."""
    return act.enterprise_number != request.acting.enterprise_number


def wanted_of_staff(request: ActingRequest, since: datetime, until: datetime) -> Wanted:
    """Own staff; with ``scope=sites`` everybody whom the enterprise may see."""
    if _scope(request) == "sites":
        return Wanted(since, until, view=asking.view_of(request.acting))
    return Wanted(since, until, enterprise_number=request.acting.enterprise_number)


def list_wanted(request: ActingRequest, now: datetime) -> Wanted | None:
    """What the list asks for, or None when its filters make no sense."""
    return _list_asked(request, now)[1]


def wanted_today(request: ActingRequest, now: datetime) -> Wanted:
    """Whose acts of today somebody may see: own staff, or with ``scope=sites`` everybody there."""
    today = clock.today(now)
    return wanted_of_staff(request, *day_queries.window(today, today))


def _missing(
    request: ActingRequest, wanted: Wanted, rows: Sequence[WorkerDay], now: datetime
) -> int:
    own = request.acting.enterprise_number or ""
    told = boards.tally(wanted=wanted, own=own, rows=rows, now=now, language=asking.language())
    return told.late


def _scope(request: HttpRequest) -> str:
    return "sites" if request.GET.get("scope") == "sites" else ""


def rows_of_day(wanted: Wanted, on: date, now: datetime) -> list[WorkerDay]:
    """The workers of a day, and whoever has not left since the day before.

    The day before opens stretches over midnight, the day after closes them; of ``wanted`` the
    window does not matter.
    """
    since, until = day_queries.window(on - timedelta(days=1), on + timedelta(days=1))
    asked = replace(wanted, since=since, until=until, counted=True)
    acts = day_queries.acts(wanted=asked, language=asking.language())
    rows = day_rows.worker_days(acts, now=now)
    is_today = on == clock.today(now)
    return [row for row in rows if row.day == on or (is_today and _still_open(row, on))]


def _still_open(row: WorkerDay, on: date) -> bool:
    """Since yesterday without OUT: at work through the night, or to be asked about today."""
    is_open = row.open_act is not None or row.misses_out
    return is_open and row.day == on - timedelta(days=1)


def _counts(rows: Sequence[WorkerDay]) -> dict[str, int]:
    present = sum(row.is_present for row in rows)
    missing = sum(row.misses_out for row in rows)
    return {
        "registered": len(rows),
        "present": present,
        "left": sum(not row.is_present and not row.misses_out for row in rows),
        "missing": missing,
        "remarks": sum(bool(row.remarks) for row in rows),
        "attention": sum(row.asks_attention for row in rows),
        "minutes": sum(row.minutes for row in rows),
    }


def _sites_of(rows: Sequence[WorkerDay]) -> list[tuple[str, str]]:
    found = {act.works_reference: act.site_name for row in rows for act in row.acts}
    return sorted(found.items(), key=lambda pair: (pair[1] == "", pair[1], pair[0]))


def _given(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def _list_asked(
    request: ActingRequest, now: datetime
) -> tuple[ListForm, Wanted | None, dict[str, Any]]:
    data = asking.period_data(request.GET, today=clock.today(now), days=_LIST_DAYS)
    text = stored_filters.kept(request, data.get("worker", ""))
    values = data | {"worker": text}
    period = ListForm(values)
    if not period.is_valid():
        return period, None, data
    cleaned = period.cleaned_data
    since, until = day_queries.window(cleaned["first"], cleaned["last"])
    own = request.acting.enterprise_number or ""
    sites = day_queries.sites_of_staff(enterprise_number=own, since=since, until=until)
    form = ListForm(values, sites=sites)
    form.is_valid()
    asked: dict[str, Any] = {
        name: form.cleaned_data.get(name) or None
        for name in ("site", "type", "validity", "channel", "remark")
    }
    wanted = replace(
        wanted_of_staff(request, since, until), worker=stored_filters.wanted(text), **asked
    )
    return form, wanted, data


def _filter(request: ActingRequest, now: datetime) -> HttpResponse:
    """From the posted filters to an address without a name in it."""
    form = ListForm(asking.period_data(request.POST, today=clock.today(now), days=_LIST_DAYS))
    if not form.is_valid():
        context = {"form": form, "given": {}, "acts": None, "worker": ""}
        return asking.show(request, "list.html", context, status=422)
    given: dict[str, Any] = dict(form.cleaned_data)
    for name in ("first", "last"):
        given[name] = given[name].isoformat()
    text = given.pop("worker")
    if text:
        given["worker"] = stored_filters.keep(request, text)
    given["size"] = size_of(request.POST)
    given["sort"] = request.POST.get("sort", "")
    given["scope"] = "sites" if request.POST.get("scope") == "sites" else ""
    return redirect(reverse("presence:staff-list") + query(given))


def _chips(form: ListForm, data: dict[str, Any]) -> list[tuple[str, str]]:
    """Each filter in words, with the name that takes it away from the address."""
    found = []
    for name in ("site", "worker", "type", "validity", "remark", "channel"):
        value = form.cleaned_data.get(name)
        if not value:
            continue
        choices = {str(code): str(text) for code, text in getattr(form.fields[name], "choices", ())}
        found.append((name, f"{form.fields[name].label}: {choices.get(str(value), value)}"))
    return found
