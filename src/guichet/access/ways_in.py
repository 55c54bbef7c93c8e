"""The ways to a sign-in: what is asked there, and the page to which one comes back.

An address here carries what a page asks of a sign-in (``level``, ``means``, ``context``) only to
spare the person a second one: the page itself decides when he comes back.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from guichet.rules.assurance import ANYBODY, Means, Policy

# A page further away than this is not remembered: the cookie of the sign-in carries it.
_LONGEST: Final = 1500
_READING: Final = ("GET", "HEAD")


def own_place(request: HttpRequest, text: str) -> str:
    """``text`` when it is a page of ours to come back to, else the start page."""
    if text.startswith("/sign-in/"):
        return "/"  # the way in is no place to arrive at
    is_ours = text.startswith("/") and url_has_allowed_host_and_scheme(
        text, allowed_hosts={request.get_host()}
    )
    return text if is_ours and len(text) <= _LONGEST and text.isprintable() else "/"


def page_of(request: HttpRequest) -> str:
    """The page that is asked for; of a form that was sent, the page on which it stood."""
    if request.method in _READING:
        return own_place(request, request.get_full_path())
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return "/"
    if came_from.netloc != request.get_host():
        return "/"
    return own_place(request, came_from._replace(scheme="", netloc="", fragment="").geturl())


def asked(*, place: str, policy: Policy, context: str = "") -> dict[str, str]:
    """The parameters of a sign-in that is enough for ``policy`` and leads to ``place``."""
    given = {"next": place}
    if policy != ANYBODY:
        given["level"] = str(policy.min_level)
    if policy.means != frozenset(Means):
        given["means"] = " ".join(sorted(policy.means))
    return given | ({"context": context} if context else {})


def to_sign_in(request: HttpRequest, *, policy: Policy, side: str) -> HttpResponseBase:
    """Lead a visitor to the sign-in, from where he comes back to the same page.

    What was sent by a form is not stored and goes nowhere: a page says so.
    """
    given = asked(place=page_of(request), policy=policy, context=side)
    if request.method not in _READING:
        context = {"sign_in_at": _address(given)}
        return render(request, "access/not_stored.html", context, status=403)
    had_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    if had_session and not getattr(request, "was_told", False):
        messages.info(request, _("Your session has ended. Sign in to go on."))
    if had_session:
        return HttpResponseRedirect(f"{reverse('front')}?{urlencode(given)}")
    return HttpResponseRedirect(_address(given))


def to_step_up(request: HttpRequest, *, policy: Policy, service: str | None) -> HttpResponseBase:
    """Lead somebody to the page that explains which sign-in is asked, and how to come back."""
    given = asked(place=page_of(request), policy=policy)
    if service:
        given["service"] = service
    return HttpResponseRedirect(f"{reverse('identification:step-up')}?{urlencode(given)}")


def _address(given: Mapping[str, str]) -> str:
    """The sign-in itself; in the simulation the start page, where one may also choose a persona."""
    name = "front" if settings.ENVIRONMENT.simulation else "identification:sign-in"
    return f"{reverse(name)}?{urlencode(given)}"
