"""REST dimona v2: declare, ask what became of it, search.

Shapes are those of contracts/dimona-v2.yaml. A declaration is answered with 201 and its address at
once; that address says 404 until it is decided. Nothing here ever redirects.
"""

from __future__ import annotations

import functools
import re
from datetime import date, datetime
from typing import Any, Final

import msgspec
from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from guichet.access.bearer import Caller
from guichet.access.guard import CallerRequest, token_required
from guichet.access.permissions import DIMONA_CONSULT, DIMONA_DECLARANT
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.lookups import looked_up
from guichet.eservices.dimona import answers, operations, queries, rights, wire
from guichet.eservices.dimona.emergency import queries as emergencies
from guichet.eservices.dimona.operations import Retry, Taken
from guichet.kernel import problem as documents
from guichet.kernel.niss import Niss
from guichet.kernel.problem import In
from guichet.platform import clock
from guichet.platform.problems import JSON, ProblemRaised, decoded, only_query, problems
from guichet.platform.routes import public
from guichet.presence_log import keyed
from guichet.registers.persons.given import issue_of_number

CONTRACT: Final = "dimona-v2.yaml"
DECLARANTS: Final = (DIMONA_DECLARANT,)
READERS: Final = (DIMONA_CONSULT, DIMONA_DECLARANT)
LARGEST: Final = 64 * 1024
DOSSIER: Final = "Emergency-Dossier"
_NUMBER: Final = re.compile(r"\A[0-9]{1,18}\Z")
_SIZE: Final = 50
_LARGEST_PAGE: Final = 200
_LAST_PAGE: Final = 1_000_000
_UNKNOWABLE: Final = "The text holds a sign that cannot be stored"


