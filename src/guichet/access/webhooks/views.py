"""Webhooks of an enterprise: the list, a new one, one with what was delivered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.chaman.views.shared import manager, number_of, status_of
from guichet.access.sessions import ActingRequest
from guichet.access.webhooks import operations, words
from guichet.access.webhooks.forms import SubscriptionForm
from guichet.access.webhooks.kinds import kinds
from guichet.access.webhooks.models import Subscription
from guichet.platform import clock


@require_GET
@manager
def listing(request: ActingRequest) -> HttpResponse:
    """Every subscription of the enterprise."""
    rows = operations.subscriptions(enterprise_number=number_of(request.acting))
    return _show(request, "list.html", {"rows": rows, "may_add": len(rows) < operations.MOST})


@require_http_methods(["GET", "POST"])
@manager
def new(request: ActingRequest) -> HttpResponseBase:
    """Where to and what about; then the page of it, with the secret."""
    form = SubscriptionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            row = operations.subscribe(
                enterprise_number=number_of(request.acting),
                address=form.cleaned_data["address"],
                kinds=form.cleaned_data["kinds"],
                actor=request.acting.actor,
                now=clock.now(),
            )
        except operations.TooMany:
            form.add_error(None, _("An enterprise has at most ten webhooks. Remove one first."))
        else:
            return _show(request, "secret.html", {"row": row, "secret": operations.secret_of(row)})
    return _show(request, "new.html", {"form": form}, status=status_of(form))


@require_GET
@manager
def detail(request: ActingRequest, number: UUID) -> HttpResponse:
    """One subscription, and what was sent to it in the last thirty days."""
    row = _own(request, number)
    context = {"row": row, "deliveries": operations.deliveries(row=row)}
    return _show(request, "detail.html", context)


@require_POST
@manager
def renew(request: ActingRequest, number: UUID) -> HttpResponse:
    """A new secret; the former one signs nothing any more."""
    row = _own(request, number)
    secret = operations.renew_secret(
        number=number, enterprise_number=number_of(request.acting),
        actor=request.acting.actor, now=clock.now(),
    )  # fmt: skip
    return _show(request, "secret.html", {"row": row, "secret": secret})


@require_POST
@manager
def test(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """Send a test message."""
    _own(request, number)
    operations.test(number=number, enterprise_number=number_of(request.acting), now=clock.now())
    messages.success(request, _("A test message is on its way. Load the page again in a moment."))
    return redirect("webhooks:detail", number)


@require_POST
@manager
def state(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """Pause, resume or remove."""
    _own(request, number)
    wanted = request.POST.get("state", "")
    if wanted not in Subscription.State.values:
        raise Http404
    operations.change_state(
        number=number, enterprise_number=number_of(request.acting), state=wanted,
        actor=request.acting.actor, now=clock.now(),
    )  # fmt: skip
    if wanted == Subscription.State.REMOVED:
        messages.success(request, _("The webhook is removed."))
        return redirect("webhooks:list")
    messages.success(request, _("The webhook is changed."))
    return redirect("webhooks:detail", number)


def _own(request: ActingRequest, number: UUID) -> Subscription:
    try:
        return operations.subscription(number=number, enterprise_number=number_of(request.acting))
    except operations.UnknownSubscription:
        raise Http404 from None


def _show(
    request: ActingRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context |= {"words": words, "kinds": kinds()}
    return render(request, f"webhooks/{template}", context, status=status)
