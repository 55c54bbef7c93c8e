"""The overview: what was filed in the last two years, drafts, notices that wait for an answer."""

from typing import Any, Final

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break import decided, queries, search
from guichet.eservices.career_break.forms.search import SearchForm, defaults
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.pages import asking, narrowing
from guichet.platform import clock
from guichet.platform.pages import query
from guichet.platform.paging import paging

_SIZES: Final = (10, 25, 50)


@require_http_methods(["GET", "POST"])
@asking.guarded
def overview(request: ActingRequest) -> HttpResponseBase:
    """Search and results; a number of a person travels by POST only."""
    if request.method == "POST":
        return _searched(request)
    form, wanted = narrowing.asked(request)
    given = narrowing.given(request)
    context: dict[str, Any] = {"form": form, "given": given, "rows": None, "drafts": ()}
    context |= _beside(request)
    if wanted is not None and form.cleaned_data["since"]:
        context["is_held"] = form.cleaned_data["since"] < wanted.since
    if wanted is None:
        return asking.show(request, "overview.html", context, status=422)
    page = paging(request.GET, total=search.count(wanted), sizes=_SIZES)
    order = narrowing.order(request)
    rows = search.page(wanted, order=order, limit=page.size, offset=page.offset)
    is_narrowed = bool(given.keys() - {"size", "order"})
    drafts = () if is_narrowed or page.page > 1 else queries.drafts(
        employer=wanted.employer, now=clock.now()
    )  # fmt: skip
    _note(request, rows, drafts)
    context |= {
        "rows": rows, "states": decided.known_states(rows, today=context["today"]),
        "paging": page, "order": order, "drafts": drafts,
        "is_narrowed": is_narrowed, "orders": search.ORDERS,
    }  # fmt: skip
    return asking.show(request, "overview.html", context)


@require_GET
@asking.guarded
def reset(request: ActingRequest) -> HttpResponse:
    """Every default again, and no results."""
    form = SearchForm(initial=defaults(narrowing.earliest()))
    context = {"form": form, "given": {}, "rows": None, "drafts": (), **_beside(request)}
    return asking.show(request, "overview.html", context)


@require_GET
@asking.guarded
def paper(request: ActingRequest) -> HttpResponse:
    """Who may still use paper, and where people are helped."""
    return asking.show(request, "paper.html", {})


def _searched(request: ActingRequest) -> HttpResponseBase:
    """From the posted search to an address without a number of a person in it."""
    form = SearchForm(request.POST, employer=asking.employer_of(request))
    if not form.is_valid():
        context = {"form": form, "given": {}, "rows": None, "drafts": (), **_beside(request)}
        return asking.show(request, "overview.html", context, status=422)
    given: dict[str, Any] = {
        name: request.POST[name] for name in narrowing.NAMES if request.POST.get(name)
    }
    for name in narrowing.LISTS:
        chosen = form.cleaned_data[name]
        if len(chosen) < len(form.fields[name].choices):  # type: ignore[attr-defined]  # of a choice field
            given[name] = ".".join(chosen)
    niss = form.cleaned_data["niss"]
    request.session[narrowing.KEPT] = niss
    if niss:
        given["worker"] = "1"
    return redirect(reverse("career_break:overview") + query(given))


def _beside(request: ActingRequest) -> dict[str, Any]:
    """What the page shows besides the results."""
    employer = asking.employer_of(request)
    today = clock.today(clock.now())
    notices = queries.notices_to_answer(employer=employer, today=today)
    asking.noted(request, [one.person.niss for one in notices])
    is_listed = asking.lists_personnel(request)
    return {
        "waiting": notices, "today": today, "is_listed": is_listed, "is_held": False,
        "earliest": narrowing.earliest(),
    }  # fmt: skip


def _note(request: ActingRequest, rows: list[Request], drafts: Any) -> None:
    asking.noted(request, [row.person.niss for row in (*rows, *drafts)])
