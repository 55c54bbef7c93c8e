"""What the pages of channels show, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guichet.access import channels, token_log
from guichet.access.certificates import Certificate, read_names
from guichet.access.chaman import words
from guichet.access.chaman.expiry import THRESHOLDS, days_left
from guichet.access.models import Channel, ChannelCertificate
from guichet.audit.models import Entry

_STEPS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One certificate of a channel; ``state`` is a word of `words.STATES`."""

    thumbprint: str
    fingerprint: str
    subject: str
    issuer: str
    serial_number: str
    not_before: datetime
    not_after: datetime
    added_at: datetime
    state: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One channel of the list: ``ends_at`` is the end of the certificate that lasts longest."""

    client_id: str
    name: str
    environment: str
    permissions: tuple[str, ...]
    state: str
    ends_at: datetime | None
    certificate_state: str
    actives: int
    last_call: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to the channel."""

    at: datetime
    text: str
    reason: str
    is_own: bool
    by_system: bool


def lines(*, enterprise_number: str, now: datetime) -> list[ChannelLine]:
    """The channels of an enterprise, oldest first."""
    found = channels.channels(enterprise_number=enterprise_number)
    called = token_log.last_calls(client_ids=[one.client_id for one in found])
    return [_line(one, called, now) for one in found]


def certificates(*, channel: Channel, now: datetime) -> list[CertificateLine]:
    """The certificates of a channel, active ones first, the latest first among them."""
    kept = sorted(channel.certificates.all(), key=lambda one: (one.state, -one.pk))
    return [_certificate(one, now) for one in kept]


def steps(*, client_id: str, viewer: str) -> list[Step]:
    """The last lines of the trail about a channel, the latest first; nobody is named.

    ``viewer``: the number of the person who reads, who is told his own steps.
    """
    found = Entry.objects.filter(target=client_id).order_by("-at", "-id")[:_STEPS_SHOWN]
    return [
        Step(
            at=entry.at,
            text=words.step(entry.action),
            reason=entry.reason if entry.action.startswith("access.channel.") else "",
            is_own=entry.actor_id == viewer,
            by_system=entry.actor_kind == "system",
        )
        for entry in found
    ]


def shown(certificate: Certificate) -> dict[str, Any]:
    """What somebody looks at before he confirms a certificate."""
    return {
        "subject": certificate.subject,
        "issuer": certificate.issuer,
        "serial_number": certificate.serial_number,
        "not_before": certificate.not_before,
        "not_after": certificate.not_after,
        "fingerprint": words.fingerprint(certificate.thumbprint),
        "is_test": certificate.is_test,
        "pem": certificate.pem,
    }


def certificate_state(*, state: str, not_after: datetime, now: datetime) -> str:
    """``active``, ``ending`` (60 days or fewer), ``expired`` or ``withdrawn``."""
    if state != ChannelCertificate.State.ACTIVE:
        return state
    if not_after <= now:
        return "expired"
    return "ending" if days_left(not_after, now=now) <= max(THRESHOLDS) else "active"


def _line(one: Channel, called: Mapping[str, datetime], now: datetime) -> ChannelLine:
    active = [
        kept for kept in one.certificates.all() if kept.state == ChannelCertificate.State.ACTIVE
    ]
    ends_at = max((kept.not_after for kept in active), default=None)
    return ChannelLine(
        client_id=one.client_id,
        name=one.name,
        environment=one.environment,
        permissions=tuple(one.permissions),
        state=one.state,
        ends_at=ends_at,
        certificate_state=certificate_state(state="active", not_after=ends_at, now=now)
        if ends_at
        else "withdrawn",
        actives=len(active),
        last_call=called.get(one.client_id),
    )


def _certificate(kept: ChannelCertificate, now: datetime) -> CertificateLine:
    subject, issuer = read_names(kept.pem)
    state = certificate_state(state=kept.state, not_after=kept.not_after, now=now)
    return CertificateLine(
        thumbprint=kept.thumbprint,
        fingerprint=words.fingerprint(kept.thumbprint),
        subject=subject,
        issuer=issuer,
        serial_number=kept.serial_number,
        not_before=kept.not_before,
        not_after=kept.not_after,
        added_at=kept.added_at,
        state=state,
        is_active=kept.state == ChannelCertificate.State.ACTIVE,
    )
