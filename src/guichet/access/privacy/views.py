"""Who consulted my data, the copy of my data, the terms of use."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guichet.access.privacy import lookups, sections, terms
from guichet.access.privacy.forms import PeriodForm
from guichet.access.sessions import ActingRequest, acting_of, acting_required
from guichet.audit.lookups import looked_up
from guichet.audit.purging import KEPT_YEARS
from guichet.platform import clock, csv_export, typeset, wording
from guichet.platform.routes import public
from guichet.rules.assurance import Policy

_PAGE = 50
# The copy holds what the services themselves show at this level only.
copying = acting_required(kind="worker", policy=Policy(300))


@require_GET
@acting_required(kind="worker")
def consulted(request: ActingRequest) -> HttpResponse:
    """Who consulted my data: organisations and reasons, never the name of an employee."""
    form = PeriodForm(request.GET)
    period = form.cleaned_data if form.is_valid() else {}
    rows = lookups.grouped(niss=request.acting.niss, now=clock.now(), **period)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "consultations": lookups.consultations(page.object_list),
        "page": page,
        "given": {name: request.GET[name] for name in ("first", "last") if name in request.GET},
        "is_filtered": any(period.values()),
        "years": KEPT_YEARS,
    }
    return render(request, "privacy/consulted.html", context, status=422 if form.errors else 200)


@require_GET
@acting_required(kind="worker")
def consulted_file(request: ActingRequest, kind: str) -> HttpResponseBase:
    """The same rows, all of them, as JSON or as CSV."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise Http404
    rows = lookups.grouped(niss=request.acting.niss, now=clock.now(), **form.cleaned_data)
    found = lookups.consultations(rows)
    if kind == "json":
        members = [
            {
                "lastAt": clock.brussels(one.last_at).isoformat(timespec="seconds"),
                "organisation": one.organisation,
                "purpose": one.purpose,
                "by": one.door,
                "times": one.times,
            }
            for one in found
        ]
        return _saved(JsonResponse({"consultations": members}), "guichet-consultations.json")
    head = [_("Last time"), _("Organisation"), _("Reason"), _("By"), _("Times that day")]
    lines = [
        [wording.second(one.last_at), one.organisation, one.purpose, one.door, one.times]
        for one in found
    ]
    return csv_export.download(name="guichet-consultations.csv", head=head, rows=lines)


@require_GET
@copying
def my_data(request: ActingRequest) -> HttpResponse:
    """What a copy holds, and the two ways to take it."""
    titles = [section.title for section in sections.sections()]
    return render(request, "privacy/my_data.html", {"titles": titles})


@require_GET
@copying
def my_data_file(request: ActingRequest, kind: str) -> HttpResponseBase:
    """Everything that is held about the person himself, as JSON or as PDF."""
    acting, now = request.acting, clock.now()
    if kind == "json":
        copied = sections.as_json(acting=acting, now=now)
        response = _saved(JsonResponse(copied), "guichet-my-data.json")
    else:
        response = _saved(
            HttpResponse(_document(request), content_type="application/pdf"),
            "guichet-my-data.pdf",
        )
    looked_up(
        viewer=acting.actor, subjects=[acting.niss], purpose="privacy.copy", channel="portal",
        now=now,
    )  # fmt: skip
    return response


@public
@require_GET
def terms_of_use(request: HttpRequest) -> HttpResponse:
    """The terms in force for the reader; who has not accepted them can do so here."""
    now, acting = clock.now(), acting_of(request)
    group = terms.group_of(acting)
    shown = terms.known_group(request.GET.get("for", group))
    if shown is None:
        raise Http404
    is_due = acting is not None and not terms.is_accepted(
        acting=acting, session=request.session, now=now
    )
    context = {
        "group": shown,
        "version": terms.current(shown, today=clock.today(now)),
        "is_due": is_due and shown == group,
        "next": request.GET.get("next", ""),
    }
    return render(request, "privacy/terms.html", context)


@require_POST
@acting_required(kind="worker")
def accept_terms(request: ActingRequest) -> HttpResponseBase:
    """Accept what was read and go on to where one was going."""
    is_done = terms.accept(
        acting=request.acting,
        version=request.POST.get("version", ""),
        session=request.session,
        now=clock.now(),
    )
    place = request.POST.get("next", "")
    if not is_done:
        messages.error(request, _("The terms have changed meanwhile. Please read them again."))
        return redirect("privacy_own:terms")
    if url_has_allowed_host_and_scheme(place, allowed_hosts=None) and place.startswith("/"):
        return redirect(place)
    return redirect("front")


def _document(request: ActingRequest) -> bytes:
    acting, now = request.acting, clock.now()
    title = _("My data in Guichet")
    made = _("Made for %(name)s on %(moment)s.") % {
        "name": acting.display_name,
        "moment": wording.moment(now),
    }
    data: dict[str, Any] = {
        "made": made,
        "nothing": _("Nothing is held."),
        "sections": sections.as_document(acting=acting, now=now),
    }
    language = (get_language() or "en").partition("-")[0]
    return typeset.pdf(template="own-data", data=data, language=language, title=title, made_at=now)


def _saved(response: HttpResponse, name: str) -> HttpResponse:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
