"""Pages of the desk: find a period by its number, see it, take it over or give it back."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest
from guichet.audit.lookups import looked_up
from guichet.backoffice.entering import at_the_desk
from guichet.backoffice.periods.forms import FindForm, ReasonForm
from guichet.eservices.dimona import locks, operations, queries
from guichet.eservices.dimona.pages import words
from guichet.eservices.dimona.queries import PeriodRecord
from guichet.kernel.dimona import LARGEST
from guichet.kernel.enterprise import EnterpriseNumber
from guichet.kernel.niss import Niss
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.persons import queries as persons

agent: Final = at_the_desk(Permission.DIMONA_DESK)
_PURPOSE: Final = "dimona.desk"
_SHOWN: Final = 50
# What the buttons say, and whether the period is taken over afterwards.
_STEPS: Final = {"take-over": True, "give-back": False}


@require_GET
@agent
def index(request: ActingRequest) -> HttpResponseBase:
    """Find a period, and what is taken over now."""
    form = FindForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        number = form.cleaned_data["number"]
        if queries.period(number) is not None:
            return redirect("period_desk:period", number)
        form.add_error("number", _("No period has this number."))
    rows = locks.taken_over(limit=_SHOWN)
    names = enterprises.names(numbers={row.employer for row in rows}, language=_language())
    context = {"form": form, "rows": rows, "firms": names}
    return _show(request, "index.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@agent
def period(request: ActingRequest, number: int) -> HttpResponseBase:
    """One period; a POST takes it over or gives it back."""
    found = queries.period(number) if 0 < number <= LARGEST else None
    if found is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    step = request.POST.get("step", "")
    if request.method == "POST" and step not in _STEPS:
        raise Http404
    if form.is_valid() and _done(request, form, found, is_locked=_STEPS[step]):
        return redirect("period_desk:period", number)
    looked_up(
        viewer=request.acting.actor,
        subjects=[found.niss],
        purpose=_PURPOSE,
        channel="portal",
        now=clock.now(),
    )
    status = 422 if form.errors else 200
    return _show(request, "period.html", _context(found, form), status=status)


def _done(
    request: ActingRequest, form: ReasonForm, found: PeriodRecord, *, is_locked: bool
) -> bool:
    """Carry the step out; what stands in its way is said."""
    try:
        operations.lock_period(
            period=found.id,
            is_locked=is_locked,
            reason=form.cleaned_data["reason"],
            actor=request.acting.actor,
            now=clock.now(),
        )
    except operations.UnknownPeriod:
        raise Http404 from None
    except operations.OwnPeriod:
        form.add_error(None, _("This period is your own: a colleague decides."))
        return False
    except operations.AlreadySo:
        messages.error(request, _("A colleague did this already: look at what happened."))
    else:
        told = (
            _("The period is taken over: its employer cannot act on it.")
            if is_locked
            else _("The period is given back: its employer can act on it.")
        )
        messages.success(request, told)
    return True


def _context(found: PeriodRecord, form: ReasonForm) -> dict[str, Any]:
    steps = locks.steps(found.id)
    firms = {found.employer, *([found.user_enterprise] if found.user_enterprise else [])}
    people = persons.names(numbers={found.niss, *(step.by for step in steps)})
    return {
        "one": found,
        "form": form,
        "steps": steps,
        "person": people.get(found.niss),
        "people": people,
        "firms": enterprises.names(numbers=firms, language=_language()),
    }


def _language() -> str:
    return (get_language() or "en").partition("-")[0]


def _show(
    request: ActingRequest, template: str, context: dict[str, Any], *, status: int
) -> HttpResponse:
    given = context | {
        "words": words,
        "niss": lambda digits: Niss(digits).formatted(),
        "number_of": lambda digits: EnterpriseNumber(digits).formatted(),
    }
    return render(request, f"period_desk/{template}", given, status=status)
