"""The printable overview: asked for, made and sealed by the documents service, then sent.

A mail holds a link and no data; the link opens for the person only.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.access.sessions import Acting
from guichet.audit import trail
from guichet.audit.actors import system
from guichet.documents import attestation
from guichet.documents.attestation import Section, Table
from guichet.documents.operations import Recipient, issue
from guichet.documents.queries import sealed_pdf
from guichet.ebox import senders
from guichet.ebox.drafts import NewDocument, NewMessage
from guichet.ebox.publishing import NoDigitalUser, delivered_at
from guichet.ebox.publishing import deliver as deliver_message
from guichet.eservices.interim.models import Delivery
from guichet.eservices.interim.queries import Party, Relation
from guichet.eservices.interim.words import KINDS, STATES
from guichet.kernel.niss import Niss
from guichet.platform import post, wording
from guichet.platform.db import transaction

KIND: Final = "interim.overview"
_APPLICATION: Final = "interim"
_ACTOR: Final = system("interim.deliver")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is exported: these relations, as they were narrowed.

    ``email``: send a link there; ``to_ebox``: send the document itself to the person's e-Box.
    """

    relations: Sequence[Relation] = field(repr=False)
    first: date
    last: date
    narrowed: Sequence[str]
    language: str
    email: str = field(default="", repr=False)
    to_ebox: bool = False
    is_oldest_first: bool = False


def ask(*, asked: Asked, acting: Acting, now: datetime) -> str:
    """Ask for the overview; its reference."""
    with transaction(actor=acting.actor), override(asked.language):
        reference = issue(
            template=attestation.TEMPLATE,
            data=_content(asked, acting, now),
            language=asked.language,
            title=_("Overview of your relations as a temporary worker"),
            recipient=Recipient(niss=acting.niss),
            kind=KIND,
            actor=acting.actor,
            now=now,
            then="interim.deliver" if asked.email or asked.to_ebox else "",
        )
        if asked.email or asked.to_ebox:
            Delivery.objects.create(
                reference=reference,
                person_id=acting.person_id if asked.to_ebox else None,
                email="" if asked.to_ebox else asked.email,
                language=asked.language,
                asked_at=now,
            )
        detail = {
            "relations": len(asked.relations),
            "mailed": bool(asked.email),
            "toEbox": asked.to_ebox,
        }
        trail.record(
            action="interim.exported", actor=acting.actor, target=reference, now=now, detail=detail
        )
    return reference


def sender_number() -> str:
    """The organisation that sends overviews to the e-Box; empty where none is connected."""
    return senders.number_of(_APPLICATION)


def deliver(*, reference: str, now: datetime) -> None:
    """Send a document that is sealed now, or the link to it; a repetition sends nothing."""
    with transaction():
        row = Delivery.objects.select_for_update().filter(reference=reference).first()
        if row is None or row.sent_at is not None:
            return
        with override(row.language):
            if row.person is None:
                _mail(row, now)
            else:
                _publish(row, row.person.niss, now)
        row.sent_at = now
        row.save(update_fields=["sent_at", "mail"])


def told(reference: str) -> str:
    """What the page of an overview says of its way to the person; empty for a download."""
    row = Delivery.objects.filter(reference=reference).first()
    if row is None:
        return ""
    return _told_of_mail(row) if row.email else _told_of_ebox(row)


def _told_of_mail(row: Delivery) -> str:
    mail = post.standing(dispatch=row.mail_id) if row.mail_id else None
    if mail is None:
        return _("The link is mailed as soon as the overview is ready.")
    if mail.sent_at is not None:
        return _("The link was mailed on %(at)s.") % {"at": wording.moment(mail.sent_at)}
    if mail.is_given_up:
        return _(
            "The mail server did not take the link for a day, so it was not mailed. Download the "
            "overview here."
        )
    if mail.failures:
        return _(
            "The mail server does not answer. The link waits and is mailed as soon as it does; "
            "you need not ask again. Meanwhile, download the overview here."
        )
    return _("The link is on its way to your mail address.")


