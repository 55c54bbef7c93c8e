"""What the e-Boxes are told of a request: a job each, in the transaction of what happened.

A message to an enterprise names neither the worker nor his number: who opens the request is known
and noted.
"""

from __future__ import annotations

import re
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from guichet.ebox import senders
from guichet.eservices.presence import words
from guichet.eservices.presence.models import Case
from guichet.kernel.ticket import TicketNumber
from guichet.platform import wording
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.presence_corrections import Kind, State

_TYPE_WORKER: Final = "presence.correction"
_TYPE_EMPLOYER: Final = "presence.correction-staff"
_APPLICATION: Final = "presence"
# Signs that the e-Box does not take; who pastes from elsewhere brings some along.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def filed(row: Case) -> None:
    """The worker hears that his employer asked; who asks for himself knows."""
    if row.enterprise_number:
        with override(row.person.language):
            subject = _("Your employer asks the NSSO to correct a registration of yours")
            _to_worker(row, subject, _facts(row))


def withdrawn(row: Case) -> None:
    """The worker hears that his employer does not ask any more."""
    if row.enterprise_number:
        with override(row.person.language):
            subject = _("Your employer withdrew request %(number)s") % {"number": shown(row)}
            _to_worker(row, subject, _facts(row))


def decided(row: Case) -> None:
    """Both sides hear the decision and its reason."""
    with override(row.person.language):
        _to_worker(row, _decided(row), _facts(row), _reason(row))
    if row.enterprise_number:
        record = enterprises.enterprise(number=row.enterprise_number)
        language = record.language if record else "nl"
        with override(language):
            place = reverse("presence:staff-request", kwargs={"number": row.number})
            body = "\n\n".join((_facts(row), _reason(row), _read(place)))
            _send(
                row,
                language,
                _decided(row),
                body,
                message_type=_TYPE_EMPLOYER,
                enterprise_number=row.enterprise_number,
            )


def shown(row: Case) -> str:
    """The number as people read it."""
    return TicketNumber(row.number).formatted()


def _to_worker(row: Case, subject: str, *parts: str) -> None:
    place = reverse("presence:request", kwargs={"number": row.number})
    body = "\n\n".join((*parts, _read(place)))
    _send(
        row,
        row.person.language,
        subject,
        body,
        message_type=_TYPE_WORKER,
        niss=row.person.niss,
    )


def _send(row: Case, language: str, subject: str, body: str, **to: Any) -> None:
    """Nobody is told where no organisation sends for presence; the pages say it anyway."""
    sender = senders.number_of(_APPLICATION)
    if not sender:
        return
    side = "employer" if "enterprise_number" in to else "worker"
    app.configure_task(name="ebox.publish").defer(
        sender_number=sender,
        reference=f"presence-{row.number}-{side}-{row.state}",
        language=language,
        subject=subject,
        body=_CONTROL.sub(" ", body),
        application=_APPLICATION,
        **to,
    )


def _decided(row: Case) -> str:
    said = {
        State.ACCEPTED: _("Request %(number)s is granted"),
        State.PARTLY_ACCEPTED: _("Request %(number)s is granted in part"),
        State.REFUSED: _("Request %(number)s is not granted"),
    }
    return said[State(row.state)] % {"number": shown(row)}


def _facts(row: Case) -> str:
    lines = (
        _("Request: %(number)s") % {"number": shown(row)},
        _("What is wrong: %(kind)s") % {"kind": words.CASE_KINDS[Kind(row.kind)]},
        _("Day: %(day)s") % {"day": wording.day(row.occurred_at)},
    )
    return "\n".join(lines)


def _reason(row: Case) -> str:
    return _("The NSSO says:\n\n%(text)s") % {"text": row.decision}


def _read(place: str) -> str:
    return _("Read it here: %(place)s") % {"place": f"{settings.ENVIRONMENT.url}{place}"}
