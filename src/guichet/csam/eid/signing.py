"""Judges the certificate that signed a document: the other one of a card, by the same trust.

Puts itself in where the layer below asks whose a signature is (`guichet.access.cards`).
"""

from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import NameOID
from django.conf import settings

from guichet.access.cards import CardRefusal, Signatory
from guichet.csam.eid.judge import holder_of
from guichet.csam.eid.models import TestCard
from guichet.csam.eid.ocsp import OcspResponder
from guichet.csam.eid.revocation import NoRevocation, Revocation, RevocationLists, Status
from guichet.csam.eid.tickets import serial
from guichet.csam.eid.trust import TrustRefused, TrustStore, read_trust

_OF_STATUS = {
    Status.REVOKED: CardRefusal.REVOKED,
    Status.UNAVAILABLE: CardRefusal.STATUS_UNAVAILABLE,
}


class _TestCards:
    """The list of revoked test cards, through Django's own connection."""

    def status(
        self,
        *,
        card: x509.Certificate,
        issuer: x509.Certificate,  # the trust store holds no other authority
        now: datetime,
    ) -> Status:
        """Revoked when it was withdrawn by hand; a card that was lost from the list is good."""
        rows = TestCard.objects.filter(serial=serial(card), revoked_at__lte=now)
        return Status.REVOKED if rows.exists() else Status.GOOD


def judge(certificate: x509.Certificate, now: datetime) -> Signatory | CardRefusal:
    """Whose signature certificate this is, by the trust store and the revocation of the settings.

    Without a usable trust store nobody's certificate is known.
    """
    environment = settings.ENVIRONMENT
    try:
        trust = read_trust(environment.eid_trust, simulation=environment.simulation)
    except TrustRefused:
        return CardRefusal.UNKNOWN_ISSUER
    try:
        return _judged(certificate, trust, now)
    except (ValueError, TypeError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return CardRefusal.UNREADABLE


def is_for_signing(card: x509.Certificate) -> bool:
    """Whether it is the certificate for documents: key usage nonRepudiation alone, and named so."""
    try:
        usage = card.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    names = [str(one.value) for one in card.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    says_so = len(names) == 1 and names[0].endswith("(Signature)")
    return says_so and usage.content_commitment and not usage.digital_signature


def _judged(card: x509.Certificate, trust: TrustStore, now: datetime) -> Signatory | CardRefusal:
    within = min(max(now, card.not_valid_before_utc), card.not_valid_after_utc)
    issuer = trust.issuer(card, at=within)
    if issuer is None:
        return CardRefusal.UNKNOWN_ISSUER
    if not is_for_signing(card):
        return CardRefusal.NOT_FOR_SIGNING
    if not card.not_valid_before_utc <= now <= card.not_valid_after_utc:
        return CardRefusal.EXPIRED
    holder = holder_of(card)
    if holder is None:
        return CardRefusal.UNREADABLE
    status = _revocation().status(card=card, issuer=issuer, now=now)
    is_open = status is Status.UNAVAILABLE and not settings.ENVIRONMENT.eid_status_required
    if status is Status.GOOD or is_open:
        return Signatory(holder.niss)
    return _OF_STATUS[status]


def _revocation() -> Revocation:
    """Whom to ask, by GUICHET_EID_REVOCATION, as the listener does."""
    word, _, rest = settings.ENVIRONMENT.eid_revocation.partition(":")
    if word == "test":
        return _TestCards()
    if word == "crl":
        return RevocationLists(Path(rest))
    return OcspResponder(url=rest or None) if word == "ocsp" else NoRevocation()
