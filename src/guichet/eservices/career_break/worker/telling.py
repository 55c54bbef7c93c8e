"""What is told when a worker acts, or does not: a job each, in the transaction of what happened.

The employer reads that something happened, never what the worker said to ONEM. A mail carries
nothing personal: it says that something waits behind the sign-in.
"""

import base64
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from guichet.eservices.career_break.models import Parameters, Request
from guichet.eservices.career_break.said import Said
from guichet.eservices.career_break.telling import about, sender_number
from guichet.eservices.career_break.worker.models import Change, Objection
from guichet.eservices.career_break.worker.words import CHANGES
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock, post, wording

_TYPE: Final = "career-break.step"
_APPLICATION: Final = "career-break"


def objected(row: Request, objection: Objection, *, now: datetime) -> None:
    """The employer reads what the worker found wrong; he can change or cancel the request."""
    with override(row.employer.language):
        body = [
            _("Your worker says that something in your part is wrong:"),
            objection.text,
            _("Change the end date, or cancel the request and make a new one."),
        ]
        subject = _("A worker says that a request is wrong")
        _to_employer(row, f"objection-{objection.pk}", subject, body, now)


def sent(row: Request, *, now: datetime) -> None:
    """The worker completed his part: the employer reads that, and nothing of what it holds."""
    with override(row.employer.language):
        body = [_("ONEM handles the request now. You need not do anything.")]
        _to_employer(row, "completed", _("A worker completed a request"), body, now)


def withdrawn(row: Request, *, now: datetime) -> None:
    """The worker does not want the break any more."""
    with override(row.employer.language):
        body = [_("Nothing goes to ONEM. Talk to your worker about his return to work.")]
        _to_employer(row, "withdrawn", _("A worker withdrew a request"), body, now)


def expired(row: Request, *, now: datetime) -> None:
    """Nobody completed the request in time: both are told."""
    with override(row.employer.language):
        body = [_("Your worker did not complete his part. Nothing goes to ONEM.")]
        _to_employer(row, "expired", _("A request expired"), body, now)
    with override(row.person.language):
        body = [_("You did not complete your part. If you still want a break, ask your employer.")]
        _to_worker(row, "expired", _("A request expired"), body, row.person.language)


def reminded(row: Request, *, days: int, secured_until: date, now: datetime) -> None:
    """The part waits; after ``secured_until`` the allowance begins later than the break."""
    language = row.person.language
    with override(language):
        subject = _("Your request for a break still waits for you")
        if secured_until >= clock.today(now):
            last = _(
                "Complete your part and add your documents by %(day)s: after that day the "
                "allowance begins on the day on which everything is there."
            ) % {"day": wording.day(secured_until)}
        else:
            last = _("The allowance begins on the day on which everything is there.")
        body = [last, _("Sign in to complete your part.")]
        _to_worker(row, f"reminder-{days}", subject, body, language)
        _mail(mail_of(row), subject, row, language, now)


def receipt(row: Request, said: Said, pdf: bytes, *, language: str, now: datetime) -> None:
    """The receipt of everything goes to the worker's e-Box; the mail says that it is there."""
    with override(language):
        number = TicketNumber(row.ticket).formatted()
        subject = _("Receipt of your part of request %(number)s") % {"number": number}
        content = base64.b64encode(pdf).decode()
        document = {
            "file_name": "career-break.pdf", "media_type": "application/pdf", "content": content,
        }  # fmt: skip
        body = [_("Everything that you sent stands in the document. ONEM decides now.")]
        _to_worker(row, "receipt", subject, body, language, documents=[document])
        _mail(said.email, subject, row, language, now)


def changed(change: Change, *, language: str) -> None:
    """A copy of what the worker reported; the office has it in its list."""
    with override(language):
        number = TicketNumber(change.ticket).formatted()
        subject = _("You reported a change: %(number)s") % {"number": number}
        body = [
            _("Change: %(kind)s") % {"kind": CHANGES[change.kind]},
            _("From %(day)s on") % {"day": wording.day(change.from_day)},
            _("The office of ONEM that has your file looks at it."),
        ]
        _to_worker(change.request, f"change-{change.pk}", subject, body, language)


def mail_of(row: Request) -> str:
    """Where the worker is mailed before he says it himself; empty when nobody knows."""
    return str(row.content.get("worker_email") or "") or row.person.email


def _to_worker(
    row: Request, what: str, subject: str, body: Sequence[str], language: str, **more: Any
) -> None:
    _publish(row, what, subject, body, language, niss=row.person.niss, **more)


def _to_employer(row: Request, what: str, subject: str, body: Sequence[str], now: datetime) -> None:
    language = row.employer.language
    _publish(row, what, subject, body, language, enterprise_number=row.employer.number)
    contact = Parameters.objects.filter(employer=row.employer).first()
    _mail(contact.email if contact else "", subject, row, language, now)


def _publish(
    row: Request, what: str, subject: str, body: Sequence[str], language: str, **to: Any
) -> None:
    sender = sender_number()
    if not sender:
        return
    side = "employer" if "enterprise_number" in to else "worker"
    app.configure_task(name="ebox.publish").defer(
        sender_number=sender,
        reference=f"career-break-{row.ticket}-{side}-{what}",
        message_type=_TYPE,
        language=language,
        subject=subject,
        body="\n\n".join((about(row, language), *body)),
        application=_APPLICATION,
        **to,
    )


def _mail(to: str, subject: str, row: Request, language: str, now: datetime) -> None:
    """Ticket, firm and days stay behind the sign-in: a mail is an open card."""
    if not to:
        return
    number = _("Ticket: %(number)s") % {"number": TicketNumber(row.ticket).formatted()}
    body = "\n\n".join((number, _("Sign in to read it.")))
    post.mail(to=to, subject=subject, body=body, now=now, language=language)
