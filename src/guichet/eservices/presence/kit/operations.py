"""Keeping whom to ask, asking for the kit, noting that the staff was told."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.documents.operations import Recipient, issue
from guichet.eservices.presence.arrangements import filing
from guichet.eservices.presence.kit import content
from guichet.eservices.presence.kit.content import Contact
from guichet.eservices.presence.kit_models import KitContact, StaffTold
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.works.queries import SiteRecord

KIND: Final = "presence.kit"
_TEMPLATE: Final = "presence-kit"


class UnknownSite(LookupError):
    """The enterprise works on no such site where presences are registered."""


class ContactMissing(Exception):
    """The kit says whom to ask, and nobody is named yet."""


class UnknownMark(LookupError):
    """The enterprise noted no such thing, or took it back."""


class DayRefused(Exception):
    """Nobody was told tomorrow."""


def site_of(*, enterprise: str, reference: str, on: date) -> SiteRecord:
    """A site of an enterprise; raises UnknownSite."""
    found = {one.reference: one for one in filing.sites(enterprise=enterprise, on=on)}
    if reference not in found:
        raise UnknownSite
    return found[reference]


def contact_of(*, enterprise: str, reference: str) -> Contact | None:
    """Whom the staff asks on a site, None when nobody is named."""
    row = KitContact.objects.filter(enterprise_number=enterprise, works_reference=reference).first()
    return None if row is None else Contact(row.who, row.phone, row.email, row.note)


def last_contact(*, enterprise: str) -> Contact | None:
    """Whom the enterprise named last on any site: what a form begins with."""
    rows = KitContact.objects.filter(enterprise_number=enterprise).order_by("-changed_at", "-pk")
    row = rows.first()
    return None if row is None else Contact(row.who, row.phone, row.email, row.note)


def keep_contact(
    *, enterprise: str, reference: str, contact: Contact, actor: Actor, now: datetime
) -> None:
    """Keep whom to ask on a site; raises UnknownSite."""
    site_of(enterprise=enterprise, reference=reference, on=clock.today(now))
    with transaction(actor=actor):
        KitContact.objects.update_or_create(
            enterprise_number=enterprise,
            works_reference=reference,
            defaults={**asdict(contact), "changed_at": now},
        )
        trail.record(action="presence.kit.contactKept", actor=actor, target=reference, now=now)


def ask(*, enterprise: str, reference: str, language: str, actor: Actor, now: datetime) -> str:
    """Have the kit of a site made; the reference of the document.

    Raises UnknownSite, ContactMissing.
    """
    today = clock.today(now)
    site = site_of(enterprise=enterprise, reference=reference, on=today)
    contact = contact_of(enterprise=enterprise, reference=reference)
    if contact is None:
        raise ContactMissing
    firm = enterprises.names(numbers={enterprise}, language=language).get(enterprise, enterprise)
    with transaction(actor=actor), override(language):
        made = issue(
            template=_TEMPLATE,
            data=content.content(site=site, firm=firm, contact=contact, on=today),
            language=language,
            title=_("Registering on site %(number)s: leaflet and poster") % {"number": reference},
            recipient=Recipient(enterprise_number=enterprise),
            kind=KIND,
            actor=actor,
            now=now,
        )
        trail.record(
            action="presence.kit.requested",
            actor=actor,
            target=reference,
            now=now,
            detail={"document": made},
        )
    return made


def tell(
    *,
    enterprise: str,
    reference: str,
    told_on: date,
    hows: Sequence[str],
    who: str,
    note: str,
    person_id: int,
    actor: Actor,
    now: datetime,
) -> StaffTold:
    """Note that the staff of a site, or of every site, was told. Raises UnknownSite, DayRefused."""
    today = clock.today(now)
    if told_on > today:
        raise DayRefused
    if reference:
        site_of(enterprise=enterprise, reference=reference, on=today)
    with transaction(actor=actor):
        row = StaffTold.objects.create(
            enterprise_number=enterprise,
            works_reference=reference,
            told_on=told_on,
            hows=list(hows),
            who=who,
            note=note,
            noted_by_id=person_id,
            noted_at=now,
        )
        _trace("presence.staff.told", row, actor, now)
    return row


def take_back(*, mark: int, enterprise: str, actor: Actor, now: datetime) -> None:
    """It was noted by mistake. Raises UnknownMark."""
    with transaction(actor=actor):
        rows = marks_of(enterprise).select_for_update(of=("self",))
        row = rows.filter(pk=mark).first()
        if row is None:
            raise UnknownMark
        row.taken_back_at = now
        row.save(update_fields=["taken_back_at"])
        _trace("presence.staff.toldTakenBack", row, actor, now)


def marks_of(enterprise: str) -> QuerySet[StaffTold]:
    """What an enterprise noted and did not take back, the latest day first."""
    rows = StaffTold.objects.filter(enterprise_number=enterprise, taken_back_at=None)
    return rows.order_by("-told_on", "-pk")


def last_told(enterprise: str) -> date | None:
    """The last day on which the staff was told, as far as it is noted."""
    return marks_of(enterprise).values_list("told_on", flat=True).first()


def _trace(action: str, row: StaffTold, actor: Actor, now: datetime) -> None:
    trail.record(
        action=action,
        actor=actor,
        target=f"told/{row.pk}",
        now=now,
        detail={"site": row.works_reference or "all", "on": row.told_on.isoformat()},
    )
