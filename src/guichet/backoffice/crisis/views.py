"""The page of the measures: what holds now, what held, and three ways to act."""

from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest
from guichet.backoffice.crisis.forms import QueueForm, UntilForm, WaiverForm
from guichet.backoffice.entering import at_the_desk
from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.crisis import measures
from guichet.eservices.temporary_unemployment.crisis.measures import AlreadyOpen, NotOpen
from guichet.platform import clock
from guichet.rules.temporary_unemployment.kinds import Kind, Reason

agent: Final = at_the_desk(Permission.CRISIS_DESK)
_FORMS: Final = ("waiver", "queue", "reading")


@require_http_methods(["GET", "POST"])
@agent
def measures_page(request: ActingRequest) -> HttpResponseBase:
    """Everything on one page; each form names itself by its button."""
    now = clock.now()
    which = request.POST.get("form", "")
    forms: dict[str, Any] = {
        "waiver": WaiverForm(_posted(request, "waiver"), today=clock.today(now), prefix="waiver"),
        "queue": QueueForm(_posted(request, "queue"), now=now, prefix="queue"),
        "reading": UntilForm(_posted(request, "reading"), now=now, prefix="reading"),
    }
    if request.method == "POST":
        if which not in _FORMS:
            raise Http404
        if forms[which].is_valid() and _acted(request, which, forms[which], now):
            return redirect("crisis_desk:measures")
    return _show(request, forms, now, status=422 if request.method == "POST" else 200)


@require_POST
@agent
def end_waiver(request: ActingRequest, key: int) -> HttpResponse:
    """Take a waiver back."""
    try:
        measures.end_waiver(key=key, actor=request.acting.actor, now=clock.now())
    except NotOpen:
        raise Http404 from None
    messages.success(request, _("The waiver has ended."))
    return redirect("crisis_desk:measures")


@require_POST
@agent
def close_mode(request: ActingRequest, key: int) -> HttpResponse:
    """End a queue, or reading only."""
    try:
        measures.close(key=key, actor=request.acting.actor, now=clock.now())
    except NotOpen:
        raise Http404 from None
    messages.success(request, _("The measure has ended."))
    return redirect("crisis_desk:measures")


def _posted(request: ActingRequest, name: str) -> Any:
    is_it = request.method == "POST" and request.POST.get("form") == name
    return request.POST if is_it else None


def _acted(request: ActingRequest, which: str, form: Any, now: datetime) -> bool:
    given, actor = form.cleaned_data, request.acting.actor
    try:
        match which:
            case "waiver":
                measures.waive(
                    reason=Reason(given["reason"]), period=form.period, law=given["law"],
                    kind=Kind(given["kind"]) if given["kind"] else None,
                    committees=given["committees"], postcodes=given["postcodes"],
                    actor=actor, now=now,
                )  # fmt: skip
            case "queue":
                measures.open_queue(rate=given["rate"], until=given["moment"], actor=actor, now=now)
            case _:
                measures.read_only(until=given["moment"], actor=actor, now=now)
    except AlreadyOpen:
        form.add_error(None, _("This measure holds already: end it first."))
        return False
    messages.success(request, _("The measure holds from now on."))
    return True


def _show(
    request: ActingRequest, forms: dict[str, Any], now: datetime, *, status: int
) -> HttpResponse:
    context = {
        "forms": forms,
        "waivers": measures.waivers(),
        "modes": measures.modes(),
        "open": [
            one
            for one in (measures.queueing(now=now), measures.reading_only(now=now))
            if one is not None
        ],
        "today": clock.today(now),
        "words": words,
    }
    return render(request, "backoffice_crisis/measures.html", context, status=status)
