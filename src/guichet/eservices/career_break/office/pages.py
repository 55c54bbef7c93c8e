"""Pages of the office for those whom it asks: the question, and the answer."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.lookups import looked_up
from guichet.eservices.career_break import dossier
from guichet.eservices.career_break import words as service
from guichet.eservices.career_break.files import desk
from guichet.eservices.career_break.files.bearers import bearer_of
from guichet.eservices.career_break.office import operations, queries, words
from guichet.eservices.career_break.office.forms import AnswerForm
from guichet.eservices.career_break.office.models import Question
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.rules.assurance import Policy
from guichet.rules.career_break.states import StepRefused

_PURPOSE = "careerBreak.request"
worker = acting_required(kind="worker", policy=Policy(300))
employer = acting_required(kind="employer", service=Permission.CAREER_BREAK.value)


@require_http_methods(["GET", "POST"])
@worker
def question(request: ActingRequest, number: int) -> HttpResponseBase:
    """A question to the worker himself."""
    return _page(request, queries.question_to_worker(question=number, niss=request.acting.actor.id))


@require_http_methods(["GET", "POST"])
@employer
def of_employer(request: ActingRequest, number: int) -> HttpResponseBase:
    """A question to the employer."""
    firm = request.acting.enterprise_number or ""
    found = queries.question_to_employer(question=number, employer=firm)
    return _page(request, found, firm=firm)


def _page(request: ActingRequest, found: Question | None, *, firm: str = "") -> HttpResponseBase:
    if found is None:
        raise Http404
    row = found.request
    said = None if firm else dossier.said_in(row)
    files = desk.handled(
        request, subject=row, by=bearer_of(request), here=request.path, now=clock.now(), said=said
    )
    if isinstance(files, str):
        return redirect(files)
    is_answer = request.method == "POST" and not desk.is_posted(request)
    form = AnswerForm(request.POST if is_answer else None)
    if form.is_valid() and _answered(request, found, form, firm):
        messages.success(request, _("Your answer is sent. The office goes on with the file."))
        return redirect(request.path)
    looked_up(
        viewer=request.acting.actor, subjects=[row.person.niss], purpose=_PURPOSE,
        channel="portal", now=clock.now(),
    )  # fmt: skip
    context = {
        "asked": found, "row": row, "form": form, "words": words, "service": service,
        "ticket": TicketNumber(row.ticket).formatted(), "is_employer": bool(firm),
        "is_late": clock.today(clock.now()) > found.answer_by, "desk": files,
    }  # fmt: skip
    status = 422 if form.errors else files.status
    return _shown(request, context, status)


def _shown(request: ActingRequest, context: dict[str, object], status: int) -> HttpResponse:
    return render(request, "career_break_office/question.html", context, status=status)


def _answered(request: ActingRequest, found: Question, form: AnswerForm, firm: str) -> bool:
    try:
        operations.answer(
            question=found.pk, text=form.cleaned_data["text"], actor=request.acting.actor,
            employer=firm, now=clock.now(),
        )  # fmt: skip
    except (operations.UnknownQuestion, StepRefused):
        form.add_error(None, _("This question was answered or closed meanwhile."))
        return False
    return True
