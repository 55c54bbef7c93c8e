"""The receipt of a notice as a document: what was asked, of whom, when, and what was warned of."""

import logging
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.audit.actors import Actor, system
from guichet.documents.operations import Recipient, issue
from guichet.documents.queries import sealed_pdf
from guichet.ebox.drafts import NewDocument, NewMessage
from guichet.ebox.publishing import NoDigitalUser, UnknownSender
from guichet.ebox.publishing import deliver as deliver_message
from guichet.eservices.career_break import words as general
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.notices import telling
from guichet.eservices.career_break.notices.content import Wish
from guichet.eservices.career_break.telling import sender_number
from guichet.kernel.niss import Niss
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock, wording
from guichet.platform.db import transaction
from guichet.registers.enterprises import queries as enterprises

KIND: Final = "career_break.notice"
_TEMPLATE: Final = "career-break-part"
_ACTOR: Final = system("careerBreak.notices")
_log = logging.getLogger(__name__)


def issue_receipt(*, row: Notice, wish: Wish, language: str, actor: Actor, now: datetime) -> str:
    """Ask for the document in the caller's transaction; its reference."""
    number = TicketNumber(row.ticket).formatted()
    with override(language):
        return issue(
            template=_TEMPLATE,
            data=_content(row, wish, language, now),
            language=language,
            title=_("Notice %(number)s to your employer") % {"number": number},
            recipient=Recipient(niss=row.person.niss),
            kind=KIND,
            actor=actor,
            now=now,
            then="career_break.deliver_notice",
        )


def deliver(*, reference: str) -> None:
    """Put the sealed receipt into the worker's e-Box; once, however often it is called."""
    row = Notice.objects.filter(asked__document=reference).select_related("person", "employer")
    notice, pdf, sender = row.first(), sealed_pdf(reference=reference), sender_number()
    if notice is None or pdf is None or not sender:
        return
    language = notice.person.language
    with override(language):
        message = NewMessage(
            sender_number=sender,
            reference=f"career-break-notice-{notice.ticket}-sent",
            type=telling.TYPE,
            language=language,
            subject=_("Copy of your notice to your employer"),
            body=telling.about_notice(notice, language),
            niss=notice.person.niss,
            application=telling.APPLICATION,
            documents=(NewDocument("notice.pdf", "application/pdf", pdf, is_signed=True),),
        )
    try:
        with transaction():
            deliver_message(message=message, actor=_ACTOR, now=clock.now())
    except (NoDigitalUser, UnknownSender):
        _log.info("no open box for the copy of a notice")


def _content(row: Notice, wish: Wish, language: str, now: datetime) -> dict[str, object]:
    person, employer = row.person, row.employer
    names = enterprises.names(numbers=[employer.number], language=language)
    last = wording.day(row.last_day) if row.last_day else _("until the pension")
    facts = [
        (_("Sent"), wording.moment(now)),
        (_("Worker"), f"{person.family_name} {person.given_name}"),
        (_("National number"), Niss(person.niss).formatted()),
        (_("Employer"), f"{names.get(employer.number, '')} {employer.number}"),
        (_("Type of interruption"), str(general.LEAVES[row.leave])),
        (_("Motive"), str(general.MOTIVES.get(wish.details.get("motive", ""), ""))),
        (_("Régime"), str(general.REGIMES[row.regime])),
        (_("Period"), f"{wording.day(row.first_day)} - {last}"),
        (_("How the reduction is exercised"), wish.schedule),
        (_("Contract hours a week"), wording.hours(wish.contract_minutes or 0)),
        (_("Full-time hours a week"), wording.hours(wish.full_time_minutes or 0)),
        (_("Several employers"), _("Yes") if wish.has_other_employers else ""),
        (_("Message to the employer"), wish.message),
        (_("Last day for the answer"), wording.day(row.answer_by) if row.answer_by else ""),
    ]
    return {
        "title": _("Written notice of a career break to the employer"),
        "number": TicketNumber(row.ticket).formatted(),
        "number_label": _("Ticket number"),
        "facts": [[label, text] for label, text in facts if text],
        "text": _(
            "The worker certified that these data are exact. The employer takes electronic "
            "notices; his time to answer begins when this one was sent."
        ),
    }
