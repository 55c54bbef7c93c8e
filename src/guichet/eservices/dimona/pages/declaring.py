"""IN on this site: what decides on the fields, the fields, the check, and off it goes."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.dimona.pages import asking, sending
from guichet.eservices.dimona.pages.in_form import InForm, kept_values
from guichet.eservices.dimona.pages.kind_form import KindForm
from guichet.eservices.dimona.pages.sending import Checked, declaring
from guichet.eservices.dimona.pages.warnings import warnings_of
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises

_KIND, _BACK, _EDIT = "kind", "back", "edit"


@require_http_methods(["GET", "POST"])
@declaring
def begin(request: ActingRequest) -> HttpResponseBase:
    """IN in three steps on one address; without a step, what is posted is checked."""
    asked = _Asked.of(request)
    if request.method == "GET":
        return asked.kind_page(KindForm(**asked.given))
    step = request.POST.get("step", "")
    if step == _BACK:
        return asked.kind_page(KindForm(initial=request.POST.dict(), **asked.given))
    kind = KindForm(request.POST, **asked.given)
    if not kind.is_valid() or not kind.judge(clock.today(clock.now())):
        return asked.kind_page(kind)
    if step in (_KIND, _EDIT):
        return asked.fields_page(InForm(initial=kept_values(request.POST), kind=kind))
    return _checked(asked, kind)


def _checked(asked: "_Asked", kind: KindForm) -> HttpResponseBase:
    request = asked.request
    form = InForm(request.POST, kind=kind)
    if not form.is_valid():
        return asked.fields_page(form)
    body = form.body(employer=asking.employer_of(request))
    if not form.judge(body, today=clock.today(clock.now())):
        return asked.faulty_page(form)
    niss = form.cleaned_data.get("ssin", "")
    checked = sending.check(request, body, niss=niss, warnings=warnings_of(form))
    if sending.is_sent(request, checked):
        return sending.send(request, checked)
    if checked.foreseen.is_refused:
        form.say(reason.code for reason in checked.foreseen.reasons if reason.blocks)
        return asked.faulty_page(form, checked)
    return asked.check_page(form, checked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request for an IN, with what sort of employer it is for."""

    request: ActingRequest
    given: dict[str, bool]

    @classmethod
    def of(cls, request: ActingRequest) -> "_Asked":
        on = clock.today(clock.now())
        number = asking.employer_of(request)
        held = {one.quality for one in enterprises.qualities(number=number, on=on)}
        given = {"is_public": "public_body" in held, "is_agency": "temp_agency" in held}
        return cls(request, given)

    def kind_page(self, kind: KindForm, checked: Checked | None = None) -> HttpResponse:
        """The first step; what was typed in the second one is carried along."""
        carried = {} if self.request.method == "GET" else kept_values(self.request.POST)
        context = {"form": kind, "carried": carried, "checked": checked}
        return self._show("in_kind.html", context, kind)

    def fields_page(self, form: InForm, checked: Checked | None = None) -> HttpResponse:
        """The second step."""
        context = {"form": form, "kind": form.kind, "checked": checked}
        return self._show("in_fields.html", context, form)

    def faulty_page(self, form: InForm, checked: Checked | None = None) -> HttpResponse:
        """The step on whose fields something is wrong."""
        if form.kind.errors:
            return self.kind_page(form.kind, checked)
        return self.fields_page(form, checked)

    def check_page(self, form: InForm, checked: Checked) -> HttpResponse:
        """What will be sent, with the name behind the number of the user company, and the answer
        that there would be."""
        context = {"form": form, "kind": form.kind, "checked": checked, "user": form.user_named()}
        return self._show("in_check.html", context, form)

    def _show(self, template: str, context: dict[str, Any], form: Any) -> HttpResponse:
        context["reason"] = self.request.POST.get("reason", "")  # carried from step to step
        status = 422 if form.errors else 200
        return asking.show(self.request, template, context, status=status)
