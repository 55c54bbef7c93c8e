"""Who may put files down for a sender, and with which certificates they are signed.

A technical user with a certificate, or a channel with the permission: both are registered by the
manager of accesses. The key of a certificate opens the SFTP door and signs the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from guichet.access.chaman.models import Sender, TechnicalUser
from guichet.access.models import Channel, ChannelCertificate


@dataclass(frozen=True, slots=True)
class SendingParty:
    """A sender: ``number`` of six digits, ``enterprise`` of ten; ``language`` of its contact."""

    number: str
    enterprise: str
    language: str


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Somebody who signs in with a key: ``name`` as he gives it, and his certificates (PEM)."""

    name: str
    party: SendingParty
    certificates: tuple[str, ...]


def sending_party(*, enterprise: str) -> SendingParty | None:
    """The sender of an enterprise, None when it has none."""
    row = Sender.objects.filter(enterprise_number=enterprise).prefetch_related("contacts").first()
    return None if row is None else _party(row)


def certificates(*, enterprise: str, permission: str, environment: str) -> list[str]:
    """The certificates (PEM) that sign for a sender, whether their time has come or is over."""
    users = TechnicalUser.objects.filter(
        sender__enterprise_number=enterprise, state=TechnicalUser.State.ACTIVE, pem__isnull=False
    )
    channels = _channels(permission, environment).filter(enterprise_number=enterprise)
    kept = ChannelCertificate.objects.filter(
        channel__in=channels, state=ChannelCertificate.State.ACTIVE
    )
    held = [*users.values_list("pem", flat=True), *kept.values_list("pem", flat=True)]
    return [pem for pem in held if pem]


def key_holder(*, name: str, permission: str, environment: str, now: datetime) -> KeyHolder | None:
    """The technical user or the channel of this name, with its certificates in force."""
    user = (
        TechnicalUser.objects.select_related("sender")
        .filter(
            user_name=name, state=TechnicalUser.State.ACTIVE, pem__isnull=False, not_after__gte=now
        )
        .first()
    )
    if user is not None:
        return KeyHolder(name, _party(user.sender), (str(user.pem),))
    channel = _channels(permission, environment).filter(client_id=name).first()
    if channel is None:
        return None
    party = sending_party(enterprise=channel.enterprise_number)
    pems = channel.certificates.filter(
        state=ChannelCertificate.State.ACTIVE, not_before__lte=now, not_after__gte=now
    ).values_list("pem", flat=True)
    return KeyHolder(name, party, tuple(pems)) if party is not None and pems else None


def _channels(permission: str, environment: str) -> QuerySet[Channel]:
    return Channel.objects.filter(
        state=Channel.State.ACTIVE, environment=environment, permissions__contains=[permission]
    )


def _party(row: Sender) -> SendingParty:
    contact = next(iter(row.contacts.all()), None)
    return SendingParty(row.number, row.enterprise_number, contact.language if contact else "fr")
