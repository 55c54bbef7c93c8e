"""A test authority shaped like the real one: root, Citizen CA and Foreigner CA, cards below.

Simulation only. Its cards name fictitious people and its names end with ``(TEST)``; a listener in
production refuses a trust store in which such a name stands (see ``trust``). No Django here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from guichet.csam.eid.folders import made_whole, write_private
from guichet.kernel.niss import Niss

TEST_MARK: Final = "(TEST)"
CARD_YEARS: Final = 10
# Older than any card that was ever "expired", and good for the clock of a simulation.
_AUTHORITY_BEFORE: Final = timedelta(days=365 * 25)
_AUTHORITY_AFTER: Final = timedelta(days=365 * 25)
_CARD_LIFE: Final = timedelta(days=365 * CARD_YEARS)


class CardKind(StrEnum):
    """The two certificates of a card: one to sign in, one to sign documents."""

    AUTHENTICATION = "authentication"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True, repr=False)
class Card:
    """One certificate of a test card with its key, and the authorities above it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    authorities: tuple[x509.Certificate, ...]

    def pem(self) -> bytes:
        """Certificate, authorities and private key, one text."""
        parts = [_pem(one) for one in (self.certificate, *self.authorities)]
        return b"".join([*parts, _key_pem(self.key)])

    def pkcs12(self, *, password: str, name: str) -> bytes:
        """The file that a browser or an operating system imports.

        Triple DES and SHA-1, because older systems read nothing else; the key is fictitious.
        """
        encryption = (
            serialization.PrivateFormat.PKCS12.encryption_builder()
            .kdf_rounds(20_000)
            .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
            .hmac_hash(hashes.SHA1())  # noqa: S303  # see above
            .build(password.encode())
        )
        return pkcs12.serialize_key_and_certificates(
            name.encode(), self.key, self.certificate, self.authorities, encryption
        )


class CardAuthority:
    """The authority in one folder: makes cards; whoever holds the folder can make any card."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def issue(
        self,
        *,
        niss: str,
        given_name: str,
        family_name: str,
        now: datetime,
        kind: CardKind = CardKind.AUTHENTICATION,
        expired: bool = False,
    ) -> Card:
        """Make one certificate, valid for ten years from yesterday, or until yesterday.

        Raises InvalidNiss; a BIS number gets its card from the Foreigner CA, as in reality.
        """
        number = Niss.parse(niss)
        branch = "foreigner" if number.is_bis else "citizen"
        authority, authority_key = _loaded(self._folder / branch)
        root, _ = _loaded(self._folder / "root")
        key = ec.generate_private_key(ec.SECP384R1())
        begin = now - timedelta(days=1) - (_CARD_LIFE if expired else timedelta())
        builder = (
            x509.CertificateBuilder()
            .subject_name(_card_name(number, given_name, family_name, kind))
            .issuer_name(authority.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(begin + _CARD_LIFE)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(kind), critical=True)
            .add_extension(_issuer_key(authority), critical=False)
        )
        if kind is CardKind.AUTHENTICATION:
            purposes = [ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION]
            builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
        return Card(builder.sign(authority_key, hashes.SHA384()), key, (authority, root))


def ensure_authority(folder: Path, *, now: datetime) -> None:
    """Make the test authority when it is not there; the second to come keeps the first's."""
    with made_whole(folder) as passing:
        if passing is None:
            return
        root_key = ec.generate_private_key(ec.SECP384R1())
        root_name = _authority_name("Guichet Root CA")
        root = _authority(root_name, root_key, root_name, root_key, depth=1, now=now)
        _store(passing, "root", root, root_key)
        for branch, name in (("citizen", "Citizen CA"), ("foreigner", "Foreigner CA")):
            key = ec.generate_private_key(ec.SECP384R1())
            made = _authority(_authority_name(name), key, root_name, root_key, depth=0, now=now)
            _store(passing, branch, made, key)


def _authority(
    name: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    depth: int,
    now: datetime,
) -> x509.Certificate:
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _AUTHORITY_BEFORE)
        .not_valid_after(now + _AUTHORITY_AFTER)
        .add_extension(x509.BasicConstraints(ca=True, path_length=depth), critical=True)
        .add_extension(_key_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(own, critical=False)
        .add_extension(above, critical=False)
        .sign(issuer_key, hashes.SHA384())
    )


def _authority_name(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "BE"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{name} {TEST_MARK}"),
        ]
    )


def _card_name(niss: Niss, given_name: str, family_name: str, kind: CardKind) -> x509.Name:
    """The subject as on a real card: the number stands in the attribute serialNumber."""
    shown = f"{given_name} {family_name}"[:40]
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "BE"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{shown} ({kind.value.capitalize()})"),
            x509.NameAttribute(NameOID.SURNAME, family_name),
            x509.NameAttribute(NameOID.GIVEN_NAME, given_name),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, niss.digits),
        ]
    )


def _usage(kind: CardKind) -> x509.KeyUsage:
    if kind is CardKind.SIGNATURE:
        return _key_usage(content_commitment=True)
    return _key_usage(digital_signature=True)


def _key_usage(**wanted: bool) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: wanted.get(name, False) for name in names})


def _issuer_key(authority: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    own = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own.value)


def _store(
    folder: Path, name: str, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey
) -> None:
    """The certificate goes to the trust store, certificate and key to the authority."""
    (folder / "trust").mkdir(mode=0o700, exist_ok=True)
    (folder / "trust" / f"{name}.pem").write_bytes(_pem(certificate))
    (folder / f"{name}.pem").write_bytes(_pem(certificate))
    write_private(folder / f"{name}.key", _key_pem(key))


def _loaded(stem: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    certificate = x509.load_pem_x509_certificate(stem.with_suffix(".pem").read_bytes())
    key = serialization.load_pem_private_key(stem.with_suffix(".key").read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the keys of the test authority lie on a curve")
    return certificate, key


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
