"""What the pages of providers outside answer with: a page with its form, a refusal, the way on."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from guichet.csam.outside import matching, port
from guichet.csam.outside.matching import Unmatched
from guichet.csam.outside.port import Assertion, NotIdentified, OutsideProvider
from guichet.csam.outside.wording import REFUSALS, WAYS
from guichet.csam.provider import logins
from guichet.csam.provider.models import Login
from guichet.platform import clock
from guichet.rules.assurance import Means
from guichet.rules.foreign_access import Way, instead_of_itsme

_MEANS = {Way.EID: Means.EID, Way.ITSME: Means.ITSME, Way.EIDAS: Means.EIDAS}


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, form: Any = None
) -> HttpResponse:
    """A page; 422 when its form has errors."""
    status = 422 if form is not None and form.errors else 200
    return render(request, f"outside/{template}", {**context, "form": form}, status=status)


def provider_of(login: Login, means: Means) -> OutsideProvider | None:
    """Who answers for a means in this sign-in; None when it does not accept it.

    Raises Http404 where nobody answers for it at all.
    """
    found = port.provider(means)
    if found is None:
        raise Http404
    return found if logins.accepts(login, means) else None


def go_on(
    request: HttpRequest, login: Login, outcome: Assertion | NotIdentified, *, means: Means
) -> HttpResponseBase:
    """From what a provider said to the service, to the first time, or to a page that says no."""
    now = clock.now()
    if isinstance(outcome, NotIdentified):
        return refused(request, login, outcome, means=means)
    judged = matching.judge(login=login, assertion=outcome, now=now)
    if isinstance(judged, Unmatched):
        matching.keep(request.session, login=login, assertion=outcome)
        return redirect("outside:eidas-first")
    if isinstance(judged, NotIdentified):
        ways = _ways(login, outcome)
        return refused(request, login, judged, means=means, ways=ways)
    matching.forget(request.session)
    return logins.finish(request, login=login, identified=judged, now=now)


def refused(
    request: HttpRequest,
    login: Login,
    outcome: NotIdentified,
    *,
    means: Means,
    ways: tuple[Way, ...] = (),
) -> HttpResponse:
    """Nobody was identified: why, and what is open instead."""
    logins.refuse(request, login=login, means=means, reason=outcome.reason, now=clock.now())
    open_ways = [
        (reverse(WAYS[way][0]), WAYS[way][1])
        for way in ways
        if way not in _MEANS or logins.accepts(login, _MEANS[way])
    ]
    again = reverse("outside:itsme" if means is Means.ITSME else "outside:eidas")
    context = {
        "login": login,
        "words": REFUSALS[outcome.reason],
        "ways": open_ways,
        "again": "" if ways else again,
    }
    return render(request, "outside/refused.html", context, status=403)


def _ways(login: Login, assertion: Assertion) -> tuple[Way, ...]:
    role = matching.role_of(login=login, niss=assertion.niss, now=clock.now())
    return instead_of_itsme(role=role, card_country=assertion.country)
