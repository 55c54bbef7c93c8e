"""Judges the certificate that a browser presented: who holds the card, or why not.

The handshake lets every certificate pass, so that each refusal has a page with words. The proof
that the browser holds the key was given in the handshake; everything else is asked here. No
Django, no clock, no setting.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from guichet.csam.eid.revocation import Revocation, Status
from guichet.csam.eid.trust import TrustStore
from guichet.kernel.niss import InvalidNiss, Niss

_LONGEST_NAME: Final = 100


class Refusal(StrEnum):
    """Why a certificate signs nobody in; in the order in which it is asked."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    UNKNOWN_ISSUER = "unknown-issuer"
    SIGNATURE = "signature"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    NO_NUMBER = "no-number"
    REVOKED = "revoked"
    STATUS_UNAVAILABLE = "status-unavailable"


@dataclass(frozen=True, slots=True, repr=False)
class Holder:
    """The person on the card."""

    niss: str
    given_name: str
    family_name: str


def judge(
    certificate: x509.Certificate | None,
    *,
    trust: TrustStore,
    revocation: Revocation,
    status_required: bool,
    now: datetime,
) -> Holder | Refusal:
    """The holder, or the first reason to refuse.

    ``status_required``: refuse when nobody can say whether the card was revoked.
    The chain is asked before anything on the card is believed, the status last: it may need the
    network. Source: the profile of the certificates of the Belgian identity card.
    """
    if certificate is None:
        return Refusal.MISSING
    try:
        return _judged(certificate, trust, revocation, status_required, now)
    except (ValueError, TypeError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return Refusal.UNREADABLE


def _judged(
    card: x509.Certificate,
    trust: TrustStore,
    revocation: Revocation,
    status_required: bool,
    now: datetime,
) -> Holder | Refusal:
    # An expired card still has a chain: it is looked for within the life of the card.
    within = min(max(now, card.not_valid_before_utc), card.not_valid_after_utc)
    issuer = trust.issuer(card, at=within)
    if issuer is None:
        return Refusal.UNKNOWN_ISSUER
    read = _read(card, now)
    if isinstance(read, Refusal):
        return read
    status = revocation.status(card=card, issuer=issuer, now=now)
    if status is Status.REVOKED:
        return Refusal.REVOKED
    if status is Status.UNAVAILABLE and status_required:
        return Refusal.STATUS_UNAVAILABLE
    return read


def _read(card: x509.Certificate, now: datetime) -> Holder | Refusal:
    """What the card itself says: what it is for, since when, until when, whose it is."""
    if not is_for_authentication(card):
        return Refusal.SIGNATURE
    if now < card.not_valid_before_utc:
        return Refusal.NOT_YET_VALID
    if now > card.not_valid_after_utc:
        return Refusal.EXPIRED
    return holder_of(card) or Refusal.NO_NUMBER


def is_for_authentication(card: x509.Certificate) -> bool:
    """Whether the certificate is the one to sign in with, not the one that signs documents.

    Key usage digitalSignature without nonRepudiation, the name says ``(Authentication)``, and
    where purposes are listed (older cards list none) the sign-in of a client is among them.
    """
    try:
        usage = card.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    names = _texts(card, NameOID.COMMON_NAME)
    says_so = len(names) == 1 and names[0].endswith("(Authentication)")
    signs_in = usage.digital_signature and not usage.content_commitment
    return says_so and signs_in and _may_be_client(card)


def holder_of(card: x509.Certificate) -> Holder | None:
    """Number and names in the subject; None without exactly one right number."""
    numbers = _texts(card, NameOID.SERIAL_NUMBER)
    if len(numbers) != 1:
        return None
    try:
        niss = Niss.parse(numbers[0])
    except InvalidNiss:
        return None
    if niss.digits != numbers[0]:
        return None  # a card writes it without signs between
    given, family = (_name(card, oid) for oid in (NameOID.GIVEN_NAME, NameOID.SURNAME))
    return Holder(niss.digits, given, family)


def _may_be_client(card: x509.Certificate) -> bool:
    try:
        purposes = card.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return ExtendedKeyUsageOID.CLIENT_AUTH in purposes


def _name(card: x509.Certificate, oid: ObjectIdentifier) -> str:
    """One line without control characters, not longer than a name is."""
    text = unicodedata.normalize("NFC", " ".join(_texts(card, oid)))
    plain = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
    return " ".join(plain.split())[:_LONGEST_NAME]


def _texts(card: x509.Certificate, oid: ObjectIdentifier) -> list[str]:
    return [str(one.value) for one in card.subject.get_attributes_for_oid(oid)]
