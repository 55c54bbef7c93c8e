"""What the pages of declarations of works have in common."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_required
from guichet.eservices.works import words
from guichet.eservices.works.operations import Sender

declarant: Final = acting_required(kind="employer", service="works", policy=BY_KEY["works"].policy)


def language() -> str:
    """Two letters."""
    return (get_language() or "en").partition("-")[0]


def own(request: ActingRequest) -> str:
    """The enterprise for which somebody declares."""
    return request.acting.enterprise_number or ""


def sender(request: ActingRequest) -> Sender:
    """Who sends it, on the portal."""
    return Sender(request.acting.actor, "portal", own(request))


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of this service."""
    return render(request, f"works/{template}", context | {"words": words}, status=status)
