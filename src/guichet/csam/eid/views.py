"""The pages around the card: before it is read, when it comes back, when it was refused; help."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from guichet.csam.eid import operations
from guichet.csam.eid.handles import handle
from guichet.csam.eid.judge import Refusal
from guichet.csam.eid.operations import TicketRefused
from guichet.csam.eid.wording import REFUSALS
from guichet.csam.provider import logins, tiles
from guichet.csam.provider.logins import Identified, with_login
from guichet.csam.provider.models import Login
from guichet.csam.provider.tiles import Tile
from guichet.platform import clock
from guichet.platform.readonly import writes_on_get
from guichet.platform.routes import public
from guichet.rules.assurance import NOMINAL, Means


@require_GET
@with_login
def begin(request: HttpRequest, login: Login) -> HttpResponse:
    """What to have at hand, and the link that makes the browser ask for the card."""
    if not logins.accepts(login, Means.EID):
        return redirect("provider:sign-in")
    address = f"{settings.ENVIRONMENT.eid_url}/sign-in?login={handle(login)}"
    return render(request, "eid/begin.html", {"login": login, "address": address})


@writes_on_get("the listener of the cards sends the browser here with its ticket, used up once")
@require_GET
@with_login
def redeem(request: HttpRequest, login: Login, ticket: str) -> HttpResponseBase:
    """Take the ticket of this browser's sign-in: go on as the holder, or say why not."""
    now = clock.now()
    try:
        judged = operations.redeem(ticket=ticket, login=handle(login), now=now)
    except TicketRefused:
        operations.note_refused_ticket(now=now)
        return redirect("eid:refused", "ticket")
    if isinstance(judged, Refusal):
        logins.refuse(request, login=login, means=Means.EID, reason=judged.value, now=now)
        return redirect("eid:refused", judged.value)
    identified = Identified(
        niss=judged.niss,
        level=NOMINAL[Means.EID],
        means=Means.EID,
        amr=(Means.EID.value,),
        given_name=judged.given_name,
        family_name=judged.family_name,
    )
    return logins.finish(request, login=login, identified=identified, now=now)


@require_GET
@with_login
def refused(request: HttpRequest, login: Login, reason: str) -> HttpResponse:
    """Why the card signed nobody in, what to do, and the other means."""
    words = REFUSALS.get(reason)
    if words is None:
        raise Http404
    context = {"login": login, "words": words, "others": _others(login), "reason": reason}
    return render(request, "eid/refused.html", context, status=403)


@public
@require_GET
def assistance(request: HttpRequest) -> HttpResponse:
    """The reader, the software, the browser, the PIN code."""
    return render(request, "eid/help.html")


def _others(login: Login) -> list[tuple[Tile, str]]:
    """The other means that can be enough, and where each begins."""
    possible = set(logins.policy(login).offered())
    found = []
    for tile in tiles.every():
        if tile.url_name != "eid:begin" and possible & set(tile.means):
            # One with a form of its own is drawn on the page of all means only.
            place = "provider:sign-in" if tile.template else tile.url_name
            found.append((tile, reverse(place)))
    return found
