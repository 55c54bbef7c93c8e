"""Technical users: the list, a new one, a new password, blocking."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.certificates import CertificateRefused
from guichet.access.chaman import queries, users, words
from guichet.access.chaman.forms import UserForm
from guichet.access.chaman.models import Sender, TechnicalUser
from guichet.access.chaman.views.shared import manager, number_of, show, status_of, with_sender
from guichet.access.sessions import ActingRequest
from guichet.platform import clock


@require_GET
@manager
@with_sender
def listing(request: ActingRequest, sender: Sender) -> HttpResponseBase:
    """Every technical user of the enterprise."""
    found = users.users(enterprise_number=number_of(request.acting))
    return show(request, "users.html", {"users": found, "sender": sender, "moment": clock.now()})


@require_http_methods(["GET", "POST"])
@manager
@with_sender
def new(request: ActingRequest, sender: Sender) -> HttpResponseBase:
    """A user name with a password of ours, or with a certificate (looked at, then confirmed)."""
    now, is_simulation = clock.now(), settings.ENVIRONMENT.simulation
    form = UserForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        initial={"means": "password"},
        reader=lambda data: users.proposed(data=data, is_simulation=is_simulation, now=now),
    )
    if form.is_valid():
        if form.certificate_read is not None and "confirmed" not in request.POST:
            context = {"form": form, "certificate": queries.shown(form.certificate_read)}
            return show(request, "user_confirm.html", context)
        try:
            return _created(request, form)
        except users.UserRefused as refusal:
            form.add_error("user_name", words.refusal(refusal))
        except CertificateRefused as refusal:
            form.add_error("certificate", words.refusal(refusal))
    return show(request, "user_new.html", {"form": form}, status=status_of(form))


def _created(request: ActingRequest, form: UserForm) -> HttpResponseBase:
    name, actor, now = form.cleaned_data["user_name"], request.acting.actor, clock.now()
    if form.certificate_read is None:
        password = users.create_with_password(user_name=name, actor=actor, now=now)
        return _password_once(request, name, password)
    users.create_with_certificate(
        user_name=name,
        data=form.certificate_read.pem.encode(),
        is_simulation=settings.ENVIRONMENT.simulation,
        actor=actor,
        now=now,
    )
    messages.success(request, _("The technical user %(name)s is created.") % {"name": name})
    return redirect("chaman:users")


@require_http_methods(["GET", "POST"])
@manager
def password(request: ActingRequest, user_name: str) -> HttpResponseBase:
    """Ask once more, then make a new password and show it once."""
    found = _own(request, user_name)
    if found.password_hash is None:
        raise Http404
    if request.method == "POST":
        made = users.renew_password(
            user_name=user_name, actor=request.acting.actor, now=clock.now()
        )
        return _password_once(request, user_name, made)
    return show(request, "user_password.html", {"user": found})


@require_http_methods(["GET", "POST"])
@manager
def block(request: ActingRequest, user_name: str) -> HttpResponseBase:
    """Ask once more, then block; a blocked one is unblocked at the same place."""
    found = _own(request, user_name)
    if request.method == "POST":
        now, actor = clock.now(), request.acting.actor
        if request.POST.get("step") == "unblock":
            users.unblock(user_name=user_name, actor=actor, now=now)
            told = _("The technical user %(name)s is open again.")
        else:
            users.block(user_name=user_name, actor=actor, now=now)
            told = _("The technical user %(name)s is blocked.")
        messages.success(request, told % {"name": user_name})
        return redirect("chaman:users")
    return show(request, "user_block.html", {"user": found})


def _own(request: ActingRequest, user_name: str) -> TechnicalUser:
    try:
        return users.user(user_name=user_name, enterprise_number=number_of(request.acting))
    except users.UnknownUser:
        raise Http404 from None


def _password_once(request: ActingRequest, user_name: str, password: str) -> HttpResponse:
    """Not a redirect: a redirect would have to keep the password somewhere."""
    context = {"user_name": user_name, "password": password}
    response = show(request, "user_password_once.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
