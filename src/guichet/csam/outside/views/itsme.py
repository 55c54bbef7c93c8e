"""The pages of the simulated itsme: whose app, and the app itself."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.csam.outside import itsme as app
from guichet.csam.outside.forms import ItsmeForm, PinForm
from guichet.csam.outside.port import NotAsked, NotIdentified
from guichet.csam.outside.views.answers import go_on, page, provider_of
from guichet.csam.provider.logins import with_login
from guichet.csam.provider.models import Login
from guichet.platform import clock
from guichet.rules.assurance import Means


@require_http_methods(["GET", "POST"])
@with_login
def begin(request: HttpRequest, login: Login) -> HttpResponseBase:
    """A telephone number, or somebody of the demonstration."""
    provider = provider_of(login, Means.ITSME)
    if provider is None:
        return redirect("provider:sign-in")
    form = ItsmeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return redirect(provider.start(login=login, wanted=form.cleaned_data, now=clock.now()))
        except NotAsked:
            form.add_error("phone", _("No app of the demonstration has this telephone number."))
    return page(request, "itsme.html", {"login": login}, form=form)


@require_http_methods(["GET", "POST"])
@with_login
def confirm(request: HttpRequest, login: Login) -> HttpResponseBase:
    """The simulated app: for which service, confirm with the PIN, or refuse."""
    provider = provider_of(login, Means.ITSME)
    if provider is None:
        return redirect("provider:sign-in")
    form = PinForm(request.POST if request.method == "POST" else None)
    is_refusal = request.method == "POST" and request.POST.get("answer") == "refuse"
    if is_refusal or form.is_valid():
        callback = {
            "answer": "refuse" if is_refusal else "confirm",
            "pin": "" if is_refusal else form.cleaned_data["pin"],
        }
        try:
            outcome = provider.finish(login=login, callback=callback, now=clock.now())
        except NotAsked:
            return redirect("outside:itsme")
        if not isinstance(outcome, NotIdentified) or outcome.reason != "pin":
            return go_on(request, login, outcome, means=Means.ITSME)
        form.add_error("pin", _("This PIN code is not right."))
    try:
        person = app.asked_of(login=login, now=clock.now())
    except NotAsked:
        return redirect("outside:itsme")
    return page(
        request, "itsme_app.html", {"login": login, "person": person, "pin": app.PIN}, form=form
    )
