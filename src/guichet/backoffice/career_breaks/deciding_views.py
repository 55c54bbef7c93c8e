"""The decision on a file, what its letter will say, and the second signature."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.backoffice.career_breaks import showing
from guichet.backoffice.career_breaks.deciding_form import DecideForm
from guichet.backoffice.career_breaks.entrance import (
    REFUSED,
    agent,
    file_of,
    noted,
    officer_of,
    refusal,
    show,
)
from guichet.backoffice.career_breaks.forms import ReasonForm
from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.office import deciding, judging, letters, queries, words
from guichet.eservices.career_break.office.deciding import ReasonMissing
from guichet.eservices.career_break.office.models import Proposal
from guichet.eservices.career_break.office.officers import Officer
from guichet.platform import clock
from guichet.rules.career_break.states import Party, State, Step, StepRefused, may


@require_http_methods(["GET", "POST"])
@agent
def decide(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """Decide; ``do``: compute the amounts of other days, show the letter, or decide."""
    row, officer = file_of(ticket), officer_of(request)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    case = judging.case(row)
    text = deciding.motivation(case, language=letters.language_of(row))
    data = request.POST if request.method == "POST" else None
    form = DecideForm(data, case=case, text=text, anew=do == "compute")
    preview: dict[str, Any] | None = None
    if do != "compute" and form.is_valid():
        if do == "preview":
            preview = deciding.preview(case, form.decided(), today=clock.today(clock.now()))
        elif _decided(request, row, form, officer):
            return redirect("career_break_desk:file", row.ticket)
    noted(request, [row.person.niss])
    state = State(row.state)
    context = {
        "row": row, "case": case, "form": form, "officer": officer, "current": "",
        "preview": preview, "answers": showing.answers(case),
        "waits": deciding.waiting(row),
        "may": officer.handles(row) and may(state=state, step=Step.DECIDE, party=Party.OFFICER),
        "spoken": letters.language_of(row),
    }  # fmt: skip
    return show(request, "decide.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@agent
def sign(request: ActingRequest, ticket: str, proposal: int) -> HttpResponseBase:
    """A decision of a colleague: sign it, or send it back with a reason."""
    row, officer = file_of(ticket), officer_of(request)
    waits = next((one for one in queries.proposals(row) if one.pk == proposal), None)
    if waits is None:
        raise Http404
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = ReasonForm(request.POST if do == "back" else None)
    if do and (do != "back" or form.is_valid()):
        said = _ended(do, waits, form, officer)
        if said:
            messages.success(request, said)
            return redirect("career_break_desk:file", row.ticket)
        waits = next(one for one in queries.proposals(row) if one.pk == proposal)
    noted(request, [row.person.niss])
    context = {
        "row": row, "waits": waits, "form": form, "officer": officer, "current": "signatures",
        "letter": deciding.letter(_unsaved(row, waits)),
        "is_own": waits.proposed_by_id == officer.person_id,
        "may": officer.signs(row) and waits.proposed_by_id != officer.person_id,
        "overrides": [words.OVERRIDES[one] for one in waits.overrides],
    }  # fmt: skip
    return show(request, "sign.html", context, status=422 if form.errors else 200)


def _decided(request: ActingRequest, row: Request, form: DecideForm, officer: Officer) -> bool:
    """Take the decision, or propose it; what stands in its way is said on the form."""
    try:
        done = deciding.decide(
            ticket=row.ticket, decided=form.decided(), officer=officer, now=clock.now()
        )
    except ReasonMissing as missing:
        differs = ", ".join(str(words.OVERRIDES[one]) for one in sorted(missing.overrides))
        said = _("Say why: this decision has %(differs)s. A second officer signs it.")
        form.add_error("why", said % {"differs": differs})
        return False
    except REFUSED as why:
        form.add_error(None, refusal(why))
        return False
    if isinstance(done, Decision):
        messages.success(
            request, _("The decision is taken. The letter goes out the next working day.")
        )
    else:
        messages.success(request, _("The decision waits for the signature of a second officer."))
    return True


def _ended(do: str, waits: Proposal, form: ReasonForm, officer: Officer) -> str:
    """What was done, in words; empty where something stood in its way, which the form says."""
    now = clock.now()
    try:
        if do == "sign":
            deciding.sign(proposal=waits.pk, officer=officer, now=now)
            return _("You signed. The letter goes out the next working day.")
        if do == "withdraw":
            deciding.withdraw(proposal=waits.pk, officer=officer, now=now)
            return _("The decision is withdrawn; decide anew.")
        if do == "back":
            reason = form.cleaned_data["reason"]
            deciding.send_back(proposal=waits.pk, reason=reason, officer=officer, now=now)
            return _("The decision went back to your colleague.")
    except (*REFUSED, StepRefused) as why:
        _say(form, refusal(why))
        return ""
    raise Http404


def _say(form: ReasonForm, text: str) -> None:
    """A refusal on a form that may not have been sent."""
    if not form.is_bound:
        form.is_bound, form.data = True, {"reason": "-"}
        form.full_clean()
    form.add_error(None, text)


def _unsaved(row: Request, waits: Proposal) -> Decision:
    return Decision(request=row, result=waits.result, content=waits.content)
