"""Programs that read a box: the holder names them and withdraws them."""

from django.contrib import messages as told
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.ebox import consumers, words
from guichet.ebox.consumers import Program, ProgramRefused, UnknownProgram
from guichet.ebox.forms import AllowForm, ProgramForm
from guichet.ebox.views.shared import OpenRequest, managed, show, status_of
from guichet.platform import clock, throttle
from guichet.platform.throttle import Throttled

_HOUR = 3600
_LOOKS_AN_HOUR = 20


@require_GET
@managed
def listed(request: OpenRequest) -> HttpResponseBase:
    """The programs that read the box, those withdrawn, and the way to a new one."""
    return _listed(request, ProgramForm())


@require_http_methods(["GET", "POST"])
@managed
def allow(request: OpenRequest) -> HttpResponseBase:
    """Who answers for the program and what it will see; then the holder says yes."""
    which = ProgramForm(request.GET)
    program = _program(request, which)
    if program is None:
        return _listed(request, which)
    form = AllowForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            consumers.name(
                box_id=request.box.pk,
                client_id=program.client_id,
                person_id=request.acting.person_id,
                actor=request.acting.actor,
                now=clock.now(),
            )
        except ProgramRefused as refusal:
            form.add_error(None, words.PROGRAM_FAULTS[str(refusal)])
        else:
            told.success(request, _("The program may read this e-Box from now on."))
            return redirect("ebox:programs")
    context = {"form": form, "program": program}
    return show(request, "program.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@managed
def withdraw(request: OpenRequest, number: int) -> HttpResponseBase:
    """The program reads no more, after one question."""
    rows = consumers.named(box_id=request.box.pk, language=_language())
    row = next((one for one in rows if one.number == number and not one.withdrawn_at), None)
    if row is None:
        raise Http404
    if request.method == "POST":
        try:
            consumers.withdraw(
                box_id=request.box.pk,
                number=number,
                actor=request.acting.actor,
                now=clock.now(),
            )
        except UnknownProgram:
            raise Http404 from None
        told.success(request, _("The program reads this e-Box no more."))
        return redirect("ebox:programs")
    return show(request, "program-withdraw.html", {"row": row})


def _program(request: OpenRequest, form: ProgramForm) -> Program | None:
    if not form.is_valid():
        return None
    key = f"ebox-program:{request.acting.person_id}"
    try:
        throttle.hit(key=key, limit=_LOOKS_AN_HOUR, seconds=_HOUR, now=clock.now())
    except Throttled:
        form.add_error(None, words.PROGRAM_FAULTS["often"])
        return None
    client = form.cleaned_data["client"]
    program = consumers.program(client_id=client, language=_language())
    if program is None:
        form.add_error("client", words.PROGRAM_FAULTS["unknown"])
    return program


def _listed(request: OpenRequest, form: ProgramForm) -> HttpResponse:
    language, box = _language(), request.box.pk
    rows = consumers.named(box_id=box, language=language)
    context = {
        "form": form,
        "reading": [one for one in rows if one.withdrawn_at is None],
        "withdrawn": [one for one in rows if one.withdrawn_at],
        "unnamed": consumers.unnamed(
            box_id=box, enterprise_number=request.acting.enterprise_number, language=language
        ),
    }
    return show(request, "programs.html", context, status=status_of(form))


def _language() -> str:
    return (get_language() or "nl")[:2]
