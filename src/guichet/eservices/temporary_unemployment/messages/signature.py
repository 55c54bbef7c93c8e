"""Signatures that travel beside a file: detached CMS, in DER or in base64.

A signature is held against the certificates that are registered for the sender, never against one
that it brings along. The content may be large: only its digest comes here. No Django here.

Source: RFC 5652 (CMS), RFC 5754 (SHA-2), RFC 5753 (ECDSA); the signature file of the batch channel.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Protocol

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

LONGEST: Final = 64 * 1024
_DIGESTS: Final[Mapping[str, hashes.HashAlgorithm]] = MappingProxyType(
    {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
)
_ARMOUR: Final = re.compile(rb"-----(?:BEGIN|END) (?:CMS|PKCS7)-----")
_BLANKS: Final = re.compile(rb"\s+")
_SET: Final = b"\x31"
_EVERY_HASH: Final = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})
_UNREADABLE: Final = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError,
)  # fmt: skip


class SignatureFault(StrEnum):
    """Why a signature is not accepted."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_DETACHED = "not_detached"
    ALGORITHM = "algorithm"
    UNKNOWN_CERTIFICATE = "unknown_certificate"
    NOT_VALID_NOW = "not_valid_now"
    MISMATCH = "mismatch"


class SignatureRefused(Exception):
    """CTW-093; ``why``: what is wrong."""

    def __init__(self, why: SignatureFault) -> None:
        super().__init__(why.value)
        self.why = why


