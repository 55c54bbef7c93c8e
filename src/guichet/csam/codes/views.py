"""Signing in with access codes, and the first connection with posted ones."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.csam.codes import hashing, operations, registration, sentences
from guichet.csam.codes.forms import DetailsForm, SignInForm
from guichet.csam.codes.models import Account
from guichet.csam.codes.registration import Chosen, NotAwaiting, Pending, UserNameTaken
from guichet.csam.codes.waiting import wait_in_words
from guichet.csam.provider import logins
from guichet.csam.provider.logins import Identified, with_login
from guichet.csam.provider.models import Login
from guichet.platform import clock
from guichet.platform.routes import public
from guichet.platform.throttle import Throttled
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.assurance import Means, level_reached


@require_http_methods(["GET", "POST"])
@with_login
def sign_in(request: HttpRequest, login: Login) -> HttpResponseBase:
    """User name and password: to the service, or to the first connection."""
    if not logins.accepts(login, Means.PASSWORD):
        return redirect("provider:sign-in")
    form = SignInForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        now = clock.now()
        try:
            account = operations.check_password(
                **form.cleaned_data, source=request.META["REMOTE_ADDR"], now=now, posted=True
            )
        except operations.CodesRefused:
            logins.refuse(request, login=login, means=Means.PASSWORD, reason="codes", now=now)
            form.add_error(None, _("The user name and the password do not go together."))
        except Throttled as pause:
            status = 429
            form.add_error(None, wait_in_words(pause))
        else:
            return _enter(request, login, account)
    return render(request, "codes/sign_in.html", {"login": login, "form": form}, status=status)


def _enter(request: HttpRequest, login: Login, account: Account) -> HttpResponseBase:
    if account.state == Account.State.PROVISIONAL:
        registration.begin(request.session, login=login, account=account)
        return redirect("codes:first")
    person = account.person
    identified = Identified(
        niss=person.niss if person else "",
        level=level_reached(means=Means.PASSWORD, enrolled_at=[account.enrolled_level]),
        means=Means.PASSWORD,
        amr=(Means.PASSWORD.value, "pwd"),  # our word, then that of RFC 8176
        language=account.language,
        email=account.email,
    )
    return logins.finish(request, login=login, identified=identified, now=clock.now())


@require_GET
@with_login
def first(request: HttpRequest, login: Login) -> HttpResponse:
    """The welcome to who is here for the first time."""
    try:
        pending = registration.pending(request.session, login=login, now=clock.now())
    except NotAwaiting:
        return redirect("provider:sign-in")
    return render(request, "codes/first.html", _about(login, pending))


@require_http_methods(["GET", "POST"])
@with_login
def details(request: HttpRequest, login: Login) -> HttpResponse:
    """Contact data, a user name and a password of one's own, with the rules beside them."""
    now = clock.now()
    try:
        pending = registration.pending(request.session, login=login, now=now)
    except NotAwaiting:
        return redirect("provider:sign-in")
    form = DetailsForm(
        request.POST if request.method == "POST" else None,
        initial=_initial(pending),
        posted_hash=pending.account.password_hash,
        now=now,
    )
    if form.is_valid():
        given = form.cleaned_data
        chosen = Chosen(
            email=given["email"],
            phone=given["phone"],
            language=given["language"],
            user_name=given["user_name"],
            password_hash=hashing.digest(given["password"]),
        )
        registration.keep(request.session, chosen=chosen)
        return redirect("codes:first-confirm")
    context = _about(login, pending) | {
        "form": form,
        "was_taken": pending.was_taken and not form.is_bound,
        **rules(),
    }
    status = 422 if form.errors else 200
    return render(request, "codes/details.html", context, status=status)


@require_http_methods(["GET", "POST"])
@with_login
def confirm(request: HttpRequest, login: Login) -> HttpResponse:
    """What was chosen, without the password; confirming makes it real."""
    now = clock.now()
    try:
        pending = registration.pending(request.session, login=login, now=now)
        if pending.chosen is None or not pending.chosen.password_hash:
            return redirect("codes:first-details")
        if request.method == "POST":
            registration.register(account_id=pending.account.pk, chosen=pending.chosen, now=now)
            registration.end(request.session, login=login)
            return redirect("codes:first-done")
    except NotAwaiting:
        return redirect("provider:sign-in")
    except UserNameTaken:
        registration.note_taken(request.session)
        return redirect("codes:first-details")
    return render(request, "codes/confirm.html", _about(login, pending))


@require_GET
@with_login
def done(request: HttpRequest, login: Login) -> HttpResponse:
    """From now on the new codes, and nothing but them."""
    if not registration.is_registered(request.session, login=login):
        return redirect("provider:sign-in")
    return render(request, "codes/done.html", {"login": login})


@public
@require_GET
def forgotten(request: HttpRequest) -> HttpResponse:
    """What to do without a user name or without a password."""
    return render(request, "codes/forgotten.html")


def rules() -> dict[str, list[str]]:
    """The rules that stand beside a form."""
    today = clock.today(clock.now())
    return {
        "user_name_rules": sentences.user_name_rules(on=today),
        "password_rules": sentences.password_rules(on=today),
    }


def _initial(pending: Pending) -> dict[str, str]:
    chosen, account = pending.chosen, pending.account
    kept = chosen or account
    return {
        "email": kept.email,
        "phone": kept.phone,
        "language": kept.language,
        "user_name": chosen.user_name if chosen else "",
    }


def _about(login: Login, pending: Pending) -> dict[str, Any]:
    number = pending.account.enterprise_number
    found = enterprises.enterprise(number=number) if number else None
    return {
        "login": login,
        "account": pending.account,
        "person": pending.account.person,
        "chosen": pending.chosen,
        "languages": dict(DetailsForm.base_fields["language"].choices),  # type: ignore[attr-defined]
        "enterprise": found.name(login.language) if found else "",
    }
