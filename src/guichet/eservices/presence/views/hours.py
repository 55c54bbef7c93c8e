"""Hours for payroll, and the files that an employer takes with him."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.eservices.presence import day_queries, day_rows
from guichet.eservices.presence.day_queries import ActRow, Wanted
from guichet.eservices.presence.day_rows import WorkerDay
from guichet.eservices.presence.forms import SitePeriodForm
from guichet.eservices.presence.paging import paging
from guichet.eservices.presence.views import asking
from guichet.eservices.presence.views.staff import employer, is_masked, list_wanted
from guichet.eservices.presence.words import CHANNELS, STATUSES, VALIDITIES, remark_text
from guichet.platform import clock, csv_export, wording

# A bigger file is made in the background, by a service that does not exist yet.
MOST_ROWS = 10_000


@require_GET
@employer
def hours(request: ActingRequest) -> HttpResponse:
    """Stretches, breaks and hours of each worker, day by day, over a period."""
    now = asking.moment()
    form, rows = _days(request)
    if rows is None:
        empty: dict[str, object] = {"form": form, "rows": None, "given": {}}
        return asking.show(request, "hours.html", empty, status=422)
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


@require_GET
@employer
def hours_file(request: ActingRequest) -> HttpResponseBase:
    """The same as a file for the payroll software."""
    _form, rows = _days(request)
    if rows is None:
        return _too_much(request)
    now = asking.moment()
    asking.noted(request.acting, [row.worker for row in rows], purpose="presence.export", now=now)
    head = (
        _("Day"), _("National number"), _("Worker"), _("Sites"), _("Stretches"), _("Breaks"),
        _("Work (h:mm)"), _("Break (h:mm)"), _("Work (minutes)"), _("To check"),
    )  # fmt: skip
    return csv_export.download(name="guichet-hours.csv", head=head, rows=list(_hour_lines(rows)))


@require_GET
@employer
def list_file(request: ActingRequest) -> HttpResponseBase:
    """The list with its filters as a file; persons of other employers stay masked."""
    now = asking.moment()
    wanted = list_wanted(request, now)
    acts = _limited(wanted)
    if acts is None:
        return _too_much(request)
    asking.noted(request.acting, acts, purpose="presence.export", now=now)
    head = (
        _("Receipt number"), _("Day"), _("Hour"), _("IN or OUT"), _("National number"),
        _("Worker"), _("Employer"), _("Site number"), _("Site"), _("State"), _("Remarks"),
        _("Registered by"), _("Received"), _("Correction"),
    )  # fmt: skip
    lines = [_act_line(act, masked=is_masked(act, request)) for act in acts]
    return csv_export.download(name="guichet-registrations.csv", head=head, rows=lines)


def _days(request: ActingRequest) -> tuple[SitePeriodForm, list[WorkerDay] | None]:
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
    # A day more on both sides, so that shifts over midnight are whole.
    wide = day_queries.window(first - timedelta(days=1), last + timedelta(days=1))
    site = form.cleaned_data.get("site") or None
    wanted = Wanted(*wide, enterprise_number=own, site=site, counted=True)
    acts = day_queries.acts(wanted=wanted, language=asking.language())
    rows = [row for row in day_rows.worker_days(acts, now=now) if first <= row.day <= last]
    rows.sort(key=lambda row: (row.worker.sort_key, row.worker.ssin, row.day))
    return form, rows


def _limited(wanted: Wanted | None) -> list[ActRow] | None:
    if wanted is None:
        return None
    acts = day_queries.acts(
        wanted=wanted, language=asking.language(), sort="time", limit=MOST_ROWS + 1
    )
    return None if len(acts) > MOST_ROWS else acts


def _too_much(request: ActingRequest) -> HttpResponse:
    title = _("This file would be too large")
    lines = (
        _("A file has at most %(rows)s rows and 31 days.") % {"rows": wording.number(MOST_ROWS)},
        _("Choose a shorter period or one site."),
    )
    context = {"title": title, "lines": lines, "status_code": 422}
    return render(request, "error.html", context, status=422)


def _hour_lines(rows: Sequence[WorkerDay]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        yield (
            wording.day(row.day),
            asking.number_of(row.worker.ssin, masked=False),
            row.worker.worker_name,
            ", ".join(row.sites),
            " ".join(
                f"{wording.hour(one.started_at)}-{wording.hour(one.ended_at)}"
                for one in row.stretches
            ),
            " ".join(
                f"{wording.hour(gap.started_at)}-{wording.hour(gap.ended_at)}" for gap in row.breaks
            ),
            wording.hours(row.minutes),
            wording.hours(row.break_minutes),
            row.minutes,
            _("OUT missing") if row.misses_out else "",
        )


def _act_line(act: ActRow, *, masked: bool) -> tuple[object, ...]:
    return (
        act.receipt,
        wording.day(act.occurred_at),
        wording.hour(act.occurred_at),
        act.type.upper(),
        asking.number_of(act.ssin, masked=masked),
        act.worker_name,
        act.employer_name or act.enterprise_number or act.foreign_vat_number,
        act.works_reference,
        act.site_name,
        VALIDITIES[act.validity],
        " / ".join(f"{code} {remark_text(code).label}" for code in act.remarks),
        CHANNELS.get(act.channel, act.channel),
        wording.moment(act.received_at),
        STATUSES[act.status] if act.version else "",
    )
