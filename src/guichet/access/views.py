"""The start page, for whom somebody acts, signing out, and who consulted his data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, Max
from django.db.models.functions import TruncDay
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from guichet.access import front as start
from guichet.access.sessions import (
    Acting,
    ActingRequest,
    acting_of,
    acting_required,
    enterprise_name,
    sign_out,
)
from guichet.access.sessions import act_for as go_on_for
from guichet.audit.models import Lookup
from guichet.platform import clock
from guichet.platform.routes import public
from guichet.registers.enterprises.models import Enterprise

# Why somebody looked, in words; a purpose without words of its own is shown as "consultation".
PURPOSES: Final = {
    "presence.search": gettext_lazy("Search in the presences"),
    "presence.read": gettext_lazy("One presence registration"),
    "presence.day": gettext_lazy("Presences of the day"),
    "presence.list": gettext_lazy("List of presences"),
    "presence.act": gettext_lazy("One presence registration"),
    "presence.hours": gettext_lazy("Hours for payroll"),
    "presence.onsite": gettext_lazy("Who is on site"),
    "presence.export": gettext_lazy("Export of presences to a file"),
    "presence.own": gettext_lazy("Own presences"),
    "start.page": gettext_lazy("Start page"),
}
DOORS: Final = {
    "portal": gettext_lazy("pages"),
    "rest": gettext_lazy("software of the enterprise"),
}
_PAGE: Final = 50


@public
@require_GET
def front(request: HttpRequest) -> HttpResponseBase:
    """The start page: what waits for the person; for a visitor, the way in."""
    acting = acting_of(request)
    if acting is not None:
        return _home(request, acting)
    landing = start.landing()
    if landing is not None:
        return landing(request)
    return render(request, "access/welcome.html")


def _home(request: HttpRequest, acting: Acting) -> HttpResponse:
    now = clock.now()
    homes = start.homes(acting, now)
    tasks = [task for home in homes for task in home.tasks]
    tasks.sort(key=lambda task: (task.days is None, task.days or 0))
    context = {
        "now": now,
        "tasks": tasks,
        "tiles": [tile for home in homes for tile in home.tiles],
        "cards": [home.card for home in homes if home.card],
    }
    return render(request, "access/home.html", context)


@require_POST
@acting_required(kind="worker")
def act_for(request: ActingRequest) -> HttpResponseBase:
    """Go on in the name of another enterprise, or of oneself."""
    number, _sign, quality = request.POST.get("enterprise", "").partition(":")
    go_on_for(request, enterprise_number=number or None, quality=quality or None, now=clock.now())
    acting = acting_of(request)
    name = acting.enterprise_name if acting else None
    if name:
        messages.success(request, _("You now act for %(name)s.") % {"name": name})
    else:
        messages.success(request, _("You now act for yourself."))
    return redirect("front")


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponseBase:
    """Close the session and go back to the start page."""
    sign_out(request)
    messages.success(request, _("You are signed out."))
    return redirect("front")


@dataclass(frozen=True, slots=True)
class Consultation:
    """One row: on this day, this organisation looked, so many times, for this purpose."""

    last_at: datetime
    organisation: str
    purpose: str
    door: str
    times: int
    is_own: bool


@require_GET
@acting_required(kind="worker")
def consulted(request: ActingRequest) -> HttpResponse:
    """Who consulted my data: organisations and reasons, never the name of an employee."""
    acting = request.acting
    page = Paginator(_grouped(acting.niss), _PAGE).get_page(request.GET.get("page"))
    names = _organisations(row["viewer_enterprise"] for row in page.object_list)
    context = {
        "consultations": [_consultation(row, names) for row in page.object_list],
        "page": page,
    }
    return render(request, "access/consulted.html", context)


def _grouped(niss: str) -> models.QuerySet[Lookup, Any]:
    """Look-ups of a person by day, organisation and purpose, the latest first."""
    own = models.Q(viewer_kind="person", viewer_id=niss)
    return (
        Lookup.objects.using("audit")
        .filter(niss=niss)
        .values(
            "viewer_kind",
            "viewer_enterprise",
            "purpose",
            "channel",
            day=TruncDay("at", tzinfo=clock.BRUSSELS),
            is_own=models.ExpressionWrapper(own, output_field=models.BooleanField()),
        )
        .annotate(times=Count("id"), last_at=Max("at"))
        .order_by("-last_at", "purpose")
    )


def _organisations(numbers: Iterable[str | None]) -> dict[str, str]:
    known = Enterprise.objects.filter(number__in={number for number in numbers if number})
    return {enterprise.number: enterprise_name(enterprise) for enterprise in known}


def _consultation(row: Mapping[str, Any], names: Mapping[str, str]) -> Consultation:
    number = row["viewer_enterprise"]
    if row["is_own"]:
        organisation = _("You yourself")
    elif number:
        organisation = names.get(number, number)
    else:
        organisation = _("Guichet, automatic processing")
    return Consultation(
        last_at=row["last_at"],
        organisation=organisation,
        purpose=str(PURPOSES.get(row["purpose"], _("Consultation"))),
        door=str(DOORS.get(row["channel"], row["channel"])),
        times=row["times"],
        is_own=row["is_own"],
    )
