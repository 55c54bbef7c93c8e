"""The listener's own certificate in simulation, signed by an authority made on this machine.

It is another authority than the one of the cards. No Django here.
"""

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from guichet.csam.eid.folders import made_whole, write_private

# Browsers refuse longer ones; the authority lives and dies with its only certificate.
_LIFE: Final = timedelta(days=397)
_RENEWED_BEFORE: Final = timedelta(days=30)
CERTIFICATE_FILE: Final = "server.pem"
KEY_FILE: Final = "server.key"


def ensure_server_certificate(folder: Path, *, hosts: Sequence[str], now: datetime) -> None:
    """Make certificate and key for these host names and addresses when none is good.

    One that ends within thirty days, or names another host, is put aside and made anew.
    """
    if folder.exists() and not _is_good(folder / CERTIFICATE_FILE, hosts, now):
        folder.rename(folder.with_name(f"{folder.name}-until-{now:%Y%m%d%H%M%S%f}"))
    with made_whole(folder) as passing:
        if passing is not None:
            _make(passing, hosts, now)


def _make(folder: Path, hosts: Sequence[str], now: datetime) -> None:
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority_name = _name("Guichet on this machine")
    own = x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key())
    authority = (
        _begun(authority_name, authority_name, authority_key, now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(own, critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    certificate = (
        _begun(_name(hosts[0]), authority_name, key, now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_general(one) for one in hosts]), False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "authority.pem").write_bytes(authority.public_bytes(pem))
    (folder / CERTIFICATE_FILE).write_bytes(
        certificate.public_bytes(pem) + authority.public_bytes(pem)
    )
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_private(folder / KEY_FILE, private)


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now - timedelta(days=1) + _LIFE)
    )


def _is_good(file: Path, hosts: Sequence[str], now: datetime) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate(file.read_bytes())
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return False
    named = all(_general(host) in names for host in hosts)
    return named and now < certificate.not_valid_after_utc - _RENEWED_BEFORE


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])
