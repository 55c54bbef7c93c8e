"""The receipt of a communication, and the papers that are made of the same entry."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment import (
    changing,
    papers,
    queries,
    representing,
    words,
)
from guichet.eservices.temporary_unemployment.forms.steps import placed
from guichet.eservices.temporary_unemployment.pages import asking
from guichet.eservices.temporary_unemployment.phrases import PAPERS
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.temporary_unemployment.card_form import card_of, is_in_book
from guichet.rules.temporary_unemployment.communication import Communication
from guichet.rules.temporary_unemployment.kinds import Kind
from guichet.rules.temporary_unemployment.office_contacts import contact

_MOST_WORKERS = 200
_LANGUAGES = ("fr", "nl", "de", "en")


@require_GET
@asking.guarded
def receipt(request: ActingRequest, ticket: str) -> HttpResponse:
    """Unique number, office, content, and the date to the second."""
    row = asking.own(request, ticket)
    lines = queries.lines(row)[:_MOST_WORKERS]
    asking.noted(request, [one.niss for one in lines])
    today = clock.today(clock.now())
    places = enterprises.establishments(number=row.employer.number)
    said = queries.told_of(row, lines).said
    context = {
        "row": row,
        "lines": lines,
        "place": next(
            (placed(one, today) for one in places if one.number == row.establishment), ""
        ),
        "said": said,
        "in_book": _is_in_book(said),
        "contact": contact(row.office, on=today) if row.office else None,
        "warnings": queries.warnings(row),
        "papers": [(key, PAPERS[key]) for key in papers.offered(row)],
        "languages": _LANGUAGES,
        "chosen": words.language(),
        "may_copy": changing.may_copy(row),
        "inform": representing.of_communication(row),
        "is_open": changing.is_open(row, today=today),
    }
    return asking.show(request, "receipt.html", context)


def _is_in_book(said: Communication) -> bool:
    """Whether the employer enters the cards of this month in his validation book."""
    if said.kind is not Kind.FIRST_DAY:
        return False
    days = [line.first_day for line in said.lines if line.first_day is not None]
    month = min(days, default=said.start)
    card = card_of(month=month, committee=said.committee)
    return is_in_book(card=card, committee=said.committee, reason=said.reason, month=month)


@require_POST
@asking.guarded
def paper(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """Ask for a poster or a letter; the page of documents has it as soon as it is made."""
    row = asking.own(request, ticket)
    which, language = request.POST.get("paper", ""), request.POST.get("language", "")
    if which not in papers.offered(row) or language not in _LANGUAGES:
        raise Http404
    reference = papers.ask(
        row=row, which=which, language=language, actor=request.acting.actor, now=clock.now()
    )
    return redirect("documents:detail", reference)
