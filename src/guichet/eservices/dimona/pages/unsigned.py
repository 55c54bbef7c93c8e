"""IN without signing in: the employer, the worker and the work, a check, and a number."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from guichet.eservices.dimona import unsecured, wire
from guichet.eservices.dimona.pages import asking
from guichet.eservices.dimona.pages.in_form import InForm, kept_values
from guichet.eservices.dimona.pages.kind_form import KindForm
from guichet.eservices.dimona.unsecured import Employer
from guichet.kernel.dimona import LARGEST
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.platform import clock
from guichet.platform.routes import public
from guichet.platform.throttle import Throttled
from guichet.rules.dimona import limits

_KEPT: Final = "dimona.unsigned"
_LOOKED: Final = "dimona.unsigned.employers"
_MOST_KEPT: Final = 20
_START, _KIND, _BACK, _EDIT = "employer", "kind", "back", "edit"


class EmployerForm(forms.Form):
    """Who employs. ``website`` is no field of ours: people never see it, programs fill it in."""

    employer = forms.CharField(
        label=gettext_lazy("Enterprise number of the employer"),
        help_text=gettext_lazy("Ten digits, for example 0403.170.701"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-20"}),
        error_messages={
            "required": gettext_lazy("Enter the enterprise number of the employer."),
            "max_length": gettext_lazy("An enterprise number has ten digits."),
        },
    )
    website = forms.CharField(required=False, max_length=200)

    def clean_employer(self) -> str:
        """Ten digits with a good check."""
        try:
            return EnterpriseNumber.parse(self.cleaned_data["employer"]).digits
        except InvalidEnterpriseNumber:
            raise forms.ValidationError(
                _("This is no enterprise number: ten digits, the first 0 or 1.")
            ) from None

    @property
    def is_of_a_program(self) -> bool:
        """Whether something typed where nobody sees a field."""
        return bool(self.data.get("website"))


@public
@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """The steps on one address; numbers of people travel in the body of the call only."""
    if request.method == "GET":
        return _start(request, EmployerForm())
    form = EmployerForm(request.POST)
    try:
        employer = _employer(request, form)
    except Throttled as throttled:
        return _throttled(request, throttled)
    if employer is None:
        return _start(request, form)
    return _Asked(request, employer).answer()


@public
@never_cache
@require_GET
def done(request: HttpRequest, number: int) -> HttpResponse:
    """The number, for the browser that declared; for everybody else there is nothing here."""
    sent = request.session.get(_KEPT, [])
    if not 0 < number <= LARGEST or number not in sent:
        raise Http404
    return asking.show(request, "unsigned_done.html", {"number": number})


def _employer(request: HttpRequest, form: EmployerForm) -> Employer | None:
    """The employer named, or None with a reason on the form."""
    if not form.is_valid():
        return None
    if form.is_of_a_program:
        form.add_error(None, _("This form is for people. Software declares by our interface."))
        return None
    now, number = clock.now(), form.cleaned_data["employer"]
    looked: list[str] = request.session.get(_LOOKED, [])
    if number not in looked:  # whatever step it claims to be at
        unsecured.look(source=_source(request), now=now)
        request.session[_LOOKED] = [*looked, number][-_MOST_KEPT:]
    found = unsecured.employer(number=number, language=asking.language(), on=clock.today(now))
    if found is None:
        form.add_error("employer", _("No employer is registered under this number."))
    elif found.is_closed:
        form.add_error(
            "employer", _("This employer declares by secured channels only: sign in to declare.")
        )
        return None
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """A call about an employer who is known."""

    request: HttpRequest
    employer: Employer

    def answer(self) -> HttpResponseBase:
        """The page of the step."""
        post = self.request.POST
        step = post.get("step", "")
        if step == _START:
            return self._kind_page(self._kind(None))
        if step == _BACK:
            return self._kind_page(self._kind(None, initial=post.dict()))
        kind = self._kind(post)
        if not kind.is_valid() or not kind.judge(self._today):
            return self._kind_page(kind)
        if step in (_KIND, _EDIT):
            return self._fields_page(InForm(initial=kept_values(post), kind=kind))
        return self._checked(kind)

    def _checked(self, kind: KindForm) -> HttpResponseBase:
        form = InForm(self.request.POST, kind=kind)
        if not form.is_valid():
            return self._fields_page(form)
        body = form.body(employer=self.employer.number)
        if not form.judge(body, today=self._today):
            return self._kind_page(kind) if kind.errors else self._fields_page(form)
        if self.request.POST.get("sent") == "yes":
            return self._send(body)
        now = clock.now()
        late = limits.is_late_in(wire.message_of(body).times, received_at=now)
        return self._show("unsigned_check.html", {"form": form, "kind": kind, "is_late": late})

    def _send(self, body: wire.Body) -> HttpResponseBase:
        try:
            taken = unsecured.declare(body=body, source=_source(self.request), now=clock.now())
        except Throttled as throttled:
            return _throttled(self.request, throttled)
        kept = self.request.session.get(_KEPT, [])
        self.request.session[_KEPT] = [*kept, taken.id][-_MOST_KEPT:]
        return redirect("dimona:unsigned-done", taken.id)

    def _kind(self, data: Any, **given: Any) -> KindForm:
        form = KindForm(
            data, is_public=self.employer.is_public, is_agency=self.employer.is_agency, **given
        )
        # Who describes a worker without a number needs an answer, and gets none here.
        del form.fields["how"]
        return form

    def _kind_page(self, kind: KindForm) -> HttpResponse:
        carried = kept_values(self.request.POST)
        return self._show("unsigned_kind.html", {"form": kind, "carried": carried})

    def _fields_page(self, form: InForm) -> HttpResponse:
        return self._show("unsigned_fields.html", {"form": form, "kind": form.kind})

    def _show(self, template: str, context: dict[str, Any]) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if context["form"].errors else HTTPStatus.OK
        return asking.show(
            self.request, template, context | {"employer": self.employer}, status=status
        )

    @property
    def _today(self) -> date:
        return clock.today(clock.now())


def _start(request: HttpRequest, form: EmployerForm) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return asking.show(request, "unsigned_start.html", {"form": form}, status=status)


def _throttled(request: HttpRequest, throttled: Throttled) -> HttpResponse:
    form = EmployerForm(request.POST)
    form.is_valid()
    form.add_error(
        None,
        _("A lot was declared from here in a short time. Sign in to go on, or try again later."),
    )
    response = asking.show(
        request, "unsigned_start.html", {"form": form}, status=HTTPStatus.TOO_MANY_REQUESTS
    )
    response["Retry-After"] = str(throttled.retry_after)
    return response


def _source(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
