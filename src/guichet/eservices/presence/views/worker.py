"""What a worker sees of his own registrations. He reads; a mistake he reports to his employer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_of, acting_required
from guichet.eservices.presence import day_queries, day_rows
from guichet.eservices.presence.corrections import cases, versions
from guichet.eservices.presence.day_queries import Wanted
from guichet.eservices.presence.forms import SitePeriodForm
from guichet.eservices.presence.paging import paging
from guichet.eservices.presence.receipts import squares
from guichet.eservices.presence.views import asking
from guichet.eservices.presence.words import report_until
from guichet.platform import clock

_DAYS_SHOWN = 14
# Nobody needs a right for what is his own; the sign-in must be as sure as that of the service.
own = acting_required(kind="worker", policy=BY_KEY["presence"].policy)


@require_GET
@acting_required(kind="worker")
def start(request: HttpRequest) -> HttpResponse:
    """The service's address: to the day of the staff, or to the button of the worker."""
    acting = acting_of(request)
    is_employer = acting is not None and "presence" in acting.rights
    return redirect("presence:staff-day" if is_employer else "presence:clock")


@require_GET
@own
def registrations(request: ActingRequest) -> HttpResponse:
    """My registrations: day by day, with stretches, breaks, hours and remarks in words."""
    now = clock.now()
    data = asking.period_data(request.GET, today=clock.today(now), days=_DAYS_SHOWN)
    draft = SitePeriodForm(data)
    period = draft.cleaned_data if draft.is_valid() else None
    context: dict[str, object] = {"form": draft, "given": data, "today": clock.today(now)}
    if period is None:
        return asking.show(request, "own.html", context | {"rows": None}, status=422)
    since, until = day_queries.window(period["first"], period["last"])
    sites = day_queries.sites_of_worker(ssin=request.acting.niss, since=since, until=until)
    form = SitePeriodForm(data, sites=sites)
    form.is_valid()
    wanted = Wanted(
        since, until, ssin=request.acting.niss, site=form.cleaned_data.get("site") or None
    )
    acts = day_queries.acts(wanted=wanted, language=asking.language())
    rows = day_rows.worker_days(acts, now=now)
    rows.reverse()
    page = paging(request.GET, total=len(rows), is_exact=True)
    asking.noted(request.acting, acts[:1], purpose="presence.own", now=now)
    shown = rows[page.offset : page.offset + page.size]
    context |= {"form": form, "rows": shown, "paging": page, "scale": day_rows.scale(shown)}
    return asking.show(request, "own.html", context)


@require_GET
@own
def registration(request: ActingRequest, receipt: int) -> HttpResponse:
    """One of my registrations, whole; all I can do here is learn how to report a mistake."""
    now = clock.now()
    act = asking.own_act(request.acting, receipt)
    asking.noted(request.acting, [act], purpose="presence.own", now=now)
    context = {
        "act": act,
        "rounds": day_queries.rounds(act=act),
        "versions": versions.of_act(act),
        "for_himself": cases.works_for_himself(
            ssin=act.ssin,
            enterprise_number=act.enterprise_number,
            on=clock.today(act.occurred_at),
        ),
        "is_own": True,
        "square": squares.of_act(act),
        "is_masked": False,
        "report_until": report_until(act.occurred_at, act.activity),
        "today": clock.today(now),
    }
    return asking.show(request, "act.html", context)