class _Window(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    start_date: date | None = None
    end_date: date | None = None


class Search(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """What is searched: always one employer, perhaps one worker and a window of days."""

    employer: wire.Employer | None = None
    worker: wire.Worker | None = None
    period: _Window | None = None


@problems(methods=("POST",))
@token_required(DECLARANTS)
def declare(request: CallerRequest) -> HttpResponse:
    """POST /declarations"""
    only_query(request)
    taken = take(request, decoded(request, wire.Body, limit=LARGEST))
    return created(taken, base=answers.BASE)


def take(request: CallerRequest, body: wire.Body) -> Taken:
    """Store a declaration of a machine; raises ProblemRaised."""
    now = clock.now()
    try:
        wire.act_of(body)
    except wire.NotOneAct:
        issue = documents.exactly_one_of_expected(names=wire.ACT_MEMBERS)
        raise ProblemRaised(documents.bad_request(issues=[issue])) from None
    employer = rights.employer_of(body.employer)
    own = request.caller.enterprise_number
    if employer is not None and not rights.may_act_for(employer=employer, enterprise=own, now=now):
        raise _refused(request.caller, employer, now)
    try:
        return operations.declare(
            body=body,
            channel="rest",
            sender=own,
            actor=actor(request.caller),
            now=now,
            retry=_retry(request),
            dossier=_dossier(request, employer),
        )
    except operations.KeyReused:
        raise ProblemRaised(keyed.reused_key()) from None
    except DataError:
        issue = documents.schema_violation(name="body", detail=_UNKNOWABLE)
        raise ProblemRaised(documents.bad_request(issues=[issue])) from None


def created(taken: Taken, *, base: str) -> HttpResponse:
    """201 with the address of the declaration."""
    place = answers.href("declarations", taken.id, base=base)
    headers = {"Location": place}
    if taken.is_replayed:
        headers["Idempotency-Replayed"] = "true"
    return as_json({"href": place, "declarationId": taken.id}, status=201, headers=headers)


@problems(methods=("GET",))
@token_required(READERS)
def declaration(request: CallerRequest, number: str) -> HttpResponse:
    """GET /declarations/{id}: 404 while it is not decided."""
    only_query(request)
    record = visible(request.caller, number)
    spoken = language(request)
    return in_words(answers.declaration(record, language=spoken), language=spoken)


def visible(caller: Caller, number: str) -> queries.DeclarationRecord:
    """A decided declaration that the caller may see; raises ProblemRaised 400 or 404."""
    now = clock.now()
    record = queries.declaration(whole(number))
    mine = record is not None and rights.may_see(
        record=record, enterprise=caller.enterprise_number, now=now
    )
    if record is None or not mine or record.result is None:
        raise ProblemRaised(documents.resource_not_found(name="id"))
    if record.niss:
        note(caller, [record.niss], "dimona.declaration", now)
    return record


@problems(methods=("GET",))
@token_required(READERS)
def period(request: CallerRequest, number: str) -> HttpResponse:
    """GET /periods/{id}"""
    only_query(request)
    now = clock.now()
    record = queries.period(whole(number))
    own = request.caller.enterprise_number
    if record is None or not rights.may_act_for(employer=record.employer, enterprise=own, now=now):
        raise ProblemRaised(documents.resource_not_found(name="id"))
    note(request.caller, [record.niss], "dimona.period", now)
    in_a_row = queries.day_contracts_in_a_row(record)
    spoken = language(request)
    found = answers.period(record, language=spoken, in_a_row=in_a_row)
    return in_words(found, language=spoken)


@problems(methods=("POST",))
@token_required(READERS)
def search(request: CallerRequest, what: str) -> HttpResponse:
    """POST /relations/search, /periods/search, /declarations/search"""
    now = clock.now()
    number, size = _paging(request)
    asked = decoded(request, Search, limit=LARGEST)
    wanted = _wanted(request.caller, asked, now)
    where: dict[str, Any] = {"limit": size, "offset": (number - 1) * size}
    spoken = language(request)
    if what == "relations":
        relations, total = queries.relations_of_employer(wanted=wanted, **where)
        seen = [each.niss for each in relations]
        items = [answers.relation(each) for each in relations]
    elif what == "periods":
        periods = queries.periods_of_employer(wanted=wanted, **where)
        total = queries.count_of_employer(wanted=wanted)
        seen = [each.niss for each in periods]
        items = [answers.period(each, language=spoken) for each in periods]
    else:
        found, total = queries.decided(wanted=wanted, **where)
        seen = [each.niss for each in found if each.niss]
        items = [answers.declaration(each, language=spoken) for each in found]
    note(request.caller, seen, f"dimona.{what}", now)
    page = answers.page(items, what=what, number=number, size=size, total=total)
    return in_words(page, language=spoken)


@problems(methods=("GET",))
@token_required(READERS)
def ping(request: CallerRequest) -> HttpResponse:
    """GET /ping/secure: the token is good."""
    only_query(request)
    return as_json({"status": "UP"})


@problems(methods=("GET",))
@public
def health(request: HttpRequest) -> HttpResponse:
    """GET /health: the database answers; 503 when it does not."""
    only_query(request)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        return as_json({"status": "DOWN"}, status=503)
    return as_json({"status": "UP"})


@problems(methods=("GET",), offered="application/yaml")
@public
def contract(request: HttpRequest) -> HttpResponse:
    """GET /doc/openapi.yaml"""
    only_query(request)
    return HttpResponse(_contract(), content_type="application/yaml")


@functools.cache
def _contract() -> bytes:
    content: bytes = (settings.REPOSITORY / "contracts" / CONTRACT).read_bytes()
    return content


def whole(number: str) -> int:
    """The number in a path; raises ProblemRaised 400."""
    if not _NUMBER.match(number):
        detail = "A number of 1 to 18 digits"
        issue = documents.schema_violation(name="id", detail=detail, location=In.PATH)
        raise ProblemRaised(documents.bad_request(issues=[issue]))
    return int(number)


def actor(caller: Caller) -> Actor:
    """The channel, as the trail names it."""
    return Actor(kind="client", id=caller.client_id, enterprise=caller.enterprise_number)


def note(caller: Caller, subjects: list[str], purpose: str, now: datetime) -> None:
    """Leave a trace of whose data were shown."""
    looked_up(viewer=actor(caller), subjects=subjects, purpose=purpose, channel="rest", now=now)


def language(request: HttpRequest) -> str:
    """The language in which the caller reads texts."""
    return translation.get_language_from_request(request)


def as_json(
    content: Any, *, status: int = 200, headers: dict[str, str] | None = None
) -> HttpResponse:
    """Personal data: nobody on the way may keep it."""
    return HttpResponse(
        msgspec.json.encode(content),
        status=status,
        content_type=JSON,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def in_words(content: Any, *, language: str) -> HttpResponse:
    """The same, where texts are in the caller's language."""
    response = as_json(content, headers={"Content-Language": language})
    patch_vary_headers(response, ("Accept-Language",))
    return response


def _refused(caller: Caller, employer: str, now: datetime) -> ProblemRaised:
    trail.record_refusal(
        action="dimona.declaration.refused",
        actor=actor(caller),
        target=employer,
        now=now,
        reason="no mandate of this employer",
    )
    detail = "Not permitted to act for this employer"
    return ProblemRaised(documents.missing_permission(detail=detail))


def _dossier(request: CallerRequest, employer: str | None) -> str:
    """The emergency in which this was announced; raises ProblemRaised for a number that is none."""
    given = request.headers.get(DOSSIER)
    if given is None:
        return ""
    found = emergencies.dossier(number=given[:40], enterprise=employer or "")
    if found is None:
        detail = "Not the number of a dossier of this employer"
        issue = documents.invalid_structure(name=DOSSIER, detail=detail, location=In.HEADER)
        raise ProblemRaised(documents.bad_request(issues=[issue]))
    return found.number


def _retry(request: CallerRequest) -> Retry | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not keyed.is_key(key.encode("utf-8", "replace")):
        raise ProblemRaised(keyed.malformed_key())
    return Retry(request.caller.client_id, key, request.body)


def _wanted(caller: Caller, asked: Search, now: datetime) -> queries.Wanted:
    employer = rights.employer_of(asked.employer)
    if employer is None:
        issue = documents.required_input(name="employer")
        raise ProblemRaised(documents.bad_request(issues=[issue]))
    if not rights.may_act_for(employer=employer, enterprise=caller.enterprise_number, now=now):
        raise _refused(caller, employer, now)
    window = asked.period or _Window()
    if window.start_date and window.end_date and window.end_date < window.start_date:
        issue = documents.invalid_period(start="period.startDate", end="period.endDate")
        raise ProblemRaised(documents.bad_request(issues=[issue]))
    number = _ssin(caller, asked.worker, now)
    return queries.Wanted(employer, window.start_date, window.end_date, number)


def _ssin(caller: Caller, worker: wire.Worker | None, now: datetime) -> str | None:
    if worker is None or not worker.ssin:
        return None
    if issue := issue_of_number(text=worker.ssin, name="worker.ssin"):
        if new := issue.extras.get("replacedBy"):
            note(caller, [str(new)], "dimona.number", now)
        raise ProblemRaised(documents.bad_request(issues=[issue]))
    return Niss.parse(worker.ssin).digits


def _paging(request: HttpRequest) -> tuple[int, int]:
    given = only_query(request, "page", "pageSize")
    issues, numbers = [], []
    for name, default, most in (("page", 1, _LAST_PAGE), ("pageSize", _SIZE, _LARGEST_PAGE)):
        text = given.get(name, str(default))
        number = int(text) if re.fullmatch(r"[0-9]{1,10}", text) else 0
        if not 1 <= number <= most:
            issues.append(documents.out_of_range(name=name, minimum=1, maximum=most))
        numbers.append(number)
    if issues:
        raise ProblemRaised(documents.bad_request(issues=issues))
    return numbers[0], numbers[1]
