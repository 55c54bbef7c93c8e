"""REST presenceRegistration v1: reading one act, searching, and the contract itself.

Registering and the reference data are answered by the ingest (or by ``reference``). Shapes are
those of contracts/presenceRegistration-v1.yaml; a search leaves the worker's names out, as the
service always did.
"""

import functools
import re
from datetime import datetime
from typing import Any, Final

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from msgspec import UNSET, UnsetType

from guichet.access.bearer import ENTERPRISE, PROFESSIONAL, Caller
from guichet.access.guard import CallerRequest, token_required
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.lookups import looked_up
from guichet.eservices.presence import queries
from guichet.eservices.presence.criteria import CriteriaRefused, SearchBody, Sort, criteria
from guichet.eservices.presence.visibility import View, view_of
from guichet.kernel import problem as documents
from guichet.kernel.problem import In
from guichet.platform import clock
from guichet.platform.problems import JSON, ProblemRaised, decoded, only_query, problems
from guichet.platform.routes import public
from guichet.presence_log import wire
from guichet.presence_log.answers import belgian
from guichet.presence_log.read import StoredAct
from guichet.rules.remarks import REMARKS

BASE: Final = "/REST/presenceRegistration/v1"
CONTRACT: Final = "presenceRegistration-v1.yaml"
OWN_CONTRACT: Final = "checkInOut-v1.yaml"
DEFAULT_PAGE_SIZE: Final = 50
LARGEST_PAGE: Final = 200
# Further than any log goes; a bound, so that arithmetic stays within the database's integers.
LAST_PAGE: Final = 1_000_000_000

_NUMBER: Final = re.compile(r"\A[0-9]{1,15}\Z")
_READERS: Final = (PROFESSIONAL, ENTERPRISE)


class _Worker(msgspec.Struct, rename="camel"):
    given_name: str | None = None
    family_name: str | None = None


class _Place(msgspec.Struct):
    coordinates: wire.Coordinates | UnsetType | None = UNSET
    address: wire.Address | UnsetType = UNSET


class _Status(msgspec.Struct):
    code: str
    date: str


class _Remark(msgspec.Struct):
    code: str
    labels: dict[str, str]


class _Act(msgspec.Struct, rename="camel"):
    id: int
    registration_date: str
    ssin: str
    type: str
    worker: _Worker | UnsetType
    employer: wire.Employer
    place_of_work: _Place
    contractual_relationship_reference: str
    activity: str
    channel: str
    custom_reference: str | None
    status: _Status
    validity: str
    remarks: list[_Remark]


class _Sort(msgspec.Struct, rename="camel"):
    direction: str
    ignore_case: bool
    property: str


class _Page(msgspec.Struct, rename="camel"):
    items: list[_Act]
    first: str
    last: str
    prev: str | None
    next: str | None
    page: int
    page_size: int
    sort: _Sort
    total: int
    total_pages: int


@problems(methods=("GET",))
@token_required(_READERS)
def presence_registration(request: CallerRequest, number: str) -> HttpResponse:
    """GET /presenceRegistrations/{id}"""
    only_query(request)
    if not _NUMBER.match(number) or not int(number):
        issue = documents.schema_violation(
            name="id", detail="A number of 1 to 15 digits", location=In.PATH
        )
        raise ProblemRaised(documents.bad_request(issues=[issue]))
    now = clock.now()
    act, hidden = queries.visible_act(view=_view(request.caller), receipt=int(number))
    if act is None:
        if hidden is not None:
            _note_refusal(request.caller, hidden, now)
        raise ProblemRaised(documents.resource_not_found(name="id"))
    _note(request.caller, [act], "presence.read", now)
    return _json(_one(act))


@problems(methods=("POST",))
@token_required(_READERS)
def search(request: CallerRequest) -> HttpResponse:
    """POST /presenceRegistrations/search?page=&pageSize="""
    now = clock.now()
    page, page_size = _paging(request)
    try:
        asked = criteria(body=decoded(request, SearchBody), today=clock.today(now))
    except CriteriaRefused as refusal:
        raise ProblemRaised(documents.bad_request(issues=refusal.issues)) from None
    found = queries.search(
        view=_view(request.caller), criteria=asked, page=page, page_size=page_size
    )
    _note(request.caller, found.acts, "presence.search", now)
    return _json(_page(found, asked.sort, page, page_size))


@problems(methods=("GET",), offered="application/yaml")
@public
def contract(request: HttpRequest) -> HttpResponse:
    """GET /doc/openapi.yaml; anybody may read what the service promises."""
    only_query(request)
    return HttpResponse(published(CONTRACT), content_type="application/yaml")


