"""REST ctw v1, files: send one with its signature, ask how far it is, take what was answered."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse, StreamingHttpResponse

from guichet.access.guard import CallerRequest
from guichet.eservices.temporary_unemployment.messages import (
    answering,
    limits,
    operations,
    queries,
    words,
)
from guichet.eservices.temporary_unemployment.messages.api import calling
from guichet.eservices.temporary_unemployment.messages.api.calling import (
    READERS,
    WRITERS,
    XML,
    as_json,
    call,
)
from guichet.eservices.temporary_unemployment.messages.api.findings import of_placed
from guichet.eservices.temporary_unemployment.messages.contents import TooLarge
from guichet.eservices.temporary_unemployment.messages.models import Delivery
from guichet.eservices.temporary_unemployment.messages.naming import NameRefused
from guichet.eservices.temporary_unemployment.messages.operations import (
    NameUsed,
    SignatureMissing,
    TooManyOpen,
)
from guichet.eservices.temporary_unemployment.messages.queries import FormRecord
from guichet.kernel import problem as documents
from guichet.platform import clock
from guichet.platform.problems import ProblemRaised, form_parts, only_query

_PARTS: Final = ("declaration", "signature")
_MULTIPART: Final = "multipart/form-data"


@call("POST", WRITERS, accepted=(_MULTIPART,))
def send(request: CallerRequest) -> HttpResponse:
    """POST /files"""
    only_query(request)
    bounds = limits.of_files()
    _check_length(request, bounds.largest)
    declaration, signature = _parts(request)
    by = calling.by(request)
    try:
        sent = operations.send(
            name=declaration.name or "",
            declaration=declaration.chunks(),
            signature=signature.chunks() if signature else None,
            limit=bounds.largest,
            by=by,
            now=clock.now(),
        )
    except NameRefused as refusal:
        issue = documents.invalid_structure(
            name="declaration.filename", detail=str(words.REASONS[refusal.why.value])
        )
        raise ProblemRaised(documents.bad_request(issues=[issue])) from None
    except SignatureMissing:
        issue = documents.required_input(name="signature")
        raise ProblemRaised(documents.bad_request(issues=[issue])) from None
    except NameUsed as used:
        detail = str(words.REASONS["used"])
        problem = documents.Problem(
            409, "urn:problem-type:guichet:ctw:nameUsed", "Name Used", detail,
            extras={"code": "CTW-091", "ticket": used.ticket},
        )  # fmt: skip
        raise ProblemRaised(problem) from None
    except TooLarge:
        raise ProblemRaised(documents.payload_too_large(limit_bytes=bounds.largest)) from None
    except TooManyOpen:
        raise ProblemRaised(documents.too_many_requests(retry_after_seconds=600)) from None
    row = _own(request, sent.ticket)
    headers = {"Location": _place(row)}
    if sent.is_repeat:
        headers["Idempotency-Replayed"] = "true"
    return as_json(_shown(row), status=202, headers=headers)


@call("GET", READERS)
def state(request: CallerRequest, ticket: str) -> HttpResponse:
    """GET /files/{ticket}"""
    only_query(request)
    return as_json(_shown(_own(request, ticket)))


@call("GET", READERS, offered=XML)
def receipt(request: CallerRequest, ticket: str) -> HttpResponse:
    """GET /files/{ticket}/receipt"""
    only_query(request)
    data = queries.receipt(_own(request, ticket))
    if data is None:
        raise calling.unknown()
    return HttpResponse(data, content_type=XML, headers={"Cache-Control": "no-store"})


@call("GET", READERS, offered=XML)
def notifications(request: CallerRequest, ticket: str) -> HttpResponse | StreamingHttpResponse:
    """GET /files/{ticket}/notifications"""
    only_query(request)
    row = _own(request, ticket)
    if row.state != "done" or row.done_at is None:
        raise calling.unknown()
    pieces = answering.notification_pieces(row, made_at=row.done_at)
    return StreamingHttpResponse(pieces, content_type=XML, headers={"Cache-Control": "no-store"})


@call("GET", READERS)
def forms(request: CallerRequest, ticket: str) -> HttpResponse:
    """GET /files/{ticket}/forms"""
    number, size = calling.paging(only_query(request, "page", "pageSize"))
    row = _own(request, ticket)
    rows = queries.forms(delivery=row.pk, limit=size, offset=(number - 1) * size)
    items = [_form(one) for one in rows]
    path = f"/files/{row.ticket}/forms"
    return as_json(
        calling.page_of(items, path=path, number=number, size=size, total=row.done_forms)
    )


def _own(request: CallerRequest, ticket: str) -> Delivery:
    signs = calling.ticket_of(ticket)
    row = queries.delivery(enterprise=request.caller.enterprise_number, ticket=signs)
    if row is None:
        queries.note_stranger(
            ticket=signs, actor=calling.actor_of(request), channel="rest", now=clock.now()
        )
        raise calling.unknown()
    return row


def _check_length(request: CallerRequest, largest: int) -> None:
    length = request.headers.get("Content-Length", "")
    room = largest + 2 * limits.LARGEST_SIGNATURE
    if not (length.isascii() and length.isdigit()) or int(length[:16]) > room:
        raise ProblemRaised(documents.payload_too_large(limit_bytes=largest))


def _parts(request: CallerRequest) -> tuple[Any, Any]:
    """The two files of the form, each once; raises ProblemRaised 400."""
    _fields, files = form_parts(request, _PARTS)
    issues = [documents.unknown_input(name=name) for name in _PARTS if name in request.POST]
    if "declaration" not in files:
        issues.append(documents.required_input(name="declaration"))
    if issues:
        raise ProblemRaised(documents.bad_request(issues=issues))
    return files["declaration"], files.get("signature")


def _place(row: Delivery) -> str:
    return calling.place(f"/files/{row.ticket}")


def _shown(row: Delivery) -> dict[str, Any]:
    place = _place(row)
    found: dict[str, Any] = {
        "ticket": row.ticket,
        "href": place,
        "name": row.name,
        "environment": row.surrounding,
        "state": row.state,
        "receivedAt": row.opened_at.isoformat(timespec="milliseconds"),
    }
    if row.checked_at is not None:
        found["receipt"] = _receipt(row, place)
    if row.state in ("accepted", "done"):
        found |= {
            "forms": row.forms,
            "handledForms": row.done_forms,
            "refusedForms": row.refused_forms,
            "warnedForms": row.warned_forms,
        }
    if row.state == "done":
        found["notifications"] = {"href": f"{place}/notifications"}
    return found


def _receipt(row: Delivery, place: str) -> dict[str, Any]:
    found: dict[str, Any] = {"href": f"{place}/receipt", "isAccepted": not row.code}
    if row.code:
        found |= {"code": row.code, "detail": words.refusal(row.code, row.reason)}
        if row.line:
            found["line"] = row.line
        if row.path:
            found["path"] = row.path
    return found


def _form(one: FormRecord) -> dict[str, Any]:
    found: dict[str, Any] = {"number": one.number, "isReceived": bool(one.ticket)}
    if one.ticket:
        found["ticket"] = one.ticket
    if one.own_reference:
        found["ownReference"] = one.own_reference
    found["findings"] = [of_placed(placed) for placed in one.faults]
    return found
