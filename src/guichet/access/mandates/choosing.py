"""The page on which somebody who works for a provider finds one of its many clients."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guichet.access.mandates import queries
from guichet.access.sessions import ActingRequest, acting_required, tenants_reaching
from guichet.platform import clock

_PAGE: Final = 50
_LONGEST: Final = 100


def searched(request: HttpRequest) -> str:
    """What somebody looks for in a list, as far as a name or a number goes."""
    return request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST]


@require_GET
@acting_required(kind="worker")
def clients(request: ActingRequest) -> HttpResponse:
    """The employers for which somebody can act by mandate, to find one of many."""
    words = searched(request)
    now = clock.now()
    found = queries.clients(niss=request.acting.niss, words=words, now=now)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    numbers = [one.number for one in page.object_list]
    reaching = tenants_reaching(request.acting, numbers=numbers, now=now)
    tenants = [one for one in reaching if one.mandatary and one.number in numbers]
    context = {"page": page, "tenants": tenants, "q": words}
    return render(request, "mandates/clients.html", context)
