"""REST careerBreak v1, attachments: a file of the employer for one of his requests."""

from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guichet.access.guard import CallerRequest
from guichet.documents.attachments.operations import AttachmentRefused, Owner
from guichet.eservices.career_break.api import answers, calling, findings, wire
from guichet.eservices.career_break.api.calling import WRITERS, as_json, call
from guichet.eservices.career_break.files import operations, words
from guichet.eservices.career_break.files.bearers import Bearer
from guichet.eservices.career_break.files.models import File
from guichet.eservices.career_break.files.operations import UnknownFile, Wanted
from guichet.eservices.career_break.models import Part, Request
from guichet.eservices.career_break.retries.keys import Repeated
from guichet.kernel import problem as documents
from guichet.platform import clock
from guichet.platform.problems import ProblemRaised, issue, only_query
from guichet.rules.career_break.file_states import FileRefused
from guichet.rules.career_break.states import Party

# Two megabytes in base64, and a little for the rest.
LARGEST: Final = 3 * 1024 * 1024
_RETRY: Final = 60


@call("POST", WRITERS)
def attach(request: CallerRequest, ticket: str) -> HttpResponse:
    """POST /requests/{ticket}/attachments"""
    only_query(request)
    row = calling.request_of(request, ticket)
    body = _read(request)
    given = _decoded(body)
    sender = calling.sender_of(request, row.employer.number, body=body)
    owner = Owner(0, "", row.employer.number, request.caller.client_id)
    wanted = Wanted(
        wire.snake(given.document), given.file_name, given.content, given.description
    )  # fmt: skip
    headers: dict[str, str] = {}
    try:
        _, part = operations.bring(
            subject=row, wanted=wanted, by=Bearer(Party.EMPLOYER, owner, sender.actor),
            now=clock.now(), sender=sender,
        )  # fmt: skip
    except Repeated as done:
        part, headers = Part.objects.get(ticket=done.ticket), {"Idempotency-Replayed": "true"}
    except (FileRefused, UnknownFile, AttachmentRefused) as refusal:
        raise ProblemRaised(_problem(refusal)) from None
    place = {"Location": answers.place(row)}
    return as_json(_told(row, part), status=201, headers=place | headers)


def _read(request: CallerRequest) -> bytes:
    """The body, which may be larger than the framework reads by itself."""
    body: bytes = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise ProblemRaised(documents.payload_too_large(limit_bytes=LARGEST))
    return body


def _decoded(body: bytes) -> wire.Attachment:
    try:
        return msgspec.json.decode(body, type=wire.Attachment)
    except msgspec.ValidationError as fault:
        raise ProblemRaised(documents.bad_request(issues=[issue(str(fault))])) from None
    except (msgspec.DecodeError, ValueError, RecursionError):
        broken = documents.schema_violation(name="body", detail="The body is not JSON in UTF-8")
        raise ProblemRaised(documents.bad_request(issues=[broken])) from None


def _problem(refusal: Exception) -> documents.Problem:
    if isinstance(refusal, FileRefused):
        said = words.refusal(refusal)
        return documents.Problem(
            409, f"{findings.PROBLEM}stepRefused", "Step Refused", said,
            extras={"code": "V-ST-01", "reason": findings.camelled(refusal.why)},
        )  # fmt: skip
    if isinstance(refusal, UnknownFile):
        detail = "Not a document of this request"
        return documents.bad_request(
            issues=[documents.invalid_input(name="document", detail=detail)]
        )
    return documents.service_unavailable(retry_after_seconds=_RETRY)


def _told(row: Request, part: Part) -> dict[str, Any]:
    file = File.objects.get(part=part)
    return {
        **answers.part_of(part),
        "request": {"ticket": answers.printed(row.ticket), "href": answers.place(row)},
        "document": wire.camel(file.document),
        "fileName": file.name,
        "size": file.size,
    }
