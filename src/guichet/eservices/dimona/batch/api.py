"""REST dimona v2, files: send one, ask how far it is, take its receipt and its notifications."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from guichet.access.guard import CallerRequest, token_required
from guichet.eservices.dimona import answers, api
from guichet.eservices.dimona.batch import operations, queries, reading, words, writing
from guichet.kernel import problem as documents
from guichet.platform import clock
from guichet.platform.problems import ProblemRaised, only_query, problems
from guichet.platform.routes import public
from guichet.registers.exchanges import queries as exchanges
from guichet.registers.exchanges.operations import ReferenceReused
from guichet.registers.exchanges.queries import FileRecord

XML: Final = "application/xml"
SCHEMA: Final = "dimona-batch-v1.xsd"
SCHEMA_PLACE: Final = "doc/batchSchema"


@problems(methods=("POST",), accepted=(XML,))
@token_required(api.DECLARANTS)
def send(request: CallerRequest) -> HttpResponse:
    """POST /files"""
    only_query(request)
    length = request.headers.get("Content-Length", "")
    if not length.isdigit() or int(length[:16]) > reading.LARGEST:
        raise ProblemRaised(documents.payload_too_large(limit_bytes=reading.LARGEST))
    sender = request.caller.enterprise_number
    try:
        received = operations.receive(
            content=request.read(reading.LARGEST + 1),
            sender=sender,
            channel="rest",
            actor=api.actor(request.caller),
            now=clock.now(),
        )
    except reading.FileRefused:
        raise ProblemRaised(documents.payload_too_large(limit_bytes=reading.LARGEST)) from None
    except ReferenceReused:
        detail = "The reference of this file stands for another file that you sent"
        raise ProblemRaised(documents.unprocessable(detail=detail)) from None
    file = _own(sender, received.ticket)
    headers = {"Location": _place(file)}
    if received.is_repeat:
        headers["Idempotency-Replayed"] = "true"
    return api.as_json(_shown(file), status=201, headers=headers)


@problems(methods=("GET",))
@token_required(api.READERS)
def state(request: CallerRequest, ticket: str) -> HttpResponse:
    """GET /files/{ticket}"""
    only_query(request)
    return api.as_json(_shown(_own(request.caller.enterprise_number, ticket)))


@problems(methods=("GET",), offered=XML)
@token_required(api.READERS)
def receipt(request: CallerRequest, ticket: str) -> HttpResponse:
    """GET /files/{ticket}/receipt"""
    only_query(request)
    file = _own(request.caller.enterprise_number, ticket)
    said = words.file_fault(file.fault, language=api.language(request))
    return HttpResponse(
        writing.receipt(file, words=said), content_type=XML, headers={"Cache-Control": "no-store"}
    )


@problems(methods=("GET",), offered=XML)
@token_required(api.READERS)
def notifications(request: CallerRequest, ticket: str) -> HttpResponse:
    """GET /files/{ticket}/notifications"""
    only_query(request)
    file = _own(request.caller.enterprise_number, ticket)
    api.note(request.caller, queries.identities_in(file=file.id), "dimona.identities", clock.now())
    written = writing.notifications(
        file,
        queries.every_form(file=file.id),
        progress=queries.progress(file=file.id),
        language=api.language(request),
    )
    return HttpResponse(b"".join(written), content_type=XML, headers={"Cache-Control": "no-store"})


@problems(methods=("GET",), offered=XML)
@public
def schema(request: HttpRequest) -> HttpResponse:
    """GET /doc/batchSchema"""
    only_query(request)
    content = (settings.REPOSITORY / "contracts" / SCHEMA).read_bytes()
    headers = {"Content-Disposition": f'inline; filename="{SCHEMA}"'}
    return HttpResponse(content, content_type=XML, headers=headers)


def _own(sender: str, ticket: str) -> FileRecord:
    file = exchanges.file(service=operations.SERVICE, sender=sender, ticket=ticket[:40])
    if file is None:
        raise ProblemRaised(documents.resource_not_found(name="ticket"))
    return file


def _place(file: FileRecord) -> str:
    return f"{settings.ENVIRONMENT.services_url}{answers.BASE}/files/{file.ticket}"


def _shown(file: FileRecord) -> dict[str, Any]:
    place = _place(file)
    found: dict[str, Any] = {
        "href": place,
        "ticket": file.ticket,
        "reference": file.reference,
        "state": file.state,
        "receivedAt": file.received_at.isoformat(timespec="milliseconds"),
        "receipt": {"href": f"{place}/receipt"},
    }
    if file.state == "refused":
        found["fault"] = file.fault
    if file.state == "accepted":
        far = queries.progress(file=file.id)
        found |= {
            "notifications": {"href": f"{place}/notifications"},
            "forms": far.forms,
            "decidedForms": far.decided,
            "refusedForms": far.refused,
            "isComplete": far.is_complete,
        }
    return found
