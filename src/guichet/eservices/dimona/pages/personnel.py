"""The personnel file: the list of periods, its file, one period."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.dimona import queries
from guichet.eservices.dimona.identities import queries as identities
from guichet.eservices.dimona.pages import acts, asking, changes, kept
from guichet.eservices.dimona.pages.asking import consulting
from guichet.eservices.dimona.pages.forms import PersonnelForm
from guichet.eservices.dimona.queries import PeriodRecord
from guichet.platform import clock
from guichet.platform.pages import query
from guichet.platform.paging import paging
from guichet.registers.arrangements import labels as arrangements
from guichet.registers.arrangements.labels import Shown
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.persons import queries as persons
from guichet.registers.persons.queries import PersonName
from guichet.rules.dimona.day_contracts import SPECIAL_FROM


@require_http_methods(["GET", "POST"])
@consulting
def listing(request: ActingRequest) -> HttpResponseBase:
    """Every period of the employer, with filters; a name or a number travels by POST only."""
    if request.method == "POST":
        return _filter(request)
    form = filters_of(request, request.GET)
    given = {name: request.GET[name] for name in (*form.fields, "size") if request.GET.get(name)}
    context: dict[str, Any] = {"form": form, "given": given, "rows": None}
    if not form.is_valid():
        return asking.show(request, "list.html", context, status=422)
    wanted = form.wanted(employer=asking.employer_of(request))
    page = paging(request.GET, total=queries.count_of_employer(wanted=wanted))
    rows = queries.periods_of_employer(wanted=wanted, limit=page.size, offset=page.offset)
    _note(request, rows, "dimona.periods")
    context |= {
        "rows": rows,
        "paging": page,
        "people": _people(rows),
        "firms": _firms(rows),
        "is_narrowed": any(given.get(name) for name in form.fields),
    }
    return asking.show(request, "list.html", context)


@require_GET
@consulting
def period(request: ActingRequest, number: int) -> HttpResponse:
    """One period with everything known of it, and what happened to it."""
    found = asking.own_period(request, number)
    _note(request, [found], "dimona.period")
    steps = changes.steps(queries.history(number))
    senders = {step.sender for step in steps if step.sender and step.sender != found.employer}
    context = {
        "one": found,
        "person": persons.names(numbers=[found.niss]).get(found.niss),
        "firms": _firms([found]),
        "steps": steps,
        "senders": enterprises.names(numbers=senders, language=asking.language()),
        "registrations": queries.registrations(number),
        "user": found.details.get("usingEmployer") or {},
        "takes_days": acts.takes_days(found),
        "is_flat": acts.is_flat(found),
        "registering": _registering(found),
        "in_a_row": queries.day_contracts_in_a_row(found),
        "special_from": SPECIAL_FROM,
        "changed": identities.of_period(period=number, niss=found.niss, employer=found.employer),
    }
    return asking.show(request, "period.html", context)


def filters_of(request: ActingRequest, given: QueryDict) -> PersonnelForm:
    """The filters of an address; the key of a worker is what was typed under it."""
    worker = kept.kept(request, given.get("worker", ""))
    return PersonnelForm(given.dict() | {"worker": worker})


def _filter(request: ActingRequest) -> HttpResponseBase:
    """From the posted filters to an address without a name in it."""
    form = PersonnelForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "given": {}, "rows": None}
        return asking.show(request, "list.html", context, status=422)
    given = {name: value for name, value in form.cleaned_data.items() if value}
    for name in given.keys() & {"first", "last"}:
        given[name] = given[name].isoformat()
    if "worker" in given:
        given["worker"] = kept.keep(request, given["worker"])
    return redirect(reverse("dimona:personnel") + query(given))


def _note(request: ActingRequest, rows: Sequence[PeriodRecord], purpose: str) -> None:
    asking.noted(request.acting, (row.niss for row in rows), purpose=purpose, now=clock.now())


def _registering(found: PeriodRecord) -> list[Shown] | None:
    """Who registers an interim worker at the firm that uses him; None for anybody else."""
    if not found.user_enterprise:
        return None
    return arrangements.who_registers(
        agency=found.employer, user=found.user_enterprise, first=found.first_day,
        last=found.last_day, on=clock.today(clock.now()), is_own=False,
    )  # fmt: skip


def _people(rows: Sequence[PeriodRecord]) -> dict[str, PersonName]:
    return persons.names(numbers={row.niss for row in rows})


def _firms(rows: Sequence[PeriodRecord]) -> dict[str, str]:
    numbers = {row.user_enterprise for row in rows if row.user_enterprise}
    return enterprises.names(numbers=numbers, language=asking.language())
