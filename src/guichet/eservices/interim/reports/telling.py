"""What the e-Boxes are told of a report: a job each, in the transaction of what happened.

A message names neither the worker nor his number: who opens the report is known and noted.
"""

import re
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from guichet.eservices.interim import exports
from guichet.eservices.interim.models import Report
from guichet.eservices.interim.reports import words
from guichet.kernel.ticket import TicketNumber
from guichet.platform import wording
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.relation_reports import State

_TYPE: Final = "employment.problem"
_APPLICATION: Final = "interim"
# Signs that the e-Box does not take; who pastes from elsewhere brings some along.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def agency(row: Report, *, text: str) -> None:
    """The agency has a report to answer, a new one or one that is contested."""
    language = _language_of(row.agency)
    with override(language):
        subject = words.TOLD_AGENCY[State(row.state)] % {"number": _shown(row)}
        body = "\n\n".join((_facts(row), _quoted(text), _answer_here(row)))
        _send(row, language, subject, body, enterprise_number=row.agency, due_on=_due(row))


def reminder(row: Report) -> None:
    """The agency did not answer in time."""
    language = _language_of(row.agency)
    with override(language):
        subject = _("Reminder: report %(number)s waits for your answer") % {"number": _shown(row)}
        said = {"day": wording.day(row.due_on) if row.due_on else "", "place": _of_agency(row)}
        here = _("Your answer was due on %(day)s. Answer here: %(place)s") % said
        body = "\n\n".join((_facts(row), here))
        _send(row, language, subject, body, enterprise_number=row.agency, due_on=None)


def worker(row: Report, *, text: str) -> None:
    """The worker has an answer."""
    with override(row.language):
        subject = words.TOLD_WORKER[State(row.state)] % {"number": _shown(row)}
        here = _("Read it, or say that you do not agree: %(place)s") % {"place": _of_worker(row)}
        body = "\n\n".join((_facts(row), _quoted(text), here))
        _send(row, row.language, subject, body, niss=row.person.niss)


def copy(row: Report, *, text: str) -> None:
    """The worker keeps a copy of what he reported."""
    with override(row.language):
        subject = _("Copy of your report %(number)s") % {"number": _shown(row)}
        here = _("Follow it here: %(place)s") % {"place": _of_worker(row)}
        body = "\n\n".join((_facts(row), _quoted(text), here))
        _send(row, row.language, subject, body, niss=row.person.niss)


def _send(
    row: Report, language: str, subject: str, body: str, *, due_on: str | None = None, **to: Any
) -> None:
    """Nobody is told where no organisation is connected to the e-Box; the pages say it anyway."""
    sender = exports.sender_number()
    if not sender:
        return
    side = "agency" if "enterprise_number" in to else "worker"
    step = row.lines.count() * 2 + (row.reminded_at is not None)
    app.configure_task(name="ebox.publish").defer(
        sender_number=sender,
        reference=f"interim-report-{row.number}-{side}-{step}",
        message_type=_TYPE,
        language=language,
        subject=subject,
        body=_CONTROL.sub(" ", body),
        application=_APPLICATION,
        due_on=due_on,
        **to,
    )


def _facts(row: Report) -> str:
    last = wording.day(row.last_day) if row.last_day else _("no end declared")
    days = f"{wording.day(row.first_day)} \N{EN DASH} {last}"
    lines = (
        _("Report: %(number)s") % {"number": _shown(row)},
        _("About: %(kind)s") % {"kind": words.KINDS[row.kind]},
        _("Days declared: %(days)s") % {"days": days},
        _("User company declared: %(name)s") % {"name": row.user_name or _("not declared")},
    )
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return _("What was written:\n\n%(text)s") % {"text": text}


def _answer_here(row: Report) -> str:
    said = {"day": wording.day(row.due_on) if row.due_on else "", "place": _of_agency(row)}
    return _("Answer until %(day)s, here: %(place)s") % said


def _of_agency(row: Report) -> str:
    return _whole(reverse("interim:agency-report", kwargs={"number": row.number}))


def _of_worker(row: Report) -> str:
    return _whole(reverse("interim:report", kwargs={"number": row.number}))


def _whole(place: str) -> str:
    return f"{settings.ENVIRONMENT.url}{place}"


def _due(row: Report) -> str | None:
    return row.due_on.isoformat() if row.due_on else None


def _shown(row: Report) -> str:
    return TicketNumber(row.number).formatted()


def _language_of(agency: str) -> str:
    record = enterprises.enterprise(number=agency)
    return record.language if record else "nl"
