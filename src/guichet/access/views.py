"""The start page, for whom somebody acts, signing out, and who consulted his data."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guichet.access import front as start
from guichet.access.acting import PERSONA
from guichet.access.services import SERVICES
from guichet.access.sessions import (
    Acting,
    ActingRequest,
    acting_of,
    acting_required,
    sign_out,
)
from guichet.access.sessions import act_for as go_on_for
from guichet.platform import clock
from guichet.platform.routes import public


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
    return render(request, "access/welcome.html", {"services": SERVICES})


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
    number, quality, mandatary = [*request.POST.get("enterprise", "").split(":"), "", ""][:3]
    go_on_for(
        request,
        enterprise_number=number or None,
        quality=quality or None,
        mandatary=mandatary,
        now=clock.now(),
    )
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
    """Close the session; who came from a provider hears what may still be open there."""
    acting = acting_of(request)
    sign_out(request)
    if acting is not None and acting.means != PERSONA:
        return redirect("identification:signed-out")
    messages.success(request, _("You are signed out."))
    return redirect("front")
