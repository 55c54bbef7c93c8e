"""Choosing a worker: by his number, or from the personnel file of a smaller employer."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break import drafting, queries
from guichet.eservices.career_break.forms import request as steps
from guichet.eservices.career_break.forms.parts import put
from guichet.eservices.career_break.forms.worker import WorkerForm
from guichet.eservices.career_break.models import Draft, Parameters
from guichet.eservices.career_break.pages import asking, narrowing
from guichet.eservices.career_break.queries import Worker
from guichet.platform import clock
from guichet.platform.pages import query
from guichet.registers.persons import queries as persons
from guichet.registers.sorting import sort_key
from guichet.rules.career_break.committees import Collar
from guichet.rules.career_break.entry import mail_fault, niss_fault, worker_faults
from guichet.rules.career_break.kinds import Sector

_CHOSEN = "career_break.chosen"
_PAGE = 25


@require_http_methods(["GET", "POST"])
@asking.guarded
def select(request: ActingRequest) -> HttpResponseBase:
    """Whom the request is for; a wrong number and somebody else's worker get the same answer."""
    parameters = queries.parameters(employer=asking.employer_of(request))
    if parameters is None or queries.lacks_authority(parameters):
        return redirect("career_break:parameters")
    today, begun = clock.today(clock.now()), _begun(request)
    if request.method == "GET":
        known = _of_draft(begun) if begun else _prefilled(request)
        form = WorkerForm(sector=parameters.sector, today=today, initial=known)
        return _page(request, form)
    form = WorkerForm(request.POST, sector=parameters.sector, today=today)
    worker = _judged(request, form, parameters)
    if worker is None:
        return _page(request, form, status=422)
    asking.noted(request, [worker.niss], purpose=asking.WORKERS)
    request.session.pop(_CHOSEN, None)
    given, sender, now = _context(form), asking.sender_of(request), clock.now()
    # A draft that was made of a notice is about its worker; of somebody else a new one is begun.
    if begun is not None and begun.person.niss == worker.niss:
        drafting.describe_worker(key=begun.pk, worker=given, sender=sender, now=now)
        return redirect("career_break:step", begun.pk, steps.CHARACTERISTICS)
    draft = drafting.begin(niss=worker.niss, worker=given, sender=sender, now=now)
    return redirect("career_break:step", draft.pk, steps.TYPE)


@require_GET
@asking.guarded
def personnel(request: ActingRequest) -> HttpResponse:
    """Who is in service, for employers with fewer than a hundred workers; else it is not there."""
    employer, today = asking.employer_of(request), clock.today(clock.now())
    if not asking.lists_personnel(request):
        raise Http404
    text = request.GET.get("name", "")[:60]
    found = queries.staff(employer=employer, on=today)
    names = persons.names(numbers=[one.niss for one in found])
    wanted = sort_key(text).split()
    rows = [
        (names[one.niss], one)
        for one in found
        if one.niss in names and _has(wanted, names[one.niss])
    ]
    rows.sort(key=lambda row: sort_key(row[0].family_name, row[0].given_name))
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    asking.noted(request, [one.niss for _, one in page.object_list], purpose=asking.WORKERS)
    context = {"page": page, "text": text, "is_search": request.GET.get("for") == "search"}
    return asking.show(request, "personnel.html", context)


@require_POST
@asking.guarded
def choose(request: ActingRequest) -> HttpResponseBase:
    """Somebody of the list: his number stands in the search, or in the form with his committee."""
    employer, today = asking.employer_of(request), clock.today(clock.now())
    found = queries.worker(niss=request.POST.get("niss", ""), employer=employer, on=today)
    if found is None or not asking.lists_personnel(request):
        raise Http404
    if request.POST.get("for") == "search":
        request.session[narrowing.KEPT] = found.niss
        return redirect(reverse("career_break:overview") + query({"worker": "1"}))
    request.session[_CHOSEN] = found.niss
    return redirect("career_break:select")


def _judged(request: ActingRequest, form: WorkerForm, parameters: Parameters) -> Worker | None:
    """The worker behind a sound form; what blocks stands at its fields."""
    form.is_valid()
    given, today = form.cleaned_data, clock.today(clock.now())
    text = given.get("niss", "")
    digits = "".join(sign for sign in text if sign.isdigit())
    person = persons.person(niss=digits)
    found = None
    if person is not None:
        found = queries.worker(niss=person.niss, employer=asking.employer_of(request), on=today)
    code = given.get("worker_code", "")
    faults = [
        niss_fault(text, in_register=person is not None, in_service=found is not None),
        *worker_faults(
            collar=Collar(code) if code in tuple(Collar) else None,
            committee=given.get("committee", ""), sector=Sector(parameters.sector),
            declared=found.committee if found else None, on=today,
        ),
        mail_fault(given.get("worker_email", ""), field="worker_email", is_needed=False),
    ]  # fmt: skip
    put(form, faults, {"collar": "worker_code"})
    return None if form.errors else found


def _context(form: WorkerForm) -> dict[str, str]:
    return {
        name: str(form.cleaned_data.get(name, ""))
        for name in ("worker_code", "committee", "worker_email")
    }


def _begun(request: ActingRequest) -> Draft | None:
    """The draft whose worker is to be completed; raises Http404 for one of somebody else."""
    text = request.GET.get("draft")
    if text is None:
        return None
    try:
        key = UUID(text)
    except ValueError:
        raise Http404 from None
    found = queries.draft(key=key, employer=asking.employer_of(request), now=clock.now())
    if found is None:
        raise Http404
    return found


def _of_draft(draft: Draft) -> dict[str, Any]:
    return {"niss": draft.person.niss} | dict(draft.worker)


def _prefilled(request: ActingRequest) -> dict[str, Any]:
    """What is known of somebody who was chosen from the list."""
    niss = request.session.get(_CHOSEN, "")
    today = clock.today(clock.now())
    found = queries.worker(niss=niss, employer=asking.employer_of(request), on=today)
    if found is None:
        return {}
    committee = found.committee if found.committee[:1].isdigit() else ""
    code = {"1": "blue", "2": "white"}.get(committee[:1], "")
    return {"niss": found.niss, "committee": committee, "worker_code": code}


def _page(request: ActingRequest, form: WorkerForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "is_listed": asking.lists_personnel(request)}
    return asking.show(request, "select.html", context, status=status)


def _has(wanted: list[str], name: Any) -> bool:
    key = sort_key(name.family_name, name.given_name)
    return all(word in key for word in wanted)
