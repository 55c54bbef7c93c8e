"""One site: works, chain, days, who is there now. It shows people, so it asks a purpose first."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.backoffice.inspection import looks, signal_words, site_queries
from guichet.backoffice.inspection.inquiries import Inquiry
from guichet.backoffice.inspection.signal_queries import signals
from guichet.backoffice.inspection.site_queries import Day
from guichet.backoffice.inspection.views.entering import (
    inspector,
    language,
    show,
    under_inquiry,
)
from guichet.eservices.presence.forms import PeriodForm
from guichet.platform import clock
from guichet.registers.enterprises.queries import names
from guichet.registers.works import queries as works

_DAYS = 14


@require_GET
@inspector
@under_inquiry
def site(request: ActingRequest, inquiry: Inquiry, reference: str) -> HttpResponse:
    """The site of a reference; what no declaration knows is not found."""
    now, record = clock.now(), works.site(reference=reference)
    if record is None:
        raise Http404
    today = clock.today(now)
    form = PeriodForm(
        {
            "first": request.GET.get("first", (today - timedelta(days=_DAYS - 1)).isoformat()),
            "last": request.GET.get("last", today.isoformat()),
        }
    )
    context: dict[str, Any] = {"inquiry": inquiry, "site": record, "form": form, "today": today}
    if not form.is_valid():
        return show(request, "site.html", {**context, "days": None}, status=422)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    present = site_queries.present(reference=reference, now=now, language=language())
    announced = site_queries.announced(reference=reference, today=today, language=language())
    looks.noted(
        inquiry=inquiry,
        what="site",
        target=reference,
        subjects=(row.ssin for row in (*present, *announced) if row.ssin),
        actor=request.acting.actor,
        now=now,
    )
    context |= {
        "present": present,
        "announced": announced,
        "signals": [one for one in signals(now=now) if one.works_reference == reference],
        "sentences": signal_words,
        "days": site_queries.days(reference=reference, first=first, last=last),
        "remarks": site_queries.remarks(reference=reference, first=first, last=last),
        **_chain(reference, first, last, today),
    }
    context["bars"] = _bars(context["days"])
    context["principal"] = _principal(record)
    return show(request, "site.html", context)


def _chain(reference: str, first: date, last: date, today: date) -> dict[str, Any]:
    counts = site_queries.counts(
        reference=reference, first=min(first, today), last=max(last, today), today=today
    )
    chains = site_queries.chains(
        contracts=works.contracts(reference=reference),
        counts=counts,
        on=today,
        language=language(),
    )
    outside = site_queries.strangers(chains, counts)
    return {
        "chains": chains,
        "counts": counts,
        "outside": outside,
        "outside_names": names(numbers=outside, language=language()) if outside else {},
    }


def _principal(record: works.SiteRecord) -> str:
    if record.principal is None:
        return record.principal_name
    found = names(numbers=[record.principal], language=language())
    return found.get(record.principal, record.principal)


def _bars(days: Sequence[Day]) -> list[tuple[Day, float, float]]:
    """Each day with the heights of its two parts in hundredths: without and with a remark."""
    most = max([1, *(day.persons for day in days)])
    return [
        (
            day,
            round(100 * (day.persons - day.remarked) / most, 1),
            round(100 * day.remarked / most, 1),
        )
        for day in days
    ]
