"""Signing in at the provider, stepping up, one's own sessions, staying a little longer."""

import functools
from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guichet.access import services as catalogue
from guichet.access import ways_in
from guichet.access.acting import Acting
from guichet.access.identification import journeys, operations, queries
from guichet.access.identification.journeys import Journey
from guichet.access.identification.provider import Provider, ProviderAway, ProviderRefused, Said
from guichet.access.means_in_words import MEANS_IN_WORDS
from guichet.access.sessions import (
    ActingRequest,
    NoRight,
    acting_of,
    acting_required,
    extend,
)
from guichet.access.sessions import sign_in as open_session
from guichet.audit import trail
from guichet.audit.actors import system
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.platform.readonly import writes_on_get
from guichet.platform.routes import public
from guichet.rules.assurance import LEVELS, NOMINAL, Means, Policy

CALLBACK: Final = "/sign-in/callback/"
URN: Final = "urn:be:fedict:iam:fas:"
SCOPE: Final = "openid profile egovnrn citizen enterprise roles"
# What the federal provider calls the means in ``amr``.
_AMR: Final = {"bmid": Means.ITSME, "eidas": Means.EIDAS, "eid": Means.EID}


@public
@require_GET
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Begin a sign-in: to the provider; what the page asked for is remembered."""
    journey = journeys.begin(
        place=ways_in.own_place(request, request.GET.get("next", "/")),
        level=request.GET.get("level", ""),
        means=request.GET.get("means", ""),
        context=request.GET.get("context", ""),
    )
    try:
        address = _address(journey)
    except ProviderAway:
        return _away(request, journey)
    response = HttpResponseRedirect(address)
    journeys.keep(response, journey)
    return response


@public
@writes_on_get("the answer of the provider opens the session")
@require_GET
def callback(request: HttpRequest) -> HttpResponseBase:
    """The provider's answer: believed, and the session opened; or refused, and kept on record."""
    journey = journeys.current(request)
    try:
        if journey is None:
            raise ProviderRefused("state")
        response = _answered(request, journey)
    except ProviderAway:
        response = _away(request, journey)
    except ProviderRefused as refusal:
        response = _refused(request, journey, str(refusal))
    if journey is not None:
        journeys.forget(response, journey)
    return response


def _answered(request: HttpRequest, journey: Journey) -> HttpResponseBase:
    """What follows from a provider's answer; raises ProviderAway, ProviderRefused."""
    error = request.GET.get("error")
    if error == "access_denied":
        messages.info(request, _("You did not sign in. Nothing was changed."))
        return HttpResponseRedirect(f"{reverse('front')}?{urlencode(journey.asked)}")
    if error in ("server_error", "temporarily_unavailable"):
        raise ProviderAway(error)
    issuer = request.GET.get("iss", None if provider().names_itself() else provider().issuer)
    if error is not None or issuer != provider().issuer:
        raise ProviderRefused("answer")
    said = _told(request, journey)
    if said.level < journey.level or (journey.means and _means(said) not in journey.means):
        raise ProviderRefused("level")
    return _open(request, journey, said)


@public
@require_GET
def step_up(request: HttpRequest) -> HttpResponseBase:
    """What a page asks, what the session has, and the way to more."""
    acting = acting_of(request)
    place = ways_in.own_place(request, request.GET.get("next", "/"))
    policy = _asked(request)
    if acting is None or acting.satisfies(policy):
        return HttpResponseRedirect(place)
    service = catalogue.service_of(request.GET.get("service", ""))
    side = "enterprise" if acting.enterprise_number else "citizen"
    context = {
        "asked": policy,
        "offered": [MEANS_IN_WORDS[means.value] for means in policy.offered()],
        "has": MEANS_IN_WORDS.get(acting.means, acting.means),
        "level": acting.level,
        "service": service.name.in_language(get_language() or "en") if service else "",
        "asked_query": urlencode(ways_in.asked(place=place, policy=policy, context=side)),
    }
    return render(request, "identification/step_up.html", context)


@public
@require_GET
def signed_out(request: HttpRequest) -> HttpResponseBase:
    """The session is closed; the way to close what the provider may still have open."""
    if acting_of(request) is not None:
        return redirect("front")
    environment = settings.ENVIRONMENT
    own = {
        "client_id": environment.client_id,
        "post_logout_redirect_uri": f"{environment.url}/",
    }
    try:
        place = f"{provider().address('end_session_endpoint')}?{urlencode(own)}"
    except ProviderAway:
        place = ""
    return render(request, "identification/signed_out.html", {"at_the_provider": place})


@require_POST
@acting_required(kind="worker")
def stay(request: ActingRequest) -> HttpResponseBase:
    """Somebody is still there: the idle time begins anew."""
    ends_at = extend(request, now=clock.now())
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"endsAt": ends_at.isoformat() if ends_at else None})
    messages.success(request, _("Your session goes on."))
    return HttpResponseRedirect(ways_in.own_place(request, request.POST.get("next", "/")))


@require_GET
@acting_required(kind="worker")
def sessions(request: ActingRequest) -> HttpResponse:
    """Where I am signed in, since when, and how."""
    rows = queries.sessions(
        person_id=request.acting.person_id,
        own_key=request.session.row_key,  # type: ignore[attr-defined]  # of our own store
        now=clock.now(),
    )
    context = {"rows": rows, "words": MEANS_IN_WORDS}
    return render(request, "identification/sessions.html", context)


