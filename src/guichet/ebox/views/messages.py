"""One message: its text, its documents, who opened it."""

from uuid import UUID

from django.contrib import messages as told
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guichet.audit.lookups import looked_up
from guichet.ebox import labels, queries, reading, replies, visibility, words
from guichet.ebox.forms import ReplyForm
from guichet.ebox.models import Attachment, Message, Reply
from guichet.ebox.queries import Opening
from guichet.ebox.reading import UnknownMessage
from guichet.ebox.replies import ReplyRefused
from guichet.ebox.views.shared import OpenRequest, opened, show, status_of
from guichet.platform import clock
from guichet.platform.headers import FRAMES
from guichet.platform.readonly import writes_on_get

# A document is somebody else's file: it is saved, never run in our pages.
_HARMLESS = {"Content-Security-Policy": "sandbox; default-src 'none'", "Cache-Control": "no-store"}
# The viewer of a browser does not work in a sandbox; scripts in a PDF were refused when it came.
_SHOWN = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'",
    "Cache-Control": "no-store",
    "X-Frame-Options": "SAMEORIGIN",
}
_PDF = "application/pdf"


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
    return _detail(request, message, ReplyForm())


@require_POST
@opened
def reply(request: OpenRequest, message: UUID) -> HttpResponseBase:
    """An answer, where the sender takes one; what was typed stays when it is refused."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _detail(request, message, form)
    try:
        replies.reply(
            reader=request.reader,
            message=message,
            text=form.cleaned_data["text"],
            person_id=request.acting.person_id,
            actor=request.acting.actor,
            now=clock.now(),
        )
    except UnknownMessage:
        raise Http404 from None
    except ReplyRefused as refusal:
        form.add_error("text", words.REPLY_FAULTS[str(refusal)])
        return _detail(request, message, form)
    told.success(request, _("Your answer is with the sender."))
    return redirect("ebox:message", message)


def _detail(request: OpenRequest, message: UUID, form: ReplyForm) -> HttpResponseBase:
    now = clock.now()
    row = queries.message(reader=request.reader, uuid=message, now=now)
    if row is None:
        raise Http404
    documents = queries.attachments(message_id=row.pk)
    shown = request.GET.get("show", "") if row.deleted_at is None else ""
    answers = replies.of_message(message_id=row.pk)
    history = queries.openings(message_id=row.pk) if request.place.is_enterprise else []
    _note(request, row, history, answers)
    context = {
        "row": row,
        "documents": documents,
        "shown": next((o for o in documents if str(o.uuid) == shown and _is_pdf(o)), None),
        "is_pdf": _is_pdf,
        "form": form,
        "answers": answers,
        "may_answer": replies.may_answer(row),
        "history": history,
        "folders": list(visibility.folders(reader=request.reader)),
        "labels": labels.of_messages(messages=[row.pk]).get(row.pk, []),
        "known_labels": [
            (one.pk, one.name) for one in labels.offered(reader=request.reader, now=now)
        ],
        "has_passed": row.due_on is not None and row.due_on < clock.today(now),
    }
    request.META[FRAMES] = context["shown"] is not None
    return show(request, "message.html", context, status=status_of(form))


@writes_on_get("the first opening of the main document makes the message read")
@require_GET
@opened
def document(request: OpenRequest, message: UUID, document: UUID) -> HttpResponseBase:
    """A document, to be saved; a PDF also to be shown in its message."""
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
    is_shown = _is_pdf(one) and request.GET.get("shown") == "1"
    headers = _SHOWN if is_shown else _HARMLESS
    response = HttpResponse(found.data, content_type=one.media_type, headers=headers)
    named = content_disposition_header(not is_shown, one.file_name)
    response["Content-Disposition"] = named or "inline"
    return response


def _is_pdf(one: Attachment) -> bool:
    return one.media_type == _PDF


def _note(request: OpenRequest, row: Message, history: list[Opening], answers: list[Reply]) -> None:
    """Look at others in the box of an enterprise, and it leaves a trace."""
    if not request.place.is_enterprise:
        return
    now = clock.now()
    seen = {
        "ebox.message": [row.attention_niss] if row.attention_niss else [],
        "ebox.history": sorted(
            {one.niss for one in history if one.niss} | {one.person.niss for one in answers}
        ),
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
