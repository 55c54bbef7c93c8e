"""Reading a certificate that somebody uploads, and refusing what must not sign assertions.

No Django here. Each refusal is an error of its own with a sentence for the person who uploads.
"""

import functools
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from joserfc.jwk import ECKey, RSAKey

# Machines whose clock runs behind ours make certificates that begin in our future.
SKEW: Final = timedelta(minutes=5)
_LONGEST: Final = 65_536
_PEM_BEGIN: Final = b"-----BEGIN CERTIFICATE-----"
# PKCS#12: a sequence with version 3 and content type "data"; it carries the private key.
_PKCS12: Final = b"\x02\x01\x03\x30"
# What our own test authority writes as the issuer; in production it counts for nothing.
TEST_ORGANISATION: Final = "Guichet TEST"
_STRONG_HASHES: Final = (hashes.SHA256, hashes.SHA384, hashes.SHA512, hashes.SHA3_256)


class CertificateRefused(Exception):
    """The certificate cannot be used; `str()` is a sentence for the person who uploads it."""

    sentence = "This certificate cannot be used."

    def __init__(self) -> None:
        super().__init__(self.sentence)


class UnreadableCertificate(CertificateRefused):
    """Neither PEM nor DER of one X.509 certificate."""

    sentence = "This is not an X.509 certificate in PEM or DER form."


class SeveralCertificates(CertificateRefused):
    """A chain or a bundle."""

    sentence = "The file holds several certificates; upload the one of your own key alone."


class PrivateKeyUploaded(CertificateRefused):
    """A private key: it is dropped at once and must be considered known to others."""

    sentence = (
        "The file holds a private key. It was not kept. "
        "Never send a private key to anybody; upload the certificate alone."
    )


class WeakKey(CertificateRefused):
    """An RSA key of fewer than 2048 bits."""

    sentence = "The RSA key has fewer than 2048 bits."


class UnsupportedKey(CertificateRefused):
    """Neither RSA nor P-256."""

    sentence = "The key is of a kind that is not accepted; use RSA (2048 to 8192 bits) or P-256."


class WeakSignature(CertificateRefused):
    """Signed with MD5 or SHA-1."""

    sentence = "The certificate is signed with SHA-1 or weaker; use SHA-256 or stronger."


class AuthorityCertificate(CertificateRefused):
    """A certificate that issues others."""

    sentence = "This is the certificate of a certification authority, not of your own key."


class ExpiredCertificate(CertificateRefused):
    """Its last moment has passed."""

    sentence = "The certificate has expired."


class CertificateNotYetValid(CertificateRefused):
    """Its first moment lies ahead."""

    sentence = "The certificate is not yet valid."


class TestCertificate(CertificateRefused):
    """Made by our test authority, for a channel of production."""

    __test__ = False  # not a class of tests, whatever its name begins with
    sentence = "This is a test certificate; a channel in production needs a real one."


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is kept and shown of a certificate."""

    pem: str
    thumbprint: str
    """SHA-256 of the DER form, 64 hexadecimal digits in lower case."""
    serial_number: str
    """In decimal: it has up to 160 bits."""
    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime

    @property
    def is_test(self) -> bool:
        """Whether our test authority made it."""
        return f"O={TEST_ORGANISATION}" in self.issuer.split(",")


VerificationKey = RSAKey | ECKey


def read_certificate(*, data: bytes, now: datetime) -> Certificate:
    """Read PEM or DER and refuse what could not sign safely; raises CertificateRefused."""
    if len(data) > _LONGEST:
        raise UnreadableCertificate
    if _holds_private_key(data):
        raise PrivateKeyUploaded
    try:
        loaded = _loaded(data)
        # Names, dates and extensions are decoded late: one that lies about them fails here.
        certificate = _described(loaded)
        _check_purpose(loaded)
    except (ValueError, TypeError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        raise UnreadableCertificate from None
    _check_key(loaded)
    _check_signature(loaded)
    if now > certificate.not_after:
        raise ExpiredCertificate
    if now < certificate.not_before - SKEW:
        raise CertificateNotYetValid
    return certificate


def _loaded(data: bytes) -> x509.Certificate:
    if data.count(_PEM_BEGIN) > 1:
        raise SeveralCertificates
    if _PEM_BEGIN in data:
        return x509.load_pem_x509_certificate(data)
    return x509.load_der_x509_certificate(data)


def _described(loaded: x509.Certificate) -> Certificate:
    return Certificate(
        pem=loaded.public_bytes(serialization.Encoding.PEM).decode("ascii"),
        thumbprint=loaded.fingerprint(hashes.SHA256()).hex(),
        serial_number=str(loaded.serial_number),
        subject=loaded.subject.rfc4514_string(),
        issuer=loaded.issuer.rfc4514_string(),
        not_before=loaded.not_valid_before_utc,
        not_after=loaded.not_valid_after_utc,
    )


@functools.lru_cache(maxsize=1024)
def read_names(pem: str) -> tuple[str, str]:
    """Subject and issuer of a kept certificate, to be shown."""
    loaded = x509.load_pem_x509_certificate(pem.encode("ascii"))
    return loaded.subject.rfc4514_string(), loaded.issuer.rfc4514_string()


@functools.lru_cache(maxsize=4096)
def verification_key(pem: str) -> tuple[Literal["RSA", "EC"], VerificationKey]:
    """The kind of key and the key inside a kept certificate; parsed once a process."""
    public = x509.load_pem_x509_certificate(pem.encode("ascii")).public_key()
    spki = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    if isinstance(public, rsa.RSAPublicKey):
        return "RSA", RSAKey.import_key(spki)
    return "EC", ECKey.import_key(spki)


def _holds_private_key(data: bytes) -> bool:
    if b"PRIVATE KEY" in data or _PKCS12 in data[:12]:
        return True
    if data[:1] != b"\x30":
        return False
    try:
        serialization.load_der_private_key(data, password=None)
    except TypeError:  # encrypted: a private key all the same
        return True
    except (ValueError, UnsupportedAlgorithm):
        return False
    return True


def _check_key(loaded: x509.Certificate) -> None:
    try:
        key = loaded.public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise UnsupportedKey from None
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size < 2048:
            raise WeakKey
        # Larger keys and exponents only cost us time at every token.
        if key.key_size > 8192 or key.public_numbers().e > 2**32:
            raise UnsupportedKey
    elif not (isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)):
        raise UnsupportedKey


def _check_signature(loaded: x509.Certificate) -> None:
    try:
        algorithm = loaded.signature_hash_algorithm
    except UnsupportedAlgorithm:
        raise WeakSignature from None
    # None: the scheme has its own hash (Ed25519).
    if algorithm is not None and not isinstance(algorithm, _STRONG_HASHES):
        raise WeakSignature


def _check_purpose(loaded: x509.Certificate) -> None:
    """Refuse authorities, but not a self-signed certificate that common tools mark as one."""
    extensions = loaded.extensions
    try:
        if not extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return
    except x509.ExtensionNotFound:
        return
    try:
        signs_others = extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound:
        signs_others = False
    if signs_others or loaded.subject != loaded.issuer:
        raise AuthorityCertificate
