"""The first page: what was communicated, the newest first."""

from typing import Any, Final

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment import queries
from guichet.eservices.temporary_unemployment.pages import asking
from guichet.eservices.temporary_unemployment.queries import Criteria
from guichet.platform import clock
from guichet.platform.paging import paging

_SIZES: Final = (10, 25, 50)


@require_GET
@asking.guarded
def overview(request: ActingRequest) -> HttpResponse:
    """A page of communications."""
    rows = queries.chosen(Criteria(employer=asking.employer_of(request)))
    page = paging(request.GET, total=rows.count(), sizes=_SIZES)
    today = clock.today(clock.now())
    shown = [
        (row, queries.shown_state(row, today=today).value)
        for row in rows[page.offset : page.offset + page.size]
    ]
    context: dict[str, Any] = {"rows": shown, "paging": page, "given": {}}
    return asking.show(request, "overview.html", context)
