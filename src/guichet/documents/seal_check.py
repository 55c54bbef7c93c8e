"""Looking at the seal of a file, without opening the document: the range that the seal covers,
its digest, and whose key signed it.

The page does the same in the browser (``verify.js``); both must answer alike. Only bytes are
looked for, nothing is decompressed or drawn: a hostile file costs what its length costs. No Django
here.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec


class Seal(StrEnum):
    """What the seal of a file says."""

    NOT_PDF = "not_pdf"
    NONE = "seal_none"
    FOREIGN = "seal_foreign"
    UNREADABLE = "seal_unreadable"
    BROKEN = "seal_broken"
    PARTIAL = "seal_partial"
    WHOLE = "seal_whole"


@dataclass(frozen=True, slots=True)
class Examined:
    """``covered``: how many bytes from the start the seal speaks for, zero without one."""

    seal: Seal
    covered: int = 0


_RANGE: Final = re.compile(
    rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]"
)
_LARGEST_SEAL: Final = 64 * 1024


def examined(data: bytes, *, trusted: Sequence[x509.Certificate]) -> Examined:
    """The last seal in ``data`` and whether one of the ``trusted`` certificates made it."""
    if not data.startswith(b"%PDF-"):
        return Examined(Seal.NOT_PDF)
    found = _RANGE.findall(data)
    if not found:
        return Examined(Seal.NONE)
    start, length, again, rest = (int(one) for one in found[-1])
    end, gap = again + rest, data[start + length : again]
    fits = start == 0 and length < again <= end <= len(data) and len(gap) <= _LARGEST_SEAL
    signer = _signer(gap) if fits else None
    if signer is None:
        return Examined(Seal.UNREADABLE)
    digest = hashlib.sha256(data[:length] + data[again:end]).digest()
    seal = _judged(signer, digest, trusted)
    if seal is Seal.WHOLE and end < len(data):
        return Examined(Seal.PARTIAL, end)
    return Examined(seal, end)


def _signer(gap: bytes) -> Any:
    """The one who signed, from the hexadecimal between angle brackets; None if unreadable."""
    if not (gap.startswith(b"<") and gap.endswith(b">")):
        return None
    try:
        content = cms.ContentInfo.load(bytes.fromhex(gap[1:-1].decode("ascii")))
        [signer] = content["content"]["signer_infos"]
        _ = signer["signed_attrs"].native, signer["sid"].native, signer["signature"].native
    except Exception:  # asn1crypto raises what it likes on bytes of anybody
        return None
    return signer


def _judged(signer: Any, digest: bytes, trusted: Sequence[x509.Certificate]) -> Seal:
    ours = [one for one in trusted if _is_of(signer, one)]
    if not ours:
        return Seal.FOREIGN
    attributes = {one["type"].native: one["values"] for one in signer["signed_attrs"]}
    said = attributes.get("message_digest")
    if said is None or not hmac.compare_digest(said[0].native, digest):
        return Seal.BROKEN
    signed = signer["signed_attrs"].untag().dump()
    return Seal.WHOLE if _verifies(ours[0], signer["signature"].native, signed) else Seal.BROKEN


def _is_of(signer: Any, certificate: x509.Certificate) -> bool:
    """Whether the seal names this certificate; its serial number has 159 bits of chance."""
    if signer["sid"].name != "issuer_and_serial_number":
        return False
    return bool(signer["sid"].chosen["serial_number"].native == certificate.serial_number)


def _verifies(certificate: x509.Certificate, signature: bytes, signed: bytes) -> bool:
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True
