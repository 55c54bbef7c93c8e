"""How a message is signed: the public convention "Standard Webhooks", symmetric variant v1.

The secret of a subscription is derived from the key of the installation, its number and its
generation: the database holds nothing that signs, and a new generation is a new secret.
"""

import base64
import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from django.utils.crypto import salted_hmac

_SALT = "guichet.access.webhooks"
_PREFIX = "whsec_"


def secret(*, number: UUID, generation: int) -> str:
    """What the receiver verifies with: ``whsec_`` and 32 bytes in base64."""
    derived = salted_hmac(_SALT, f"{number}:{generation}", algorithm="sha256").digest()
    return _PREFIX + base64.b64encode(derived).decode()


def headers(*, number: UUID, body: bytes, secret: str, now: datetime) -> dict[str, str]:
    """``webhook-id``, ``webhook-timestamp`` (seconds) and ``webhook-signature``."""
    moment = str(int(now.timestamp()))
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signed = b".".join((str(number).encode(), moment.encode(), body))
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": str(number),
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{signature}",
    }
