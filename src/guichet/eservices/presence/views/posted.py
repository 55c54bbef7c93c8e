"""The QR code of an L1 opens a small session: it registers one posting, and shows nothing."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import acting_of
from guichet.audit.lookups import looked_up
from guichet.eservices.presence import postings
from guichet.eservices.presence.days import queries, words
from guichet.eservices.presence.days.queries import Filters
from guichet.eservices.presence.posted import holding, operations
from guichet.eservices.presence.posted.forms import HolderForm
from guichet.eservices.presence.posted.operations import HOLDER, Refused, Wish
from guichet.eservices.presence.receipts import squares
from guichet.eservices.presence.views import asking
from guichet.platform import clock, throttle
from guichet.platform.routes import public
from guichet.platform.throttle import Throttled
from guichet.registers.postings.codes import genuine_number

View = Callable[..., HttpResponseBase]
_WRONG_CODES: Final = 20
_QUARTER: Final = 900
_A_DAY: Final = 20
_DAY: Final = 86_400


@public
@never_cache
@require_GET
def scanned(request: HttpRequest) -> HttpResponseBase:
    """The address in the QR code: a session for its posting, and the number out of the address."""
    now = clock.now()
    given = request.GET
    number = genuine_number(content=given.get("d", ""), key=given.get("k", ""))
    if not number or postings.holders(number=number, on=clock.today(now)) is None:
        return _wrong_code(request, now)
    answer = redirect("l1:register")
    holding.open_for(answer, number=number, now=now)
    return answer


@public
@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponseBase:
    """The one thing that the session may do."""
    now = clock.now()
    today = clock.today(now)
    number = holding.held(request, now=now)
    looked = postings.holders(number=number, on=today) if number else None
    if looked is None:
        return _page(request, "over.html", status=HTTPStatus.FORBIDDEN)
    if request.method == "GET":
        start = {"site": request.GET.get("site", "")[:300] or _only_site(looked)}
        return _form(request, HolderForm(initial=start, today=today), looked, now)
    form = HolderForm(request.POST, today=today)
    if not form.is_valid():
        return _form(request, form, looked, now, status=422)
    wish = Wish(number, form.cleaned_data["site"], form.cleaned_data["day"],
                form.cleaned_data["key"])  # fmt: skip
    try:
        throttle.hit(key=f"presence.l1:{number}", limit=_A_DAY, seconds=_DAY, now=now)
        receipt = operations.register(wish=wish, now=now)
    except Throttled as wait:
        return _too_often(request, wait)
    except Refused as refusal:
        for text in words.refusals(refusal.refusals):
            form.add_error(None, text)
        return _form(request, form, looked, now, status=422)
    return redirect("l1:receipt", holding.receipt_link(receipt=receipt, day=wish.day))


@public
@never_cache
@require_GET
def receipt(request: HttpRequest, link: str) -> HttpResponse:
    """One receipt until the end of its day: what the registration says, and of nobody else."""
    found = holding.receipt_in(link)
    if found is None:
        raise Http404
    number, day = found
    if day < clock.today(clock.now()):
        return _page(request, "gone.html", {"day": day}, status=HTTPStatus.GONE)
    rows = queries.listed(wanted=Filters(day, day, receipts=[number]), limit=1)
    if not rows:
        raise Http404
    [row] = rows
    square = None if row.cancelled_at else squares.of_day(row)
    return _page(request, "receipt.html", {"row": row, "square": square})


@public
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Refused: the code of an L1 is not a person; how one does see them is said."""
    return _page(request, "refused.html", status=HTTPStatus.FORBIDDEN)


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponseBase:
    """The session ends on this telephone."""
    answer = redirect("front")
    holding.close(answer)
    return answer


def not_with_a_code(view: View) -> View:
    """A page for people: who comes with the code of an L1 only is told why it stays closed."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        if acting_of(request) is None and holding.held(request, now=clock.now()):
            return mine(request) if request.method == "GET" else view(request, *args, **given)
        return view(request, *args, **given)

    return guarded


def _form(
    request: HttpRequest,
    form: HolderForm,
    looked: postings.Looked,
    now: datetime,
    *,
    status: int = 200,
) -> HttpResponse:
    if looked.posting is not None:
        looked_up(
            viewer=HOLDER, subjects=[looked.posting.niss], purpose="presence.l1",
            channel="portal", now=now,
        )  # fmt: skip
    return _page(request, "register.html", {"form": form, "looked": looked}, status=status)


def _only_site(looked: postings.Looked) -> str:
    places = looked.posting.places if looked.posting else ()
    sites = {place.works_reference for place in places if place.works_reference}
    return sites.pop() if len(sites) == 1 else ""


def _wrong_code(request: HttpRequest, now: datetime) -> HttpResponse:
    """A key that does not fit and a posting that is not there are the same answer."""
    key = f"presence.l1.code:{request.META.get('REMOTE_ADDR', '')}"
    try:
        throttle.hit(key=key, limit=_WRONG_CODES, seconds=_QUARTER, now=now)
    except Throttled as wait:
        return _too_often(request, wait)
    return _page(request, "wrong.html", status=HTTPStatus.NOT_FOUND)


def _too_often(request: HttpRequest, wait: Throttled) -> HttpResponse:
    answer = _page(request, "often.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = str(wait.retry_after)
    return answer


def _page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    given = {"day_words": words, **(context or {})}
    return asking.show(request, f"posted/{template}", given, status=status)
