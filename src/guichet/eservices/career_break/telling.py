"""What worker and employer are told of a request: a job each, in the transaction of what happened.

A message names the ticket, the firm and the days; neither the number nor the name of the worker.
"""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from guichet.ebox import senders
from guichet.eservices.career_break import words
from guichet.eservices.career_break.content import asked_of
from guichet.eservices.career_break.models import Parameters, Request
from guichet.kernel.ticket import TicketNumber
from guichet.platform import post, wording
from guichet.registers.enterprises import queries as enterprises

_TYPE: Final = "career-break.step"
_APPLICATION: Final = "career-break"


def sender_number() -> str:
    """The organisation that sends the messages; empty where none is connected to the e-Box."""
    return senders.number_of(_APPLICATION)


def filed(row: Request, *, now: datetime) -> None:
    """The employer's part is in: the worker completes his, in the web application for citizens."""
    with override(row.person.language):
        _worker(
            row,
            _("Your employer filed a request: complete your part"),
            _("Complete your part in the service for citizens. The file goes to ONEM afterwards."),
        )
    email = str(row.content.get("worker_email") or "")
    if email:
        with override(row.person.language):
            subject = _("Your employer filed a request: complete your part")
            body = "\n\n".join((about(row, row.person.language), _("Sign in to read it.")))
        post.mail(to=email, subject=subject, body=body, now=now, language=row.person.language)


def changed(row: Request, what: str, *, now: datetime) -> None:
    """The employer changed the end of the request, or took it back."""
    with override(row.person.language):
        if what == "cancelled":
            subject = _("Your employer cancelled a request for a break")
            last = _("You need not do anything.")
        else:
            subject = _("Your employer changed the end of a break")
            last = _("Complete your part in the service for citizens.")
        _worker(row, subject, last)


def mailed(row: Request, what: str, *, now: datetime) -> None:
    """The confirmation that the employer asked for goes to the address of his parameters."""
    contact = Parameters.objects.filter(employer=row.employer).first()
    if contact is None:
        return
    language = row.employer.language
    with override(language):
        number = TicketNumber(row.ticket).formatted()
        if what == "cancelled":
            subject = _("Request %(number)s is cancelled") % {"number": number}
        else:
            subject = _("Request %(number)s is received") % {"number": number}
        body = "\n\n".join((about(row, language), _("Sign in to read it.")))
    post.mail(to=contact.email, subject=subject, body=body, now=now, language=language)


def _worker(row: Request, subject: str, last: str) -> None:
    sender, language = sender_number(), row.person.language
    if not sender:
        return
    app.configure_task(name="ebox.publish").defer(
        sender_number=sender,
        reference=f"career-break-{row.ticket}-{row.version}",
        message_type=_TYPE,
        language=language,
        subject=subject,
        body="\n\n".join((about(row, language), last)),
        application=_APPLICATION,
        niss=row.person.niss,
    )


def about(row: Request, language: str) -> str:
    """Ticket, firm and days of a request: what every message begins with."""
    names = enterprises.names(numbers=[row.employer.number], language=language)
    lines = [
        _("Ticket: %(number)s") % {"number": TicketNumber(row.ticket).formatted()},
        _("Employer: %(name)s") % {"name": names.get(row.employer.number, "")},
        words.sentence(
            leave=row.leave,
            regime=row.regime,
            first=wording.day(row.first_day),
            last=wording.day(row.last_day) if row.last_day else "",
            blocks=words.weeks(asked_of(row.content).weeks),
        ),
    ]
    return "\n".join(lines)
