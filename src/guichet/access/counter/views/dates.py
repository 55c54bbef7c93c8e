"""The calendar of dates that matter to the enterprise for which somebody acts."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guichet.access import dates
from guichet.access.sessions import ActingRequest, acting_required
from guichet.platform import clock


@require_GET
@acting_required(kind="employer")
def upcoming(request: ActingRequest) -> HttpResponse:
    """What comes, month by month, from today on."""
    now = clock.now()
    found = dates.upcoming(acting=request.acting, now=now)
    months = [
        (month, list(entries))
        for month, entries in groupby(found, key=lambda one: one.day.replace(day=1))
    ]
    asked = sum(one.tone == "amber" for one in found)
    context = {"months": months, "asked": asked, "today": clock.today(now)}
    return render(request, "counter/dates.html", context)
