"""The worker is told in his e-Box that the office rejected one of his documents."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from guichet.eservices.career_break import telling
from guichet.eservices.career_break.files.models import File
from guichet.eservices.career_break.models import Request
from guichet.kernel.ticket import TicketNumber
from guichet.platform import wording

_TYPE: Final = "career-break.step"
_APPLICATION: Final = "career-break"


def rejected(row: Request, file: File, *, now: datetime) -> None:
    """A message that names the ticket; which document and why stand behind the sign-in."""
    sender, language = telling.sender_number(), row.person.language
    if not sender:
        return
    with override(language):
        number = TicketNumber(row.ticket).formatted() if row.ticket else ""
        subject = _("ONEM cannot use a document of your request: send it again")
        body = "\n\n".join(
            (
                _("Ticket: %(number)s") % {"number": number},
                _("Rejected on %(day)s. Sign in to read why, and to attach another file.")
                % {"day": wording.day(now)},
            )
        )
    app.configure_task(name="ebox.publish").defer(
        sender_number=sender,
        reference=f"career-break-file-{file.attachment}",
        message_type=_TYPE,
        language=language,
        subject=subject,
        body=body,
        application=_APPLICATION,
        niss=row.person.niss,
    )
