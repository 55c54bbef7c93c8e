"""Hours for payroll, from the IN and OUT of own staff."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.eservices.presence import day_queries, day_rows
from guichet.eservices.presence.day_queries import Wanted
from guichet.eservices.presence.day_rows import CountedDay, WorkerDay
from guichet.eservices.presence.forms import SitePeriodForm
from guichet.eservices.presence.paging import paging
from guichet.eservices.presence.views import asking
from guichet.eservices.presence.views.staff import employer
from guichet.platform import clock
from guichet.platform.clock import brussels


@require_GET
@employer
def hours(request: ActingRequest) -> HttpResponse:
    """Stretches, breaks and hours of each worker, day by day, over a period."""
    now = asking.moment()
    form, wanted = days_asked(request)
    if wanted is None:
        empty: dict[str, object] = {"form": form, "rows": None, "given": {}}
        return asking.show(request, "hours.html", empty, status=422)
    rows = _counted(wanted, now=now)
    page = paging(request.GET, total=len(rows), is_exact=True)
    shown = _shown(wanted, rows[page.offset : page.offset + page.size], now=now)
    asking.noted(request.acting, [row.worker for row in shown], purpose="presence.hours", now=now)
    data = asking.period_data(request.GET, today=clock.today(now), days=1)
    context = {
        "form": form, "rows": shown, "paging": page, "given": data,
        "total_minutes": sum(row.minutes for row in rows),
        "missing": sum(row.misses_out for row in rows),
        "workers": len({row.ssin for row in rows}),
    }  # fmt: skip
    return asking.show(request, "hours.html", context)


def days_asked(request: ActingRequest) -> tuple[SitePeriodForm, Wanted | None]:
    """The period asked for, with its acts; None when it makes no sense."""
    now = asking.moment()
    today = clock.today(now)
    data = asking.period_data(request.GET, today=today, days=1)
    draft = SitePeriodForm(data)
    if not draft.is_valid():
        return draft, None
    first, last = draft.cleaned_data["first"], draft.cleaned_data["last"]
    own = request.acting.enterprise_number or ""
    since, until = day_queries.window(first, last)
    sites = day_queries.sites_of_staff(enterprise_number=own, since=since, until=until)
    form = SitePeriodForm(data, sites=sites)
    form.is_valid()
    site = form.cleaned_data.get("site") or None
    return form, Wanted(since, until, enterprise_number=own, site=site, counted=True)


def worker_days(wanted: Wanted, *, now: datetime) -> list[WorkerDay]:
    """The days of every worker in a period, by worker; raises TooManyActs."""
    acts = day_queries.acts(wanted=_around(wanted), language=asking.language())
    return _in_order(wanted, day_rows.worker_days(acts, now=now))


def _counted(wanted: Wanted, *, now: datetime) -> list[CountedDay]:
    """The same days as sums only: names and verdicts are looked up for the page, not for all."""
    acts = day_queries.bare_acts(wanted=_around(wanted))
    return _in_order(wanted, day_rows.counted_days(acts, now=now))


def _shown(wanted: Wanted, page: list[CountedDay], *, now: datetime) -> list[WorkerDay]:
    if not page:
        return []
    keys = {(row.ssin, row.day) for row in page}
    days = [row.day for row in page]
    since, until = day_queries.window(min(days), max(days))
    of_page = replace(wanted, since=since, until=until, ssins=sorted({row.ssin for row in page}))
    rows = worker_days(of_page, now=now)
    return [row for row in rows if (row.ssin, row.day) in keys]


def _around(wanted: Wanted) -> Wanted:
    """A day more on both sides, so that shifts over midnight are whole."""
    around = timedelta(days=1)
    return replace(wanted, since=wanted.since - around, until=wanted.until + around)


_Row = TypeVar("_Row", bound=CountedDay)


def _in_order(wanted: Wanted, rows: Iterable[_Row]) -> list[_Row]:
    first, last = brussels(wanted.since).date(), brussels(wanted.until).date()
    inside = [row for row in rows if first <= row.day < last]
    return sorted(inside, key=lambda row: (row.sort_key, row.ssin, row.day))
