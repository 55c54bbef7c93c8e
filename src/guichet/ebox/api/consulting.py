"""Consulting: summary, messages, contents, flags, events."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from msgspec import UNSET

from guichet.access.guard import CallerRequest, token_required
from guichet.audit.lookups import looked_up
from guichet.ebox import consumers, queries, reading, visibility
from guichet.ebox import events as feed
from guichet.ebox.api import shared, wire
from guichet.ebox.api.shared import (
    BOX,
    actor_of,
    coded,
    not_found,
    number_in,
    reader_of,
    refused,
)
from guichet.ebox.models import Attachment, Message
from guichet.ebox.reading import Flags, UnknownMessage
from guichet.ebox.visibility import Reader
from guichet.kernel import problem as documents
from guichet.kernel.problem import In
from guichet.platform import clock
from guichet.platform.problems import decoded, only_query, problems
from guichet.platform.readonly import writes_on_get

DEFAULT_SIZE: Final = 25
LARGEST_SIZE: Final = 100
_MOST_EVENTS: Final = 500
_LAST_PAGE: Final = 1_000_000
_LANGUAGES: Final = ("nl", "fr", "de")
_FILTERS: Final = (
    "page", "pageSize", "receivedBefore", "receivedAfter", "expiredBefore", "expiredAfter",
    "readStatus", "visible", "messageTypeId", "senderOrganizationId", "senderApplicationId",
    "registeredMail", "q", "qlang",
)  # fmt: skip
_PATCH: Final = ("application/json", "application/merge-patch+json")


@problems()
@token_required(shared.CONSULTING)
@coded
def own_boxes(request: CallerRequest) -> HttpResponse:
    """GET /ebox/boxes: whose holders named this program. A citizen is a key and nothing else."""
    only_query(request)
    rows = consumers.boxes_of(client_id=request.caller.client_id)
    return shared.json({"items": [wire.box(row) for row in rows], "total": len(rows)})


@problems()
@token_required(shared.SUMMARY)
@coded
def summary(request: CallerRequest) -> HttpResponse:
    """GET /ebox"""
    only_query(request, BOX)
    now, reader = clock.now(), reader_of(request)
    counts = queries.counts(reader=reader, now=now)
    received, opened = queries.last_instants(reader=reader, now=now)
    told: dict[str, Any] = {
        "eboxType": consumers.kind_of(box_id=reader.box_id),
        "numberOfMessages": counts.total,
        "numberOfUnreadMessages": counts.unread,
        "eboxSize": -(-queries.size_of_box(reader=reader, now=now) // 1000),
    }
    for name, moment in (("lastReceiptDate", received), ("lastConsultationDate", opened)):
        if moment:
            told[name] = wire.belgian(moment)
    return shared.json(told)


@problems(methods=("GET", "PATCH"), accepted=_PATCH)
@token_required(shared.MESSAGES)
@coded
def messages(request: CallerRequest) -> HttpResponse:
    """GET and PATCH /ebox/messages"""
    reader = reader_of(request)
    if request.method == "PATCH":
        only_query(request, BOX)
        wanted = decoded(request, wire.Changes).items
        _change(request, reader, *(_flags(one.message_id, one) for one in wanted))
        return HttpResponse(status=204)
    given = only_query(request, BOX, *_FILTERS)
    page = shared.integer(given, "page", 1, 1, _LAST_PAGE)
    size = shared.integer(given, "pageSize", DEFAULT_SIZE, 1, LARGEST_SIZE)
    rows = visibility.messages(reader=reader, now=clock.now()).filter(deleted_at=None)
    rows = rows.filter(_wanted(given)).order_by("-published_at", "-id")
    total = rows.order_by().count()
    found = list(rows.select_related("sender")[(page - 1) * size : page * size])
    _note(request, found)
    return shared.json(
        {
            "items": [wire.message(row) for row in found],
            "page": page,
            "pageSize": size,
            "total": total,
            "totalPages": -(-total // size),
        }
    )


@problems(methods=("GET", "PATCH"), accepted=_PATCH)
@token_required(shared.MESSAGES)
@coded
def message(request: CallerRequest, message: str) -> HttpResponse:
    """GET and PATCH /ebox/messages/{messageId}"""
    only_query(request, BOX)
    reader = reader_of(request)
    if request.method == "PATCH":
        _change(request, reader, _flags(message, decoded(request, wire.Change)))
    row = _found(reader, message)
    _note(request, [row])
    return shared.json(wire.message(row))


@problems()
@token_required(shared.MESSAGES)
@coded
def attachments(request: CallerRequest, message: str) -> HttpResponse:
    """GET /ebox/messages/{messageId}/attachments"""
    only_query(request, BOX)
    row = _found(reader_of(request), message)
    rows = queries.attachments(message_id=row.pk)
    return shared.json({"items": [wire.attachment(one) for one in rows], "total": len(rows)})


@problems()
@token_required(shared.MESSAGES)
@coded
def attachment(request: CallerRequest, message: str, attachment: str) -> HttpResponse:
    """GET /ebox/messages/{messageId}/attachments/{attachmentId}"""
    only_query(request, BOX)
    return shared.json(wire.attachment(_attachment(reader_of(request), message, attachment)))


@writes_on_get("the first retrieval of the main document makes the message read")
@problems(offered=None)
@token_required(shared.MESSAGES)
@coded
def content(request: CallerRequest, message: str, attachment: str) -> HttpResponse:
    """GET /ebox/messages/{messageId}/attachments/{attachmentId}/content"""
    only_query(request, BOX)
    if request.method == "HEAD":
        one, data = _attachment(reader_of(request), message, attachment), b""
    else:
        one, data = _opened(request, message, attachment)
    headers = {
        "Content-Length": str(one.size),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": content_disposition_header(True, one.file_name) or "attachment",
    }
    return HttpResponse(data, content_type=one.media_type, headers=headers)


@writes_on_get("where the text is the main content, retrieving it makes the message read")
@problems()
@token_required(shared.MESSAGES)
@coded
def body(request: CallerRequest, message: str) -> HttpResponse:
    """GET /ebox/messages/{messageId}/body"""
    only_query(request, BOX)
    reader = reader_of(request)
    row = _found(reader, message)
    if not row.body:
        raise not_found("messageId")
    if request.method != "HEAD":
        reading.open_message(
            reader=reader, message=row.uuid, actor=actor_of(request.caller), now=clock.now()
        )
    return shared.json({"language": row.language, "body": row.body})


@problems()
@token_required(shared.MESSAGES)
@coded
def payment(request: CallerRequest, message: str) -> HttpResponse:
    """GET /ebox/messages/{messageId}/paymentData: publishing takes none, so there is none."""
    only_query(request, BOX)
    _found(reader_of(request), message)
    raise not_found("paymentData")


@problems()
@token_required(shared.EVENTS)
@coded
def events(request: CallerRequest) -> HttpResponse:
    """GET /events?lastSequenceNbr="""
    given = only_query(request, BOX, "lastSequenceNbr")
    last = shared.integer(given, "lastSequenceNbr", 0, 0, 2**62)
    reader = reader_of(request)
    rows = feed.since(box_id=reader.box_id, number=last, most=_MOST_EVENTS)
    items = [
        {
            "sequenceNbr": row.number,
            "eventType": row.kind,
            "messageId": str(row.message_uuid),
            "eventDate": wire.belgian(row.at),
        }
        for row in rows
    ]
    return shared.json({"items": items, "lastSequenceNbr": rows[-1].number if rows else last})


def _found(reader: Reader, message: str) -> Message:
    uuid = number_in(message, "messageId")
    row = queries.message(reader=reader, uuid=uuid, now=clock.now())
    if row is None or row.deleted_at:
        raise not_found("messageId")
    return row


def _attachment(reader: Reader, message: str, attachment: str) -> Attachment:
    """A document without its bytes: whoever asks for no more has not opened it."""
    row = _found(reader, message)
    wanted = number_in(attachment, "attachmentId")
    for one in queries.attachments(message_id=row.pk):
        if one.uuid == wanted:
            return one
    raise not_found("attachmentId")


def _opened(request: CallerRequest, message: str, attachment: str) -> tuple[Attachment, bytes]:
    try:
        opened = reading.open_document(
            reader=reader_of(request),
            message=number_in(message, "messageId"),
            document=number_in(attachment, "attachmentId"),
            actor=actor_of(request.caller),
            now=clock.now(),
        )
    except UnknownMessage:
        raise not_found("attachmentId") from None
    return opened.attachment, opened.data


def _change(request: CallerRequest, reader: Reader, *changes: Flags) -> None:
    try:
        reading.change_flags(
            reader=reader, changes=changes, actor=actor_of(request.caller), now=clock.now()
        )
    except UnknownMessage:
        raise not_found("messageId") from None


def _flags(message: str, wanted: wire.Change | wire.ChangeOfOne) -> Flags:
    status = wanted.read_status
    if status not in (UNSET, "READ", "UNREAD"):
        raise refused(documents.schema_violation(name="readStatus", detail="READ or UNREAD"))
    return Flags(
        number_in(message, "messageId"),
        None if status is UNSET else status == "READ",
        None if wanted.visible is UNSET else bool(wanted.visible),
    )


def _wanted(given: Mapping[str, str]) -> Q:
    """The filters of the query together; raises ProblemRaised 400."""
    every = Q()
    for name, lookup in _EXACT.items():
        if name in given:
            every &= Q(**{lookup: given[name][:60]})
    for name, lookup in _INSTANTS.items():
        moment = shared.moment(given, name)
        if moment is not None:
            value: datetime | Any = moment
            every &= Q(**{lookup: clock.today(value) if "expires" in lookup else value})
    for name, lookup in _FLAGS.items():
        flag = shared.truth(given, name)
        if flag is not None:
            every &= Q(**{lookup: flag})
    status = shared.word(given, "readStatus", ("READ", "UNREAD"))
    if status:
        every &= Q(read_at__isnull=status == "UNREAD")
    return every & _text(given)


_EXACT: Final = {
    "messageTypeId": "type",
    "senderOrganizationId": "sender__number",
    "senderApplicationId": "application",
}
_INSTANTS: Final = {
    "receivedBefore": "published_at__lt",
    "receivedAfter": "published_at__gte",
    "expiredBefore": "expires_on__lt",
    "expiredAfter": "expires_on__gte",
}
_FLAGS: Final = {"visible": "is_visible", "registeredMail": "is_registered"}


def _text(given: Mapping[str, str]) -> Q:
    """Words of the subject and the sender, in a language that must be said."""
    language = shared.word(given, "qlang", _LANGUAGES)
    if "q" not in given:
        return Q()
    if not language:
        raise refused(documents.required_input(name="qlang", location=In.QUERY))
    return Q(language=language, search_key__contains=queries.folded(given["q"][:100]))


def _note(request: CallerRequest, rows: Iterable[Message]) -> None:
    people = [row.attention_niss for row in rows if row.attention_niss]
    if people:
        looked_up(
            viewer=actor_of(request.caller),
            subjects=people,
            purpose="ebox.message",
            channel="rest",
            now=clock.now(),
        )
