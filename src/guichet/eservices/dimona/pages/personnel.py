"""The personnel file: the list of periods, its file, one period."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.dimona import queries
from guichet.eservices.dimona.pages import acts, asking, changes, kept, words
from guichet.eservices.dimona.pages.asking import consulting
from guichet.eservices.dimona.pages.forms import PersonnelForm
from guichet.eservices.dimona.pages.paging import paging
from guichet.eservices.dimona.queries import PeriodRecord
from guichet.kernel.niss import Niss
from guichet.platform import clock, wording
from guichet.platform.csv_export import download
from guichet.platform.pages import query
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.persons import queries as persons
from guichet.registers.persons.queries import PersonName

MOST_ROWS: Final = 100_000


@require_http_methods(["GET", "POST"])
@consulting
def listing(request: ActingRequest) -> HttpResponseBase:
    """Every period of the employer, with filters; a name or a number travels by POST only."""
    if request.method == "POST":
        return _filter(request)
    form = _form(request)
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
def listing_file(request: ActingRequest) -> HttpResponseBase:
    """The periods that the filters leave, for a spreadsheet."""
    form = _form(request)
    if not form.is_valid():
        return redirect(reverse("dimona:personnel") + query(request.GET.dict()))
    wanted = form.wanted(employer=asking.employer_of(request))
    rows = queries.periods_of_employer(wanted=wanted, limit=MOST_ROWS + 1)
    if len(rows) > MOST_ROWS:
        return _too_much(request)
    _note(request, rows, "dimona.periods")
    return download(name="dimona.csv", head=_head(), rows=_lines(rows))


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
    }
    return asking.show(request, "period.html", context)


def _form(request: ActingRequest) -> PersonnelForm:
    worker = kept.kept(request, request.GET.get("worker", ""))
    return PersonnelForm(request.GET.dict() | {"worker": worker})


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


def _people(rows: Sequence[PeriodRecord]) -> dict[str, PersonName]:
    return persons.names(numbers={row.niss for row in rows})


def _firms(rows: Sequence[PeriodRecord]) -> dict[str, str]:
    numbers = {row.user_enterprise for row in rows if row.user_enterprise}
    return enterprises.names(numbers=numbers, language=asking.language())


def _too_much(request: ActingRequest) -> HttpResponse:
    lines = (
        _("A file has at most %(rows)s rows.") % {"rows": wording.number(MOST_ROWS)},
        _("Choose fewer days or another filter."),
    )
    context = {"title": _("This file would be too large"), "lines": lines, "status_code": 422}
    return render(request, "error.html", context, status=422)


def _head() -> list[str]:
    return [
        _("Number of the period"), _("National number"), _("Family name"), _("Given name"),
        _("First day"), _("Start hour"), _("Last day"), _("End hour"), _("Worker type"),
        _("Joint committee"), _("Planned hours"), _("User company"), _("Cancelled"),
        _("Declared late"), _("Remarks"), _("Last changed"),
    ]  # fmt: skip


def _lines(rows: Sequence[PeriodRecord]) -> Iterator[tuple[object, ...]]:
    people, firms = _people(rows), _firms(rows)
    yes, none = _("yes"), PersonName("", "")
    for row in rows:
        name = people.get(row.niss, none)
        yield (
            row.id,
            Niss(row.niss).formatted(),
            name.family_name,
            name.given_name,
            wording.day(row.first_day),
            words.hour(row.start_hour),
            wording.day(row.last_day) if row.last_day else "",
            words.hour(row.end_hour),
            row.worker_type,
            row.joint_committee,
            row.planned_hours,
            firms.get(row.user_enterprise or "", row.user_name),
            yes if row.is_cancelled else "",
            yes if row.is_late else "",
            " / ".join(f"{code} {words.anomaly(code)}" for code in row.anomalies),
            wording.moment(row.changed_at) if row.changed_at else "",
        )
