"""What the pages of the inspection share: who enters, under which inquiry, how a page is shown."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import update_wrapper
from typing import Any, Concatenate, Final, ParamSpec
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest
from guichet.backoffice.entering import at_the_desk
from guichet.backoffice.inspection import content, inquiries, looks, words
from guichet.backoffice.inspection.forms import CriteriaForm
from guichet.backoffice.inspection.inquiries import Asked, Inquiry
from guichet.backoffice.inspection.log_queries import Found
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


def asked_by(request: ActingRequest, number: uuid.UUID, now: datetime) -> Asked:
    """The search of this inspector; raises Http404 for anybody else's and for none."""
    asked = inquiries.asked(number=number, actor=request.acting.actor, now=now)
    if asked is None:
        raise Http404
    return asked


def over(request: ActingRequest) -> HttpResponseBase:
    """A search whose purpose is over: back to the form."""
    messages.info(request, _("The purpose of this search is more than 12 hours old: state it."))
    return redirect("inspection:search")


def criteria_of(asked: Asked) -> CriteriaForm:
    """The form of a search; raises Http404 when what it names has left the register since."""
    form = content.criteria(asked.criteria)
    if form is None:
        raise Http404
    return form


def noted(
    request: ActingRequest,
    inquiry: Inquiry,
    *,
    what: str,
    target: str,
    rows: list[Found],
    now: datetime,
) -> None:
    """Everybody in these rows was shown."""
    looks.noted(
        inquiry=inquiry,
        what=what,
        target=target,
        subjects=(row.ssin for row in rows if row.ssin),
        actor=request.acting.actor,
        now=now,
    )


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
