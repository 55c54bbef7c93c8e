"""Hours for payroll, from the IN and OUT of own staff."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.eservices.presence import day_queries, day_rows
from guichet.eservices.presence.day_queries import Wanted
from guichet.eservices.presence.day_rows import WorkerDay
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
    rows = worker_days(wanted, now=now)
    page = paging(request.GET, total=len(rows), is_exact=True)
    shown = rows[page.offset : page.offset + page.size]
    asking.noted(request.acting, [row.worker for row in shown], purpose="presence.hours", now=now)
    data = asking.period_data(request.GET, today=clock.today(now), days=1)
    context = {
        "form": form, "rows": shown, "paging": page, "given": data,
        "total_minutes": sum(row.minutes for row in rows),
        "missing": sum(row.misses_out for row in rows),
        "workers": len({row.worker.ssin for row in rows}),
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
    # A day more on both sides, so that shifts over midnight are whole.
    around = timedelta(days=1)
    wide = replace(wanted, since=wanted.since - around, until=wanted.until + around)
    acts = day_queries.acts(wanted=wide, language=asking.language())
    first, last = brussels(wanted.since).date(), brussels(wanted.until).date()
    rows = [row for row in day_rows.worker_days(acts, now=now) if first <= row.day < last]
    rows.sort(key=lambda row: (row.worker.sort_key, row.worker.ssin, row.day))
    return rows
