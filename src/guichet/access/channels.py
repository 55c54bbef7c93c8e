"""Technical channels: reading them and changing them.

Each change is one transaction with one line in the audit trail. The enterprise of the actor
bounds what he finds: to a person, a channel of another enterprise is as unknown as none; only the
system itself sees all. The database tells the roles that keep tokens (``NOTIFY guichet_access``)
by trigger, so that no way of changing forgets it.
"""

import secrets
import string
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import IntegrityError

from guichet.access.assertions import Client, ClientKey
from guichet.access.certificates import Certificate, TestCertificate, read_certificate
from guichet.access.models import Channel, ChannelCertificate
from guichet.access.permissions import PERMISSIONS
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.kernel.enterprise import EnterpriseNumber
from guichet.platform.db import savepoint, transaction

MOST_CERTIFICATES: Final = 2
_SIGNS: Final = string.ascii_lowercase + string.digits


class ChannelRefused(Exception):
    """A change that is not open; `str()` is a sentence for the person who asks for it."""


class UnknownChannel(ChannelRefused):
    """No channel of that client id (or not one of the enterprise that asks)."""


class UnknownCertificate(ChannelRefused):
    """The channel has no active certificate of that thumbprint."""


class CertificateTaken(ChannelRefused):
    """The certificate is, or was, registered for this or another channel."""


class TwoCertificatesAlready(ChannelRefused):
    """A channel has at most two active certificates."""


class NoCertificate(ChannelRefused):
    """A channel needs a certificate."""


class UnknownPermission(ChannelRefused):
    """Not a permission of ours."""


# --- reading -------------------------------------------------------------------------------------


def channels(*, enterprise_number: str | None = None) -> list[Channel]:
    """Every channel, or those of one enterprise, with their certificates, oldest first."""
    found = Channel.objects.prefetch_related("certificates").order_by("pk")
    if enterprise_number is not None:
        found = found.filter(enterprise_number=enterprise_number)
    return list(found)


def channel(*, client_id: str, enterprise_number: str | None = None) -> Channel:
    """One channel (of an enterprise) with its certificates; raises UnknownChannel."""
    found = Channel.objects.prefetch_related("certificates").filter(client_id=client_id)
    if enterprise_number is not None:
        found = found.filter(enterprise_number=enterprise_number)
    for one in found:
        return one
    raise UnknownChannel("There is no channel with this client id.")


def proposed(*, data: bytes, environment: str, now: datetime) -> Certificate:
    """What an upload holds, read and refused as it would be when it is kept; keeps nothing.

    Raises CertificateRefused, CertificateTaken.
    """
    certificate = read_certificate(data=data, now=now)
    _check_environment(certificate, environment)
    if ChannelCertificate.objects.filter(thumbprint=certificate.thumbprint).exists():
        raise _taken()
    return certificate


def client(client_id: str) -> Client | None:
    """The active channel of that client id as the token endpoint needs it, or None."""
    found = Channel.objects.filter(client_id=client_id, state=Channel.State.ACTIVE).first()
    if found is None:
        return None
    kept = found.certificates.filter(state=ChannelCertificate.State.ACTIVE).order_by("-pk")
    return Client(
        client_id=found.client_id,
        channel=found.pk,
        enterprise_number=found.enterprise_number,
        environment=found.environment,
        permissions=tuple(found.permissions),
        keys=tuple(
            ClientKey(
                thumbprint=certificate.thumbprint,
                serial_number=certificate.serial_number,
                pem=certificate.pem,
                not_before=certificate.not_before,
                not_after=certificate.not_after,
            )
            for certificate in kept
        ),
    )


# --- changing ------------------------------------------------------------------------------------


def create_channel(
    *,
    enterprise_number: str,
    certificates: Sequence[bytes],
    permissions: Iterable[str],
    environment: str,
    actor: Actor,
    now: datetime,
    name: str = "",
    sender_number: str | None = None,
) -> Channel:
    """Create a channel with one or two certificates (PEM or DER) and give it a client id.

    ``sender_number``: the number of the sender, which the client id shows; without one it shows
    the number of the enterprise. Raises ChannelRefused, CertificateRefused, or
    InvalidEnterpriseNumber of the kernel.
    """
    number = EnterpriseNumber.parse(enterprise_number).digits
    if actor.kind != "system" and actor.enterprise != number:
        raise UnknownChannel("A channel is made by its own enterprise.")
    granted = _known_permissions(permissions)
    if not certificates:
        raise NoCertificate("A channel needs a certificate.")
    if len(certificates) > MOST_CERTIFICATES:
        raise TwoCertificatesAlready("A channel has at most two active certificates.")
    read = [read_certificate(data=data, now=now) for data in certificates]
    for certificate in read:
        _check_environment(certificate, environment)
    with transaction(), acting(actor, now=now):
        made = Channel.objects.create(
            client_id=_new_client_id(sender_number or number),
            name=name.strip() or number,
            enterprise_number=number,
            environment=environment,
            permissions=granted,
            created_at=now,
        )
        for certificate in read:
            _keep(made, certificate, now)
        _record("access.channel.created", made, actor, now, permissions=granted)
    return made