@require_POST
@acting_required(kind="worker")
def close(request: ActingRequest) -> HttpResponseBase:
    """Sign out somewhere else: one session, or all but this one."""
    own = str(request.session.row_key)  # type: ignore[attr-defined]  # of our own store
    wanted = request.POST.get("session", "")
    acting, now = request.acting, clock.now()
    with transaction():
        count = operations.close_some(
            person_id=acting.person_id,
            wanted=wanted,
            own_key=own,
            actor=acting.actor,
            now=now,
        )
    if count:
        messages.success(request, _("Signed out there."))
    return redirect("identification:sessions")


@functools.cache
def _provider_of(issuer: str, client_id: str, client_secret: str) -> Provider:
    return Provider(issuer=issuer, client_id=client_id, client_secret=client_secret)


def provider() -> Provider:
    """The provider of the settings, with what this process knows of it."""
    environment = settings.ENVIRONMENT
    return _provider_of(environment.sign_in_issuer, environment.client_id, settings.CLIENT_SECRET)


def _address(journey: Journey) -> str:
    asked = {
        "client_id": settings.ENVIRONMENT.client_id,
        "redirect_uri": settings.ENVIRONMENT.url + CALLBACK,
        "response_type": "code",
        "scope": SCOPE,
        "state": journey.state,
        "nonce": journey.nonce,
        "code_challenge": journey.challenge,
        "code_challenge_method": "S256",
        "acr_values": f"{URN}{journey.context}:Level{journey.level}",
        "ui_locales": get_language() or "en",
    }
    if journey.means:
        asked["means"] = " ".join(journey.means)
    return f"{provider().document()['authorization_endpoint']}?{urlencode(asked)}"


def _told(request: HttpRequest, journey: Journey) -> Said:
    code = request.GET.get("code", "")
    if not code or len(code) > 2048:
        raise ProviderRefused("code")
    known = provider()
    id_token, access_token = known.redeem(
        code=code,
        verifier=journey.verifier,
        redirect_uri=settings.ENVIRONMENT.url + CALLBACK,
    )
    return known.said(
        id_token=id_token, access_token=access_token, nonce=journey.nonce, now=clock.now()
    )


def _open(request: HttpRequest, journey: Journey, said: Said) -> HttpResponseBase:
    now = clock.now()
    try:
        with transaction():
            person = operations.person_of(said, now=now)
    except operations.NotKnown:
        _record("unknown_person", now)
        return render(request, "identification/unknown.html", status=HTTPStatus.FORBIDDEN)
    number, quality = _tenant(acting_of(request), person.pk, said)
    opened = functools.partial(
        open_session,
        request,
        niss=person.niss,
        means=_means(said),
        level=said.level,
        amr=said.amr,
        authenticated_at=said.authenticated_at,
        now=now,
    )
    try:
        opened(enterprise_number=number, quality=quality)
    except NoRight:
        # He represents the enterprise and has no right yet: he may name its access manager.
        opened(enterprise_number=None)
        messages.info(
            request,
            _("You have no right for this enterprise yet: you act for yourself."),
        )
    return HttpResponseRedirect(journey.place)


def _tenant(before: Acting | None, person_id: int, said: Said) -> tuple[str | None, str | None]:
    """For whom one goes on: as the provider says; who steps up keeps what he had."""
    number = said.enterprise_number or None
    is_same = before is not None and before.person_id == person_id
    if before is None or not is_same or number not in (None, before.enterprise_number):
        return number, None
    return before.enterprise_number, before.quality


def _means(said: Said) -> str:
    """Our word for the means that the provider names; the level decides when it names none."""
    for word in said.amr:
        if word in {means.value for means in Means}:
            return word
        if word in _AMR:
            return _AMR[word].value
    enough = (means.value for means in Means if said.level >= NOMINAL[means])
    return next(enough, Means.PASSWORD.value)


def _asked(request: HttpRequest) -> Policy:
    words = set(request.GET.get("means", "").split())
    means = frozenset(one for one in Means if one.value in words) or frozenset(Means)
    level = request.GET.get("level", "")
    is_known = level in {str(one) for one in LEVELS}
    return Policy(int(level) if is_known else LEVELS[0], means)


def _away(request: HttpRequest, journey: Journey | None) -> HttpResponse:
    context = {"again": _again(journey)}
    response = render(request, "identification/away.html", context, status=503)
    response["Retry-After"] = "30"
    return response


def _refused(request: HttpRequest, journey: Journey | None, reason: str) -> HttpResponseBase:
    """One page for everything that is not to be believed; the reason is on record only."""
    _record(reason, clock.now())
    context = {"again": _again(journey)}
    return render(request, "identification/refused.html", context, status=HTTPStatus.FORBIDDEN)


def _again(journey: Journey | None) -> str:
    place = reverse("identification:sign-in")
    return f"{place}?{urlencode(journey.asked)}" if journey else place


def _record(reason: str, now: datetime) -> None:
    trail.record_refusal(
        action="access.signIn.refused",
        actor=system("portal"),
        target="sign-in",
        now=now,
        reason=reason,
    )
