"""Whether a card was revoked: the question, and the answers that need no network. No Django."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol, cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPublicKeyTypes

_ENDINGS: Final = (".crl", ".pem", ".der")


class Status(StrEnum):
    """What is known of one card."""

    GOOD = "good"
    REVOKED = "revoked"  # or suspended
    UNAVAILABLE = "unavailable"


class Revocation(Protocol):
    """Somebody who knows which cards are revoked."""

    def status(self, *, card: x509.Certificate, issuer: x509.Certificate, now: datetime) -> Status:
        """The status at ``now`` of a card whose signature by ``issuer`` was checked."""


class NoRevocation:
    """Nobody is asked: every card counts as good."""

    def status(
        self,
        *,
        card: x509.Certificate,  # the question is the same for all
        issuer: x509.Certificate,
        now: datetime,
    ) -> Status:
        """Good."""
        return Status.GOOD


class RevocationLists:
    """A folder of revocation lists, renewed by somebody else; read again when a file changes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[Path, tuple[int, x509.CertificateRevocationList | None]] = {}

    def status(self, *, card: x509.Certificate, issuer: x509.Certificate, now: datetime) -> Status:
        """By the lists of this issuer whose next update is still to come."""
        current = [one for one in self._lists() if is_current(one, issuer=issuer, now=now)]
        if not current:
            return Status.UNAVAILABLE
        number = card.serial_number
        listed = any(one.get_revoked_certificate_by_serial_number(number) for one in current)
        return Status.REVOKED if listed else Status.GOOD

    def _lists(self) -> Iterable[x509.CertificateRevocationList]:
        try:
            files = sorted(self._folder.iterdir())
        except OSError:
            return []
        found = (self._list(file) for file in files if file.suffix.lower() in _ENDINGS)
        return [one for one in found if one is not None]

    def _list(self, file: Path) -> x509.CertificateRevocationList | None:
        """None for what is not a list: a half-written file must not stop the others."""
        try:
            changed = file.stat().st_mtime_ns
            known = self._read.get(file)
            if known is None or known[0] != changed:
                known = self._read[file] = (changed, _parsed(file.read_bytes()))
        except OSError:
            return None
        return known[1]


def is_current(
    found: x509.CertificateRevocationList, *, issuer: x509.Certificate, now: datetime
) -> bool:
    """Whether this list is a whole one, signed by ``issuer``, and still says how things are."""
    if found.issuer != issuer.subject or not _is_whole(found):
        return False
    begin, end = found.last_update_utc, found.next_update_utc
    if end is None or not begin <= now <= end:
        return False
    key = cast(CertificateIssuerPublicKeyTypes, issuer.public_key())
    return found.is_signature_valid(key)


def _is_whole(found: x509.CertificateRevocationList) -> bool:
    """Not a delta and not about authorities or some reasons only: all that is critical is known."""
    for extension in found.extensions:
        value = extension.value
        if isinstance(value, x509.IssuingDistributionPoint):
            partial = value.only_contains_ca_certs or value.only_contains_attribute_certs
            if partial or value.only_some_reasons or value.indirect_crl:
                return False
        elif extension.critical:
            return False
    return True


def _parsed(content: bytes) -> x509.CertificateRevocationList | None:
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_crl(content)
        return x509.load_der_x509_crl(content)
    except ValueError:
        return None
