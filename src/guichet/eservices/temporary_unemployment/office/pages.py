"""The employer reads the decisions on a communication, from the day after they were taken."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.audit import trail
from guichet.documents import operations as making
from guichet.documents import queries as documents
from guichet.eservices.temporary_unemployment import queries as received
from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.office import letter_texts, queries
from guichet.eservices.temporary_unemployment.office.models import Decision
from guichet.eservices.temporary_unemployment.pages import asking
from guichet.platform import clock
from guichet.platform.readonly import writes_on_get
from guichet.rules.temporary_unemployment.decisions import Code, Result, meaning, result_word

_LOOKS = {"accepted": "validated", "partially_accepted": "warning", "refused": "refused"}


@require_GET
@asking.guarded
def decisions(request: ActingRequest, ticket: str) -> HttpResponse:
    """Every decision that may be seen today, the newest first; the former ones stay readable."""
    row = asking.own(request, ticket)
    today = clock.today(clock.now())
    shown = queries.decisions_shown(row, today=today)
    context: dict[str, Any] = {
        "row": row,
        "state": received.shown_state(row, today=today).value,
        "rows": [_listed(one) for one in shown],
        "current": "overview",
    }
    return asking.show(request, "decisions.html", context)


@writes_on_get("a letter that no job made yet is made when it is asked for")
@require_GET
@asking.guarded
def document(request: ActingRequest, ticket: str, number: str) -> HttpResponse:
    """The letter of a decision, byte for byte as it was sealed and as it goes back by message."""
    row, now = asking.own(request, ticket), clock.now()
    found = queries.decision_shown(row=row, number=number, today=clock.today(now))
    if found is None:
        raise Http404
    pdf = documents.sealed_pdf(reference=found.document)
    if pdf is None and making.make(reference=found.document, now=now):
        pdf = documents.sealed_pdf(reference=found.document)
    if pdf is None:
        raise Http404
    asking.noted(request, [line.niss for line in received.lines(row)])
    trail.record(
        action="temporaryUnemployment.decision.read", actor=request.acting.actor,
        target=found.number, now=now,
    )  # fmt: skip
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = letter_texts.file_name(found)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _listed(one: Decision) -> dict[str, Any]:
    result = Result(one.result)
    return {
        "decision": one,
        "look": _LOOKS[result.value],
        "result": words.said(result_word(result)),
        "codes": [f"{code} {words.said(meaning(Code(code)).name)}" for code in one.codes],
        "name": letter_texts.file_name(one),
    }
