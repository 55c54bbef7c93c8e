"""The list of files, taking them, what waits for a signature, one file with everything on it."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from guichet.access.sessions import ActingRequest
from guichet.backoffice.career_breaks import changes, showing
from guichet.backoffice.career_breaks.entrance import (
    agent,
    file_of,
    language,
    noted,
    officer_of,
    show,
)
from guichet.backoffice.career_breaks.forms import FilterForm
from guichet.eservices.career_break import together
from guichet.eservices.career_break.files import words as files
from guichet.eservices.career_break.office import deciding, judging, operations, queries
from guichet.platform import clock
from guichet.platform.pages import query
from guichet.platform.paging import paging
from guichet.registers.enterprises import queries as enterprises

_FILTERS: Final = ("office", "leave", "state", "holder", "priority", "language", "days", "size")


@require_GET
@agent
def queue(request: ActingRequest) -> HttpResponse:
    """What is to be done: the file that is complete for longest on top."""
    officer = officer_of(request)
    form = FilterForm(request.GET, has_offices=bool(officer.offices))
    given = {name: request.GET[name] for name in _FILTERS if request.GET.get(name)}
    context: dict[str, Any] = {
        "form": form, "given": given, "rows": (), "officer": officer, "current": "queue",
    }  # fmt: skip
    if not form.is_valid():
        return show(request, "queue.html", context | {"paging": None}, status=422)
    today = clock.today(clock.now())
    wanted = form.wanted(own=officer.offices, officer=officer.person_id, today=today)
    page = paging(request.GET, total=queries.count(wanted))
    rows = queries.page(wanted, limit=page.size, offset=page.offset)
    noted(request, (row.person.niss for row in rows))
    names = enterprises.names(numbers={row.employer.number for row in rows}, language=language())
    context |= {
        "rows": [showing.listed(row, names, officer, today=today) for row in rows],
        "paging": page,
    }
    return show(request, "queue.html", context)


@require_POST
@agent
def take(request: ActingRequest) -> HttpResponseBase:
    """Take the files that are ticked; those that somebody else took meanwhile are told."""
    asked = request.POST.getlist("file")[:100]
    taken = operations.take(tickets=asked, officer=officer_of(request), now=clock.now())
    if taken:
        said = ngettext("You took one file.", "You took %(count)d files.", len(taken))
        messages.success(request, said % {"count": len(taken)})
    if not asked:
        messages.error(request, _("Tick the files that you take."))
    elif len(taken) < len(set(asked)):
        left = len(set(asked)) - len(taken)
        said = ngettext(
            "One file was left: a colleague took it, or it is not of your office.",
            "%(count)d files were left: colleagues took them, or they are not of your office.",
            left,
        )
        messages.error(request, said % {"count": left})
    if len(asked) == 1:
        return redirect("career_break_desk:file", asked[0])
    kept = {name: request.POST[name] for name in _FILTERS if request.POST.get(name)}
    return redirect(reverse("career_break_desk:queue") + query(kept))


@require_GET
@agent
def signatures(request: ActingRequest) -> HttpResponse:
    """Decisions of colleagues that wait for a second signature."""
    officer = officer_of(request)
    rows = queries.to_sign(officer.offices, but=officer.person_id) if officer.may_sign else []
    noted(request, (one.request.person.niss for one in rows))
    context = {"rows": rows, "officer": officer, "current": "signatures"}
    return show(request, "signatures.html", context)


@require_GET
@agent
def file(request: ActingRequest, ticket: str) -> HttpResponse:
    """Both parts, what the law says, the credit, what happened, and what can be done now."""
    row, officer = file_of(ticket), officer_of(request)
    noted(request, [row.person.niss])
    case = judging.case(row)
    today = clock.today(clock.now())
    linked = together.linked(row)
    firms = {row.employer.number, *(one.employer.number for one in linked)}
    names = enterprises.names(
        numbers=firms.union(one.employer for one in case.taken if one.employer),
        language=language(),
    )
    context = {
        "row": row,
        "case": case,
        "linked": linked,
        "names": names,
        "people": judging.people(row),
        "officer": officer,
        "current": "",
        "due": queries.due(row, today=today),
        "employer_facts": showing.employer_facts(case),
        "worker_facts": showing.worker_facts(case),
        "answers": showing.answers(case),
        "credit": showing.credit(case),
        "versions": queries.versions(row),
        "decisions": queries.decisions(row),
        "questions": queries.questions(row),
        "letters": queries.letters(row),
        "proposal": deciding.waiting(row),
        "open": showing.open_steps(row, officer, deciding.waiting(row), today=today),
        "files": files,
        "changes": changes.of_file(row),
    }
    return show(request, "file.html", context)
