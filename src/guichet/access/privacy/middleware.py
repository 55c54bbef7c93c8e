"""New terms of use are asked once, before a person goes on."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import sync_only_middleware

from guichet.access.acting import PERSONA
from guichet.access.privacy import terms
from guichet.access.sessions import acting_of
from guichet.platform import clock
from guichet.platform.routes import declared

# Where somebody must come without having accepted anything: to accept, to take his own data, to
# keep or close his sessions, to change for whom he acts. The start page is public and asks.
_OPEN: Final = frozenset({"act-for", "sign-out", "consulted"})
_OPEN_APPS: Final = frozenset({"privacy_own", "identification"})
_ASKING_THOUGH_PUBLIC: Final = frozenset({"front"})


@sync_only_middleware
class TermsMiddleware:
    """Leads a signed-in person to the terms that he has not accepted, and back after it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """The terms in the place of the page, or nothing."""
        acting = acting_of(request)
        if acting is None or not settings.ENVIRONMENT.terms_asked or _is_open(request, view):
            return None
        if acting.means == PERSONA:  # nobody real, and one click must be enough to look around
            return None
        if terms.is_accepted(acting=acting, session=request.session, now=clock.now()):
            return None
        place = reverse("privacy_own:terms")
        if request.method == "GET":
            place += "?" + urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(place)


def _is_open(request: HttpRequest, view: Callable[..., Any]) -> bool:
    match = request.resolver_match
    name = match.url_name if match else None
    if name in _OPEN or (match is not None and match.app_name in _OPEN_APPS):
        return True
    return declared(view) == "public" and name not in _ASKING_THOUGH_PUBLIC
