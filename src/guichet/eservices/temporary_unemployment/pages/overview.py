"""The first page: what is due today, what was communicated, and a search."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment import changing, following, queries, representing
from guichet.eservices.temporary_unemployment.forms.search import SearchForm
from guichet.eservices.temporary_unemployment.pages import asking
from guichet.platform import clock
from guichet.platform.pages import query
from guichet.platform.paging import paging
from guichet.registers.persons import queries as persons
from guichet.rules.temporary_unemployment.duties import Duty

_SIZES: Final = (10, 25, 50)
_NAMES: Final = ("ticket", "kind", "reason", "state", "since", "until")
# A number of a person stands in the session, never in an address.
_KEPT: Final = "temporary_unemployment.worker"
_NOBODY: Final = "-"
_DUTIES: Final = 8


@require_http_methods(["GET", "POST"])
@asking.guarded
def overview(request: ActingRequest) -> HttpResponseBase:
    """Search and results; a number of a person travels by POST only."""
    if request.method == "POST":
        return _searched(request)
    given = {name: request.GET[name] for name in (*_NAMES, "worker", "size")
             if request.GET.get(name)}  # fmt: skip
    told: dict[str, str] = {name: given[name] for name in _NAMES if name in given}
    if given.get("worker"):
        told["niss"] = request.session.get(_KEPT, "")
    form = SearchForm(told)
    context: dict[str, Any] = {"form": form, "given": given, "rows": None, **_beside(request)}
    if not form.is_valid():
        return asking.show(request, "overview.html", context, status=422)
    today = clock.today(clock.now())
    criteria = form.criteria(employer=asking.employer_of(request), today=today)
    if given.get("worker") and not criteria.niss:
        # This session does not know whom: nobody.
        criteria = form.criteria(employer="", today=today)
    rows = queries.chosen(criteria)
    page = paging(request.GET, total=rows.count(), sizes=_SIZES)
    shown = list(rows[page.offset : page.offset + page.size])
    if criteria.niss:
        asking.noted(request, [criteria.niss])
    context |= {
        "rows": [(row, queries.shown_state(row, today=today).value) for row in shown],
        "paging": page,
        "is_narrowed": bool(given.keys() - {"size"}),
    }
    return asking.show(request, "overview.html", context)


def _searched(request: ActingRequest) -> HttpResponseBase:
    """From the posted search to an address without a number of a person in it."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "given": {}, "rows": None, **_beside(request)}
        return asking.show(request, "overview.html", context, status=422)
    given = {name: request.POST[name] for name in _NAMES if request.POST.get(name)}
    niss = form.cleaned_data["niss"]
    request.session[_KEPT] = niss
    if niss:
        given["worker"] = "1"
    return redirect(reverse("temporary_unemployment:overview") + (query(given) if given else ""))


def _beside(request: ActingRequest) -> dict[str, Any]:
    """What is due, which stands beside the results; names of workers are looked up for it."""
    today = clock.today(clock.now())
    due = following.due(employer=asking.employer_of(request), today=today)
    names = persons.names(numbers=[one.niss for one in due[:_DUTIES] if one.niss])
    asking.noted(request, names)
    return {
        "tellable": _tellable(due), "today": today,
        "due": due[:_DUTIES], "due_count": len(due), "names": names,
        "inform": representing.due(employer=asking.employer_of(request), today=today),
    }  # fmt: skip


def _tellable(due: Sequence[Duty]) -> list[tuple[Duty, int]]:
    """The announcements of which a first day may be told today, each with for how many workers."""
    now = [one for one in due if changing.is_tellable(one)]
    counted = Counter(one.ticket for one in now)
    return [(one, counted.pop(one.ticket)) for one in now if one.ticket in counted]