def _told_of_ebox(row: Delivery) -> str:
    if row.sent_at is None:
        return _("The overview comes to your e-Box as soon as it is ready.")
    came_at = delivered_at(sender_number=sender_number(), reference=f"interim-{row.reference}")
    if came_at is None:
        return _(
            "Your e-Box was closed before the overview was ready: it was not sent there. "
            "Download it here."
        )
    return _("The overview is in your e-Box since %(at)s.") % {"at": wording.moment(came_at)}


def _mail(row: Delivery, now: datetime) -> None:
    place = reverse("documents:detail", kwargs={"reference": row.reference})
    body = _(
        "Your overview is ready. It opens after you sign in:\n\n%(place)s\n\n"
        "This mail holds no personal data. If you did not ask for it, do nothing."
    ) % {"place": f"{settings.ENVIRONMENT.url}{place}"}
    subject = _("Interim@Work: your overview is ready")
    row.mail_id = post.mail(
        to=row.email, subject=subject, body=body, now=now, language=row.language
    )


def _publish(row: Delivery, niss: str, now: datetime) -> None:
    """Raises NoDigitalUser when the box was closed meanwhile; the document stays to be read."""
    pdf = sealed_pdf(reference=row.reference)
    if pdf is None:
        return
    message = NewMessage(
        sender_number=sender_number(),
        reference=f"interim-{row.reference}",
        type="employment.overview",
        language=row.language,
        subject=_("Overview of your relations as a temporary worker"),
        niss=niss,
        application=_APPLICATION,
        documents=(NewDocument("interim-at-work.pdf", "application/pdf", pdf, is_signed=True),),
    )
    try:
        deliver_message(message=message, actor=_ACTOR, now=now)
    except NoDigitalUser:
        _log.info("the e-Box was closed before an overview came")


def _content(asked: Asked, acting: Acting, now: datetime) -> dict[str, Any]:
    period = _days(asked.first, asked.last)
    facts = [(_("Period"), period), (_("Made on"), wording.moment(now))]
    if asked.narrowed:
        facts.append((_("Narrowed to"), ", ".join(asked.narrowed)))
    head = [_("From, until"), _("Type"), _("User company"), _("Temp agency"), _("Declaration")]
    table = Table(
        caption=_("Relations, the oldest first")
        if asked.is_oldest_first
        else _("Relations, the newest first"),
        head=head,
        rows=[_row(one) for one in asked.relations],
        numeric=(0,),
        widths=(1.4, 1.2, 2, 2, 1.6),
    )
    nothing = [] if asked.relations else [_("No agency declared anything that fits.")]
    return attestation.content(
        lead=[_("These relations were declared to social security by temp agencies for:")],
        person_title=_("Person"),
        person=[
            (_("Name"), f"{acting.given_name} {acting.family_name}"),
            (_("Number"), Niss(acting.niss).formatted()),
        ],
        sections=[
            Section(
                title=_("Relations"),
                paragraphs=nothing,
                facts=facts,
                table=table if asked.relations else None,
            )
        ],
        legal_title=_("What this document is not"),
        legal=[_("A relation is not a contract and does not replace one in any way.")],
    )


def _row(one: Relation) -> list[str]:
    days = _days(one.first_day, one.last_day)
    return [
        f"{days}, {one.hours}" if one.hours else days,
        str(KINDS[one.kind]),
        _named(one.user) if one.user else _("not declared"),
        _named(one.agency),
        str(STATES[one.state]),
    ]


def _named(party: Party) -> str:
    """The number says which of two firms of one name it is."""
    return f"{party.name} ({party.shown_number})" if party.number else party.name


def _days(first: date, last: date | None) -> str:
    end = wording.day(last) if last else _("no end declared")
    return f"{wording.day(first)} \N{EN DASH} {end}"
