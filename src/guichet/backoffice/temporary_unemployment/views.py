"""The list, taking communications, one with everything on it, a letter as it was sealed."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from guichet.access.sessions import ActingRequest
from guichet.audit import trail
from guichet.backoffice.temporary_unemployment import showing
from guichet.backoffice.temporary_unemployment.entrance import (
    agent,
    noted,
    officer_of,
    row_of,
    show,
)
from guichet.backoffice.temporary_unemployment.forms import FilterForm
from guichet.documents import queries as documents
from guichet.eservices.temporary_unemployment import queries as received
from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.office import (
    deciding,
    judging,
    letter_texts,
    letters,
    paper,
    queries,
)
from guichet.platform import clock
from guichet.platform.pages import query
from guichet.platform.paging import paging
from guichet.platform.readonly import writes_on_get
from guichet.registers.enterprises import queries as enterprises

FILTERS: Final = (
    "text", "office", "state", "reason", "kind", "channel", "warned", "holder", "received_from",
    "received_until", "size",
)  # fmt: skip
_WORKERS: Final = (50, 100, 250)


@require_GET
@agent
def queue(request: ActingRequest) -> HttpResponse:
    """What is to be decided: what waits for longest on top."""
    officer = officer_of(request)
    form = FilterForm(request.GET, has_offices=bool(officer.offices))
    given = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    context: dict[str, Any] = {
        "form": form, "given": given, "rows": (), "officer": officer, "current": "queue",
    }  # fmt: skip
    if not form.is_valid():
        return show(request, "queue.html", context | {"paging": None}, status=422)
    today = clock.today(clock.now())
    wanted = form.wanted(own=officer.offices, officer=officer.person_id, today=today)
    page = paging(request.GET, total=queries.count(wanted))
    rows = queries.page(wanted, limit=page.size, offset=page.offset)
    names = enterprises.names(
        numbers={row.employer.number for row in rows}, language=words.language()
    )
    context |= {
        "rows": [showing.listed(row, names, officer, today=today) for row in rows],
        "paging": page,
    }
    return show(request, "queue.html", context)


@require_POST
@agent
def take(request: ActingRequest) -> HttpResponseBase:
    """Take what is ticked; what somebody else took meanwhile is told."""
    asked = request.POST.getlist("file")[:100]
    taken = deciding.take(tickets=asked, officer=officer_of(request), now=clock.now())
    if taken:
        said = ngettext(
            "You took one communication.", "You took %(count)d communications.", len(taken)
        )
        messages.success(request, said % {"count": len(taken)})
    if not asked:
        messages.error(request, _("Tick the communications that you take."))
    elif len(taken) < len(set(asked)):
        messages.error(
            request,
            _("Some were left: a colleague decided, or they are not of your office."),
        )
    if len(asked) == 1:
        return redirect("temporary_unemployment_desk:file", asked[0])
    kept = {name: request.POST[name] for name in FILTERS if request.POST.get(name)}
    return redirect(reverse("temporary_unemployment_desk:queue") + query(kept))


@require_GET
@agent
def file(request: ActingRequest, ticket: str) -> HttpResponse:
    """What was received, what the rules say, earlier ones, and what can be done now."""
    row, officer, now = row_of(ticket), officer_of(request), clock.now()
    case, today = judging.case(row, now=now), clock.today(now)
    page = paging(request.GET, total=len(case.lines), sizes=_WORKERS)
    shown = case.lines[page.offset : page.offset + page.size]
    noted(request, [line.niss for line in shown])
    handling = getattr(row, "handling", None)
    context: dict[str, Any] = {
        "row": row, "case": case, "lines": received.named(shown), "paging": page, "given": {},
        "officer": officer, "current": "",
        "name": enterprises.names(numbers=[row.employer.number], language=words.language()).get(
            row.employer.number, ""
        ),
        "due": queries.due(row, today=today),
        "closing": showing.closing(row, today=today),
        "standing": judging.standing(case),
        "warnings": received.warnings(row),
        "happened": received.happenings(row),
        "decisions": queries.decisions(row),
        "deliveries": queries.deliveries(row),
        "earlier": showing.earlier(row),
        "limits": showing.limits(row, today=today),
        "months": showing.months(case),
        "holder": handling.officer if handling else None,
        "open": showing.open_steps(row, officer, holder=handling.officer_id if handling else 0),
        "spoken": letters.language_of(row),
        "paper": paper.of(row),
        "proofs": paper.proofs(row),
    }  # fmt: skip
    return show(request, "file.html", context)


@writes_on_get("opening a letter leaves a line in the trail")
@require_GET
@agent
def letter(request: ActingRequest, ticket: str, number: str) -> HttpResponse:
    """The letter of a decision as it was sealed."""
    row = row_of(ticket)
    found = next((one for one in queries.decisions(row) if one.number == number), None)
    pdf = documents.sealed_pdf(reference=found.document) if found else None
    if pdf is None or found is None:
        raise Http404
    noted(request, [line.niss for line in received.lines(row)])
    trail.record(
        action="temporaryUnemployment.letter.opened", actor=request.acting.actor,
        target=row.ticket, now=clock.now(), detail={"number": number},
    )  # fmt: skip
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = letter_texts.file_name(found)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
