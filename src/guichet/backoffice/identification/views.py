"""The desk of the video interviews: the queue, one request, its document, its steps."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest
from guichet.audit.lookups import looked_up
from guichet.backoffice.entering import at_the_desk
from guichet.backoffice.identification import forms, queries
from guichet.backoffice.identification.queries import Dossier
from guichet.csam.outside import interviews, numbers
from guichet.csam.outside.copies import ENDINGS
from guichet.csam.outside.countries import country_name
from guichet.csam.outside.interviews import Recognised, SlotRefused, UnknownPerson, UnknownRequest
from guichet.platform import clock
from guichet.platform.readonly import writes_on_get
from guichet.rules.belgianid import State, Step, StepRefused
from guichet.rules.bis_numbers import CountersExhausted, NoSuchBirthDate

agent: Final = at_the_desk(Permission.IDENTIFICATION_DESK)
STATES: Final = {
    State.REQUESTED: (gettext_lazy("Asked for, no slot yet"), "waiting"),
    State.SLOT_PROPOSED: (gettext_lazy("Slot proposed"), "waiting-worker"),
    State.CONFIRMED: (gettext_lazy("Interview confirmed"), "registered"),
    State.PASSED: (gettext_lazy("Identity confirmed"), "in-progress"),
    State.REFUSED: (gettext_lazy("Not sure, refused"), "refused"),
    State.ACTIVATION_SENT: (gettext_lazy("Activation sent"), "waiting-worker"),
    State.ACTIVE: (gettext_lazy("Key active"), "validated"),
    State.EXPIRED: (gettext_lazy("Ended without an answer"), "cancelled"),
    State.CANCELLED: (gettext_lazy("Cancelled"), "cancelled"),
}


@require_GET
@agent
def queue(request: ActingRequest) -> HttpResponse:
    """What waits: interviews by their time, then new requests."""
    rows = queries.queue(actor=request.acting.actor)
    return render(request, "identification_desk/queue.html", {"rows": rows, "states": STATES})


@require_GET
@agent
def dossier(request: ActingRequest, reference: str) -> HttpResponse:
    """One request: the person's words, the register, what can be done now."""
    return _shown(request, _own(request, reference))


@writes_on_get("looking at the copy of a document leaves a line in the trail")
@require_GET
@agent
def copy(request: ActingRequest, reference: str) -> HttpResponse:
    """The copy of the identity document, to the agent only."""
    try:
        kept = interviews.open_copy(
            reference=reference, actor=request.acting.actor, now=clock.now()
        )
    except UnknownRequest:
        raise Http404 from None
    response = HttpResponse(kept.data, content_type=kept.kind.value)
    response["Content-Disposition"] = f'attachment; filename="document.{ENDINGS[kept.kind]}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@agent
def propose(request: ActingRequest, reference: str) -> HttpResponseBase:
    """Propose a slot, or another one."""
    one, form = _own(request, reference), forms.SlotForm(request.POST)

    def change() -> None:
        try:
            interviews.propose(
                reference=reference,
                slot_at=form.slot_at(),
                actor=request.acting.actor,
                now=clock.now(),
            )
        except SlotRefused as refusal:
            said = {
                "too_soon": _("A slot begins in an hour at the earliest."),
                "taken": _("You have another interview at this moment."),
            }
            form.add_error("hour", said[refusal.code])

    return _step(request, one, change, slot_form=form, done=_("The slot is proposed by mail."))


@require_POST
@agent
def cancel(request: ActingRequest, reference: str) -> HttpResponseBase:
    """Give the request up."""
    one = _own(request, reference)

    def change() -> None:
        interviews.cancel(reference=reference, actor=request.acting.actor, now=clock.now())

    return _step(request, one, change, done=_("The request is cancelled."), leads_away=True)


@require_POST
@agent
def recognise(request: ActingRequest, reference: str) -> HttpResponseBase:
    """The agent is sure who it is."""
    one, form = _own(request, reference), forms.PassForm(request.POST)

    def change() -> None:
        try:
            interviews.pass_interview(
                reference=reference,
                recognised=Recognised(**form.seen()),
                actor=request.acting.actor,
                now=clock.now(),
            )
        except UnknownPerson:
            form.add_error("niss", _("No register knows this person's number."))
        except (numbers.NoIssuer, CountersExhausted, NoSuchBirthDate):
            form.add_error(None, _("No number can be given for this date of birth."))

    return _step(request, one, change, pass_form=form, done=_("The identity is confirmed."))


@require_POST
@agent
def refuse(request: ActingRequest, reference: str) -> HttpResponseBase:
    """The agent is not sure."""
    one, form = _own(request, reference), forms.RefuseForm(request.POST)

    def change() -> None:
        interviews.refuse(
            reference=reference,
            reason=form.cleaned_data["reason"],
            actor=request.acting.actor,
            now=clock.now(),
        )

    done = _("The request is refused; the person is told by mail.")
    return _step(request, one, change, refuse_form=form, done=done, leads_away=True)


@require_POST
@agent
def activate(request: ActingRequest, reference: str) -> HttpResponseBase:
    """Send the link; the activation code stands on the answer once, to be read aloud."""
    one = _own(request, reference)
    try:
        made = interviews.send_activation(
            reference=reference, actor=request.acting.actor, now=clock.now()
        )
    except StepRefused:
        messages.error(request, _("This is no longer possible; look at the page again."))
        return redirect("identification_desk:dossier", reference)
    context = {"one": one, "code": made.code}
    response = render(request, "identification_desk/activation.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _own(request: ActingRequest, reference: str) -> Dossier:
    one = queries.dossier(reference=reference, actor=request.acting.actor)
    if one is None:
        raise Http404
    return one


def _step(
    request: ActingRequest,
    one: Dossier,
    change: Callable[[], None],
    *,
    done: str,
    leads_away: bool = False,
    **named: Any,
) -> HttpResponseBase:
    """Carry a step out when its form is whole; else the page again with what is wrong."""
    form = next(iter(named.values()), None)
    if form is None or form.is_valid():
        try:
            change()
        except UnknownRequest:
            raise Http404 from None
        except StepRefused:
            messages.error(request, _("This is no longer possible; look at the page again."))
            return redirect("identification_desk:dossier", one.reference)
    if form is not None and form.errors:
        return _shown(request, one, status=422, **named)
    messages.success(request, done)
    if leads_away:
        return redirect("identification_desk:queue")
    return redirect("identification_desk:dossier", one.reference)


def _shown(
    request: ActingRequest, one: Dossier, *, status: int = 200, **given: Any
) -> HttpResponse:
    people = queries.same_people(one) if one.state is State.CONFIRMED else ()
    looked_up(
        viewer=request.acting.actor,
        subjects=[person.niss for person in people],
        purpose="identification.interview",
        channel="portal",
        now=clock.now(),
    )
    initial = {
        "given_name": one.given_name,
        "family_name": one.family_name,
        "birth_date": one.birth_date,
        "sex": "",
    }
    context = {
        "one": one,
        "country": country_name(one.nationality, get_language() or "en"),
        "people": people,
        "states": STATES,
        "can": {step.value for step in one.steps},
        "propose": Step.PROPOSE.value,
        "slot_form": given.get("slot_form") or forms.SlotForm(),
        "pass_form": given.get("pass_form") or forms.PassForm(initial=initial),
        "refuse_form": given.get("refuse_form") or forms.RefuseForm(),
        "faulty": next(iter(given.values()), None),
    }
    return render(request, "identification_desk/dossier.html", context, status=status)