@problems(methods=("GET",), offered="application/yaml")
@public
def own_contract(request: HttpRequest) -> HttpResponse:
    """GET /REST/checkInOut/v1/doc/openapi.yaml, of the door of a worker's own acts."""
    only_query(request)
    return HttpResponse(published(OWN_CONTRACT), content_type="application/yaml")


@functools.cache
def published(name: str) -> bytes:
    """A contract as it is published."""
    file = settings.REPOSITORY / "contracts" / name
    content: bytes = file.read_bytes()
    return content


def _view(caller: Caller) -> View:
    return view_of(enterprise_number=caller.enterprise_number, channel=caller.channel)


def _note(caller: Caller, acts: Any, purpose: str, now: datetime) -> None:
    looked_up(
        viewer=_actor(caller),
        subjects=[act.ssin for act in acts],
        purpose=purpose,
        channel="rest",
        now=now,
    )


def _note_refusal(caller: Caller, act: StoredAct, now: datetime) -> None:
    """Nothing was shown, so nobody was looked at; the attempt itself is kept."""
    trail.record_refusal(
        action="presence.act.refused",
        actor=_actor(caller),
        target=str(act.receipt),
        now=now,
        reason="not visible to this caller",
    )


def _actor(caller: Caller) -> Actor:
    return Actor(kind="client", id=caller.client_id, enterprise=caller.enterprise_number)


def _paging(request: HttpRequest) -> tuple[int, int]:
    """``page`` and ``pageSize`` of the query; raises ProblemRaised 400 for any other number."""
    given = only_query(request, "page", "pageSize")
    issues = []
    numbers = []
    bounds = (("page", 1, LAST_PAGE), ("pageSize", DEFAULT_PAGE_SIZE, LARGEST_PAGE))
    for name, default, maximum in bounds:
        text = given.get(name, str(default))
        number = int(text) if re.fullmatch(r"[0-9]{1,10}", text) else 0
        if not 1 <= number <= maximum:
            issues.append(documents.out_of_range(name=name, minimum=1, maximum=maximum))
        numbers.append(number)
    if issues:
        raise ProblemRaised(documents.bad_request(issues=issues))
    page, page_size = numbers
    return page, page_size


def _one(act: StoredAct) -> _Act:
    """An act with the worker's names; a place by its point shows an address without content."""
    names = queries.names(ssin=act.ssin)
    shown = _act(act)
    shown.worker = _Worker(*names) if names else _Worker()
    if act.address is None:
        shown.place_of_work.address = wire.EMPTY_ADDRESS
    else:
        shown.place_of_work.coordinates = None
    return shown


def _act(act: StoredAct) -> _Act:
    place = _Place()
    if act.longitude is not None and act.latitude is not None:
        place.coordinates = wire.Coordinates(act.longitude, act.latitude)
    if act.address is not None:
        place.address = _address(act.address)
    return _Act(
        id=act.receipt,
        registration_date=belgian(act.occurred_at),
        ssin=act.ssin,
        type=act.type,
        worker=UNSET,
        employer=wire.Employer(act.enterprise_number, act.foreign_vat_number),
        place_of_work=place,
        contractual_relationship_reference=act.works_reference,
        activity=act.activity,
        channel=act.channel,
        custom_reference=act.custom_reference,
        status=_Status(act.status, belgian(act.status_at)),
        validity=act.validity or "pending",
        remarks=[_Remark(code, REMARKS[code].label.as_mapping()) for code in act.remarks or ()],
    )


def _address(kept: object) -> wire.Address:
    """Django's connections hand JSON over as text."""
    if isinstance(kept, str):
        return msgspec.json.decode(kept, type=wire.Address)
    return msgspec.convert(kept, wire.Address)


def _page(found: queries.Page, sort: Sort, page: int, page_size: int) -> _Page:
    pages = -(-found.total // page_size)
    last = max(pages, 1)

    def link(number: int) -> str:
        return f"{BASE}/presenceRegistrations/search?page={number}&pageSize={page_size}"

    return _Page(
        items=[_act(act) for act in found.acts],
        first=link(1),
        last=link(last),
        prev=link(min(page - 1, last)) if page > 1 else None,
        next=link(page + 1) if page < pages else None,
        page=page,
        page_size=page_size,
        sort=_Sort("desc" if sort.is_descending else "asc", sort.ignore_case, sort.property),
        total=found.total,
        total_pages=pages,
    )


def _json(content: Any) -> HttpResponse:
    """Personal data: nobody on the way may keep it."""
    return HttpResponse(
        msgspec.json.encode(content), content_type=JSON, headers={"Cache-Control": "no-store"}
    )
