"""Keys and certificates of senders, and the signatures that their programs make."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

NOW: Final = datetime(2025, 3, 9, 10, 0, tzinfo=UTC)


@cache
def key(kind: str, number: int = 0) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    """A key, the same for a test run."""
    if kind == "rsa":
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP256R1())


@cache
def certificate(kind: str, number: int = 0, *, days: int = 300) -> x509.Certificate:
    """Its certificate, of ``days`` around NOW; with none it ended yesterday."""
    pair = key(kind, number)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Sender {kind} {number}")])
    ends = NOW + timedelta(days=days) if days else NOW - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(pair.public_key())
        .serial_number(1_000 + number + days)
        .not_valid_before(NOW - timedelta(days=300))
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(pair.public_key()), False)
        .sign(pair, hashes.SHA256())
    )


def openssl(*words: str | Path) -> subprocess.CompletedProcess[bytes]:
    """The command, as an integrator would run it."""
    command = ["openssl", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=False, timeout=60)


def signed(
    folder: Path,
    content: bytes,
    *options: str,
    kind: str = "rsa",
    number: int = 0,
    days: int = 300,
    form: str = "DER",
) -> bytes:
    """A signature that ``openssl cms -sign`` makes of ``content``."""
    files = {
        "content": content,
        "key": key(kind, number).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        "certificate": certificate(kind, number, days=days).public_bytes(
            serialization.Encoding.PEM
        ),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    out = folder / "signature"
    digest = [] if "-md" in options else ["-md", "sha256"]
    done = openssl(
        "cms", "-sign", "-binary", "-in", folder / "content", "-signer", folder / "certificate",
        "-inkey", folder / "key", "-outform", form, "-out", out, *digest, *options,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return out.read_bytes()
