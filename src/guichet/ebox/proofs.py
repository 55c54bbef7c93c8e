"""The proof of dispatch of a registered message: a sealed document for the sender.

It states to whom what was made available and when, by the digests of the documents; the sender
keeps it, whatever becomes of the message. Rule R-EB-11.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext, override

from guichet.audit.actors import Actor
from guichet.documents import operations as papers
from guichet.documents.attestation import TEMPLATE, Section, Table, content
from guichet.documents.operations import Recipient, UnknownRecipient
from guichet.ebox.drafts import NewMessage
from guichet.ebox.models import Publication, Sender
from guichet.ebox.senders import name_of
from guichet.platform import wording
from guichet.registers.enterprises.models import Enterprise

KIND: Final = "ebox.proof-of-dispatch"


def ask(
    *,
    message: NewMessage,
    publication: Publication,
    sender: Sender,
    digests: Sequence[str],
    actor: Actor,
    now: datetime,
) -> str:
    """Ask for the proof in the caller's transaction; its reference.

    Empty where the sender is no enterprise of the register: then the figures of the publication
    are what it has.
    """
    language = Enterprise.objects.filter(number=sender.number).values_list("language", flat=True)
    with override(language.first() or message.language):
        data = _content(message, publication, sender, digests, now)
        title = gettext("Proof of dispatch of a registered message")
        try:
            return papers.issue(
                template=TEMPLATE,
                data=data,
                language=language.first() or message.language,
                title=title,
                recipient=Recipient(enterprise_number=sender.number),
                kind=KIND,
                actor=actor,
                now=now,
                subjects=[message.niss] if message.niss else [],
            )
        except UnknownRecipient:
            return ""


def _content(
    message: NewMessage,
    publication: Publication,
    sender: Sender,
    digests: Sequence[str],
    now: datetime,
) -> dict[str, object]:
    named = zip(message.documents, digests, strict=True)
    sent = Section(
        title=gettext("What was sent"),
        facts=[
            (gettext("Number of the message"), str(publication.uuid)),
            (gettext("Reference of the sender"), message.reference),
            (gettext("Made available"), wording.second(now)),
            (gettext("Can be read until"), wording.day(publication.expires_on)),
        ],
        table=Table(
            caption=gettext("The documents and their SHA-256 in base64url"),
            head=[gettext("Document"), "SHA-256"],
            rows=[[one.file_name, digest] for one, digest in named],
            widths=(2, 3),
        )
        if digests
        else None,
    )
    return content(
        lead=[
            gettext(
                "This registered message was made available in the e-Box of the recipient. He"
                " cannot delete it before it expires."
            )
        ],
        person_title=gettext("Sender and recipient"),
        person=[
            (gettext("Sender"), name_of(sender)),
            (gettext("Number of the sender"), sender.number),
            (
                gettext("Recipient"),
                gettext("Enterprise %(number)s") % {"number": message.enterprise_number}
                if message.enterprise_number
                else gettext("Person %(number)s") % {"number": message.niss},
            ),
        ],
        sections=[sent],
        legal_title=gettext("Legal basis"),
        legal=[
            gettext(
                "Act of 27 February 2019 on the electronic exchange of messages through the eBox:"
                " an exchange through the e-Box has the same effect as one on paper."
            )
        ],
    )
