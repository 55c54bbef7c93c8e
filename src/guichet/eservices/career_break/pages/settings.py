"""The parameters of an employer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break import operations, queries
from guichet.eservices.career_break.forms.parameters import ParametersForm
from guichet.eservices.career_break.models import Parameters
from guichet.eservices.career_break.operations import Contact
from guichet.eservices.career_break.pages import asking
from guichet.platform import clock


@require_http_methods(["GET", "POST"])
@asking.guarded
def parameters(request: ActingRequest) -> HttpResponseBase:
    """Whom to ask, the sector, electronic notices; without them no new request begins."""
    employer = asking.employer_of(request)
    known = queries.parameters(employer=employer)
    if request.method == "GET":
        form = ParametersForm(initial=_kept(known) if known else {})
    else:
        form = ParametersForm(
            request.POST, sector=known.sector if known else "",
            running=queries.running(employer=employer),
        )  # fmt: skip
    if form.is_bound and form.is_valid():
        operations.keep_parameters(
            contact=Contact(**form.contact()), sender=asking.sender_of(request), now=clock.now()
        )
        messages.success(request, _("Parameters saved."))
        return redirect("career_break:parameters")
    context = {
        "form": form, "is_first": known is None,
        "lacks_authority": known is not None and queries.lacks_authority(known),
    }  # fmt: skip
    return asking.show(request, "parameters.html", context, status=422 if form.errors else 200)


def _kept(known: Parameters) -> dict[str, Any]:
    names = [name for name in ParametersForm.base_fields if name != "sector_changes"]
    return {name: getattr(known, name) for name in names}
