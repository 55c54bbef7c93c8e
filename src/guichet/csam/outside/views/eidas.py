"""The pages of the simulated eIDAS: the country, its provider, and the first time here."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.csam.codes.waiting import wait_in_words
from guichet.csam.outside import matching
from guichet.csam.outside.countries import country_name
from guichet.csam.outside.forms import AbroadForm, CountryForm, FirstForm
from guichet.csam.outside.matching import NothingPending, NotMatched
from guichet.csam.outside.numbers import NoIssuer
from guichet.csam.outside.port import Assertion
from guichet.csam.outside.views.answers import go_on, page, provider_of
from guichet.csam.provider.logins import Identified, with_login
from guichet.csam.provider.models import Login
from guichet.kernel.niss import Niss
from guichet.platform import clock
from guichet.platform.throttle import Throttled
from guichet.rules.assurance import Means
from guichet.rules.bis_numbers import CountersExhausted
from guichet.rules.foreign_access import EIDAS_COUNTRIES


@require_http_methods(["GET", "POST"])
@with_login
def begin(request: HttpRequest, login: Login) -> HttpResponseBase:
    """The countries whose means are recognised."""
    provider = provider_of(login, Means.EIDAS)
    if provider is None:
        return redirect("provider:sign-in")
    form = CountryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect(provider.start(login=login, wanted=form.cleaned_data, now=clock.now()))
    return page(request, "eidas.html", {"login": login}, form=form)


@require_http_methods(["GET", "POST"])
@with_login
def abroad(request: HttpRequest, login: Login, country: str) -> HttpResponseBase:
    """The simulated provider of a country: it says whatever is typed."""
    provider = provider_of(login, Means.EIDAS)
    if country not in EIDAS_COUNTRIES:
        raise Http404
    if provider is None:
        return redirect("provider:sign-in")
    now = clock.now()
    data = request.POST if request.method == "POST" else None
    form = AbroadForm(data, today=clock.today(now), initial={"level": 400, "sex": ""})
    is_refusal = request.method == "POST" and request.POST.get("answer") == "refuse"
    if is_refusal or form.is_valid():
        said = {"answer": "refuse"} if is_refusal else form.callback()
        outcome = provider.finish(login=login, callback=said | {"country": country}, now=now)
        return go_on(request, login, outcome, means=Means.EIDAS)
    name = country_name(country, get_language() or "en")
    return page(request, "eidas_abroad.html", {"login": login, "country": name}, form=form)


@require_http_methods(["GET", "POST"])
@with_login
def first(request: HttpRequest, login: Login) -> HttpResponseBase:
    """The first time: e-mail, telephone, and the Belgian number of somebody who has one."""
    try:
        assertion = matching.pending(request.session, login=login)
    except NothingPending:
        return redirect("provider:sign-in")
    form = FirstForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answer = _linked(request, login, assertion, form)
        if answer is not None:
            return answer
    name = country_name(assertion.country, get_language() or "en")
    context = {"login": login, "assertion": assertion, "country": name}
    return page(request, "eidas_first.html", context, form=form)


@require_http_methods(["GET", "POST"])
@with_login
def number(request: HttpRequest, login: Login) -> HttpResponseBase:
    """The number that was created, to note it; and on to the service."""
    try:
        assertion = matching.pending(request.session, login=login)
    except NothingPending:
        return redirect("provider:sign-in")
    if request.method == "POST":
        return go_on(request, login, assertion, means=Means.EIDAS)
    judged = matching.judge(login=login, assertion=assertion, now=clock.now())
    if not isinstance(judged, Identified):
        return redirect("outside:eidas-first")
    shown = Niss.parse(judged.niss).formatted()
    return page(request, "eidas_number.html", {"login": login, "number": shown})


def _linked(
    request: HttpRequest, login: Login, assertion: Assertion, form: FirstForm
) -> HttpResponseBase | None:
    """On to the number, or to the service; None when the form has to say why not."""
    given: dict[str, Any] = form.cleaned_data
    now = clock.now()
    try:
        if given["number"]:
            matching.claim(
                assertion=assertion, number=given["number"], phone=given["phone"], now=now
            )
            return go_on(request, login, assertion, means=Means.EIDAS)
        matching.create(
            assertion=assertion,
            email=given["email"],
            phone=given["phone"],
            language=(get_language() or "en").partition("-")[0],
            source=request.META["REMOTE_ADDR"],
            now=now,
        )
    except NotMatched:
        form.add_error("number", _("This number does not go with your names and date of birth."))
    except Throttled as pause:
        form.add_error(None, wait_in_words(pause))
    except (NoIssuer, CountersExhausted):
        form.add_error(
            None, _("No number can be given at the moment. Ask for an interview with BelgianID.")
        )
    else:
        return redirect("outside:eidas-number")
    return None
