"""Which technical channel signed a SOAP message, and whether it may send it.

What proves nothing and who is unknown get the same refusal; a message is taken once.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from guichet.access import used_assertions
from guichet.access.models import Channel, ChannelCertificate
from guichet.access.signed_messages import SignatureRefused, SignedMessage


class NotPermitted(Exception):
    """The channel is known and may not call this service."""

    def __init__(self, sender: "MessageSender") -> None:
        super().__init__("The channel lacks the permission.")
        self.sender = sender


@dataclass(frozen=True, slots=True)
class MessageSender:
    """The technical channel behind a verified message; ``channel``: its row."""

    client_id: str
    channel: int
    enterprise_number: str


def sender_of(*, message: SignedMessage, permission: str, now: datetime) -> MessageSender:
    """Who signed this message with the certificate of a channel of his.

    Raises SignatureRefused, also for a message that was seen before, and NotPermitted.
    """
    channel = _channel(message.thumbprint, now)
    message.verify()
    until = message.expires_at(now=now)
    sender = MessageSender(channel.client_id, channel.pk, channel.enterprise_number)
    if permission not in channel.permissions:
        raise NotPermitted(sender)
    if not used_assertions.use_up(
        client_id=channel.client_id, jti_digest=message.digest(), until=until
    ):
        raise SignatureRefused("This message was received before; sign each one anew.")
    return sender


def _channel(thumbprint: str, now: datetime) -> Channel:
    row = (
        ChannelCertificate.objects.select_related("channel")
        .filter(
            thumbprint=thumbprint,
            state=ChannelCertificate.State.ACTIVE,
            not_before__lte=now,
            not_after__gte=now,
            channel__state=Channel.State.ACTIVE,
            channel__environment=settings.ENVIRONMENT.environment,
        )
        .first()
    )
    if row is None:
        raise SignatureRefused("No active channel has this certificate.")
    return row.channel