class Seal(Protocol):
    """What signs our own files: `documents.seal_key.SealKey` is one."""

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate of the key."""

    @property
    def above(self) -> tuple[x509.Certificate, ...]:
        """The certificates above it."""

    def sign(self, data: bytes) -> bytes:
        """ECDSA with SHA-256 over ``data``, in DER."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signer of one content that is not in it. ``digest_name``: for ``hashlib.new``.

    ``attributes``: what was signed in place of the content, in DER, None for the content itself;
    ``told``: the digests of a content that they name. ``issuer`` and ``serial``, or ``key_id``: of
    the certificate. ``scheme``: ``rsassa_pkcs1v15``, ``rsassa_pss`` (with ``salt``) or ``ecdsa``.
    """

    digest_name: str
    scheme: str
    value: bytes
    attributes: bytes | None
    told: tuple[bytes, ...]
    issuer: bytes
    serial: int
    key_id: bytes
    salt: int

    def verify(
        self, *, digest: bytes, certificates: Iterable[x509.Certificate], at: datetime
    ) -> str:
        """The thumbprint of the certificate that signed; raises SignatureRefused.

        ``digest``: of the content, by ``digest_name``; ``certificates``: those of the sender.
        """
        certificate = self._certificate(certificates)
        if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
            raise SignatureRefused(SignatureFault.NOT_VALID_NOW)
        if self.attributes is not None and self.told != (digest,):
            raise SignatureRefused(SignatureFault.MISMATCH)
        self._verify(certificate.public_key(), digest)
        return certificate.fingerprint(hashes.SHA256()).hex()

    def _certificate(self, certificates: Iterable[x509.Certificate]) -> x509.Certificate:
        for one in certificates:
            loaded = _loaded(one)
            if self.key_id:
                is_it = self.key_id == loaded.key_identifier
            else:
                is_it = (self.issuer, self.serial) == (loaded.issuer.dump(), loaded.serial_number)
            if is_it:
                return one
        raise SignatureRefused(SignatureFault.UNKNOWN_CERTIFICATE)

    def _verify(self, key: Any, digest: bytes) -> None:
        chosen = _DIGESTS[self.digest_name]
        signed = digest if self.attributes is None else self.attributes
        over: Any = utils.Prehashed(chosen) if self.attributes is None else chosen
        try:
            if isinstance(key, rsa.RSAPublicKey) and self.scheme == "rsassa_pss":
                key.verify(self.value, signed, padding.PSS(padding.MGF1(chosen), self.salt), over)
            elif isinstance(key, rsa.RSAPublicKey) and self.scheme == "rsassa_pkcs1v15":
                key.verify(self.value, signed, padding.PKCS1v15(), over)
            elif isinstance(key, ec.EllipticCurvePublicKey) and self.scheme == "ecdsa":
                key.verify(self.value, signed, ec.ECDSA(over))
            else:
                raise SignatureRefused(SignatureFault.ALGORITHM)
        except (InvalidSignature, ValueError):  # ValueError: a salt that no key has room for
            raise SignatureRefused(SignatureFault.MISMATCH) from None


def read(data: bytes) -> Signature:
    """The signature of a file, in DER or in base64, armoured or not; raises SignatureRefused."""
    if len(data) > LONGEST:
        raise SignatureRefused(SignatureFault.UNREADABLE)
    try:
        return _read(_der(data))
    except _UNREADABLE:
        raise SignatureRefused(SignatureFault.UNREADABLE) from None


def _read(der: bytes) -> Signature:
    """Everything that is looked at is parsed here: the parser is lazy, and fails late."""
    content = cms.ContentInfo.load(der, strict=True)
    if content["content_type"].native != "signed_data":
        raise SignatureRefused(SignatureFault.UNREADABLE)
    inside = content["content"]["encap_content_info"]
    if inside["content_type"].native != "data" or inside["content"].native is not None:
        raise SignatureRefused(SignatureFault.NOT_DETACHED)
    [signer] = content["content"]["signer_infos"]
    digest_name = str(signer["digest_algorithm"]["algorithm"].native)
    if digest_name not in _DIGESTS:
        raise SignatureRefused(SignatureFault.ALGORITHM)
    scheme, salt = _scheme(signer["signature_algorithm"], digest_name)
    sid, attributes = signer["sid"], signer["signed_attrs"]
    has_attributes = bool(attributes.contents)
    by_issuer = sid.name == "issuer_and_serial_number"
    return Signature(
        digest_name=digest_name,
        scheme=scheme,
        value=bytes(signer["signature"].native),
        attributes=_SET + attributes.dump()[1:] if has_attributes else None,
        told=_told(attributes) if has_attributes else (),
        issuer=sid.chosen["issuer"].dump() if by_issuer else b"",
        serial=sid.chosen["serial_number"].native if by_issuer else 0,
        key_id=b"" if by_issuer else bytes(sid.chosen.native),
        salt=salt,
    )


def _scheme(algorithm: Any, digest_name: str) -> tuple[str, int]:
    """The scheme and the length of its salt; its hash must be the one of the digest."""
    name = str(algorithm.signature_algo)
    if name == "rsassa_pss":
        given = algorithm["parameters"]
        inside = given["mask_gen_algorithm"]["parameters"]["algorithm"].native
        names = {given["hash_algorithm"]["algorithm"].native, inside}
        salt = int(given["salt_length"].native)
        if names != {digest_name} or salt < 0:
            raise SignatureRefused(SignatureFault.ALGORITHM)
        return name, salt
    # "rsassa_pkcs1v15" alone names no hash: that of the digest does.
    named = str(algorithm["algorithm"].native).partition("_")[0]
    if named in _EVERY_HASH and named != digest_name:
        raise SignatureRefused(SignatureFault.ALGORITHM)
    return name, 0


def _told(attributes: Any) -> tuple[bytes, ...]:
    """The digests that the attributes name; they speak of plain data."""
    kinds: list[str] = []
    digests: list[bytes] = []
    for one in attributes:
        match one["type"].native:
            case "content_type":
                kinds += one["values"].native
            case "message_digest":
                digests += one["values"].native
    if kinds != ["data"]:
        raise SignatureRefused(SignatureFault.MISMATCH)
    return tuple(digests)


def made(*, digest: bytes, seal: Seal, at: datetime) -> bytes:
    """A detached signature of ours over content of this SHA-256 digest, in base64."""
    attributes = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute(
                {
                    "type": "signing_time",
                    "values": [cms.Time({"utc_time": core.UTCTime(at.astimezone(UTC))})],
                }
            ),
            cms.CMSAttribute({"type": "message_digest", "values": [digest]}),
        ]
    )
    chain = [_loaded(one) for one in (seal.certificate, *seal.above)]
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": chain[0].issuer, "serial_number": chain[0].serial_number}
                    )
                }
            ),
            "digest_algorithm": sha256,
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": seal.sign(attributes.dump()),
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [sha256],
            "encap_content_info": {"content_type": "data"},
            "certificates": chain,
            "signer_infos": [signer],
        }
    )
    content = cms.ContentInfo({"content_type": "signed_data", "content": signed})
    return base64.encodebytes(content.dump())


def _der(data: bytes) -> bytes:
    if data[:1] == b"\x30":
        return data
    text = _BLANKS.sub(b"", _ARMOUR.sub(b"", data))
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise SignatureRefused(SignatureFault.UNREADABLE) from None


def _loaded(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
