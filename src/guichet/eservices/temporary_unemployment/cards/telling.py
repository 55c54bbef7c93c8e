"""What a worker is told of his cards: a job each, in the transaction of what happened.

A message names the month, the firm and the ticket; what the days say stands in the sealed receipt.
"""

import base64
import re
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from guichet.ebox import senders
from guichet.eservices.temporary_unemployment import words as of_core
from guichet.eservices.temporary_unemployment.cards import words
from guichet.eservices.temporary_unemployment.cards.models import Sending, Wrong
from guichet.eservices.temporary_unemployment.cards.told import Told
from guichet.kernel.ticket import TicketNumber
from guichet.platform import post, wording
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person

_TYPE: Final = "temporary-unemployment.card"
_REPORT: Final = "temporary-unemployment.report"
# Signs that the e-Box does not take; who pastes from elsewhere brings some along.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_APPLICATION: Final = "temporary-unemployment"


def sender_number() -> str:
    """The organisation that sends the messages; empty where none is connected to the e-Box."""
    return senders.number_of(_APPLICATION)


def sent(made: Sending, pdf: bytes, *, title: str) -> None:
    """The receipt of a card, sealed."""
    ticket = TicketNumber(made.ticket).formatted()
    body = [
        _("Employer: %(firm)s") % {"firm": firm(made.card.employer.number, made.language)},
        _("Ticket: %(number)s") % {"number": ticket},
        _("The receipt is attached. Your payment body has your card, or gets it soon."),
    ]
    _publish(
        f"control-card-{made.ticket}", made.language, title, body,
        niss=made.card.person.niss, documents=[{
            "file_name": f"{made.ticket}.pdf", "media_type": "application/pdf",
            "content": base64.b64encode(pdf).decode(),
        }],
    )  # fmt: skip


def reminded(
    person: Person, *, employer: str, month: Any, kind: str, place: str, now: datetime
) -> None:
    """The card of a month can be sent, or is still not sent; in the language of the moment."""
    language = person.language
    named = {"month": f"{wording.month_name(month)} {month.year}", "firm": firm(employer, language)}
    if kind == "window":
        subject = _("You can send your control card of %(month)s") % named
        first = _("Look at every day once more, then send the card. Without it nobody pays you.")
    else:
        subject = _("Your control card of %(month)s is not sent") % named
        first = _("Without the card nobody pays you for this month. Send it now.")
    body = [_("Employer: %(firm)s") % named, first, place]
    reference = f"control-card-{kind}-{person.pk}-{employer}-{month:%Y%m}"
    _publish(reference, language, subject, body, niss=person.niss)
    if person.email:
        text = _("Sign in to read it.")
        post.mail(to=person.email, subject=subject, body=text, now=now, language=language)


def wrong(row: Wrong, about: Told) -> None:
    """The employer reads what a worker finds wrong, in the employer's language."""
    language = row.employer.language
    with override(language):
        said = {"number": TicketNumber(about.ticket).formatted()}
        body = [
            _("Communication %(number)s, %(kind)s") % {
                **said, "kind": of_core.kind(about.kind.value)
            },
            _("Worker: %(name)s") % {
                "name": f"{row.person.given_name} {row.person.family_name}"
            },
            str(words.WRONGS[row.what]),
            _CONTROL.sub(" ", row.text),
            _("If your worker is right, change or cancel the communication. Tell him either way."),
        ]  # fmt: skip
        subject = _("A worker says that communication %(number)s is wrong") % said
        _publish(
            f"communication-wrong-{row.pk}", language, subject, body,
            enterprise_number=row.employer.number, message_type=_REPORT,
        )  # fmt: skip


def firm(employer: str, language: str) -> str:
    """The name of an employer."""
    return enterprises.names(numbers=[employer], language=language).get(employer, employer)


def enterprise(employer: str) -> Enterprise:
    """The row of an employer."""
    return Enterprise.objects.get(number=employer)


def place_of(employer: str, month: Any) -> str:
    """The whole address of a card."""
    path = reverse("temporary_unemployment_mine:card", args=[employer, month.year, month.month])
    return f"{settings.ENVIRONMENT.url}{path}"


def _publish(
    reference: str,
    language: str,
    subject: str,
    body: list[str],
    *,
    message_type: str = _TYPE,
    **more: Any,
) -> None:
    sender = sender_number()
    if not sender:
        return
    app.configure_task(name="ebox.publish").defer(
        sender_number=sender,
        reference=reference,
        message_type=message_type,
        language=language,
        subject=subject,
        body="\n\n".join(body),
        application=_APPLICATION,
        **more,
    )
