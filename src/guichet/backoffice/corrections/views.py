"""Pages of the desk: the queue by its last days, one request with its evidence, the decision."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest
from guichet.audit import trail
from guichet.audit.lookups import looked_up
from guichet.backoffice.corrections.forms import DecisionForm, FilterForm
from guichet.backoffice.entering import at_the_desk
from guichet.documents.attachments.views import served
from guichet.eservices.presence import words
from guichet.eservices.presence.corrections import cases, deciding, evidence
from guichet.eservices.presence.corrections.deciding import NothingLeft, OwnRequest
from guichet.eservices.presence.corrections.filing import UnknownCase
from guichet.eservices.presence.models import Case
from guichet.eservices.presence.views.asking import number_of
from guichet.platform import clock
from guichet.platform.readonly import writes_on_get
from guichet.rules.presence_corrections import DECIDED, OPEN, State, Step, StepRefused, steps

agent: Final = at_the_desk(Permission.CORRECTION_DESK)
_PAGE: Final = 50
_PURPOSE: Final = "presence.decision"
_LISTS: Final = {
    "new": (State.SUBMITTED,),
    "review": (State.IN_REVIEW,),
    "open": tuple(OPEN),
    "decided": tuple(DECIDED),
    "withdrawn": (State.WITHDRAWN,),
}


@require_GET
@agent
def queue(request: ActingRequest) -> HttpResponse:
    """What waits for a decision, the first last day on top."""
    show = request.GET.get("show", "open")
    if show not in _LISTS:
        raise Http404
    form = FilterForm(request.GET)
    is_whole = form.is_valid()
    asked = form.cleaned_data if is_whole else {}
    found = cases.queue(
        states=_LISTS[show],
        kind=asked.get("kind", ""),
        enterprise=asked.get("enterprise", ""),
    )
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    rows = cases.with_names(list(page.object_list), language=_language())
    _noted(request, *(one.row.person.niss for one in rows))
    given = {name: request.GET[name] for name in ("kind", "enterprise") if request.GET.get(name)}
    context = {
        "rows": rows, "page": page, "show": show, "form": form, "given": given,
        "today": clock.today(clock.now()),
    }  # fmt: skip
    return _show(request, "queue.html", context, status=200 if is_whole else 422)


@require_http_methods(["GET", "POST"])
@agent
def case(request: ActingRequest, number: str) -> HttpResponseBase:
    """One request with everything that speaks for and against it; a POST decides."""
    row = _row(number)
    language = _language()
    acts = cases.acts_of(row, language=language)
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        row=row, acts=acts, now=clock.now(),
    )  # fmt: skip
    if form.is_valid() and _decided(request, row, form):
        messages.success(request, _("The decision is taken. Both sides hear it by e-Box."))
        return redirect("correction_desk:case", row.number)
    _noted(request, row.person.niss)
    row = _row(number)
    [shown] = cases.with_names([row], language=language)
    context = {
        "one": shown,
        "form": form,
        "evidence": evidence.of(row, acts=acts),
        "files": cases.files(row),
        "around": cases.around(row, language=language),
        "open": steps(State(row.state)),
        "Step": Step,
        "refusal": words.STEP_REFUSALS[State(row.state)],
    }
    return _show(request, "case.html", context, status=422 if form.errors else 200)


@require_POST
@agent
def take(request: ActingRequest, number: str) -> HttpResponseBase:
    """Take a request into review."""
    row = _row(number)
    acting = request.acting
    try:
        deciding.take(
            number=row.number, person_id=acting.person_id, actor=acting.actor, now=clock.now()
        )
    except StepRefused:
        messages.error(request, words.STEP_REFUSALS[State(_row(number).state)])
    return redirect("correction_desk:case", row.number)


@writes_on_get("opening a document leaves a line in the trail")
@require_GET
@agent
def file(request: ActingRequest, number: str, attachment: UUID) -> HttpResponse:
    """A document of a request, to the agent only."""
    row = _row(number)
    found = cases.file(row, attachment)
    if found is None:
        raise Http404
    _noted(request, row.person.niss)
    trail.record(
        action="presence.case.documentOpened",
        actor=request.acting.actor,
        target=row.number,
        now=clock.now(),
        detail={"document": str(attachment)},
    )
    return served(found)


def _decided(request: ActingRequest, row: Case, form: DecisionForm) -> bool:
    """Take the decision; what stands in its way is said on the form."""
    acting, step = request.acting, form.step
    try:
        deciding.decide(
            number=row.number,
            step=step,
            granted=form.granted() if step is Step.ACCEPT_PARTLY else None,
            reason=form.cleaned_data["reason"],
            person_id=acting.person_id,
            actor=acting.actor,
            now=clock.now(),
        )
    except UnknownCase:
        raise Http404 from None
    except StepRefused:
        form.add_error(None, words.STEP_REFUSALS[State(_row(row.number).state)])
    except OwnRequest:
        form.add_error(None, _("This request is yours or concerns you: a colleague decides."))
    except NothingLeft:
        form.add_error(None, _("A registration of this request was cancelled meanwhile."))
    else:
        return True
    return False


def _row(number: str) -> Case:
    row = cases.one(number=number)
    if row is None:
        raise Http404
    return row


def _language() -> str:
    return (get_language() or "en").partition("-")[0]


def _noted(request: ActingRequest, *subjects: str) -> None:
    looked_up(
        viewer=request.acting.actor,
        subjects=subjects,
        purpose=_PURPOSE,
        channel="portal",
        now=clock.now(),
    )


def _show(
    request: ActingRequest, template: str, context: dict[str, Any], *, status: int
) -> HttpResponse:
    given = context | {"words": words, "number_of": number_of}
    return render(request, f"correction_desk/{template}", given, status=status)
