"""A sign-in under way: begun by a relying party or by the profile, ended by a means.

A means of identification knows three things here: the `Login` of this browser (`with_login`),
`finish` when it has identified somebody, `refuse` when it has not.
"""

import functools
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.csam.provider import profile_session
from guichet.csam.provider.models import Login
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.platform.headers import FORM_ACTION
from guichet.platform.routes import declare
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import current_number
from guichet.rules.assurance import Means, Policy

COOKIE: Final = "guichet_csam_login"
# Long enough to look for a card reader, or to wait for a mail.
LIFETIME: Final = timedelta(minutes=30)
CODE_LIFETIME: Final = timedelta(seconds=60)

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Identified:
    """Whom a means identified, and how surely; `repr` shows no person."""

    niss: str = field(repr=False)
    level: int
    means: Means
    amr: tuple[str, ...]
    given_name: str = field(default="", repr=False)
    family_name: str = field(default="", repr=False)
    language: str = ""
    email: str = field(default="", repr=False)


def begin(response: HttpResponseBase, *, now: datetime, **given: Any) -> Login:
    """Store a new sign-in and bind it to the browser that gets ``response``."""
    value = new_secret()
    login = Login.objects.create(
        browser=digest(value), created_at=now, expires_at=now + LIFETIME, **given
    )
    response.set_cookie(
        COOKIE,
        value,
        max_age=int(LIFETIME.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.IS_SECURE,
    )
    return login


def with_login(view: View) -> View:
    """The view gets the open sign-in of this browser; without one, a page that says so."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        login = current(request, now=clock.now())
        if login is None:
            return render(request, "csam/no_login.html", status=403)
        if login.redirect_uri:  # browsers hold a form to its policy through redirects too
            request.META[FORM_ACTION] = _origin(login.redirect_uri)
        return view(request, login, *args, **kwargs)

    return declare(guarded, "login")


def current(request: HttpRequest, *, now: datetime) -> Login | None:
    """The sign-in of this browser that is neither over nor answered, or None."""
    value = request.COOKIES.get(COOKIE, "")
    if not value:
        return None
    open_states = (Login.State.OPEN, Login.State.IDENTIFIED)
    return (
        Login.objects.select_related("person")
        .filter(browser=digest(value), state__in=open_states, expires_at__gt=now)
        .first()
    )


def policy(login: Login) -> Policy:
    """What this sign-in asks."""
    means = frozenset(Means(word) for word in login.means) if login.means else frozenset(Means)
    return Policy(login.min_level, means)


def accepts(login: Login, means: Means) -> bool:
    """Whether this means can be enough for this sign-in."""
    return means in policy(login).offered()


def refuse(request: HttpRequest, *, login: Login, means: Means, reason: str, now: datetime) -> None:
    """Keep a line about a means that identified nobody; ``reason`` is a word of ours."""
    trail.record_refusal(
        action="csam.login.refused",
        actor=system("csam"),
        target=f"login/{login.pk}",
        now=now,
        reason=reason,
        detail={"means": means.value, "client": login.client_id},
    )


def finish(
    request: HttpRequest, *, login: Login, identified: Identified, now: datetime
) -> HttpResponseBase:
    """Go on with somebody identified: to the enterprise, the relying party or the profile.

    Too low a level, or a number that no register knows, is a page of its own and keeps the
    sign-in open for another means.
    """
    if not policy(login).accepts(means=identified.means, level=identified.level):
        refuse(request, login=login, means=identified.means, reason="too_low", now=now)
        context = {"login": login, "level": identified.level}
        return render(request, "csam/too_low.html", context, status=403)
    person = _person(identified.niss)
    if person is None:
        refuse(request, login=login, means=identified.means, reason="unknown_person", now=now)
        return render(request, "csam/unknown.html", {"login": login}, status=403)
    if not _identify(login, person, identified, now):
        return render(request, "csam/no_login.html", status=403)
    if login.purpose == Login.Purpose.PROFILE:
        return _to_profile(request, login, now)
    if login.context == "enterprise":
        return HttpResponseRedirect(reverse("provider:enterprise"))
    return answer(login=login, enterprise_number="", now=now)


def answer(*, login: Login, enterprise_number: str, now: datetime) -> HttpResponseBase:
    """Send the browser back to the relying party with a code, once."""
    code = new_secret()
    with transaction():
        changed = Login.objects.filter(pk=login.pk, state=Login.State.IDENTIFIED).update(
            state=Login.State.ANSWERED,
            enterprise_number=enterprise_number,
            code_digest=digest(code),
            code_expires_at=now + CODE_LIFETIME,
        )
        if changed:
            _record("csam.login.answered", login, now)
    if login.fault == "error":
        return back(login, error="server_error")
    return back(login, code=code) if changed else back(login, error="access_denied")


def cancel(*, login: Login, now: datetime) -> HttpResponseBase:
    """The person does not want to: the relying party is told, and nothing else."""
    with transaction():
        Login.objects.filter(pk=login.pk).update(state=Login.State.CANCELLED)
        trail.record(
            action="csam.login.cancelled",
            actor=system("csam"),
            target=f"login/{login.pk}",
            now=now,
        )
    if login.purpose == Login.Purpose.PROFILE:
        return HttpResponseRedirect(reverse("provider:welcome"))
    return back(login, error="access_denied")


def choose_fault(*, login: Login, fault: str) -> None:
    """What the answer of this sign-in shall have wrong (simulation), or nothing."""
    Login.objects.filter(pk=login.pk).update(fault=fault)


def back(login: Login, **parts: str) -> HttpResponse:
    """To the relying party's own address, with its state and our name (RFC 9207)."""
    parts |= {"iss": settings.ENVIRONMENT.sign_in_issuer}
    if login.client_state:
        parts["state"] = login.client_state
    joint = "&" if urlsplit(login.redirect_uri).query else "?"
    response = HttpResponse(status=303)
    response["Location"] = login.redirect_uri + joint + urlencode(parts)
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def new_secret() -> str:
    """A value that nobody guesses: for cookies, codes, tokens."""
    return secrets.token_urlsafe(32)


def digest(value: str) -> str:
    """What is kept of a cookie, a code or a token."""
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()


def forget(*, now: datetime) -> int:
    """Remove sign-ins that ended more than a day ago; how many."""
    count, _ = Login.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()
    return count


def _person(niss: str) -> Person | None:
    return Person.objects.filter(niss=current_number(niss=niss), replaced_by=None).first()


def _identify(login: Login, person: Person, identified: Identified, now: datetime) -> bool:
    with transaction():
        changed = Login.objects.filter(pk=login.pk, state=Login.State.OPEN).update(
            state=Login.State.IDENTIFIED,
            person=person,
            email=identified.email,
            level=identified.level,
            means_used=identified.means.value,
            amr=list(identified.amr),
            identified_at=now,
        )
        login.refresh_from_db()
        if changed:
            _record("csam.login.identified", login, now, means=login.means_used, level=login.level)
    return bool(changed)


def _to_profile(request: HttpRequest, login: Login, now: datetime) -> HttpResponseBase:
    Login.objects.filter(pk=login.pk).update(state=Login.State.ANSWERED)
    profile_session.open_for(request, login=login, now=now)
    response = HttpResponseRedirect(login.path or reverse("provider:profile"))
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _record(action: str, login: Login, now: datetime, **detail: object) -> None:
    person = login.person
    actor = Actor(kind="person", id=person.niss) if person else system("csam")
    detail |= {"client": login.client_id}
    trail.record(action=action, actor=actor, target=f"login/{login.pk}", now=now, detail=detail)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
