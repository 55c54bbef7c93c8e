"""The authorities whose cards we accept: a folder of certificates, and the chain to one of them.

Our own folder, never the store of the system or of a browser: the public trust of the roots of
the cards ended, and a listener that leaned on it stopped working. No Django here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.x509.oid import NameOID
from cryptography.x509.verification import (
    ExtensionPolicy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from guichet.csam.eid.authority import TEST_MARK

_ENDINGS: Final = (".pem", ".crt", ".cer", ".der")


class TrustRefused(Exception):
    """The trust store cannot be used; the text is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class TrustStore:
    """Self-signed roots, and the authorities between them and the cards."""

    roots: tuple[x509.Certificate, ...]
    between: tuple[x509.Certificate, ...]

    @property
    def authorities(self) -> tuple[x509.Certificate, ...]:
        """All of them: what a browser is told, so that it offers the right certificates."""
        return self.roots + self.between

    def issuer(self, card: x509.Certificate, *, at: datetime) -> x509.Certificate | None:
        """Who signed the card, when a chain leads from it to one of the roots at ``at``.

        Signatures, names, validity of the authorities, path length and key usage are checked;
        what the card itself is for is judged elsewhere. What the browser sends beside the card
        is not used: every authority stands in our folder.
        """
        verifier = (
            PolicyBuilder()
            .store(Store(list(self.roots)))
            .time(at)
            .extension_policies(
                ca_policy=ExtensionPolicy.webpki_defaults_ca(),
                ee_policy=ExtensionPolicy.permit_all(),
            )
            .build_client_verifier()
        )
        try:
            chain = verifier.verify(card, list(self.between)).chain
        except (VerificationError, ValueError):
            return None
        return chain[1] if len(chain) > 1 else None


def read_trust(folder: Path, *, simulation: bool) -> TrustStore:
    """Every certificate in the folder; raises TrustRefused when nothing useful is there."""
    found = [one for file in _files(folder) for one in _certificates(file)]
    if not simulation and any(_is_of_a_test(one) for one in found):
        raise TrustRefused(f"{folder} holds a test authority; its cards prove nothing.")
    roots = tuple(one for one in found if one.issuer == one.subject)
    if not roots:
        raise TrustRefused(f"GUICHET_EID_TRUST: there is no root certificate in {folder}.")
    return TrustStore(roots, tuple(one for one in found if one.issuer != one.subject))


def _files(folder: Path) -> list[Path]:
    try:
        files = sorted(folder.iterdir())
    except OSError as fault:
        raise TrustRefused(
            f"GUICHET_EID_TRUST: {folder} cannot be read: {fault.strerror}."
        ) from None
    return [file for file in files if file.suffix.lower() in _ENDINGS]


def _certificates(file: Path) -> Iterable[x509.Certificate]:
    """One or more in PEM, or one in DER."""
    content = file.read_bytes()
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_certificates(content)
        return [x509.load_der_x509_certificate(content)]
    except ValueError:
        raise TrustRefused(f"GUICHET_EID_TRUST: {file} is not a certificate.") from None


def _is_of_a_test(certificate: x509.Certificate) -> bool:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return any(TEST_MARK in str(name.value) for name in names)
