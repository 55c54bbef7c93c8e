"""My declarations, one of them, its versions, its receipt, and its end."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.eservices.works import operations, posters, queries
from guichet.eservices.works.content import declared_of
from guichet.eservices.works.pages.asking import declarant, language, own, sender, show
from guichet.eservices.works.pages.forms import CancelForm, ListForm
from guichet.eservices.works.queries import SIZES, Seen, Wanted
from guichet.platform import clock
from guichet.rules.works.declared import Link


@require_GET
@declarant
def listing(request: ActingRequest) -> HttpResponse:
    """The declarations of the enterprise, the last change first."""
    form = ListForm(request.GET)
    wanted = _wanted(form, clock.today(clock.now())) if form.is_valid() else Wanted()
    page = Paginator(queries.own(declarant=own(request), wanted=wanted), SIZES[0]).get_page(
        request.GET.get("page")
    )
    rows = list(page.object_list)
    context = {
        "form": form,
        "rows": rows,
        "page": page,
        "obliged": queries.obliged_among(references=[row.site_reference for row in rows]),
        "given": {name: request.GET[name] for name in ("text", "state") if request.GET.get(name)},
    }
    return show(request, "list.html", context, status=200 if form.is_valid() else 422)


@require_GET
@declarant
def detail(request: ActingRequest, number: str) -> HttpResponse:
    """One declaration as it stands, with its chain and its history."""
    found = _own(request, number)
    context = {
        "one": found,
        "chain": _tree(found),
        "versions": queries.versions(found.row),
        "is_past": False,
    }
    return show(request, "detail.html", context)


@require_GET
@declarant
def receipt(request: ActingRequest, number: str) -> HttpResponse:
    """What was given: the number of the declaration and the number of the site."""
    found = _own(request, number)
    return show(request, "receipt.html", {"one": found})


@require_GET
@declarant
def version(request: ActingRequest, number: str, at: int) -> HttpResponse:
    """What a declaration said at that version."""
    found = _own(request, number)
    past = queries.version(found.row, at)
    if past is None:
        raise Http404
    seen = queries.seen(found.row, declared_of(past.content), language())
    context = {"one": seen, "chain": _tree(seen), "versions": [], "is_past": True, "past": past}
    return show(request, "detail.html", context)


@require_http_methods(["GET", "POST"])
@declarant
def cancel(request: ActingRequest, number: str) -> HttpResponseBase:
    """The works are not carried out; a POST with a reason withdraws the declaration."""
    found = _own(request, number)
    if found.row.state != "active":
        raise Http404
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.cancel(
                number=number,
                reason=form.cleaned_data["reason"],
                sender=sender(request),
                now=clock.now(),
            )
        except operations.AlreadyCancelled:
            messages.info(request, _("This declaration was cancelled already."))
        else:
            messages.success(request, _("The declaration is cancelled, and all parties are told."))
        return redirect("works:detail", number)
    context = {"one": found, "form": form}
    return show(request, "cancel.html", context, status=422 if form.errors else 200)


@require_POST
@declarant
def poster(request: ActingRequest, number: str, at: int) -> HttpResponseBase:
    """Ask for the poster of one address; it is made in the background."""
    found = _own(request, number)
    if found.row.state != "active":
        raise Http404
    try:
        reference = posters.ask(
            seen=found, at=at - 1, language=language(), sender=sender(request), now=clock.now()
        )
    except operations.UnknownDeclaration:
        raise Http404 from None
    return redirect("documents:detail", reference=reference)


def _own(request: ActingRequest, number: str) -> Seen:
    found = queries.one(number=number, declarant=own(request), language=language())
    if found is None:
        raise Http404
    return found


def _wanted(form: ListForm, today: date) -> Wanted:
    state = form.cleaned_data["state"]
    if state == "running":
        return Wanted(form.cleaned_data["text"], "", today)
    return Wanted(form.cleaned_data["text"], state)


def _tree(found: Seen) -> list[dict[str, Any]]:
    """The chain as nested lists: each link with those who work for it, in their order."""
    nodes = [{"link": link, "name": found.name(link.party), "below": []} for link in _links(found)]
    roots: list[dict[str, Any]] = []
    for node, link in zip(nodes, _links(found), strict=True):
        above: Any = roots if link.employer is None else nodes[link.employer]["below"]
        above.append(node)
    return roots


def _links(found: Seen) -> tuple[Link, ...]:
    return found.declared.chain
