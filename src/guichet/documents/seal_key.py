"""The seal of the house: a P-256 key with its certificate, behind a port.

An institution plugs its own in: a key in a security module is a `SealKey` like any other. In
simulation a key is made whose certificate says so in its name. No Django here.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from guichet.csam.eid.folders import made_whole, write_private

TEST_MARK: Final = "(TEST)"
_BEFORE: Final = timedelta(days=365 * 25)
_AFTER: Final = timedelta(days=365 * 25)
_KEY, _CERTIFICATES, _FORMER = "seal.key", "seal.pem", "former.pem"


class SealMissing(Exception):
    """Nothing can be sealed; `str()` is a sentence for the person who starts Guichet."""


class SealKey(Protocol):
    """What seals: a certificate on P-256, those above it, and who signs with its key."""

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate of the seal."""

    @property
    def above(self) -> tuple[x509.Certificate, ...]:
        """The certificates above it, the nearest first."""

    @property
    def former(self) -> tuple[x509.Certificate, ...]:
        """Certificates that sealed before this one: what they sealed stays valid."""

    def sign(self, data: bytes) -> bytes:
        """ECDSA with SHA-256 over ``data``, in DER."""


@dataclass(frozen=True, slots=True, repr=False)
class FileSealKey:
    """A seal whose key is kept in a file and loaded once."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    above: tuple[x509.Certificate, ...] = ()
    former: tuple[x509.Certificate, ...] = ()

    def sign(self, data: bytes) -> bytes:
        """ECDSA with SHA-256 over ``data``, in DER."""
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))


def seal_key(*, folder: Path, provider: str | None) -> SealKey:
    """The seal in force: the one that ``provider`` (``module:function``) gives, else the files.

    Kept for the life of the process. Raises SealMissing.
    """
    return _provided(provider) if provider else _of_files(folder)


def trusted(*, folder: Path, provider: str | None) -> tuple[x509.Certificate, ...]:
    """The certificates whose seal is ours, today's first; needs no key. Raises SealMissing."""
    if provider:
        seal = _provided(provider)
        return (seal.certificate, *seal.former)
    return _certificates(folder)


def ensure_seal(folder: Path, *, now: datetime) -> None:
    """Make the seal of a simulation when it is not there; the second to come keeps the first's.

    Never call it in production, where the operator provides the files.
    """
    with made_whole(folder) as passing:
        if passing is None:
            return
        root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        root_name = _name("Guichet Seal Root CA")
        root = _certificate(root_name, root_key, root_name, root_key, now=now, depth=0)
        seal = _certificate(_name("Guichet Seal"), key, root_name, root_key, now=now, depth=None)
        write_private(passing / _KEY, _pem(key))
        chain = [one.public_bytes(serialization.Encoding.PEM) for one in (seal, root)]
        (passing / _CERTIFICATES).write_bytes(b"".join(chain))


@functools.cache
def _provided(provider: str) -> SealKey:
    module, _, name = provider.partition(":")
    try:
        make: Callable[[], SealKey] = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError):
        raise SealMissing(f"GUICHET_SEAL_PROVIDER names nothing: {provider}.") from None
    return make()


@functools.cache
def _certificates(folder: Path) -> tuple[x509.Certificate, ...]:
    with _readable(folder):
        return (_chain(folder / _CERTIFICATES)[0], *_former(folder))


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise SealMissing(f"GUICHET_SEAL: {folder} cannot be read: {fault.strerror}.") from None
    except (ValueError, TypeError):
        raise SealMissing(f"GUICHET_SEAL: {folder} does not hold a key and certificates.") from None


def _chain(file: Path) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(file.read_bytes())


def _former(folder: Path) -> list[x509.Certificate]:
    file = folder / _FORMER
    return _chain(file) if file.is_file() else []


@functools.cache
def _of_files(folder: Path) -> SealKey:
    with _readable(folder):
        key = serialization.load_pem_private_key((folder / _KEY).read_bytes(), password=None)
        chain, former = _chain(folder / _CERTIFICATES), _former(folder)
    is_p256 = isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name == "secp256r1"
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not is_p256:
        raise SealMissing(f"GUICHET_SEAL: the key in {folder} must be a P-256 key.")
    if key.public_key() != chain[0].public_key():
        raise SealMissing(f"GUICHET_SEAL: the key in {folder} is not that of the certificate.")
    return FileSealKey(key, chain[0], tuple(chain[1:]), tuple(former))


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "BE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"Guichet {TEST_MARK}"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{common} {TEST_MARK}"),
        ]
    )


def _certificate(
    name: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    now: datetime,
    depth: int | None,
) -> x509.Certificate:
    """``depth``: how many authorities may stand below; None for the seal itself."""
    is_authority = depth is not None
    usage = x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now + _AFTER)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=depth), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(own, critical=False)
        .add_extension(above, critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
