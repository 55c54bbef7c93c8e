"""The desk says that Dimona cannot be used, and that it works again."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest
from guichet.backoffice.entering import at_the_desk
from guichet.eservices.dimona.emergency import operations, queries
from guichet.platform import clock

_SHOWN = 20


class ReasonForm(forms.Form):
    """Why Dimona cannot be used; only the desk reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Why can Dimona not be used?"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Write why Dimona cannot be used."),
            "max_length": gettext_lazy("The reason has more than 200 signs: make it shorter."),
        },
    )


@require_http_methods(["GET", "POST"])
@at_the_desk(Permission.CONTACT_DESK)
def switch(request: ActingRequest) -> HttpResponseBase:
    """Begin or end the emergency of Dimona."""
    if request.method == "GET":
        return _show(request, ReasonForm())
    actor, now = request.acting.actor, clock.now()
    if request.POST.get("step") == "end":
        try:
            operations.end(actor=actor, now=now)
            messages.success(request, _("The emergency has ended: every page of Dimona says so."))
        except operations.NotOpen:
            messages.error(request, _("There is no emergency now."))
        return redirect("desk:emergency")
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        operations.begin(reason=form.cleaned_data["reason"], actor=actor, now=now)
        messages.success(request, _("The emergency has begun: every page of Dimona says so."))
    except operations.AlreadyOpen:
        messages.error(request, _("The emergency has begun already."))
    return redirect("desk:emergency")


def _show(request: ActingRequest, form: ReasonForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "current": queries.current(), "rows": queries.past(limit=_SHOWN)}
    return render(request, "desk/emergency.html", context, status=status)
