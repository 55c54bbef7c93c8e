"""Activating an app, an address, a paper card."""

from collections.abc import Callable
from functools import partial
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.csam.keys import activation, cards, forms, queries, words
from guichet.csam.keys.holders import KeyThere, NothingBegun, UnknownAccount, WrongCode
from guichet.csam.keys.models import Key
from guichet.csam.keys.views.answers import brake, holder_of, page, tries_left, wait
from guichet.csam.provider.profile import ProfileRequest, profile_required
from guichet.platform import clock
from guichet.platform.throttle import Throttled
from guichet.rules.assurance import NOMINAL, Means


@profile_required(min_level=NOMINAL[Means.APP])
@require_http_methods(["GET", "POST"])
def app(request: ProfileRequest) -> HttpResponseBase:
    """Begin with an app."""
    form = _form(request, forms.ActivateForm, Means.APP, _("My telephone"))
    return _begun(request, form, Means.APP, activation.begin_app, "keys:app-confirm")


@profile_required(min_level=NOMINAL[Means.MAIL])
@require_http_methods(["GET", "POST"])
def mail(request: ProfileRequest) -> HttpResponseBase:
    """Begin with an address."""
    form = _form(request, forms.MailForm, Means.MAIL, _("My e-mail"))
    return _begun(request, form, Means.MAIL, activation.begin_mail, "keys:mail-confirm")


@profile_required(min_level=NOMINAL[Means.EID], means=(Means.EID,))
@require_http_methods(["GET", "POST"])
def card(request: ProfileRequest) -> HttpResponseBase:
    """Make a paper card; in a session of the identity card only."""
    form = _form(request, forms.ActivateForm, Means.CARD, _("My paper card"))
    return _begun(request, form, Means.CARD, cards.make_card, "keys:one")


@profile_required(min_level=NOMINAL[Means.APP])
@require_http_methods(["GET", "POST"])
def app_confirm(request: ProfileRequest) -> HttpResponseBase:
    """The square code, and the first code of the app."""
    begun = activation.app_begun(holder=holder_of(request), now=clock.now())
    if begun is None:
        return _over(request, "keys:app")
    secret, address = begun
    context = {
        "secret": [secret[at : at + 4] for at in range(0, len(secret), 4)],
        "square": segno.make(address, error="m", micro=False).svg_data_uri(
            scale=5, border=4, dark="#000", light="#fff"
        ),
    }
    return _confirmed(request, context, "app_confirm.html", activation.confirm_app, "keys:app")


@profile_required(min_level=NOMINAL[Means.MAIL])
@require_http_methods(["GET", "POST"])
def mail_confirm(request: ProfileRequest) -> HttpResponseBase:
    """The code that was sent to the address."""
    address = activation.mail_begun(holder=holder_of(request), now=clock.now())
    if address is None:
        return _over(request, "keys:mail")
    return _confirmed(
        request, {"address": address}, "mail_confirm.html", activation.confirm_mail, "keys:mail"
    )


def _form(
    request: ProfileRequest, kind: type[forms.ActivateForm], means: Means, name: str
) -> forms.ActivateForm:
    accounts = queries.accounts(person_id=request.profile.person_id)
    free = [one for one in accounts if means in one.free]
    data = request.POST if request.method == "POST" else None
    return kind(data, accounts=free, initial={"name": name})


def _begun(
    request: ProfileRequest,
    form: forms.ActivateForm,
    kind: Means,
    begin: Callable[..., Key | None],
    onward: str,
) -> HttpResponseBase:
    """Begin, or make, and go on; else the page of this kind with what is wrong."""
    if form.is_valid():
        holder, now = holder_of(request), clock.now()
        given = dict(form.cleaned_data)
        chosen = partial(begin, holder=holder, account_id=int(given.pop("account")), now=now)
        try:
            brake(holder, now=now)
            made = chosen(**given)
        except Throttled as refusal:
            return wait(request, refusal)
        except (KeyThere, UnknownAccount):
            form.add_error(None, _there(kind))
        else:
            return _onward(request, made, onward)
    accounts = queries.accounts(person_id=request.profile.person_id)
    context = {
        "kind": kind,
        "has_account": bool(accounts),
        "is_free": bool(form.fields["account"].choices),  # type: ignore[attr-defined]
        "words": words,
    }
    return page(request, f"{kind}.html", context, form=form)


def _onward(request: ProfileRequest, made: Key | None, onward: str) -> HttpResponseBase:
    if made is None:
        return redirect(onward)
    messages.success(request, _("Your card is made. It is also on its way to you by post."))
    return redirect(onward, made.pk)


def _confirmed(
    request: ProfileRequest,
    context: dict[str, Any],
    template: str,
    confirm: Callable[..., Key],
    start: str,
) -> HttpResponseBase:
    form = forms.CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            key = confirm(
                holder=holder_of(request), code=form.cleaned_data["code"], now=clock.now()
            )
        except WrongCode as wrong:
            if not wrong.left:
                return _over(request, start)
            form.add_error("code", tries_left(wrong.left))
        except NothingBegun:
            return _over(request, start)
        except KeyThere:
            messages.error(request, _there(None))
            return redirect("keys:mine")
        else:
            messages.success(request, _("The key is active. You can sign in with it from now on."))
            return redirect("keys:one", key.pk)
    return page(request, template, context, form=form)


def _over(request: ProfileRequest, start: str) -> HttpResponseBase:
    messages.error(request, _("The activation has ended. Begin again: nothing was changed."))
    return redirect(start)


def _there(kind: Means | None) -> str:
    if kind is Means.CARD:
        return _("You already have a paper card. Withdraw it first if you want a new one.")
    return _("This user name already has such a key. Withdraw it first if you want a new one.")
