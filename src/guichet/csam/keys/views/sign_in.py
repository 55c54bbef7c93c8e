"""The tiles with a user name: the password, the choice of a key, the code."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from guichet.csam.codes import operations as codes
from guichet.csam.codes.models import Account
from guichet.csam.keys import forms, second_step, words
from guichet.csam.keys.holders import UnknownKey, WrongCode
from guichet.csam.keys.second_step import KeyLocked, NoFirstStep, NothingAsked, Offer, Passed
from guichet.csam.keys.views.answers import page, tries_left, wait
from guichet.csam.provider.logins import Identified, accepts, finish, refuse, with_login
from guichet.csam.provider.models import Login
from guichet.platform import clock
from guichet.platform.throttle import Throttled
from guichet.rules.assurance import Means
from guichet.rules.digital_keys import SECOND


@with_login
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest, login: Login) -> HttpResponseBase:
    """User name and password, for a code by app or by e-mail."""
    return _first(request, login, is_card=False)


@with_login
@require_http_methods(["GET", "POST"])
def first_for_card(request: HttpRequest, login: Login) -> HttpResponseBase:
    """User name and password, for a code of the paper card."""
    return _first(request, login, is_card=True)


@with_login
@require_http_methods(["GET", "POST"])
def choice(request: HttpRequest, login: Login) -> HttpResponseBase:
    """Which of the keys of this user name."""
    try:
        offers = _offers(login)
    except NoFirstStep:
        return _again_from_start(request)
    usable = [one for one in offers if not one.is_locked]
    data = request.POST if request.method == "POST" else None
    form = forms.ChoiceForm(data, offers=usable)
    if form.is_valid():
        return _go_on(request, login, int(form.cleaned_data["key"]))
    context = {"offers": offers, "usable": usable, "words": words}
    return page(request, "sign_in_choice.html", context, form=form)


@with_login
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, login: Login) -> HttpResponseBase:
    """The code that is asked."""
    form = forms.CodeForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_valid():
            return _answered(request, login, form.cleaned_data["code"])
    except WrongCode as wrong:
        refuse(request, login=login, means=_means(login), reason="wrong code", now=clock.now())
        form.add_error("code", tries_left(wrong.left))
    except NothingAsked:
        form = forms.CodeForm()
    except KeyLocked:
        return _locked(request)
    except Throttled as refusal:
        return wait(request, refusal)
    except (NoFirstStep, UnknownKey):
        return _again_from_start(request)
    return _asked(request, login, form)


@with_login
@require_POST
def again(request: HttpRequest, login: Login) -> HttpResponseBase:
    """A new mail, or another number of the card."""
    try:
        second_step.ask_again(login=_name(login), now=clock.now())
    except Throttled as refusal:
        return wait(request, refusal)
    except KeyLocked:
        return _locked(request)
    except (NoFirstStep, UnknownKey):
        return _again_from_start(request)
    messages.success(request, _("There is a new code. The former one is no longer good."))
    return redirect("keys:sign-in-code")


def _first(request: HttpRequest, login: Login, *, is_card: bool) -> HttpResponseBase:
    form = forms.PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        now = clock.now()
        try:
            account = codes.check_password(
                **form.cleaned_data, source=request.META["REMOTE_ADDR"], now=now
            )
        except Throttled as refusal:
            return wait(request, refusal)
        except codes.CodesRefused:
            means = Means.CARD if is_card else Means.APP
            refuse(request, login=login, means=means, reason="wrong password", now=now)
            form.add_error(None, _("The user name and the password do not go together."))
        else:
            return _after_password(request, login, account)
    return page(request, "sign_in.html", {"is_card": is_card}, form=form)


def _after_password(request: HttpRequest, login: Login, account: Account) -> HttpResponseBase:
    if account.person_id is None:  # it has no number, and so no key
        return render(request, "keys/sign_in_none.html", status=403)
    second_step.pass_first(login=_name(login), account=account, now=clock.now())
    offers = _offers(login)
    if not offers:
        return render(request, "keys/sign_in_none.html", status=403)
    if len(offers) == 1:
        return _go_on(request, login, offers[0].key_id)
    return redirect("keys:sign-in-choice")


def _offers(login: Login) -> list[Offer]:
    accepted = [means for means in SECOND if accepts(login, means)]
    return second_step.offers(
        login=_name(login), means=accepted, min_level=login.min_level, now=clock.now()
    )


def _go_on(request: HttpRequest, login: Login, key_id: int) -> HttpResponseBase:
    try:
        second_step.choose(login=_name(login), key_id=key_id, now=clock.now())
    except Throttled as refusal:
        return wait(request, refusal)
    except KeyLocked:
        return _locked(request)
    except (NoFirstStep, UnknownKey):
        return _again_from_start(request)
    return redirect("keys:sign-in-code")


def _answered(request: HttpRequest, login: Login, typed: str) -> HttpResponseBase:
    now = clock.now()
    passed = second_step.answer(login=_name(login), code=typed, now=now)
    return finish(request, login=login, identified=_identified(passed), now=now)


def _identified(passed: Passed) -> Identified:
    return Identified(
        niss=passed.niss,
        level=passed.level,
        means=passed.means,
        amr=(passed.means.value, "pwd", "otp"),  # our word, then those of RFC 8176
        language=passed.language,
        email=passed.email,
    )


def _asked(request: HttpRequest, login: Login, form: forms.CodeForm) -> HttpResponseBase:
    try:
        question = second_step.question(login=_name(login), now=clock.now())
    except KeyLocked:
        return _locked(request)
    except NoFirstStep:
        return _again_from_start(request)
    context = {"question": question, "address": words.masked(question.address)}
    return page(request, "sign_in_code.html", context, form=form)


def _means(login: Login) -> Means:
    return second_step.question(login=_name(login), now=clock.now()).kind


def _locked(request: HttpRequest) -> HttpResponseBase:
    return render(request, "keys/sign_in_locked.html", {}, status=403)


def _again_from_start(request: HttpRequest) -> HttpResponseBase:
    messages.error(request, _("Too much time has passed. Give your user name and password again."))
    return redirect("keys:sign-in")


def _name(login: Login) -> str:
    return str(login.pk)
