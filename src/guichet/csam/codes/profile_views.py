"""One's own access codes in the profile: seen, and the password changed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.csam.codes import operations, queries
from guichet.csam.codes.forms import ChangeForm, NewPassword
from guichet.csam.codes.models import Account
from guichet.csam.codes.operations import PasswordRefused, UnknownAccount, WrongPassword
from guichet.csam.codes.sentences import sentences
from guichet.csam.codes.views import rules
from guichet.csam.codes.waiting import wait_in_words
from guichet.csam.provider.profile import ProfileRequest, profile_required
from guichet.platform import clock
from guichet.platform.throttle import Throttled

# A forgotten password is replaced by somebody who is as sure as an app, or surer.
STRONG = 400


@require_GET
@profile_required()
def mine(request: ProfileRequest) -> HttpResponse:
    """One's user names, which stay as they are, and what can be done about the password."""
    own = request.profile
    context = {"profile": own, "accounts": queries.own(person_id=own.person_id)}
    return render(request, "codes/mine.html", context)


@require_http_methods(["GET", "POST"])
@profile_required(min_level=200)
def change(request: ProfileRequest, account_id: int) -> HttpResponse:
    """Another password, with the current one."""
    account = _own(request, account_id)
    form = ChangeForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        given = form.cleaned_data
        try:
            operations.change_password(
                account_id=account.pk,
                person_id=request.profile.person_id,
                current=given["current"],
                new=given["password"],
                source=request.META["REMOTE_ADDR"],
                now=clock.now(),
            )
        except WrongPassword:
            form.add_error("current", _("This is not your current password."))
        except Throttled as pause:
            status = 429
            form.add_error(None, wait_in_words(pause))
        except PasswordRefused as refused:
            _tell(form, refused)
        else:
            return _changed(request)
    return _page(request, "codes/change.html", account, form, status)


@require_http_methods(["GET", "POST"])
@profile_required(min_level=STRONG)
def replace(request: ProfileRequest, account_id: int) -> HttpResponse:
    """Another password instead of a forgotten one."""
    account = _own(request, account_id)
    form = NewPassword(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.replace_password(
                account_id=account.pk,
                person_id=request.profile.person_id,
                new=form.cleaned_data["password"],
                now=clock.now(),
            )
        except PasswordRefused as refused:
            _tell(form, refused)
        else:
            return _changed(request)
    return _page(request, "codes/replace.html", account, form, 422 if form.is_bound else 200)


def _own(request: ProfileRequest, account_id: int) -> Account:
    try:
        return operations.own_account(account_id=account_id, person_id=request.profile.person_id)
    except UnknownAccount:
        raise Http404 from None


def _tell(form: NewPassword, refused: PasswordRefused) -> None:
    for sentence in sentences(refused.findings):
        form.add_error("password", sentence)


def _changed(request: HttpRequest) -> HttpResponse:
    messages.success(
        request, _("Your password is changed. Your other sessions at the counter are closed.")
    )
    return redirect("codes:mine")


def _page(
    request: ProfileRequest, template: str, account: Account, form: NewPassword, status: int
) -> HttpResponse:
    context = {"profile": request.profile, "account": account, "form": form, **rules()}
    return render(request, template, context, status=status)
