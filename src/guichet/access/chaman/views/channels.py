"""Channels: the list, a new one, one channel with its permissions and its state."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access import channels, token_log
from guichet.access.chaman import queries, words
from guichet.access.chaman.forms import ChannelForm, PermissionsForm, ReasonForm
from guichet.access.chaman.models import Sender
from guichet.access.chaman.views.shared import (
    manager,
    number_of,
    own_channel,
    show,
    status_of,
    with_sender,
)
from guichet.access.models import Channel
from guichet.access.sessions import ActingRequest
from guichet.platform import clock


@require_GET
@manager
@with_sender
def listing(request: ActingRequest, sender: Sender) -> HttpResponseBase:
    """Every channel of the enterprise."""
    found = queries.lines(enterprise_number=number_of(request.acting), now=clock.now())
    return show(request, "list.html", {"channels": found, "sender": sender})


@require_http_methods(["GET", "POST"])
@manager
@with_sender
def new(request: ActingRequest, sender: Sender) -> HttpResponseBase:
    """Two steps at one place: fill in and upload, then look at the certificate and confirm."""
    now = clock.now()
    environment = request.POST.get("environment", "")
    form = ChannelForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        initial={"environment": settings.ENVIRONMENT.environment},
        reader=lambda data: channels.proposed(data=data, environment=environment, now=now),
    )
    if not form.is_valid() or form.certificate_read is None:
        return show(request, "new.html", {"form": form}, status=status_of(form))
    if "confirmed" not in request.POST:
        context = {"form": form, "certificate": queries.shown(form.certificate_read)}
        return show(request, "new_confirm.html", context)
    return _created(request, sender, form, form.certificate_read.pem)


def _created(
    request: ActingRequest, sender: Sender, form: ChannelForm, pem: str
) -> HttpResponseBase:
    try:
        made = channels.create_channel(
            enterprise_number=number_of(request.acting),
            certificates=[pem.encode()],
            permissions=form.cleaned_data["permissions"],
            environment=form.cleaned_data["environment"],
            name=form.cleaned_data["name"],
            sender_number=sender.number,
            actor=request.acting.actor,
            now=clock.now(),
        )
    except channels.ChannelRefused as refusal:  # another was quicker with the same certificate
        form.add_error("certificate", words.refusal(refusal))
        return show(request, "new.html", {"form": form}, status=422)
    messages.success(request, _("The channel is created. Its client id stands below."))
    return redirect("chaman:detail", made.client_id)


@require_GET
@manager
def detail(request: ActingRequest, client_id: str) -> HttpResponse:
    """One channel: certificates, permissions, token requests of 30 days, what happened."""
    found, now = own_channel(request.acting, client_id), clock.now()
    lines = queries.certificates(channel=found, now=now)
    context = {
        "channel": found,
        "certificates": lines,
        "may_add": sum(line.is_active for line in lines) < channels.MOST_CERTIFICATES,
        "answers": token_log.answers(client_id=client_id, today=clock.today(now)),
        "steps": queries.steps(client_id=client_id, viewer=request.acting.niss),
        "is_elsewhere": found.environment != settings.ENVIRONMENT.environment,
        "token_url": f"{settings.ENVIRONMENT.issuer}/token",
    }
    return show(request, "detail.html", context)


@require_http_methods(["GET", "POST"])
@manager
def permissions(request: ActingRequest, client_id: str) -> HttpResponseBase:
    """What the channel may call."""
    found = own_channel(request.acting, client_id)
    form = PermissionsForm(
        request.POST if request.method == "POST" else None,
        initial={"permissions": found.permissions},
    )
    if form.is_valid():
        channels.set_permissions(
            client_id=client_id,
            permissions=form.cleaned_data["permissions"],
            actor=request.acting.actor,
            now=clock.now(),
        )
        messages.success(request, _("The permissions are changed. They count from now on."))
        return redirect("chaman:detail", client_id)
    context = {"form": form, "channel": found}
    return show(request, "permissions.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@manager
def suspend(request: ActingRequest, client_id: str) -> HttpResponseBase:
    """Ask once more, then close the channel for a time."""
    found = own_channel(request.acting, client_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        channels.suspend_channel(
            client_id=client_id,
            reason=form.cleaned_data["reason"],
            actor=request.acting.actor,
            now=clock.now(),
        )
        messages.success(request, _("The channel is suspended. Its tokens are refused."))
        return redirect("chaman:detail", client_id)
    return _state_page(request, "suspend.html", found, form)


@require_http_methods(["GET", "POST"])
@manager
def resume(request: ActingRequest, client_id: str) -> HttpResponseBase:
    """Ask once more, then open the channel again."""
    found = own_channel(request.acting, client_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        channels.resume_channel(
            client_id=client_id,
            reason=form.cleaned_data["reason"],
            actor=request.acting.actor,
            now=clock.now(),
        )
        messages.success(request, _("The channel is open again."))
        return redirect("chaman:detail", client_id)
    return _state_page(request, "resume.html", found, form)


def _state_page(
    request: ActingRequest, template: str, channel: Channel, form: ReasonForm
) -> HttpResponse:
    context = {"form": form, "channel": channel}
    return show(request, template, context, status=status_of(form))
