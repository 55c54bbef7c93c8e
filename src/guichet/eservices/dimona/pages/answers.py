"""What became of declarations: one of them, and the list."""

from datetime import timedelta
from typing import Any, Final

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.eservices.dimona import declared, queries
from guichet.eservices.dimona.identities import queries as identities
from guichet.eservices.dimona.pages import asking, sending
from guichet.eservices.dimona.pages.asking import consulting
from guichet.eservices.dimona.queries import DeclarationRecord
from guichet.platform import clock
from guichet.platform.paging import paging
from guichet.registers.persons import queries as persons

_LARGEST: Final = 1_000_000_000_000
SLOW: Final = timedelta(minutes=2)
# (younger than, seconds until the page looks again)
_PACE: Final = ((timedelta(seconds=30), 2), (timedelta(minutes=5), 10))
_SELDOM: Final = 60
RESULTS: Final = ("A", "W", "B", "open")


@require_GET
@consulting
def answer(request: ActingRequest, number: int) -> HttpResponseBase:
    """What became of a declaration: how far it is, then its answer."""
    found = queries.declaration(number) if 0 < number < _LARGEST else None
    if found is None or not _is_own(request, found):
        raise Http404
    now = clock.now()
    context: dict[str, Any] = {"one": found, "looks_again": 0, "changed": None}
    if found.state in ("pending", "waiting"):
        age = now - found.received_at
        is_still = request.GET.get("still") == "yes"
        context |= {
            "ahead": declared.ahead_of(found),
            "is_slow": age > SLOW,
            "is_still": is_still,
            "looks_again": 0 if is_still else _seconds(age),
        }
    elif found.niss:
        context["changed"] = identities.of_declarations(numbers=[number]).get(number)
        asking.noted(request.acting, [found.niss], purpose="dimona.declaration", now=now)
    return asking.show(request, "answer.html", context)


@require_GET
@consulting
def listing(request: ActingRequest) -> HttpResponseBase:
    """The declarations for the employer, the newest first, refused and undecided ones too."""
    result = request.GET.get("result", "")
    chosen = result if result in RESULTS else ""
    asked = {
        "employer": asking.employer_of(request),
        "sender": sending.sender_of(request),
        "result": chosen,
    }
    page = paging(request.GET, total=declared.count(**asked))
    rows = declared.listed(**asked, limit=page.size, offset=page.offset)
    known = {row.niss for row in rows if row.niss}
    asking.noted(request.acting, sorted(known), purpose="dimona.declarations", now=clock.now())
    context = {
        "rows": rows,
        "paging": page,
        "given": {"result": chosen, "size": request.GET.get("size", "")},
        "chosen": chosen,
        "people": persons.names(numbers=known),
    }
    return asking.show(request, "declarations.html", context)


def _seconds(age: timedelta) -> int:
    return next((pace for until, pace in _PACE if age < until), _SELDOM)


def _is_own(request: ActingRequest, found: DeclarationRecord) -> bool:
    """Of the employer of this session; before it is decided, what this session's sender sent."""
    own = asking.employer_of(request)
    if found.employer:
        return found.employer == own
    named = (found.body.get("employer") or {}).get("enterpriseNumber")
    return found.sender in (sending.sender_of(request), own) and named == own
