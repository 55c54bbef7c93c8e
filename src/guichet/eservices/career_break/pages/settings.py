"""The parameters of an employer."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break import operations, queries
from guichet.eservices.career_break.forms.parameters import ParametersForm
from guichet.eservices.career_break.operations import Contact
from guichet.eservices.career_break.pages import asking
from guichet.platform import clock


@require_http_methods(["GET", "POST"])
@asking.guarded
def parameters(request: ActingRequest) -> HttpResponseBase:
    """Whom to ask, the sector, electronic notices; without them no new request begins."""
    known = queries.parameters(employer=asking.employer_of(request))
    if request.method == "GET":
        names = ParametersForm.base_fields
        form = ParametersForm(
            initial={name: getattr(known, name) for name in names} if known else {}
        )
    else:
        form = ParametersForm(request.POST)
    if form.is_bound and form.is_valid():
        operations.keep_parameters(
            contact=Contact(**form.cleaned_data), sender=asking.sender_of(request), now=clock.now()
        )
        messages.success(request, _("Parameters saved."))
        return redirect("career_break:parameters")
    context = {"form": form, "is_first": known is None}
    return asking.show(request, "parameters.html", context, status=422 if form.errors else 200)
