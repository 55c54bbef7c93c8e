"""Works council and union delegation: the employer tells which there is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment import representing
from guichet.eservices.temporary_unemployment.forms.representation import (
    RepresentationForm,
    initial_of,
)
from guichet.eservices.temporary_unemployment.pages import asking
from guichet.eservices.temporary_unemployment.phrases import INFORMED
from guichet.platform import clock
from guichet.rules.temporary_unemployment.informing import LAW


@require_http_methods(["GET", "POST"])
@asking.guarded
def representation(request: ActingRequest) -> HttpResponseBase:
    """Both answers, and what they are for."""
    row = representing.of_employer(asking.employer_of(request))
    posted = request.POST if request.method == "POST" else None
    form = RepresentationForm(posted, initial=initial_of(row))
    if form.is_valid():
        representing.tell(**form.told, sender=asking.sender_of(request), now=clock.now())
        messages.success(request, _("Your answers are kept."))
        return redirect("temporary_unemployment:representation")
    context: dict[str, Any] = {
        "form": form,
        "row": row,
        "informed": [(INFORMED[what], source) for what, source in LAW.items()],
    }
    return asking.show(
        request, "representation.html", context, status=422 if request.method == "POST" else 200
    )
