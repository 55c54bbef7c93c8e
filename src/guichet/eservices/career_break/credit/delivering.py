"""The sealed attestation goes to the worker's e-Box."""

import logging
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.audit.actors import system
from guichet.documents.queries import sealed_pdf
from guichet.ebox.drafts import NewDocument, NewMessage
from guichet.ebox.publishing import NoDigitalUser, publish
from guichet.eservices.career_break import telling
from guichet.eservices.career_break.credit.models import Attestation

_ACTOR: Final = system("career_break_credit.deliver")
_APPLICATION: Final = "career-break"
_TYPE: Final = "career-break.step"
_log = logging.getLogger(__name__)


def deliver(*, reference: str, now: datetime) -> None:
    """Publish a document that is sealed now; the same reference twice is one message.

    Who has no open box reads the document on the portal.
    """
    row = Attestation.objects.filter(document=reference).select_related("person").first()
    sender = telling.sender_number()
    pdf = sealed_pdf(reference=reference)
    if row is None or not sender or pdf is None:
        return
    language = row.person.language
    with override(language):
        message = NewMessage(
            sender_number=sender,
            reference=f"career-break-credit-{reference}",
            type=_TYPE,
            language=language,
            subject=_("Attestation of your remaining credit"),
            niss=row.person.niss,
            application=_APPLICATION,
            documents=(
                NewDocument("remaining-credit.pdf", "application/pdf", pdf, is_signed=True),
            ),
        )
    try:
        publish(message=message, actor=_ACTOR, now=now)
    except NoDigitalUser:
        _log.info("no open e-Box for an attestation of remaining credit")
