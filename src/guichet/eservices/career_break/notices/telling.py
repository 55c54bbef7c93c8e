"""What worker and employer are told of a notice: a job each, in the transaction of what happened.

The worker reads it in his e-Box, in his language, with the employer's reasons; a mail names the
ticket and no more. The contact of the employer's parameters gets mails, in the firm's language.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from procrastinate.contrib.django import app

from guichet.eservices.career_break import events
from guichet.eservices.career_break import words as general
from guichet.eservices.career_break.models import Notice, Parameters
from guichet.eservices.career_break.notices.content import answer_of, wish_of
from guichet.eservices.career_break.telling import sender_number
from guichet.kernel.ticket import TicketNumber
from guichet.platform import post, wording
from guichet.registers.enterprises import queries as enterprises

APPLICATION: Final = "career-break"
TYPE: Final = "career-break.step"
# What the worker is told, by what happened.
_TO_WORKER: Final[Mapping[str, Any]] = {
    "accepted": gettext_lazy("Your employer accepted your notice"),
    "refused": gettext_lazy("Your employer refused your notice"),
    "postponed": gettext_lazy("Your employer postponed your leave"),
    "deemed_accepted": gettext_lazy("Your notice is deemed accepted"),
    "lapsed": gettext_lazy("Your notice lapsed without an answer"),
    "new_date_agreed": gettext_lazy("Your leave begins on the new date"),
}
_NEXT: Final[Mapping[str, Any]] = {
    "accepted": gettext_lazy("Your employer now files his part of the request with ONEM."),
    "refused": gettext_lazy("You may send another notice, with another form or other days."),
    "postponed": gettext_lazy(
        "Sign in to agree or to renounce. If you say nothing, the leave begins on the new date."
    ),
    "deemed_accepted": gettext_lazy(
        "Your employer did not answer in time. He files his part of the request with ONEM."
    ),
    "lapsed": gettext_lazy("You may send another notice for other days."),
    "new_date_agreed": gettext_lazy("Your employer files his part of the request with ONEM."),
}
_TO_EMPLOYER: Final[Mapping[str, Any]] = {
    "sent": gettext_lazy("A worker sent you a notice: %(number)s"),
    "withdrawn": gettext_lazy("A worker withdrew a notice: %(number)s"),
    "agreed": gettext_lazy("A worker agrees to the new date: %(number)s"),
    "renounced": gettext_lazy("A worker renounces a postponed leave: %(number)s"),
    "deemed_accepted": gettext_lazy("A notice is deemed accepted: %(number)s"),
    "lapsed": gettext_lazy("A notice lapsed without an answer: %(number)s"),
    "new_date_agreed": gettext_lazy("A postponed leave begins on its new date: %(number)s"),
}


def to_employer(row: Notice, what: str, *, now: datetime) -> None:
    """A mail to the contact of the parameters: the ticket, the last day for an answer.

    Software that listens is told the ticket.
    """
    events.tell_of_notice(row, what, now=now)
    contact = Parameters.objects.filter(employer=row.employer).first()
    if contact is None:
        return
    language = row.employer.language
    with override(language):
        subject = str(_TO_EMPLOYER[what]) % {"number": _number(row)}
        lines = [_("Ticket: %(number)s") % {"number": _number(row)}]
        if what == "sent" and row.answer_by is not None:
            day = wording.day(row.answer_by)
            lines.append(
                _("Without an answer by %(day)s, your silence counts as agreement.") % {"day": day}
            )
        body = "\n\n".join((*lines, _("Sign in to read it.")))
    post.mail(to=contact.email, subject=subject, body=body, now=now, language=language)


def to_worker(row: Notice, what: str, *, now: datetime) -> None:
    """An e-Box message with the days and the reasons; a mail that says that there is one."""
    language = row.person.language
    with override(language):
        subject = str(_TO_WORKER[what])
        about, answer = about_notice(row, language), answer_of(row)
        parts = [about, _reasons(answer.reasons), _alternative(row), str(_NEXT[what])]
        _publish(row, what, subject, "\n\n".join(part for part in parts if part))
        email = wish_of(row).email or row.person.email
        if email:
            body = "\n\n".join((_ticket(row), _("Sign in to read it.")))
            post.mail(to=email, subject=subject, body=body, now=now, language=language)


def settled(row: Notice, what: str, *, now: datetime) -> None:
    """Time ended a notice: both are told."""
    to_worker(row, what, now=now)
    to_employer(row, what, now=now)


def about_notice(row: Notice, language: str) -> str:
    """Ticket, employer, leave and days, in the active language."""
    names = enterprises.names(numbers=[row.employer.number], language=language)
    sentence = general.sentence(
        leave=row.leave,
        regime=row.regime,
        first=wording.day(row.first_day),
        last=wording.day(row.last_day) if row.last_day else "",
    )
    employer = _("Employer: %(name)s") % {"name": names.get(row.employer.number, "")}
    return "\n".join((_ticket(row), employer, sentence))


def _publish(row: Notice, what: str, subject: str, body: str) -> None:
    sender = sender_number()
    if not sender:
        return
    app.configure_task(name="ebox.publish").defer(
        sender_number=sender,
        reference=f"career-break-notice-{row.ticket}-{what}",
        message_type=TYPE,
        language=row.person.language,
        subject=subject,
        body=body,
        application=APPLICATION,
        niss=row.person.niss,
    )


def _reasons(text: str) -> str:
    return _("Reasons of your employer:\n%(text)s") % {"text": text} if text else ""


def _alternative(row: Notice) -> str:
    answer = answer_of(row)
    if not answer.has_alternative:
        return ""
    parts = [str(general.REGIMES[answer.regime])] if answer.regime else []
    parts += [wording.day(day) for day in (answer.first_day, answer.last_day) if day]
    return _("What your employer offers instead: %(text)s") % {"text": ", ".join(parts)}


def _ticket(row: Notice) -> str:
    return _("Ticket: %(number)s") % {"number": _number(row)}


def _number(row: Notice) -> str:
    return TicketNumber(row.ticket).formatted()
