"""One communication: what was told, its workers, what was found, what happened to it."""

from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment import queries
from guichet.eservices.temporary_unemployment.forms.steps import placed
from guichet.eservices.temporary_unemployment.models import GONE, Communication
from guichet.eservices.temporary_unemployment.pages import asking
from guichet.platform import clock
from guichet.platform.paging import paging
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.temporary_unemployment.offices import Language, language
from guichet.rules.temporary_unemployment.states import DECIDED, Party, Step, may

_SIZES: Final = (25, 50, 100)


@require_GET
@asking.guarded
def communication(request: ActingRequest, ticket: str) -> HttpResponse:
    """The own communication; another's is as unknown as none."""
    row = asking.own(request, ticket)
    today = clock.today(clock.now())
    state = queries.shown_state(row, today=today)
    page = paging(request.GET, total=row.workers, sizes=_SIZES)
    lines = queries.lines(row)[page.offset : page.offset + page.size]
    asking.noted(request, [line.niss for line in lines])
    told = queries.told_of(row, lines)
    context: dict[str, Any] = {
        "row": row,
        "state": state.value,
        "lines": queries.named(lines),
        "said": told.said,
        "paging": page,
        "given": {},
        "warnings": queries.warnings(row),
        "happened": [
            one
            for one in queries.happenings(row)
            if not (one.step in _DECIDING and _is_unseen(row, clock.today(one.at), today))
        ],
        "counts_otherwise": row.told_on != clock.today(row.received_at),
        "changed_by": row.changed_by.first(),
        "may_modify": may(state=state, step=Step.MODIFY, party=Party.EMPLOYER),
        "may_cancel": may(state=state, step=Step.CANCEL, party=Party.EMPLOYER),
        "is_decided": state in DECIDED,
        "place": _place(row, today),
        "letter_in": language(row.postcode, wanted=Language(row.language)).value,
    }
    return asking.show(request, "communication.html", context)


def _place(row: Communication, today: date) -> str:
    """The establishment in words; empty where it is none of the employer any more."""
    places = enterprises.establishments(number=row.employer.number)
    return next((placed(one, today) for one in places if one.number == row.establishment), "")


def _is_unseen(row: Communication, decided_on: date, today: date) -> bool:
    """Whether a decision is of today, or was void before anybody could see it."""
    return decided_on >= today or row.state in GONE


_DECIDING: Final = (
    Step.ACCEPT.value,
    Step.ACCEPT_PARTLY.value,
    Step.REFUSE.value,
    Step.REVISE.value,
)
