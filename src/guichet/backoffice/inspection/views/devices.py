"""Devices and alternative methods for an inspector.

The lists name no person. A method with its proof may: who declared it stands there, and a document
shows whatever its firm put into it, so that page asks a purpose first.
"""

import re
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.backoffice.inspection import device_queries, looks
from guichet.backoffice.inspection.device_forms import DevicesForm, MethodsForm
from guichet.backoffice.inspection.device_queries import PAGE, Asked, MethodLine
from guichet.backoffice.inspection.inquiries import Inquiry
from guichet.backoffice.inspection.views.entering import (
    current,
    inspector,
    language,
    show,
    under_inquiry,
)
from guichet.documents.attachments.views import served
from guichet.eservices.presence.kiosk import words as kiosk_words
from guichet.platform import clock

_NAMES: Final = ("site", "enterprise", "kind", "state")
_DEVICE: Final = re.compile(r"([0-9A-Z]{13})-([0-9]{1,18})", re.ASCII)
_METHOD: Final = re.compile(r"([0-9]{1,17})-([0-9]{1,18})", re.ASCII)


@require_GET
@inspector
def devices(request: ActingRequest) -> HttpResponse:
    """Every registered device, by site: its state, when it was heard, how much it registered."""
    form = DevicesForm(_asked(request))
    place = _place(request, _DEVICE)
    after = None if place is None else (place[0], int(place[1]))
    if not form.is_valid():
        return _list(request, "devices.html", form, [], status=422)
    lines = device_queries.devices(
        asked=Asked(**form.cleaned_data), language=language(), after=after
    )
    return _list(request, "devices.html", form, lines)


@require_GET
@inspector
def methods(request: ActingRequest) -> HttpResponse:
    """Every declared method, the latest first, with how many documents prove it."""
    form = MethodsForm(_asked(request))
    place = _place(request, _METHOD)
    after = None if place is None else (int(place[0]), int(place[1]))
    if not form.is_valid():
        return _list(request, "methods.html", form, [], status=422)
    lines = device_queries.declared(
        asked=Asked(**form.cleaned_data), language=language(), today=clock.today(clock.now()),
        after=after,
    )  # fmt: skip
    return _list(request, "methods.html", form, lines)


@require_GET
@inspector
@under_inquiry
def method(request: ActingRequest, inquiry: Inquiry, number: UUID) -> HttpResponse:
    """One method: what its firm says of it, who declared it, its documents."""
    found = _found(number)
    person = found.row.declared_by
    _noted(request, inquiry, "method", found, [person.niss])
    context = {
        "inquiry": inquiry, "line": found, "row": found.row, "person": person,
        "files": device_queries.documents(row=found.row), "kiosk_words": kiosk_words,
    }  # fmt: skip
    return show(request, "method.html", context)


@require_GET
@inspector
@under_inquiry
def document(
    request: ActingRequest, inquiry: Inquiry, number: UUID, attachment: UUID
) -> HttpResponse:
    """One document that proves a method; that it was fetched is noted."""
    found = _found(number)
    file = device_queries.document(row=found.row, attachment=attachment)
    if file is None:
        raise Http404
    _noted(request, inquiry, "document", found, [])
    return served(file)


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in _NAMES}


def _place(request: HttpRequest, form: re.Pattern[str]) -> tuple[str, str] | None:
    """The place in the address, or None at the beginning; raises Http404 for anything else."""
    text = request.GET.get("after")
    if text is None:
        return None
    found = form.fullmatch(text)
    if found is None:
        raise Http404
    return found[1], found[2]


def _list(
    request: ActingRequest, template: str, form: Any, lines: list[Any], *, status: int = 200
) -> HttpResponse:
    shown = lines[:PAGE]
    context = {
        "inquiry": current(request, clock.now()),
        "form": form,
        "lines": shown,
        "given": {name: text for name, text in _asked(request).items() if text},
        "is_first": "after" not in request.GET,
        "next_place": shown[-1].place if len(lines) > PAGE else "",
        "kiosk_words": kiosk_words,
    }
    return show(request, template, context, status=status)


def _found(number: UUID) -> MethodLine:
    found = device_queries.method(
        number=number, language=language(), today=clock.today(clock.now())
    )
    if found is None:
        raise Http404
    return found


def _noted(
    request: ActingRequest, inquiry: Inquiry, what: str, found: MethodLine, people: list[str]
) -> None:
    looks.noted(
        inquiry=inquiry, what=what, target=str(found.row.number), subjects=people,
        actor=request.acting.actor, now=clock.now(),
    )  # fmt: skip
