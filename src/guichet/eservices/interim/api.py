"""Interim@Work v1 as JSON, for software of the worker's own: the same data as the pages.

The person is that of the session, never of the body; a session by mandate for somebody else does
not exist here. A call that changes something carries the form token in ``X-CSRFToken``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final, cast

import msgspec
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_of
from guichet.eservices.interim import exports, queries, words
from guichet.eservices.interim.exports import Asked
from guichet.eservices.interim.forms import ListForm
from guichet.eservices.interim.queries import Party, Relation
from guichet.kernel import problem as documents
from guichet.platform import clock
from guichet.platform.problems import JSON, ProblemRaised, decoded, only_query, problems
from guichet.platform.routes import declare, public
from guichet.registers.employments.details import PeriodChange
from guichet.rules import interim as rules

BASE: Final = "/interimAtWork/v1"
CONTRACT: Final = "interimAtWork-v1.yaml"
_LARGEST: Final = 16 * 1024
View = Callable[..., HttpResponse]


class Query(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """What is looked for; an absent member narrows by nothing."""

    start_date: date | None = None
    end_date: date | None = None
    kind: str = ""
    state: str = ""
    agency: str = ""
    user: str = ""
    words: str = ""


def worker(view: View) -> View:
    """The call is for a person who is signed in surely enough; never a redirect."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        acting = acting_of(request)
        if acting is None:
            raise ProblemRaised(documents.no_access_token())
        if not acting.satisfies(BY_KEY["interim"].policy):
            detail = "Sign in with a surer means of identification"
            raise ProblemRaised(documents.missing_permission(detail=detail))
        return view(request, *args, **kwargs)

    return declare(guarded, "worker")


@problems(methods=("POST",))
@worker
def query(request: HttpRequest) -> HttpResponse:
    """POST /relations/query"""
    only_query(request)
    now, language = clock.now(), _language()
    found = _found(request, now, language)
    shown = queries.chosen(found, _form(request, found, now).wanted())
    begin, end = rules.window(clock.today(now))
    return _json(
        {
            "startDate": begin.isoformat(),
            "endDate": end.isoformat(),
            "total": len(shown),
            "items": [_shown(one) for one in shown],
        }
    )


@problems(methods=("GET",))
@worker
def relation(request: HttpRequest, reference: str) -> HttpResponse:
    """GET /relations/{id}"""
    only_query(request)
    niss = cast(ActingRequest, request).acting.niss
    found = queries.relation(niss=niss, reference=reference, now=clock.now(), language=_language())
    if found is None:
        raise ProblemRaised(documents.resource_not_found(name="id"))
    return _json(_shown(found) | _whole(found))


@problems(methods=("POST",))
@worker
def export(request: HttpRequest) -> HttpResponse:
    """POST /exports: 202, and where the document will stand."""
    only_query(request)
    now, language = clock.now(), _language()
    found = _found(request, now, language)
    form = _form(request, found, now)
    wanted = form.wanted()
    begin, end = rules.window(clock.today(now))
    asked = Asked(
        relations=queries.chosen(found, wanted),
        first=wanted.first or begin,
        last=wanted.last or end,
        narrowed=form.said(),
        language=language,
    )
    acting = cast(ActingRequest, request).acting
    reference = exports.ask(asked=asked, acting=acting, now=now)
    place = settings.ENVIRONMENT.url + reverse("documents:detail", kwargs={"reference": reference})
    return _json({"reference": reference, "href": place}, status=202, headers={"Location": place})


@problems(methods=("GET",))
@public
def health(request: HttpRequest) -> HttpResponse:
    """GET /health: the database answers; 503 when it does not."""
    only_query(request)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        return _json({"status": "DOWN"}, status=503)
    return _json({"status": "UP"})


@problems(methods=("GET",), offered="application/yaml")
@public
def contract(request: HttpRequest) -> HttpResponse:
    """GET /doc/openapi.yaml"""
    only_query(request)
    content = (settings.REPOSITORY / "contracts" / CONTRACT).read_bytes()
    return HttpResponse(content, content_type="application/yaml")


def _found(request: HttpRequest, now: datetime, language: str) -> list[Relation]:
    niss = cast(ActingRequest, request).acting.niss
    return queries.relations(niss=niss, now=now, language=language)


def _form(request: HttpRequest, found: list[Relation], now: datetime) -> ListForm:
    """The filters of the page over what was sent; raises ProblemRaised with each fault."""
    given = decoded(request, Query, limit=_LARGEST)
    data = {
        "first": given.start_date.isoformat() if given.start_date else "",
        "last": given.end_date.isoformat() if given.end_date else "",
        "kind": given.kind,
        "state": given.state,
        "agency": given.agency,
        "user": given.user,
        "words": given.words,
    }
    form = ListForm(
        data,
        today=clock.today(now),
        agencies=queries.agencies(found),
        users=queries.users(found),
    )
    if not form.is_valid():
        names = {"first": "startDate", "last": "endDate"}
        issues = [
            documents.invalid_input(name=names.get(name, name), detail=_FAULTS.get(name, _OTHER))
            for name in form.errors
        ]
        raise ProblemRaised(documents.bad_request(issues=issues))
    return form


_OTHER: Final = "Not one of the values that the relations of this person have"
_FAULTS: Final = {
    "first": "A day of last year, this year or next year",
    "last": "A day of last year, this year or next year, not before startDate",
    "words": "At most 100 signs",
}


def _shown(one: Relation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": one.reference,
        "href": f"{settings.ENVIRONMENT.url}{BASE}/relations/{one.reference}",
        "agency": _party(one.agency),
        "user": _party(one.user) if one.user else None,
        "kind": one.kind.value,
        "workerType": one.worker_type,
        "startDate": one.first_day.isoformat(),
        "endDate": one.last_day.isoformat() if one.last_day else None,
        "startHour": one.start_hour or None,
        "endHour": one.end_hour or None,
        "plannedHoursNumber": one.planned_hours,
        "state": one.state.value,
        "declaredAt": one.declared_at and one.declared_at.isoformat(timespec="milliseconds"),
        "isLate": one.is_late,
    }
    return {name: value for name, value in told.items() if value is not None}


def _whole(one: Relation) -> dict[str, Any]:
    """What the page of one relation shows beyond a line of the list."""
    remarks = [{"code": code, "description": words.anomaly(code)} for code in one.anomalies]
    told: dict[str, Any] = {
        "changes": [_change(each) for each in one.changes],
        "anomalies": remarks,
    }
    return told | ({"successiveDayContracts": one.in_a_row} if one.in_a_row else {})


def _change(change: PeriodChange) -> dict[str, Any]:
    told = {
        "kind": change.kind,
        "at": change.at.isoformat(timespec="milliseconds"),
        "declarationNumber": change.number or None,
        "startDate": change.first_day and change.first_day.isoformat(),
        "endDate": change.last_day and change.last_day.isoformat(),
    }
    return {name: value for name, value in told.items() if value is not None}


def _party(party: Party) -> dict[str, str]:
    told = {
        "enterpriseNumber": party.number,
        "employerNumber": party.employer_number,
        "name": party.name,
        "address": party.address,
        "jointCommissionNumber": party.committee,
    }
    return {name: value for name, value in told.items() if value}


def _json(
    content: Mapping[str, Any], *, status: int = 200, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    return HttpResponse(
        msgspec.json.encode(content),
        status=status,
        content_type=JSON,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def _language() -> str:
    return (get_language() or "en").partition("-")[0]
