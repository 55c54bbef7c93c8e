"""Replacement and bridge days of a year: they stretch the days on which one may communicate."""

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment import closing
from guichet.eservices.temporary_unemployment.forms.search import ClosedDaysForm
from guichet.eservices.temporary_unemployment.pages import asking
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.enterprises.queries import EstablishmentRecord
from guichet.rules import calendar

_YEARS: Final = 3


@require_http_methods(["GET", "POST"])
@asking.guarded
def closed_days(request: ActingRequest, year: int, establishment: str = "") -> HttpResponseBase:
    """The lists of one year, of every establishment or of one."""
    now = clock.now()
    today, employer = clock.today(now), asking.employer_of(request)
    places = enterprises.establishments(number=employer)
    known = {one.number for one in places}
    if abs(year - today.year) > _YEARS or (establishment and establishment not in known):
        raise Http404
    rows = [
        one for one in closing.of_year(employer=employer, year=year)
        if one.establishment == establishment
    ]  # fmt: skip
    initial = {
        kind: "\n".join(f"{one.day:%d/%m/%Y}" for one in rows if one.kind == kind)
        for kind in ("replacement", "bridge")
    }
    form = ClosedDaysForm(request.POST or None, year=year, initial=initial)
    if request.method == "POST" and form.is_valid():
        closing.keep(
            year=year, establishment=establishment, days=form.days,
            sender=asking.sender_of(request), now=now,
        )  # fmt: skip
        messages.success(request, _("The days off are kept."))
        where = [year, establishment] if establishment else [year]
        return redirect("temporary_unemployment:closed", *where)
    context: dict[str, Any] = {
        "form": form,
        "year": year,
        "establishment": establishment,
        "places": _offered(places, year, establishment),
        "holidays": calendar.legal_holidays(year),
        "this_year": today.year,
        "today": today,
    }
    return asking.show(
        request, "closed.html", context, status=422 if request.method == "POST" else 200
    )


def _offered(
    places: tuple[EstablishmentRecord, ...], year: int, chosen: str
) -> list[EstablishmentRecord]:
    """Those that were open in a year, and the one whose list this is."""
    first = date(year, 1, 1)
    return [one for one in places if one.number == chosen or not one.is_closed(first)]


@require_http_methods(["GET"])
@asking.guarded
def this_year(request: ActingRequest) -> HttpResponseBase:
    """The year of today."""
    return redirect("temporary_unemployment:closed", clock.today(clock.now()).year)
