"""Is this document genuine? By its code, or by the file itself; nothing of a file is kept."""

import base64
import hashlib
import logging
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from guichet.documents import queries, seal_check, seal_key
from guichet.documents.queries import Known
from guichet.documents.seal_check import Seal

_log = logging.getLogger(__name__)

# A sealed document has a few hundred kilobytes.
LARGEST: Final = 20 * 1024 * 1024


class State(StrEnum):
    """The answer: genuine, changed since it was sealed, or not one of ours."""

    VALID = "valid"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reasons``: words of `Seal`, and ``digest_known`` or ``digest_unknown``; ``known``: what
    everybody may know of the document, where there is one."""

    state: State
    reasons: tuple[str, ...]
    known: Known | None = None


def of_file(data: bytes) -> Verdict:
    """The verdict on a file; ``data`` is read and forgotten."""
    seen = seal_check.examined(data, trusted=_trusted())
    known = queries.known(digest=_digest(data))
    noted = "digest_known" if known else "digest_unknown"
    if seen.seal is Seal.WHOLE:
        return Verdict(State.VALID if known else State.UNKNOWN, (seen.seal.value, noted), known)
    if seen.seal in (Seal.BROKEN, Seal.UNREADABLE):
        return Verdict(State.ALTERED, (seen.seal.value, noted))
    if seen.seal is Seal.PARTIAL:
        former = queries.known(digest=_digest(data[: seen.covered]))
        return Verdict(State.ALTERED, (seen.seal.value, noted), former)
    reasons = (seen.seal.value,) if seen.seal is Seal.NOT_PDF else (seen.seal.value, noted)
    return Verdict(State.UNKNOWN, reasons)


def public_keys() -> list[dict[str, str]]:
    """What the browser needs to check a seal: serial number and key of each certificate."""
    return [
        {
            "serial": f"{one.serial_number:x}",
            "key": base64.b64encode(
                one.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            ).decode("ascii"),
        }
        for one in _trusted()
    ]


def _trusted() -> tuple[x509.Certificate, ...]:
    """Ours; none where the operator gave this role no certificates: by code it still works."""
    environment = settings.ENVIRONMENT
    try:
        return seal_key.trusted(folder=environment.seal, provider=environment.seal_provider)
    except seal_key.SealMissing as missing:
        _log.error("no seal can be verified: %s", missing)
        return ()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
