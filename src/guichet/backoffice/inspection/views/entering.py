"""What the pages of the inspection share: who enters, under which inquiry, how a page is shown."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import update_wrapper
from typing import Any, Concatenate, Final, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest
from guichet.backoffice.entering import at_the_desk
from guichet.backoffice.inspection import inquiries, words
from guichet.backoffice.inspection.inquiries import Inquiry
from guichet.kernel.niss import Niss
from guichet.platform import clock

inspector: Final = at_the_desk(Permission.INSPECTION)
_PLACE: Final = "inspection.inquiry"

P = ParamSpec("P")


def remember(request: HttpRequest, number: object) -> None:
    """The session goes on under this inquiry."""
    request.session[_PLACE] = str(number)


def current(request: ActingRequest, now: datetime) -> Inquiry | None:
    """The inquiry under which the session looks at people, if it is not over."""
    number = request.session.get(_PLACE)
    if number is None:
        return None
    return inquiries.current(number=number, actor=request.acting.actor, now=now)


def under_inquiry(
    view: Callable[Concatenate[ActingRequest, Inquiry, P], HttpResponseBase],
) -> Callable[Concatenate[ActingRequest, P], HttpResponseBase]:
    """The page shows people: without a purpose that still stands, it asks for one first."""

    def guarded(request: ActingRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        inquiry = current(request, clock.now())
        if inquiry is None:
            asked = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('inspection:purpose')}?{asked}")
        return view(request, inquiry, *args, **kwargs)

    update_wrapper(guarded, view)
    return guarded


def language() -> str:
    """The two letters of the page's language."""
    return (get_language() or "en").partition("-")[0]


def number_of(digits: str) -> str:
    """The number of a person as people read it."""
    return Niss(digits).formatted()


def show(
    request: ActingRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the inspection, with its words at hand."""
    given = {"inquiry": None, **context, "words": words, "number_of": number_of}
    return render(request, f"inspection/{template}", given, status=status)
