"""The employer's part of a request as a document: what was said, warned of and certified."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.audit.actors import Actor
from guichet.documents.operations import Recipient, issue
from guichet.eservices.career_break import words
from guichet.eservices.career_break.content import Asked, asked_of
from guichet.eservices.career_break.models import Parameters, Request
from guichet.kernel.niss import Niss
from guichet.kernel.ticket import TicketNumber
from guichet.platform import wording
from guichet.registers.enterprises import queries as enterprises

KIND: Final = "career_break.part"
_TEMPLATE: Final = "career-break-part"


def issue_part(
    *, row: Request, contact: Parameters, language: str, sender: Actor, now: datetime
) -> str:
    """Ask for the document in the caller's transaction; its reference."""
    number = TicketNumber(row.ticket).formatted()
    with override(language):
        return issue(
            template=_TEMPLATE,
            data=_content(row, contact, language, now),
            language=language,
            title=_("Request %(number)s: part of the employer") % {"number": number},
            recipient=Recipient(enterprise_number=row.employer.number),
            kind=KIND,
            actor=sender,
            now=now,
            subjects=[row.person.niss],
        )


def _content(row: Request, contact: Parameters, language: str, now: datetime) -> dict[str, object]:
    asked, person = asked_of(row.content), row.person
    names = enterprises.names(numbers=[row.employer.number], language=language)
    facts = [
        (_("Sent"), wording.moment(now)),
        (_("Employer"), f"{names.get(row.employer.number, '')} {row.employer.number}"),
        (_("Contact"), f"{contact.given_name} {contact.name}, {contact.email}".strip()),
        (_("Worker"), f"{person.family_name} {person.given_name}"),
        (_("National number"), Niss(person.niss).formatted()),
        (_("Worker code"), str(words.CODES.get(asked.worker_code, ""))),
        (_("Joint committee"), asked.committee),
        (_("Type of interruption"), str(words.LEAVES[row.leave])),
        (_("Régime"), str(words.REGIMES[row.regime])),
        (_("Period"), _period(row)),
        (_("Separate weeks"), words.weeks(asked.weeks)),
        *_hours(asked),
        (_("Remaining credit"), words.attested(asked.details)),
        (_("Date of the notice"), wording.day(asked.notified_on) if asked.notified_on else ""),
        (_("Several employers"), _("Yes") if asked.has_other_employers else _("No")),
        *((_("Other employer"), words.other_employer(one)) for one in asked.others),
        (_("Comment"), asked.comment),
        *((_("Warning"), words.warned(one)) for one in asked.warned),
        (_("Reason given by the employer"), asked.reason),
    ]
    return {
        "title": _("Career break and time credit: part of the employer"),
        "number": TicketNumber(row.ticket).formatted(),
        "number_label": _("Ticket number"),
        "facts": [[label, text] for label, text in facts if text],
        "text": _(
            "The employer certified that these data are exact. The worker completes his part in "
            "the service for citizens; the file goes to ONEM afterwards."
        ),
    }


def _period(row: Request) -> str:
    last = wording.day(row.last_day) if row.last_day else _("until the pension")
    return f"{wording.day(row.first_day)} - {last}"


def _hours(asked: Asked) -> list[tuple[str, str]]:
    given = (
        (_("Contract hours a week"), asked.contract_minutes),
        (_("Full-time hours a week"), asked.full_time_minutes),
        (_("Hours a week during the break"), asked.break_minutes),
    )
    found = [(label, wording.hours(minutes)) for label, minutes in given if minutes is not None]
    answer = _("Yes") if asked.has_reduction else _("No")
    return [*found, (_("Reduction of working time (R.T.T. or equivalent)"), answer)]