def add_certificate(*, client_id: str, data: bytes, actor: Actor, now: datetime) -> str:
    """Add a second certificate, to overlap with the first; its thumbprint.

    Raises UnknownChannel, TwoCertificatesAlready, CertificateTaken, CertificateRefused.
    """
    certificate = read_certificate(data=data, now=now)
    with transaction(), acting(actor, now=now):
        found = _locked(client_id, actor)
        _check_environment(certificate, found.environment)
        active = found.certificates.filter(state=ChannelCertificate.State.ACTIVE)
        if active.count() >= MOST_CERTIFICATES:
            raise TwoCertificatesAlready("A channel has at most two active certificates.")
        _keep(found, certificate, now)
        _record("access.certificate.added", found, actor, now, thumbprint=certificate.thumbprint)
    return certificate.thumbprint


def withdraw_certificate(*, client_id: str, thumbprint: str, actor: Actor, now: datetime) -> None:
    """Withdraw a certificate for ever: it signs nothing more and its tokens are refused.

    Raises UnknownChannel, UnknownCertificate.
    """
    with transaction(), acting(actor, now=now):
        found = _locked(client_id, actor)
        changed = found.certificates.filter(
            thumbprint=thumbprint.lower(), state=ChannelCertificate.State.ACTIVE
        ).update(state=ChannelCertificate.State.WITHDRAWN)
        if not changed:
            raise UnknownCertificate("The channel has no active certificate of this thumbprint.")
        _record("access.certificate.withdrawn", found, actor, now, thumbprint=thumbprint.lower())


def suspend_channel(*, client_id: str, actor: Actor, now: datetime, reason: str = "") -> None:
    """No token any more, and those in circulation are refused; raises UnknownChannel."""
    _put_in_state(Channel.State.SUSPENDED, client_id, actor, now, reason)


def resume_channel(*, client_id: str, actor: Actor, now: datetime, reason: str = "") -> None:
    """Open a suspended channel again; raises UnknownChannel."""
    _put_in_state(Channel.State.ACTIVE, client_id, actor, now, reason)


def set_permissions(
    *, client_id: str, permissions: Iterable[str], actor: Actor, now: datetime
) -> None:
    """Replace the permissions of a channel; raises UnknownChannel, UnknownPermission."""
    granted = _known_permissions(permissions)
    with transaction(), acting(actor, now=now):
        found = _locked(client_id, actor)
        found.permissions = granted
        found.save(update_fields=["permissions"])
        _record("access.channel.permitted", found, actor, now, permissions=granted)


def _put_in_state(
    state: Channel.State, client_id: str, actor: Actor, now: datetime, reason: str
) -> None:
    with transaction(), acting(actor, now=now):
        found = _locked(client_id, actor)
        if found.state == state:
            return
        found.state = state
        found.save(update_fields=["state"])
        word = "suspended" if state == Channel.State.SUSPENDED else "resumed"
        _record(f"access.channel.{word}", found, actor, now, reason=reason)


def _locked(client_id: str, actor: Actor) -> Channel:
    found = Channel.objects.select_for_update().filter(client_id=client_id)
    if actor.kind != "system":
        found = found.filter(enterprise_number=actor.enterprise)
    for one in found:
        return one
    raise UnknownChannel("There is no channel with this client id.")


def _check_environment(certificate: Certificate, environment: str) -> None:
    if certificate.is_test and environment == Channel.Environment.PRODUCTION:
        raise TestCertificate


def _keep(channel: Channel, certificate: Certificate, now: datetime) -> None:
    with _told_by_the_database(), savepoint():
        ChannelCertificate.objects.create(
            channel=channel,
            pem=certificate.pem,
            thumbprint=certificate.thumbprint,
            serial_number=certificate.serial_number,
            not_before=certificate.not_before,
            not_after=certificate.not_after,
            added_at=now,
        )


@contextmanager
def _told_by_the_database() -> Iterator[None]:
    """Constraint names become errors with a sentence."""
    try:
        yield
    except IntegrityError as fault:
        text = str(fault)
        if "access_channel_certificate_used_once" in text:
            raise _taken() from None
        if "access_channel_certificate_two_active" in text:
            raise TwoCertificatesAlready("A channel has at most two active certificates.") from None
        raise


def _taken() -> CertificateTaken:
    return CertificateTaken(
        "This certificate is, or was, registered for a channel; make a new one."
    )


def _known_permissions(permissions: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(permissions))
    for permission in wanted:
        if permission not in PERMISSIONS:
            known = ", ".join(PERMISSIONS)
            raise UnknownPermission(f"This permission does not exist; known are: {known}.")
    return wanted


def _new_client_id(sender: str) -> str:
    ending = "".join(secrets.choice(_SIGNS) for _ in range(10))
    return f"self_service_chaman_{sender}_{ending}"


def _record(
    action: str,
    channel: Channel,
    actor: Actor,
    now: datetime,
    reason: str = "",
    **detail: object,
) -> None:
    trail.record(
        action=action,
        actor=actor,
        target=channel.client_id,
        now=now,
        reason=reason,
        detail={"enterprise": channel.enterprise_number, **detail},
    )
