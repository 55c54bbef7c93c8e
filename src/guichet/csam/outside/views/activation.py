"""From the link with the activation code to a user name, a password and a key that works.

Nothing is stored before the last step, which uses the link up; until then it can be opened again.
"""

import base64
from datetime import datetime
from typing import Any, Final

import segno
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.csam.codes import hashing
from guichet.csam.codes.registration import Chosen, UserNameTaken
from guichet.csam.codes.views import rules
from guichet.csam.keys import codes_made, sealing
from guichet.csam.keys.holders import WrongCode
from guichet.csam.keys.sealing import Sealed
from guichet.csam.outside import requests
from guichet.csam.outside.forms import CodeForm, OwnCodesForm
from guichet.csam.outside.models import Request
from guichet.csam.outside.requests import App, LinkOver
from guichet.csam.outside.views.answers import page
from guichet.csam.outside.views.belgianid import over, tries_left
from guichet.csam.provider.logins import digest
from guichet.kernel.niss import Niss
from guichet.platform import clock, throttle
from guichet.platform.routes import public
from guichet.platform.throttle import Throttled
from guichet.rules.belgianid import OPENED_LIFE

_KEY: Final = "belgianid"
_PURPOSE: Final = "belgianid app"
_APP_TRIES: Final = 10


class NotOpened(Exception):
    """The activation code of this link was not given in this browser, or too long ago."""


@public
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The activation code that the agent gave."""
    now = clock.now()
    form = CodeForm(request.POST if request.method == "POST" else None)
    try:
        requests.awaited(secret=secret, now=now)
        if form.is_valid():
            try:
                requests.check_activation_code(
                    secret=secret, code=form.cleaned_data["code"], now=now
                )
            except WrongCode as wrong:
                if not wrong.left:
                    return over(request)
                form.add_error("code", tries_left(wrong.left))
            else:
                _open(request.session, secret, now)
                return redirect("outside:activation-codes", secret)
    except LinkOver:
        return over(request)
    return page(request, "activate.html", {}, form=form)


@public
@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest, secret: str) -> HttpResponseBase:
    """A user name and a password of one's own, and which key."""
    now = clock.now()
    try:
        row, place = _opened(request.session, secret, now)
        data = request.POST if request.method == "POST" else None
        initial = {"kind": "mail", "user_name": place.get("user_name", "")}
        form = OwnCodesForm(data, initial=initial, posted_hash=None, now=now)
        if form.is_valid():
            return _chosen(request, row, secret, form)
    except LinkOver:
        return over(request)
    except NotOpened:
        return redirect("outside:activation", secret)
    context = {"row": row, "with_user_name": True, **rules()}
    return page(request, "activate_codes.html", context, form=form)


@public
@require_http_methods(["GET", "POST"])
def app(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The square code, and the first code of the app."""
    now = clock.now()
    try:
        _row, place = _opened(request.session, secret, now)
        if "sealed" not in place:
            return redirect("outside:activation-codes", secret)
        shared = _shared(place)
        form = CodeForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            step = _step(shared, secret, form, now)
            if step is not None:
                made = App(shared, step)
                return _made(request, secret, Chosen(**place["chosen"]), made, now)
    except LinkOver:
        return over(request)
    except NotOpened:
        return redirect("outside:activation", secret)
    context = {
        "secret": [shared[at : at + 4] for at in range(0, len(shared), 4)],
        "square": segno.make(
            codes_made.address(shared, user_name=place["chosen"]["user_name"]),
            error="m",
            micro=False,
        ).svg_data_uri(scale=5, border=4, dark="#000", light="#fff"),
    }
    return page(request, "activate_app.html", context, form=form)


@public
@require_GET
def done(request: HttpRequest) -> HttpResponseBase:
    """The key works; the number of the person, to note it."""
    place = request.session.get(_KEY) or {}
    if "niss" not in place:
        return redirect("outside:belgianid")
    context = {"number": Niss.parse(place["niss"]).formatted(), "user_name": place["user_name"]}
    return page(request, "activated.html", context)


def _chosen(
    request: HttpRequest, row: Request, secret: str, form: OwnCodesForm
) -> HttpResponseBase:
    given = form.cleaned_data
    chosen = Chosen(
        email=row.email,
        phone=row.phone,
        language=row.language,
        user_name=given["user_name"],
        password_hash=hashing.digest(given["password"]),
    )
    if given["kind"] == "mail":
        return _made(request, secret, chosen, None, clock.now())
    sealed = sealing.seal(codes_made.new_secret().encode(), purpose=_PURPOSE)
    request.session[_KEY] = request.session[_KEY] | {
        "chosen": {
            "email": chosen.email,
            "phone": chosen.phone,
            "language": chosen.language,
            "user_name": chosen.user_name,
            "password_hash": chosen.password_hash,
        },
        "sealed": base64.b64encode(sealed.data).decode(),
        "sealed_with": sealed.key_id,
    }
    return redirect("outside:activation-app", secret)


def _made(
    request: HttpRequest, secret: str, chosen: Chosen, made: App | None, now: datetime
) -> HttpResponseBase:
    """Make the account and its key; somebody quicker with the name leads back to the form."""
    name = _("My e-mail") if made is None else _("My telephone")
    try:
        niss = requests.activate(secret=secret, chosen=chosen, key_name=name, app=made, now=now)
    except UserNameTaken:
        request.session[_KEY] = _bare(request.session[_KEY])
        return redirect("outside:activation-codes", secret)
    request.session[_KEY] = {"niss": niss, "user_name": chosen.user_name}
    return redirect("outside:activated")


def _step(shared: str, secret: str, form: CodeForm, now: datetime) -> int | None:
    """The step of a right code of the app; None with an error on the form."""
    try:
        throttle.hit(
            key=f"csam.belgianid.app:{digest(secret)}", limit=_APP_TRIES, seconds=1800, now=now
        )
    except Throttled:
        form.add_error("code", _("Too many wrong codes. Try again in half an hour."))
        return None
    step = codes_made.matching_step(
        secret=shared, code=codes_made.bare(form.cleaned_data["code"]), now=now, last_used=None
    )
    if step is None:
        form.add_error("code", _("This is not the code that the app shows now."))
    return step


def _open(session: SessionBase, secret: str, now: datetime) -> None:
    session.cycle_key()
    session[_KEY] = {"link": digest(secret), "until": (now + OPENED_LIFE).isoformat()}


def _opened(session: SessionBase, secret: str, now: datetime) -> tuple[Request, dict[str, Any]]:
    """The request behind a link whose code was right in this browser."""
    row = requests.awaited(secret=secret, now=now)
    place: dict[str, Any] = session.get(_KEY) or {}
    if place.get("link") != digest(secret) or now >= datetime.fromisoformat(place["until"]):
        raise NotOpened
    return row, place


def _bare(place: dict[str, Any]) -> dict[str, Any]:
    return {name: place[name] for name in ("link", "until")}


def _shared(place: dict[str, Any]) -> str:
    sealed = Sealed(base64.b64decode(place["sealed"]), place["sealed_with"])
    return sealing.opened(sealed, purpose=_PURPOSE).decode()
