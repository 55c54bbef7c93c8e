"""Passkeys: added on the page of the keys, used behind their tile. Both need a script."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from guichet.csam.keys import forms, passkeys
from guichet.csam.keys.holders import KeyThere
from guichet.csam.keys.passkeys import PasskeyRefused
from guichet.csam.keys.views.answers import brake, holder_of, page, wait
from guichet.csam.provider.logins import Identified, finish, refuse, with_login
from guichet.csam.provider.models import Login
from guichet.csam.provider.profile import ProfileRequest, profile_required
from guichet.platform import clock, throttle
from guichet.platform.throttle import Throttled
from guichet.rules.assurance import NOMINAL, Means

TRIES: Final = 30  # of one address in ten minutes


@profile_required(min_level=NOMINAL[Means.PASSKEY])
@require_http_methods(["GET", "POST"])
def add(request: ProfileRequest) -> HttpResponseBase:
    """Name a passkey and keep it."""
    data = request.POST if request.method == "POST" else None
    form = forms.NewPasskeyForm(data, initial={"name": _("My device")})
    if form.is_valid():
        holder, now = holder_of(request), clock.now()
        try:
            brake(holder, now=now)
            key = passkeys.register(holder=holder, now=now, **form.cleaned_data)
        except Throttled as refusal:
            return wait(request, refusal)
        except KeyThere:
            form.add_error(None, _("This passkey is in use already."))
        except PasskeyRefused:
            form.add_error(None, _("The passkey was not made. Try again."))
        else:
            messages.success(request, _("The key is active. You can sign in with it from now on."))
            return redirect("keys:one", key.pk)
    return page(request, "passkey.html", {}, form=form)


@profile_required(min_level=NOMINAL[Means.PASSKEY])
@require_POST
def add_options(request: ProfileRequest) -> HttpResponseBase:
    """What the browser needs to make a passkey, as JSON."""
    holder, now, profile = holder_of(request), clock.now(), request.profile
    try:
        brake(holder, now=now)
    except Throttled as refusal:
        return _told_to_wait(refusal)
    label = f"{profile.given_name} {profile.family_name}".strip()
    return _json(passkeys.registration_options(holder=holder, label=label, now=now))


@with_login
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest, login: Login) -> HttpResponseBase:
    """Sign in with a passkey."""
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        now = clock.now()
        try:
            _brake(request)
            signed = passkeys.sign_in(
                login=str(login.pk), answer=form.cleaned_data["answer"], now=now
            )
        except Throttled as refusal:
            return wait(request, refusal)
        except PasskeyRefused:
            refuse(request, login=login, means=Means.PASSKEY, reason="wrong passkey", now=now)
            form.add_error(None, _("We do not know this passkey, or it was withdrawn."))
        else:
            identified = Identified(
                niss=signed.niss,
                level=signed.level,
                means=Means.PASSKEY,
                amr=(Means.PASSKEY.value, "pop", "user", "mfa"),  # our word, then RFC 8176
            )
            return finish(request, login=login, identified=identified, now=now)
    return page(request, "sign_in_passkey.html", {}, form=form)


@with_login
@require_POST
def sign_in_options(request: HttpRequest, login: Login) -> HttpResponseBase:
    """What the browser needs to ask for a passkey, as JSON."""
    try:
        _brake(request)
    except Throttled as refusal:
        return _told_to_wait(refusal)
    return _json(passkeys.sign_in_options(login=str(login.pk), now=clock.now()))


def _brake(request: HttpRequest) -> None:
    throttle.hit(
        key=f"csam.keys.passkey:{request.META['REMOTE_ADDR']}",
        limit=TRIES,
        seconds=600,
        now=clock.now(),
    )


def _json(text: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="application/json")
    answer["Cache-Control"] = "no-store"
    return answer


def _told_to_wait(refusal: Throttled) -> HttpResponse:
    answer = HttpResponse("{}", content_type="application/json", status=429)
    answer["Retry-After"] = str(refusal.retry_after)
    return answer
