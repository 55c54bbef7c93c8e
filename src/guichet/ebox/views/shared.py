"""What the views of the e-Box share: before which box somebody stands."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guichet.access.services import BY_KEY, Permission
from guichet.access.sessions import ActingRequest, NoRight, acting_required
from guichet.ebox import boxes, senders, words
from guichet.ebox.boxes import UnknownBox
from guichet.ebox.models import Box
from guichet.ebox.places import Place, place_of, place_to_open
from guichet.ebox.visibility import Reader
from guichet.platform import clock
from guichet.rules.ebox import Act, Key

P = ParamSpec("P")


class BoxRequest(ActingRequest):
    """A request before a box, which may not be opened yet."""

    place: Place


class OpenRequest(BoxRequest):
    """A request before a box that exists, or that an enterprise will have."""

    box: Box
    reader: Reader


_signed_in: Final = acting_required(kind="worker", policy=BY_KEY["ebox"].policy)
Placed = Callable[Concatenate[BoxRequest, P], HttpResponseBase]
Opened = Callable[Concatenate[OpenRequest, P], HttpResponseBase]


def placed(view: Placed[P]) -> Callable[..., HttpResponseBase]:
    """A page before one's own box, or that of the enterprise with the right to the e-Box."""

    @wraps(view)
    def led(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        asked = cast("BoxRequest", request)
        acting = asked.acting
        if acting.enterprise_number and Permission.EBOX not in acting.rights:
            raise NoRight(_("You have no right to use this service for this enterprise."))
        asked.place = place_of(acting)
        return view(asked, *args, **kwargs)

    return _signed_in(led)


def opened(view: Opened[P]) -> Callable[..., HttpResponseBase]:
    """A page of a box that exists; where there is none, the way to one."""

    @placed
    @wraps(view)
    def led(request: BoxRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        place = _place(request)
        if place.box is None or place.reader is None:
            return _way_to_one(place)
        return view(_before(request, place), *args, **kwargs)

    return led


def managed(view: Opened[P]) -> Callable[..., HttpResponseBase]:
    """A page of the holder: the person himself, or a manager of the enterprise's access.

    The box of an enterprise may still be to open: a look shows it as it will be, a change opens
    it.
    """

    @placed
    @wraps(view)
    def led(request: BoxRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        place = _place(request)
        if place.box is None and place.is_enterprise and place.is_manager:
            place = place_to_open(request.acting)
        if place.box is None or place.reader is None:
            return _way_to_one(place)
        if not place.is_manager:
            raise NoRight(_("Only who manages the access of the enterprise may change this."))
        return view(_before(request, place), *args, **kwargs)

    return led


def _place(request: BoxRequest) -> Place:
    """The place, with the box of an enterprise once something is changed there."""
    place = request.place
    if not place.is_enterprise or place.box is not None or request.method != "POST":
        return place
    try:
        boxes.open_of_enterprise(
            number=request.acting.enterprise_number or "",
            actor=request.acting.actor,
            now=clock.now(),
        )
    except UnknownBox:  # nobody manages its access yet
        return place
    return place_of(request.acting)


def _way_to_one(place: Place) -> HttpResponseBase:
    return redirect("ebox:list" if place.is_enterprise else "ebox:activation")


def _before(request: BoxRequest, place: Place) -> OpenRequest:
    asked = cast("OpenRequest", request)
    assert place.box is not None
    assert place.reader is not None
    asked.place, asked.box, asked.reader = place, place.box, place.reader
    return asked


def show(
    request: BoxRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page with what all pages of the e-Box need."""
    shared = {
        "words": words,
        "name_of": senders.name_of,
        "place": request.place,
        "state": boxes.state_of(request.place.box),
        "Act": Act,
        "Key": Key,
    }
    return render(request, f"ebox/{template}", shared | context, status=status)


def status_of(form: Any) -> int:
    """422 for a form with errors."""
    return 422 if form.errors else 200
