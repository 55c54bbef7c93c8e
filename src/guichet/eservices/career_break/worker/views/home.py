"""My file: what waits for me, what is under way, what was decided, every period; one request."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break import decided, dossier, together
from guichet.eservices.career_break.content import asked_of
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office import queries as office
from guichet.eservices.career_break.office.models import Question
from guichet.eservices.career_break.recovery import queries as recoveries
from guichet.eservices.career_break.said import Said, said_of
from guichet.eservices.career_break.worker import changes, papers, parts, reading, receipts
from guichet.eservices.career_break.worker.views import showing
from guichet.eservices.career_break.worker.views.showing import worker
from guichet.platform import clock
from guichet.rules.career_break.states import State

_UNDER_WAY: Final = (State.WAIT_ONEM, State.IN_PROGRESS, State.WAIT_DOCUMENTS)


@require_GET
@worker
def home(request: ActingRequest) -> HttpResponse:
    """Cards of what waits, then what is under way and decided, then every period."""
    showing.noted(request)
    rows = reading.requests(niss=request.acting.niss)
    known = decided.standings(rows, today=clock.today(clock.now()))
    asked = office.open_questions(niss=request.acting.niss)
    context = {
        "states": {row.pk: known[row.pk].state for row in rows},
        "asked": [(one, row) for one in asked for row in rows if row.pk == one.request_id],
        "history": [(row, _person_of(row)) for row in rows],
        "links": _links(),
        "recoveries": recoveries.of_worker(niss=request.acting.niss),
    } | _cards(rows, known, asked)
    return showing.show(request, "home.html", context)


@require_GET
@worker
def file(request: ActingRequest, ticket: str) -> HttpResponse:
    """One request: who acts, what happened, what my employer and I said, what is attached."""
    row = showing.own(request, ticket)
    part = reading.part(row)
    said = said_of(part.content) if part and part.content is not None else None
    known = decided.standing(row, today=clock.today(clock.now()))
    context = _facts(row, said) | {
        "part": part,
        "state": known.state,
        "linked": together.linked(row),
        "asked_of_me": _question(row, request.acting.niss),
        "versions": known.shown(reading.versions(row)),
        "objections": reading.objections(row),
        "decisions": known.decisions,
        "recoveries": recoveries.of_file(row),
        "changes": reading.changes(row),
        "may_report": changes.may_report(row),
        "next_step": _next_step(row) if row.state == State.WAIT_WORKER else "",
    }
    return showing.show(request, "file.html", context)


@require_GET
@worker
def receipt(request: ActingRequest, ticket: str) -> HttpResponse:
    """The proof that the part was received."""
    row = showing.own(request, ticket)
    part = reading.part(row)
    said = dossier.said_in(row)
    if part is None or said is None:
        return showing.show(request, "not-sent.html", {"row": row}, status=404)
    return showing.show(request, "receipt.html", _facts(row, said) | {"part": part})


def _cards(
    rows: Sequence[Request], known: dict[int, decided.Standing], asked: Sequence[Question]
) -> dict[str, Any]:
    """What waits, what is under way and what was decided; a question stands where it is asked."""
    answering = {one.request_id for one in asked}
    by_state = [(row, known[row.pk]) for row in rows if row.pk not in answering]
    return {
        "to_complete": [
            (row, _next_step(row)) for row, one in by_state if one.state is State.WAIT_WORKER
        ],
        "under_way": [row for row, one in by_state if one.state in _UNDER_WAY],
        "decided": [
            (row, next(iter(one.decisions), None))
            for row, one in by_state
            if one.state is State.CLOSED
        ],
    }


def _question(row: Request, niss: str) -> Question | None:
    found = office.open_questions(niss=niss)
    return next((one for one in found if one.request_id == row.pk), None)


def _links() -> list[tuple[str, str]]:
    """What else one may do, as far as it stands."""
    return [
        (reverse("career_break_notices:new"), _("Notify my employer of a break that I want")),
        (reverse("career_break_notices:list"), _("My notices")),
        (reverse("career_break_credit:remaining"), _("See what is left of my credit")),
        (reverse("career_break_credit:simulator"), _("Simulate a break")),
        (reverse("career_break_credit:codes"), _("Prove to an employer what is left")),
        (reverse("career_break_mine:changes"), _("Report a change to ONEM")),
    ]


def _facts(row: Request, said: Said | None) -> dict[str, Any]:
    return {
        "row": row,
        "asked": asked_of(row.content),
        "told": receipts.told(row, said) if said else [],
        "papers": papers.received(row),
    }


def _next_step(row: Request) -> str:
    """The step at which the worker goes on: the first one that is not complete."""
    case = reading.case(row, today=clock.today(clock.now()))
    if not case.typed:
        return "identity"
    if "employer" not in case.typed:
        return "employer"
    return (*parts.missing_steps(case), "documents")[0]


def _person_of(row: Request) -> str:
    said = dossier.said_in(row)
    return said.person.name if said else ""
