"""What the pages of devices, means and methods share."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render

from guichet.access.sessions import ActingRequest, acting_required
from guichet.eservices.presence.kiosk import words
from guichet.platform import clock

employer: Final = acting_required(kind="employer", service="presence")


def number_of(request: ActingRequest) -> str:
    """The enterprise for which somebody acts."""
    return request.acting.enterprise_number or ""


def show(
    request: ActingRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of this room, with its words at hand."""
    given = {"words": words, "today": clock.today(clock.now()), **context}
    return render(request, f"kiosk/{template}", given, status=status)
