"""The days by which something must be sent: a question, its answer, a calendar."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guichet.eservices.temporary_unemployment.library.dates.forms import QUESTIONS, TITLES
from guichet.eservices.temporary_unemployment.library.dates.months import months
from guichet.eservices.temporary_unemployment.library.tables import said
from guichet.platform import clock
from guichet.platform.routes import public
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import sentence


@public
@require_GET
def dates(request: HttpRequest, question: str = "announce") -> HttpResponse:
    """One question; without an entry only its form."""
    if question not in QUESTIONS:
        raise Http404
    asked = {name for name in QUESTIONS[question].base_fields if name in request.GET}
    form = QUESTIONS[question](request.GET if asked else None)
    answer = form.answer() if form.is_valid() else None
    context = {
        "current": "dates",
        "question": question,
        "titles": TITLES,
        "form": form,
        "answer": answer,
        "months": months(answer.facts, calendar=form.calendar) if answer else (),
        "said": _said,
        "today": clock.today(clock.now()),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "temporary_unemployment_library/dates.html", context, status=status)


def _said(fault: Fault) -> str:
    return said(sentence(fault))
