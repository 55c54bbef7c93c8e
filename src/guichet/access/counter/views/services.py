"""What each service is, and where one registers."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from guichet.access import services as catalogue
from guichet.access.counter import board, doors, words
from guichet.access.counter.board import Notice
from guichet.access.counter.information import INFORMATION, UPDATED_ON
from guichet.access.means_in_words import MEANS_IN_WORDS
from guichet.access.services import Group, Service
from guichet.access.sessions import ActingRequest, Kind, acting_required
from guichet.platform import clock
from guichet.platform.routes import declare, public


@public
@require_GET
def services(request: HttpRequest) -> HttpResponse:
    """Every service, with a line about it and for whom it is."""
    language = get_language() or "en"
    rows = [
        {
            "key": one.key,
            "name": one.name.in_language(language),
            "line": one.line.in_language(language),
            "audience": INFORMATION[one.key].audience,
            "stands": doors.door(one.key) is not None,
        }
        for one in catalogue.SERVICES
    ]
    return render(request, "counter/services.html", {"rows": rows})


@public
@require_GET
def service(request: HttpRequest, key: str) -> HttpResponse:
    """What a service is, for whom, by when, with what; and the way in."""
    found, door = _service(key), doors.door(key)
    language = get_language() or "en"
    context: dict[str, Any] = {
        "service": found,
        "name": found.name.in_language(language),
        "line": found.line.in_language(language),
        "information": INFORMATION[key],
        "updated_on": UPDATED_ON,
        "means": [MEANS_IN_WORDS[one.value] for one in found.policy.offered()],
        "level": words.LEVELS[found.policy.min_level],
        "enter": words.ENTER.get(key, ""),
        "stands": door is not None,
        "leaves": doors.leaves(key),
        "manual": door.manual if door else "",
        "site": door.site if door else "",
        "for_enterprises": Group.CITIZEN not in found.groups,
    }
    return render(request, "counter/service.html", context)


@require_GET
def enter(request: HttpRequest, key: str) -> HttpResponseBase:
    """The secured button: sign in as the service asks, then on to it.

    While the service does not stand, one comes back to its page; while it is interrupted and its
    door closes then, a page says so.
    """
    found = _service(key)
    if (closed := _closed(key)) is not None:
        name = found.name.in_language(get_language() or "en")
        context = {"service": found, "name": name, "one": closed}
        return render(request, "counter/outage.html", context, status=503)
    kind: Kind = "worker" if Group.CITIZEN in found.groups else "employer"
    asked = acting_required(kind=kind, policy=found.policy)
    return asked(_entered)(cast(ActingRequest, request), key=key)


declare(enter, "worker")


def _entered(request: ActingRequest, *, key: str) -> HttpResponseBase:
    door = doors.door(key)
    return redirect(door.place(request.acting)) if door else redirect("counter:service", key)


@public
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Where somebody registers himself, and what he must do, by group."""
    return render(request, "counter/register.html")


def _closed(key: str) -> Notice | None:
    door = doors.door(key)
    return board.outage(service=key, now=clock.now()) if door and door.closes else None


def _service(key: str) -> Service:
    found = catalogue.BY_KEY.get(key)
    if found is None:
        raise Http404
    return found
