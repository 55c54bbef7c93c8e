"""Background work of the e-Box, and the job by which services below it deliver."""

import base64
import logging
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from procrastinate.contrib.django import app

from guichet.audit.actors import system
from guichet.ebox import publishing, upkeep
from guichet.ebox.drafts import NewDocument, NewMessage
from guichet.ebox.publishing import NoDigitalUser, UnknownSender
from guichet.platform import clock

ACTOR: Final = system("ebox.publish")
_log = logging.getLogger(__name__)


@app.task(name="ebox.publish")
def publish(
    *,
    sender_number: str,
    reference: str,
    message_type: str,
    language: str,
    subject: str,
    body: str = "",
    niss: str | None = None,
    enterprise_number: str | None = None,
    documents: Sequence[Mapping[str, Any]] = (),
    due_on: str | None = None,
    **others: Any,
) -> None:
    """Deliver a message; the same reference twice is one message.

    ``documents``: file_name, media_type and base64 of the content of each; ``due_on``: an ISO
    date; ``others``: members of `NewMessage`. A recipient without an open box gets nothing: who
    needs paper then calls `publishing.publish` himself.
    """
    message = NewMessage(
        sender_number=sender_number,
        reference=reference,
        type=message_type,
        language=language,
        subject=subject,
        body=body,
        niss=niss,
        enterprise_number=enterprise_number,
        documents=tuple(_document(one) for one in documents),
        due_on=date.fromisoformat(due_on) if due_on else None,
        **others,
    )
    try:
        publishing.publish(message=message, actor=ACTOR, now=clock.now())
    except NoDigitalUser:
        _log.info("no open box for a message of type %s", message_type)
    except UnknownSender:
        _log.warning("the organisation %s is not connected to the e-Box", sender_number)


@app.periodic(cron="4 * * * *")
@app.task(name="ebox.expire", queueing_lock="ebox.expire")
def expire(timestamp: int) -> None:
    """Every hour, so that midnight in Brussels is met in summer and in winter."""
    upkeep.expire(now=clock.now())


@app.periodic(cron="6 * * * *")
@app.task(name="ebox.night", queueing_lock="ebox.night")
def night(timestamp: int) -> None:
    """Every hour; what is due begins at 02:00 in Brussels, the other hours catch up."""
    upkeep.night(now=clock.now())


def _document(given: Mapping[str, Any]) -> NewDocument:
    return NewDocument(
        file_name=given["file_name"],
        media_type=given["media_type"],
        data=base64.b64decode(given["content"], validate=True),
    )
