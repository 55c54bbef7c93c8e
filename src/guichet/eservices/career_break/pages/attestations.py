"""An employer opens the code of a worker: the months left, once, for this enterprise only."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break.credit import attesting, proving, queries, trying, words
from guichet.eservices.career_break.credit.attesting import Opener
from guichet.eservices.career_break.credit.forms.codes import CodeForm
from guichet.eservices.career_break.credit.views import shared
from guichet.eservices.career_break.pages import asking
from guichet.platform import clock
from guichet.platform.throttle import Throttled


@require_http_methods(["GET", "POST"])
@asking.guarded
def check(request: ActingRequest) -> HttpResponseBase:
    """Type a code; those that were opened here stand below."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            trying.count(request)
        except Throttled as wait:
            return too_often(request, wait)
    if form.is_valid():
        opened = _opened(request, form)
        if opened is not None:
            return opened
    return _page(request, form)


@require_GET
@asking.guarded
def shown(request: ActingRequest, key: UUID) -> HttpResponse:
    """What the code tells; for another enterprise, and for no code at all, the same 404."""
    row = queries.one_opened_by(
        key=key, enterprise=asking.employer_of(request), on=clock.today(clock.now())
    )
    if row is None:
        raise Http404
    asking.noted(request, [row.person.niss], purpose=asking.ATTESTATIONS)
    return shared.show(request, "shown.html", {"row": row, "lines": proving.shown(row.content)})


def _opened(request: ActingRequest, form: CodeForm) -> HttpResponseBase | None:
    now = clock.now()
    opener = Opener(request.acting.actor, asking.employer_of(request))
    try:
        row = attesting.open_code(code=form.cleaned_data["code"], opener=opener, now=now)
    except attesting.UnknownCode:
        trying.refused(request, now=now)
        form.add_error("code", words.UNKNOWN_CODE)
        return None
    return redirect("career_break_attestations:shown", row.key)


def _page(request: ActingRequest, form: CodeForm) -> HttpResponse:
    today = clock.today(clock.now())
    rows = queries.opened_by(enterprise=asking.employer_of(request), on=today)
    asking.noted(request, [row.person.niss for row in rows], purpose=asking.ATTESTATIONS)
    status = 422 if form.errors else 200
    return shared.show(request, "check.html", {"form": form, "rows": rows}, status=status)


def too_often(request: ActingRequest, wait: Throttled) -> HttpResponse:
    answer = shared.show(request, "often.html", {"seconds": wait.retry_after}, status=429)
    answer["Retry-After"] = str(wait.retry_after)
    return answer
