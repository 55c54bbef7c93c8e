"""Who can say whether a certificate is that of an identity card, and whose it is: a port.

What judges cards stands above this layer (the bundled provider with its trust store, or another
implementation of an institution) and puts itself in here when the process starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cryptography import x509


class CardRefusal(StrEnum):
    """Why a certificate signs for nobody."""

    UNREADABLE = "card_unreadable"
    UNKNOWN_ISSUER = "issuer_unknown"
    NOT_FOR_SIGNING = "not_for_signing"
    EXPIRED = "card_expired"
    REVOKED = "card_revoked"
    STATUS_UNAVAILABLE = "status_unavailable"


@dataclass(frozen=True, slots=True, repr=False)
class Signatory:
    """The holder of a signature certificate: the number that stands in it."""

    niss: str


Judge = Callable[[x509.Certificate, datetime], Signatory | CardRefusal]

_JUDGES: Final[list[Judge]] = []


def register(judge: Judge) -> None:
    """Let this one judge; the last to come judges alone."""
    _JUDGES[:] = [judge]


def signatory(certificate: x509.Certificate, *, now: datetime) -> Signatory | CardRefusal:
    """Whose signature certificate this is at ``now``; without a judge, nobody's."""
    if not _JUDGES:
        return CardRefusal.UNKNOWN_ISSUER
    return _JUDGES[0](certificate, now)
