"""The listener's side of the tickets: what it judged, kept for sixty seconds. No Django here.

The ticket itself is known to the browser only; its digest is stored. It is good for one login,
whose browser alone can hand it in (see ``operations.redeem``).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import psycopg
from cryptography import x509

from guichet.csam.eid.judge import Holder, Refusal
from guichet.csam.eid.revocation import Status

LIFETIME: Final = timedelta(seconds=60)

_STORE: Final = """
INSERT INTO csam_eid_ticket
    (digest, login, refusal, niss, given_name, family_name, created_at, expires_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
_REVOKED: Final = """
SELECT EXISTS (SELECT FROM csam_eid_test_card WHERE serial = %s AND revoked_at <= %s)
"""
_SECONDS: Final = 5


@dataclass(frozen=True, slots=True, repr=False)
class TicketStore:
    """Where tickets are put, by the address of the database."""

    url: str

    def store(self, *, login: str, judged: Holder | Refusal, now: datetime) -> str:
        """Keep what was judged for this login; the ticket that stands for it.

        Raises psycopg.Error when the database does not answer.
        """
        ticket = secrets.token_urlsafe(32)
        holder = judged if isinstance(judged, Holder) else None
        values = (
            digest(ticket),
            login,
            None if isinstance(judged, Holder) else judged.value,
            holder.niss if holder else None,
            holder.given_name if holder else "",
            holder.family_name if holder else "",
            now,
            now + LIFETIME,
        )
        with connected(self.url) as connection:
            connection.execute(_STORE, values)
        return ticket

    def is_reachable(self) -> bool:
        """Whether the database answers."""
        try:
            with connected(self.url) as connection:
                connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True


@dataclass(frozen=True, slots=True, repr=False)
class RevokedTestCards:
    """The list of revoked test cards of the simulation, in the database."""

    url: str

    def status(
        self,
        *,
        card: x509.Certificate,
        issuer: x509.Certificate,  # the trust store holds no other authority
        now: datetime,
    ) -> Status:
        """Revoked when it was withdrawn by hand; a card that was lost from the list is good."""
        try:
            with connected(self.url) as connection:
                row = connection.execute(_REVOKED, (serial(card), now)).fetchone()
        except psycopg.Error:
            return Status.UNAVAILABLE
        return Status.REVOKED if row and row[0] else Status.GOOD


def serial(card: x509.Certificate) -> str:
    """The serial number of a certificate as the list of test cards keeps it."""
    return f"{card.serial_number:x}"


def digest(ticket: str) -> str:
    """What is stored of a ticket."""
    return hashlib.sha256(ticket.encode()).hexdigest()


def connected(url: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection of its own that gives up after seconds."""
    return psycopg.connect(
        url, connect_timeout=_SECONDS, options=f"-c statement_timeout={_SECONDS * 1000}"
    )
