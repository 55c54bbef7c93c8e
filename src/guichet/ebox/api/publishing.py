"""Publishing by a sender, the state of what it published, and the catalogues."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

import msgspec
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from msgspec import UNSET

from guichet.access.guard import CallerRequest, token_required
from guichet.ebox import media, publishing, senders
from guichet.ebox.api import shared, wire
from guichet.ebox.api.shared import actor_of, coded, refused, with_code
from guichet.ebox.checking import SENDER, PublicationRefused
from guichet.ebox.drafts import NewDocument, NewMessage
from guichet.ebox.models import Application, Publication, Sender
from guichet.ebox.publishing import NoDigitalUser, ReferenceReused, UnknownSender
from guichet.kernel import problem as documents
from guichet.platform import clock
from guichet.platform.problems import (
    ProblemRaised,
    decoded,
    form_parts,
    issue,
    only_query,
    problems,
)
from guichet.registers.persons.given import issue_of_number
from guichet.rules.ebox import MOST_DOCUMENTS
from guichet.rules.ebox_types import TYPES

MULTIPART: Final = "multipart/form-data"
_PARTS: Final = tuple(f"upfile{number}" for number in range(1, MOST_DOCUMENTS + 1))
_JSON_PART: Final = "messageToPublish"
_LARGEST: Final = media.LARGEST_TOGETHER + 256 * 1024
_TWO_DAYS: Final = {"Cache-Control": "private, max-age=172800"}


@problems(methods=("POST",), accepted=(MULTIPART,))
@token_required(shared.PUBLISH)
@coded
def publish(request: CallerRequest) -> HttpResponse:
    """POST /publishMessage"""
    return _publish(request, registered=False)


@problems(methods=("POST",), accepted=(MULTIPART,))
@token_required(shared.REGISTERED)
@coded
def publish_registered(request: CallerRequest) -> HttpResponse:
    """POST /publishRegisteredMail"""
    return _publish(request, registered=True)


def _publish(request: CallerRequest, *, registered: bool) -> HttpResponse:
    only_query(request)
    wanted, files = _parts(request)
    sender = wanted.sender_organization_id
    if SENDER.fullmatch(sender) and sender != request.caller.enterprise_number:
        raise _invalid_sender()
    _require_current_numbers(wanted)
    try:
        published = publishing.publish(
            message=replace(_message(wanted, files), registered=registered),
            actor=actor_of(request.caller),
            now=clock.now(),
        )
    except PublicationRefused as refusal:
        raise refused(documents.invalid_input(name=refusal.name, detail=refusal.detail)) from None
    except UnknownSender:
        raise _invalid_sender() from None
    except (NoDigitalUser, ReferenceReused) as refusal:
        raise _unprocessable(refusal) from None
    told = {
        "messageId": str(published.uuid),
        "publicationStatus": "PUBLISHED",
        "publicationDate": wire.belgian(published.published_at),
        "expirationDate": published.expires_on,
    }
    headers = {} if published.is_new else {"Idempotency-Replayed": "true"}
    return shared.json(told, status=201, headers=headers)


@problems(methods=("POST",))
@token_required(shared.PUBLISH)
@coded
def status(request: CallerRequest) -> HttpResponse:
    """POST /searchMessageStatus"""
    only_query(request)
    wanted = decoded(request, wire.References)
    rows = Publication.objects.filter(
        sender__number=request.caller.enterprise_number, reference__in=wanted.references
    )
    return shared.json({"items": [_state(row) for row in rows.order_by("pk")]})


@problems()
@token_required(shared.ANY)
@coded
def catalogue(request: CallerRequest, what: str) -> HttpResponse:
    """GET /referenceData/messageTypes, senderApplications, senderOrganizations"""
    only_query(request)
    read = {
        "messageTypes": _types,
        "senderApplications": _applications,
        "senderOrganizations": _organizations,
    }[what]
    return shared.json({"items": read()}, headers=_TWO_DAYS)


def _require_current_numbers(wanted: wire.MessageToPublish) -> None:
    about = wanted.for_the_attention_of
    given = {"forTheAttentionOf.id": about.id} if isinstance(about, wire.Person) else {}
    if wanted.recipient.ebox_type == "citizen":
        given["recipient.id"] = wanted.recipient.id
    found = (issue_of_number(text=text, name=name) for name, text in sorted(given.items()))
    if faults := [fault for fault in found if fault]:
        raise refused(*faults)


def _parts(request: HttpRequest) -> tuple[wire.MessageToPublish, dict[str, "UploadedFile[Any]"]]:
    length = request.headers.get("Content-Length", "")
    if not length.isascii() or not length.isdigit() or int(length[:16]) > _LARGEST:
        raise ProblemRaised(documents.payload_too_large(limit_bytes=_LARGEST))
    fields, files = form_parts(request, (_JSON_PART, *_PARTS))
    given = {name: file for name, file in files.items() if isinstance(file, UploadedFile)}
    as_file = given.pop(_JSON_PART, None)
    text = as_file.read() if as_file else fields.get(_JSON_PART, "").encode()
    try:
        return msgspec.json.decode(text, type=wire.MessageToPublish), given
    except msgspec.ValidationError as fault:
        raise refused(issue(str(fault))) from None
    except (msgspec.DecodeError, ValueError, RecursionError):
        broken = documents.schema_violation(name=_JSON_PART, detail="The part is not JSON in UTF-8")
        raise refused(broken) from None


def _message(wanted: wire.MessageToPublish, files: Mapping[str, "UploadedFile[Any]"]) -> NewMessage:
    kind, about = wanted.recipient.ebox_type, wanted.for_the_attention_of
    if kind not in ("enterprise", "citizen"):
        raise PublicationRefused("recipient.eboxType", "enterprise or citizen")
    if about is not UNSET and about.type != "person":
        raise PublicationRefused("forTheAttentionOf.type", "Only a person")
    person = None if about is UNSET else about
    is_enterprise = kind == "enterprise"
    return NewMessage(
        sender_number=wanted.sender_organization_id,
        reference=wanted.reference,
        type=wanted.message_type_id,
        language=wanted.language,
        subject=wanted.subject,
        body=wanted.body,
        documents=_documents(wanted, files),
        niss=None if is_enterprise else wanted.recipient.id,
        enterprise_number=wanted.recipient.id if is_enterprise else None,
        application=wanted.sender_application_id,
        is_body_main=wanted.body_main_content,
        attention_niss=person.id if isinstance(person, wire.Person) else "",
        attention_name=person.name if isinstance(person, wire.Person) else "",
        business_data=tuple((one.key, one.value) for one in wanted.business_data_list),
        action=wanted.action,
        due_on=None if wanted.due_date is UNSET else wanted.due_date,
        original=_original(wanted.original_message_id),
    )


def _documents(
    wanted: wire.MessageToPublish, files: Mapping[str, "UploadedFile[Any]"]
) -> tuple[NewDocument, ...]:
    """The files in the order of the list, the main one first; each part is named once."""
    named = [one.http_part_name for one in wanted.attachments]
    if sorted(named) != sorted(files):
        raise PublicationRefused("attachments", "Each file is described once, by its part")
    mains = [one for one in wanted.attachments if one.main_content]
    if len(mains) + wanted.body_main_content > 1:
        raise PublicationRefused("attachments", "A message has one main content")
    ordered = [*mains, *(one for one in wanted.attachments if not one.main_content)]
    return tuple(
        NewDocument(
            file_name=one.file_name,
            media_type=one.media_type,
            data=files[one.http_part_name].read(),
            digest=one.digest,
            is_signed=one.attachment_signed,
        )
        for one in ordered
    )


def _original(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise PublicationRefused("originalMessageId", "The number of a message") from None


def _invalid_sender() -> ProblemRaised:
    problem = documents.missing_permission(detail="Not a connected sender of this token")
    return ProblemRaised(with_code(problem, "INVALID_SENDER"))


def _unprocessable(refusal: Exception) -> ProblemRaised:
    if isinstance(refusal, NoDigitalUser):
        detail, code = "The box is not open: send it on paper", "NO_DIGITAL_USER"
    else:
        detail, code = "The reference was used for another message", "INVALID_INPUT"
    return ProblemRaised(with_code(documents.unprocessable(detail=detail), code))


def _state(row: Publication) -> dict[str, Any]:
    instants = {
        "publicationDate": row.published_at,
        "notificationDate": row.notified_at,
        "consultationDate": row.consulted_at,
        "removalDate": row.removed_at,
    }
    told: dict[str, Any] = {
        "reference": row.reference,
        "messageId": str(row.uuid),
        "publicationStatus": "EXPIRED" if row.removed_at else "PUBLISHED",
        "registeredMail": row.is_registered,
        "expirationDate": row.expires_on,
        "digests": row.evidence,
    }
    if row.proof:
        told["dispatchProofId"] = row.proof
    return told | {name: wire.belgian(at) for name, at in instants.items() if at}


def _types() -> list[dict[str, Any]]:
    return [
        {
            "messageTypeId": one.code,
            "title": one.title.as_mapping(),
            "validity": str(one.validity),
            "securityLevel": one.level,
            "registeredMail": one.is_registered,
            "replyAuthorized": one.is_answered,
        }
        for one in TYPES.values()
    ]


def _applications() -> list[dict[str, Any]]:
    rows = Application.objects.select_related("sender").order_by("sender__number", "code")
    return [
        {
            "senderApplicationId": row.code,
            "senderOrganizationId": row.sender.number,
            "name": senders.label_of(row).as_mapping(),
        }
        for row in rows
    ]


def _organizations() -> list[dict[str, Any]]:
    return [
        {"senderOrganizationId": row.number, "name": senders.label_of(row).as_mapping()}
        for row in Sender.objects.order_by("number")
    ]
