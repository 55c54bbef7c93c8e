"""The pages of a sign-in: the tiles, the enterprise, cancelling; and the person's own profile."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.means_in_words import MEANS_IN_WORDS
from guichet.access.rights import enterprises_of
from guichet.csam.provider import logins, profile, profile_session, tiles
from guichet.csam.provider.logins import with_login
from guichet.csam.provider.models import FAULTS, Login
from guichet.csam.provider.profile import ProfileRequest, profile_required
from guichet.csam.provider.tiles import Tile
from guichet.platform import clock
from guichet.platform.readonly import writes_on_get
from guichet.platform.routes import public
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.assurance import LEVELS, Means

FAULTS_IN_WORDS: Final = {
    "low": gettext_lazy("a lower level than asked"),
    "unknown": gettext_lazy("a number that nobody knows"),
    "nonce": gettext_lazy("another nonce in the identity token"),
    "unsigned": gettext_lazy("person's data without a signature"),
    "expired": gettext_lazy("an identity token of an hour ago (clock drift)"),
    "error": gettext_lazy("an error of the server"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A tile on the page, with the address where it begins."""

    tile: Tile
    href: str


@require_GET
@with_login
def sign_in(request: HttpRequest, login: Login) -> HttpResponse:
    """The means of identification that can be enough, and those that cannot, with the reason."""
    offered, closed = _tiles(login)
    context = {
        "login": login,
        "blocks": {
            block: [one for one in offered if one.tile.block == block]
            for block in ("card", "codes", "second", "abroad")
        },
        "closed": closed,
        "faults": _faults(),
        "fault": FAULTS_IN_WORDS.get(login.fault, ""),
    }
    return render(request, "csam/sign_in.html", context)


@require_POST
@with_login
def cancel(request: HttpRequest, login: Login) -> HttpResponseBase:
    """Back to the service without signing in."""
    return logins.cancel(login=login, now=clock.now())


@require_POST
@with_login
def fault(request: HttpRequest, login: Login) -> HttpResponseBase:
    """Choose what the answer shall have wrong; simulation only."""
    wanted = request.POST.get("fault", "")
    if not settings.ENVIRONMENT.simulation or wanted not in ("", *FAULTS):
        return HttpResponse(status=404)
    logins.choose_fault(login=login, fault=wanted)
    return HttpResponseRedirect(reverse("provider:sign-in"))


@require_http_methods(["GET", "POST"])
@with_login
def enterprise(request: HttpRequest, login: Login) -> HttpResponseBase:
    """For which enterprise the identified person signs in."""
    if login.person is None or login.state != Login.State.IDENTIFIED:
        return HttpResponseRedirect(reverse("provider:sign-in"))
    now = clock.now()
    numbers = _enterprises(login.person.niss, login.person.pk)
    chosen = request.POST.get("enterprise", "")
    if request.method == "POST" and chosen in numbers:
        return logins.answer(login=login, enterprise_number=chosen, now=now)
    names = enterprises.names(numbers=numbers, language=get_language() or "en")
    context = {
        "login": login,
        "choices": sorted(names.items(), key=lambda pair: pair[1]),
        "problem": _("Choose the enterprise for which you sign in.")
        if request.method == "POST"
        else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "csam/enterprise.html", context, status=status)


@public
@require_GET
def welcome(request: HttpRequest) -> HttpResponse:
    """What this place is, and the way to one's digital keys."""
    return render(request, "csam/welcome.html", {"profile": profile_session.current(request)})


@require_GET
@profile_required()
def home(request: ProfileRequest) -> HttpResponse:
    """The first page of the profile: who is there, how surely, and its parts."""
    own = request.profile
    context = {
        "profile": own,
        "means": MEANS_IN_WORDS.get(own.means, own.means),
        "sections": profile.sections(),
    }
    return render(request, "csam/profile.html", context)


@public
@writes_on_get("going to one's profile begins a sign-in")
@require_GET
def profile_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Begin a sign-in for the profile, at a level, and come back to the page asked for."""
    response = HttpResponseRedirect(reverse("provider:sign-in"))
    level = request.GET.get("level", "")
    words = set(request.GET.get("means", "").split())
    logins.begin(
        response,
        now=clock.now(),
        purpose=Login.Purpose.PROFILE,
        client_name=_("My digital keys"),
        min_level=int(level) if level in {str(one) for one in LEVELS} else LEVELS[0],
        means=[means.value for means in Means if means.value in words],
        language=(get_language() or "en").partition("-")[0],
        path=_own_place(request),
    )
    return response


@public
@require_POST
def profile_sign_out(request: HttpRequest) -> HttpResponseBase:
    """Close the session of the profile."""
    profile_session.close(request)
    return HttpResponseRedirect(reverse("provider:welcome"))


def _tiles(login: Login) -> tuple[list[Shown], list[Shown]]:
    policy = logins.policy(login)
    possible = set(policy.offered())
    offered: list[Shown] = []
    closed: list[Shown] = []
    for tile in tiles.every():
        shown = Shown(tile, reverse(tile.url_name))
        (offered if possible & set(tile.means) else closed).append(shown)
    return offered, closed


def _faults() -> list[tuple[str, str]]:
    if not settings.ENVIRONMENT.simulation:
        return []
    return [(word, str(FAULTS_IN_WORDS[word])) for word in FAULTS]


def _enterprises(niss: str, person_id: int) -> set[str]:
    today = clock.today(clock.now())
    own = {one.enterprise_number for one in enterprises.functions_of(niss=niss, on=today)}
    return own | enterprises_of(person_id=person_id, now=clock.now())


def _own_place(request: HttpRequest) -> str:
    text = request.GET.get("next", "")
    is_ours = text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None)
    return text if is_ours and len(text) < 500 and "\x00" not in text else ""
