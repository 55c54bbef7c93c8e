"""One message: its text, its documents, who opened it."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from guichet.audit.lookups import looked_up
from guichet.ebox import queries, reading, visibility
from guichet.ebox.models import Message
from guichet.ebox.queries import Opening
from guichet.ebox.reading import UnknownMessage
from guichet.ebox.views.shared import OpenRequest, opened, show
from guichet.platform import clock
from guichet.platform.readonly import writes_on_get

# A document is somebody else's file: it is saved, never run in our pages.
_HARMLESS = {"Content-Security-Policy": "sandbox; default-src 'none'", "Cache-Control": "no-store"}


@writes_on_get("opening a message whose text is the main content makes it read")
@require_GET
@opened
def detail(request: OpenRequest, message: UUID) -> HttpResponseBase:
    """The message; an unknown one, another box's and one not for this reader are the same 404."""
    now = clock.now()
    if queries.message(reader=request.reader, uuid=message, now=now) is None:
        raise Http404
    reading.open_message(
        reader=request.reader, message=message, actor=request.acting.actor, now=now
    )
    row = queries.message(reader=request.reader, uuid=message, now=now)
    if row is None:
        raise Http404
    history = queries.openings(message_id=row.pk) if request.place.is_enterprise else []
    _note(request, row, history)
    context = {
        "row": row,
        "documents": queries.attachments(message_id=row.pk),
        "history": history,
        "folders": list(visibility.folders(reader=request.reader)),
        "has_passed": row.due_on is not None and row.due_on < clock.today(now),
    }
    return show(request, "message.html", context)


@writes_on_get("the first opening of the main document makes the message read")
@require_GET
@opened
def document(request: OpenRequest, message: UUID, document: UUID) -> HttpResponseBase:
    """A document, to be saved."""
    try:
        found = reading.open_document(
            reader=request.reader,
            message=message,
            document=document,
            actor=request.acting.actor,
            now=clock.now(),
        )
    except UnknownMessage:
        raise Http404 from None
    one = found.attachment
    response = HttpResponse(found.data, content_type=one.media_type, headers=_HARMLESS)
    response["Content-Disposition"] = content_disposition_header(True, one.file_name) or ""
    return response


def _note(request: OpenRequest, row: Message, history: list[Opening]) -> None:
    """Look at others in the box of an enterprise, and it leaves a trace."""
    if not request.place.is_enterprise:
        return
    now = clock.now()
    seen = {
        "ebox.message": [row.attention_niss] if row.attention_niss else [],
        "ebox.history": [one.niss for one in history if one.niss],
    }
    for purpose, people in seen.items():
        if people:
            looked_up(
                viewer=request.acting.actor,
                subjects=people,
                purpose=purpose,
                channel="portal",
                now=now,
            )
