"""Means of an enterprise's people: list, give, print, block."""

from collections.abc import Iterable
from uuid import UUID

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.audit.lookups import looked_up
from guichet.eservices.presence.days import crews
from guichet.eservices.presence.kiosk import means, queries
from guichet.eservices.presence.kiosk.forms import MeansForm
from guichet.eservices.presence.kiosk.models import Means
from guichet.eservices.presence.kiosk.views.shared import employer, number_of, show
from guichet.platform import clock


@require_GET
@employer
def listed(request: ActingRequest) -> HttpResponse:
    """Who carries what."""
    rows = queries.means(enterprise=number_of(request))
    _noted(request, rows)
    return show(request, "means.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@employer
def issue(request: ActingRequest) -> HttpResponseBase:
    """Give a badge, a card or the use of the identity card to one person."""
    number, now = number_of(request), clock.now()
    staff = crews.own_staff(enterprise=number, on=clock.today(now))
    form = MeansForm(request.POST if request.method == "POST" else None, staff=staff)
    if not form.is_valid():
        return show(request, "means-new.html", {"form": form}, status=422 if form.errors else 200)
    given = form.cleaned_data
    try:
        made = means.issue(
            kind=given["kind"], niss=given["person"], identifier=given["identifier"],
            enterprise=number, person_id=request.acting.person_id, actor=request.acting.actor,
            now=now,
        )  # fmt: skip
    except means.NotStaff:
        form.add_error("person", _("Choose somebody who works for you today."))
    except means.GivenAlready:
        field = "identifier" if given["kind"] == "badge" else "person"
        form.add_error(field, _("This is a means already. Block the former one first."))
    else:
        messages.success(request, _("The means is given. It is personal and is never lent."))
        return redirect("kiosk:one-means", made.number)
    return show(request, "means-new.html", {"form": form}, status=422)


@require_GET
@employer
def one(request: ActingRequest, number: UUID) -> HttpResponse:
    """One means, what it is good for and what can be done with it."""
    row = _found(request, number)
    _noted(request, [row])
    return show(request, "one-means.html", {"row": row})


@require_POST
@employer
def print_card(request: ActingRequest, number: UUID) -> HttpResponse:
    """A new code and the card to print: it is shown this once, the former one is void."""
    try:
        row, token = means.print_card(
            number=number, enterprise=number_of(request), actor=request.acting.actor,
            now=clock.now(),
        )  # fmt: skip
    except means.UnknownMeans:
        raise Http404 from None
    _noted(request, [row])
    image = segno.make(token, error="m", micro=False).svg_data_uri(
        scale=5, border=4, dark="#000", light="#fff"
    )
    return show(request, "card.html", {"row": row, "image": image})


@require_POST
@employer
def block(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """From this moment the means is refused at every device."""
    try:
        means.block(
            number=number, enterprise=number_of(request), actor=request.acting.actor,
            now=clock.now(),
        )  # fmt: skip
    except means.UnknownMeans:
        raise Http404 from None
    messages.success(request, _("The means is blocked. Every device refuses it."))
    return redirect("kiosk:one-means", number)


def _found(request: ActingRequest, number: UUID) -> Means:
    row = queries.one_means(number=number, enterprise=number_of(request))
    if row is None:
        raise Http404
    return row


def _noted(request: ActingRequest, rows: Iterable[Means]) -> None:
    people = [row.person.niss for row in rows]
    if people:
        looked_up(
            viewer=request.acting.actor, subjects=people, purpose="presence.means",
            channel="portal", now=clock.now(),
        )  # fmt: skip
