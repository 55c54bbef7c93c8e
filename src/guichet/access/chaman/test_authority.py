"""The test authority of the simulation: a key and a certificate in one file, kept nowhere.

Nobody builds a chain on it: the key that signs is thrown away with the rest, and the name of the
issuer alone marks the certificate. A channel of production refuses it.
"""

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from guichet.access.certificates import TEST_ORGANISATION
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.platform.db import transaction

LIFE: Final = timedelta(days=365)
# Java reads no PKCS#12 file without a password; the open key lies beside it.
P12_PASSWORD: Final = "test"  # noqa: S105
_LONGEST_NAME: Final = 64  # of a common name, X.520
_ISSUER: Final = x509.Name(
    [
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, TEST_ORGANISATION),
        x509.NameAttribute(NameOID.COMMON_NAME, "Test authority (TEST)"),
    ]
)


@dataclass(frozen=True, slots=True, repr=False)
class Issued:
    """A ZIP file with the key, the certificate, both as PKCS#12, and a note."""

    archive: bytes
    thumbprint: str


def issue(*, enterprise_number: str, name: str, note: str, actor: Actor, now: datetime) -> Issued:
    """A key with its certificate for software of one enterprise, valid a year from ``now``.

    ``note``: the text of the file beside them. The trail keeps the thumbprint, nobody the key.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    made = _certificate(key, f"TEST {name}"[:_LONGEST_NAME], enterprise_number, now)
    thumbprint = made.fingerprint(hashes.SHA256()).hex()
    with transaction():
        trail.record(
            action="access.testCertificate.issued",
            actor=actor,
            target=f"certificate/{thumbprint}",
            now=now,
        )
    return Issued(_archive(key, made, note), thumbprint)


def _certificate(
    key: rsa.RSAPrivateKey, name: str, enterprise_number: str, now: datetime
) -> x509.Certificate:
    subject = [
        x509.NameAttribute(NameOID.COMMON_NAME, name),
        x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, f"NTRBE-{enterprise_number}"),
    ]
    builder = x509.CertificateBuilder(
        issuer_name=_ISSUER,
        subject_name=x509.Name(subject),
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - timedelta(minutes=1),
        not_valid_after=now + LIFE,
    )
    limits = x509.BasicConstraints(ca=False, path_length=None)
    builder = builder.add_extension(limits, critical=True)
    return builder.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())


def _archive(key: rsa.RSAPrivateKey, made: x509.Certificate, note: str) -> bytes:
    files = {
        "README.txt": note.encode(),
        "certificate.pem": made.public_bytes(serialization.Encoding.PEM),
        "key.pem": key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        "key-and-certificate.p12": pkcs12.serialize_key_and_certificates(
            b"TEST", key, made, None, serialization.BestAvailableEncryption(P12_PASSWORD.encode())
        ),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in files.items():
            archive.writestr(file, content)
    return stream.getvalue()
