"""Certificates that end soon: told 60, 30 and 7 days before, by mail once each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.access.chaman.models import Contact, ExpiryWarning
from guichet.access.models import Channel, ChannelCertificate
from guichet.platform import post, wording
from guichet.platform.db import transaction

THRESHOLDS: Final = (60, 30, 7)


@dataclass(frozen=True, slots=True)
class Ending:
    """A certificate whose days are counted, and the channel that will stop with it."""

    certificate: ChannelCertificate
    days: int

    @property
    def channel(self) -> Channel:
        """The channel of the certificate."""
        return self.certificate.channel


def endings(*, now: datetime, enterprise_number: str | None = None) -> list[Ending]:
    """Active certificates that end within 60 days, the first to end first.

    A channel that has another certificate for longer needs no warning: its rotation is done. A
    certificate that has ended is told for as long as it is the channel's last one.
    """
    last = last_certificates(enterprise_number=enterprise_number)
    counted = [Ending(one, days_left(one.not_after, now=now)) for one in last]
    kept = [ending for ending in counted if ending.days <= max(THRESHOLDS)]
    return sorted(kept, key=lambda ending: ending.certificate.not_after)


def last_certificates(*, enterprise_number: str | None = None) -> list[ChannelCertificate]:
    """The active certificate of each active channel that lasts longest."""
    found = ChannelCertificate.objects.filter(
        state=ChannelCertificate.State.ACTIVE, channel__state=Channel.State.ACTIVE
    )
    if enterprise_number is not None:
        found = found.filter(channel__enterprise_number=enterprise_number)
    last: dict[int, ChannelCertificate] = {}
    for one in found.select_related("channel").order_by("not_after"):
        last[one.channel_id] = one
    return list(last.values())


def days_left(not_after: datetime, *, now: datetime) -> int:
    """Whole days until a certificate ends; never below zero."""
    return max(0, (not_after - now).days)


def warn(*, now: datetime) -> int:
    """Mail each technical contact once a threshold; how many mails were handed over."""
    found = endings(now=now)
    contacts = _contacts(ending.channel.enterprise_number for ending in found)
    return sum(
        _warn_once(ending, contacts[ending.channel.enterprise_number], now)
        for ending in found
        if ending.channel.enterprise_number in contacts
    )


def _contacts(numbers: Iterable[str]) -> dict[str, Contact]:
    found = Contact.objects.filter(sender__enterprise_number__in=set(numbers))
    return {one.sender.enterprise_number: one for one in found.select_related("sender")}


def _warn_once(ending: Ending, contact: Contact, now: datetime) -> bool:
    """One mail for the smallest threshold reached; those above it are said by the same mail."""
    reached = [days for days in THRESHOLDS if ending.days <= days]
    with transaction():
        _, is_new = ExpiryWarning.objects.get_or_create(
            certificate=ending.certificate, days=min(reached), defaults={"sent_at": now}
        )
        if not is_new:
            return False
        ExpiryWarning.objects.bulk_create(
            (ExpiryWarning(certificate=ending.certificate, days=days, sent_at=now)
             for days in reached),
            ignore_conflicts=True,
        )  # fmt: skip
        with override(contact.language):
            subject, body = _letter(ending, contact)
        post.mail(to=contact.email, subject=subject, body=body, now=now, language=contact.language)
    return True


def _letter(ending: Ending, contact: Contact) -> tuple[str, str]:
    values = {
        "name": f"{contact.given_name} {contact.family_name}",
        "channel": ending.channel.name,
        "client": ending.channel.client_id,
        "day": wording.day(ending.certificate.not_after),
        "hour": wording.hour(ending.certificate.not_after),
    }
    subject = _("The certificate of your channel %(channel)s ends on %(day)s") % values
    body = _(
        "Hello %(name)s,\n\n"
        "The certificate of the channel %(channel)s (%(client)s) ends on %(day)s at %(hour)s. "
        "From then on your software obtains no token any more.\n\n"
        "Add a second certificate now, let your software use it, and withdraw the old one "
        "afterwards: both work at the same time. You find the channel in Guichet, under "
        "Technical channels."
    )
    return subject, body % values
