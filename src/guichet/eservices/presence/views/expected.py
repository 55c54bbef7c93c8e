"""Who is expected today and not registered yet; the plan of a site; the reminder."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.audit.lookups import looked_up
from guichet.eservices.presence.days import crews
from guichet.eservices.presence.expected import board as boards
from guichet.eservices.presence.expected import operations
from guichet.eservices.presence.expected.board import Line
from guichet.eservices.presence.expected.forms import PlanForm
from guichet.eservices.presence.expected.operations import (
    AlreadyNudged,
    NoBox,
    NotToBeNudged,
    UnknownMember,
)
from guichet.eservices.presence.paging import paging
from guichet.eservices.presence.views import asking
from guichet.eservices.presence.views.staff import employer, rows_of_day, wanted_today
from guichet.platform import clock
from guichet.platform.pages import query
from guichet.registers.persons.models import Person
from guichet.registers.works import queries as works
from guichet.registers.works.queries import SiteRecord


@require_GET
@employer
def expected(request: ActingRequest) -> HttpResponse:
    """Everybody who is expected today, the late ones first."""
    now = asking.moment()
    lines = lines_of(request, now)
    sites = sorted({(one.works_reference, one.site_name) for one in lines}, key=_by_name)
    chosen = next((one for one in sites if one[0] == request.GET.get("site")), None)
    if chosen:
        lines = [one for one in lines if one.works_reference == chosen[0]]
    page = paging(request.GET, total=len(lines), is_exact=True)
    shown = lines[page.offset : page.offset + page.size]
    _noted(request, [one.ssin for one in shown], now)
    context = {
        "lines": shown, "counts": boards.counts([one.standing for one in lines]),
        "paging": page, "now": now, "sites": sites,
        "chosen": chosen, "scope": request.GET.get("scope") == "sites",
        "own": request.acting.enterprise_number,
        "given": {name: request.GET[name] for name in ("site", "scope") if request.GET.get(name)},
        "own_sites": _own_sites(request, now),
    }  # fmt: skip
    return asking.show(request, "expected.html", context)


@require_POST
@employer
def nudge(request: ActingRequest) -> HttpResponseBase:
    """Remind one person; who is not on the board as late is as unknown as nobody: 404."""
    now, own = asking.moment(), request.acting.enterprise_number or ""
    asked = (request.POST.get("person", ""), request.POST.get("at", ""))
    found = [
        one
        for one in lines_of(request, now)
        if one.person_id and (str(one.person_id), one.works_reference) == asked
    ]
    if not found:
        raise Http404
    try:
        operations.nudge(line=found[0], enterprise=own, actor=request.acting.actor, now=now)
    except AlreadyNudged:
        messages.warning(request, _("This person was reminded today already."))
    except NotToBeNudged:
        messages.warning(request, _("This person need not be reminded: look at the list again."))
    except NoBox:
        text = _("%(name)s has not opened an e-Box, so no message would arrive. Call instead.")
        messages.warning(request, text % {"name": found[0].name})
    else:
        text = _("%(name)s gets a message. Only he or she can register.")
        messages.success(request, text % {"name": found[0].name})
    site = request.POST.get("site", "")
    return redirect(reverse("presence:expected") + (query({"site": site}) if site else ""))


@require_http_methods(["GET", "POST"])
@employer
def plan(request: ActingRequest, reference: str) -> HttpResponseBase:
    """The crew that an employer plans on a site: names from Dimona, weekdays, usual hour."""
    now, own = asking.moment(), request.acting.enterprise_number or ""
    site = _site(request, reference, now)
    staff = _staff(own, now)
    form = PlanForm(request.POST if request.method == "POST" else None, staff=staff)
    if form.is_valid():
        count = operations.plan(
            enterprise=own, reference=reference, actor=request.acting.actor, now=now,
            **form.planned(),
        )  # fmt: skip
        text = ngettext("One person is planned.", "%(count)d people are planned.", count)
        messages.success(request, text % {"count": count})
        return redirect("presence:expected-plan", reference)
    rows = boards.planned(enterprise=own, reference=reference)
    _noted(request, [*(row.person.niss for row in rows), *(one.niss for one in staff)], now)
    context: dict[str, Any] = {"form": form, "site": site, "rows": rows, "staff": staff,
                               "ticked": set(request.POST.getlist("people"))}  # fmt: skip
    return asking.show(request, "plan.html", context, status=422 if form.errors else 200)


@require_POST
@employer
def unplan(request: ActingRequest, reference: str, member: int) -> HttpResponseBase:
    """Take somebody out of the plan."""
    try:
        operations.unplan(
            enterprise=request.acting.enterprise_number or "", reference=reference,
            member=member, actor=request.acting.actor, now=clock.now(),
        )  # fmt: skip
    except UnknownMember:
        raise Http404 from None
    messages.success(request, _("This person is not planned here any more."))
    return redirect("presence:expected-plan", reference)


def lines_of(request: ActingRequest, now: datetime) -> list[Line]:
    """The board of today, for own staff or, with ``scope=sites``, for whoever may be seen."""
    wanted = wanted_today(request, now)
    return boards.board(
        wanted=wanted,
        own=request.acting.enterprise_number or "",
        rows=rows_of_day(wanted, clock.today(now), now),
        now=now,
        language=asking.language(),
    )


def _site(request: ActingRequest, reference: str, now: datetime) -> SiteRecord:
    """A site on which the enterprise works; any other is as unknown as none."""
    for one in _own_sites(request, now):
        if one.reference == reference:
            return one
    raise Http404


def _own_sites(request: ActingRequest, now: datetime) -> list[SiteRecord]:
    references = works.references_of(
        enterprise=request.acting.enterprise_number or "", on=clock.today(now)
    )
    found = works.sites(references=references).values()
    return sorted(found, key=lambda one: (one.name.casefold(), one.reference))


def _staff(own: str, now: datetime) -> list[Person]:
    numbers = [one.ssin for one in crews.own_staff(enterprise=own, on=clock.today(now))]
    found = Person.objects.filter(niss__in=[one for one in numbers if one], replaced_by=None)
    return list(found.order_by("sort_key", "pk"))


def _noted(request: ActingRequest, numbers: list[str], now: datetime) -> None:
    if numbers:
        looked_up(
            viewer=request.acting.actor, subjects=numbers, purpose="presence.expected",
            channel="portal", now=now,
        )  # fmt: skip


def _by_name(site: tuple[str, str]) -> tuple[bool, str, str]:
    return site[1] == "", site[1], site[0]
