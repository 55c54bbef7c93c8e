"""OUT, UPDATE, CANCEL and daily registrations: written, checked, sent."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.dimona import queries, wire
from guichet.eservices.dimona.pages import acts, asking, sending, words
from guichet.eservices.dimona.pages.acts import DayForm, OutForm, UpdateForm
from guichet.eservices.dimona.pages.sending import Checked, declaring
from guichet.eservices.dimona.queries import PeriodRecord, RegistrationRecord
from guichet.platform import clock
from guichet.registers.persons import queries as persons
from guichet.rules.dimona.message import Status


@dataclass(frozen=True, slots=True)
class _Said:
    """What a page about a period says: its title, what it is about, the button that sends."""

    title: str
    lead: str
    button: str


@require_http_methods(["GET", "POST"])
@declaring
def end(request: ActingRequest, number: int) -> HttpResponseBase:
    """OUT: the last day of a period."""
    one = asking.own_period(request, number)
    said = _Said(
        _("Declare the end"), _("The last day of work, included."), _("Send the declaration")
    )
    form = OutForm(request.POST if request.method == "POST" else None)
    body = form.body(one=one) if form.is_valid() else None
    return _act(request, one, said, form, body)


@require_http_methods(["GET", "POST"])
@declaring
def change(request: ActingRequest, number: int) -> HttpResponseBase:
    """UPDATE: other days, hours or planned hours."""
    one = asking.own_period(request, number)
    lead = _("Worker, type, committee and user company never change: cancel, and declare anew.")
    said = _Said(_("Change the period"), lead, _("Send the change"))
    given = request.POST if request.method == "POST" else None
    form = UpdateForm(given, one=one, initial=acts.known(one))
    body = form.body() if form.is_valid() else None
    if form.is_valid() and body is None:
        form.add_error(None, _("Nothing changes: write another day, hour or number of hours."))
    return _act(request, one, said, form, body)


@require_http_methods(["GET", "POST"])
@declaring
def cancel(request: ActingRequest, number: int) -> HttpResponseBase:
    """CANCEL: the work never began."""
    one = asking.own_period(request, number)
    lead = _("Only when the worker never began. The period stays visible, as cancelled.")
    said = _Said(_("Cancel the period"), lead, _("Send the cancellation"))
    body = acts.cancelling(one) if request.method == "POST" else None
    return _act(request, one, said, None, body)


@require_http_methods(["GET", "POST"])
@declaring
def register_day(request: ActingRequest, number: int) -> HttpResponseBase:
    """Daily registration: the hours of a day within a flexi-job period."""
    one = _with_days(request, number)
    lead = _("The hours of one day of this flexi-job, at the latest when they begin.")
    said = _Said(_("Register a day"), lead, _("Send the registration"))
    given = request.POST if request.method == "POST" else None
    form = DayForm(given, one=one, registration=None)
    body = form.body() if form.is_valid() else None
    return _act(request, one, said, form, body)


@require_http_methods(["GET", "POST"])
@declaring
def change_day(request: ActingRequest, number: int, registration: int) -> HttpResponseBase:
    """Other hours of a day that was registered."""
    one = _with_days(request, number)
    known = _own_registration(one, registration)
    said = _Said(_("Change the hours of a day"), _day_of(known), _("Send the change"))
    given = request.POST if request.method == "POST" else None
    initial = {"start_hour": words.hour(known.start_hour), "end_hour": words.hour(known.end_hour)}
    form = DayForm(given, one=one, registration=known, initial=initial)
    body = form.body() if form.is_valid() else None
    return _act(request, one, said, form, body)


@require_http_methods(["GET", "POST"])
@declaring
def cancel_day(request: ActingRequest, number: int, registration: int) -> HttpResponseBase:
    """A registered day on which nobody worked."""
    one = _with_days(request, number)
    known = _own_registration(one, registration)
    said = _Said(_("Cancel a registered day"), _day_of(known), _("Send the cancellation"))
    is_post = request.method == "POST"
    body = acts.daily(one, Status.CANCEL, registration_id=known.id) if is_post else None
    return _act(request, one, said, None, body)


def _with_days(request: ActingRequest, number: int) -> PeriodRecord:
    one = asking.own_period(request, number)
    if not acts.takes_days(one):
        raise Http404
    return one


def _own_registration(one: PeriodRecord, registration: int) -> RegistrationRecord:
    for each in queries.registrations(one.id):
        if each.id == registration and not each.is_cancelled:
            return each
    raise Http404


def _day_of(known: RegistrationRecord) -> str:
    return words.stretch(known.first_day, known.last_day, known.start_hour, known.end_hour)


def _act(
    request: ActingRequest, one: PeriodRecord, said: _Said, form: Any, body: wire.Body | None
) -> HttpResponseBase:
    """The form, or the check of what it says, or off it goes."""
    asking.noted(request.acting, [one.niss], purpose="dimona.period", now=clock.now())
    checked: Checked | None = None
    if body is not None and request.POST.get("step") != "edit":
        checked = sending.check(request, body, period=one.id)
        if sending.is_sent(request, checked):
            return sending.send(request, checked)
        if checked.foreseen.is_refused and form is not None:
            form.tell(reason.code for reason in checked.foreseen.reasons if reason.blocks)
    is_refused = checked is not None and checked.foreseen.is_refused
    context = {
        "one": one,
        "said": said,
        "form": form,
        "checked": checked,
        "person": persons.names(numbers=[one.niss]).get(one.niss),
    }
    is_faulty = is_refused or (form is not None and bool(form.errors))
    status = 422 if is_faulty else 200
    return asking.show(request, "act.html", context, status=status)
