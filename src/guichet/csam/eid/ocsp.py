"""Asks the authority's responder whether a card was revoked (RFC 6960, 8954). No Django here."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import httpx
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from guichet.csam.eid.revocation import Status

_SECONDS: Final = 5.0
_LONGEST: Final = 65_536
# Clocks differ; an answer without an end is news for a day.
_SKEW: Final = timedelta(minutes=5)
_FRESH: Final = timedelta(days=1)


class Unusable(Exception):
    """An answer that says nothing of this card: forged, of another card, or old."""


@dataclass(frozen=True, slots=True)
class OcspResponder:
    """The responder at ``url``, or, when absent, the one that the card names."""

    url: str | None = None
    transport: httpx.BaseTransport | None = None

    def status(self, *, card: x509.Certificate, issuer: x509.Certificate, now: datetime) -> Status:
        """What the responder says; unavailable for every answer that proves nothing."""
        address = self.url or _named(card)
        if address is None:
            return Status.UNAVAILABLE
        nonce = secrets.token_bytes(32)
        # SHA-1 names the card here, it protects nothing: what every responder understands.
        builder = ocsp.OCSPRequestBuilder().add_certificate(card, issuer, hashes.SHA1())  # noqa: S303
        request = builder.add_extension(x509.OCSPNonce(nonce), critical=False).build()
        try:
            response = ocsp.load_der_ocsp_response(self._asked(address, request))
            return read_answer(
                response, card=card, request=request, issuer=issuer, nonce=nonce, now=now
            )
        except (httpx.HTTPError, httpx.InvalidURL, Unusable, ValueError, InvalidSignature):
            return Status.UNAVAILABLE

    def _asked(self, address: str, request: ocsp.OCSPRequest) -> bytes:
        """The bytes of the answer, not more than an answer has; raises Unusable, HTTPError."""
        with (
            httpx.Client(timeout=_SECONDS, trust_env=False, transport=self.transport) as client,
            client.stream(
                "POST",
                address,
                content=request.public_bytes(Encoding.DER),
                headers={"Content-Type": "application/ocsp-request"},
            ) as answer,
        ):
            answer.raise_for_status()
            content = b""
            for piece in answer.iter_bytes():
                content += piece
                if len(content) > _LONGEST:
                    raise Unusable("too long")
            return content


def read_answer(
    response: ocsp.OCSPResponse,
    *,
    card: x509.Certificate,
    request: ocsp.OCSPRequest,
    issuer: x509.Certificate,
    nonce: bytes,
    now: datetime,
) -> Status:
    """What an answer says of the card; raises Unusable, ValueError or InvalidSignature."""
    if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        raise Unusable("the responder refuses")
    _require_signature(response, issuer=issuer, now=now)
    _require_nonce(response, nonce=nonce)
    single = _about(response.responses, request=request)
    if not _is_fresh(single, now=now):
        raise Unusable("an old answer")
    if single.certificate_status is ocsp.OCSPCertStatus.GOOD:
        return Status.GOOD
    if single.certificate_status is ocsp.OCSPCertStatus.REVOKED:
        return Status.REVOKED
    raise Unusable("the responder does not know the card")


def _about(
    answers: Iterable[ocsp.OCSPSingleResponse], *, request: ocsp.OCSPRequest
) -> ocsp.OCSPSingleResponse:
    """The answer about the card that was asked for: same issuer, same number."""
    for one in answers:
        same_issuer = (
            one.hash_algorithm.name == request.hash_algorithm.name
            and one.issuer_key_hash == request.issuer_key_hash
            and one.issuer_name_hash == request.issuer_name_hash
        )
        if same_issuer and one.serial_number == request.serial_number:
            return one
    raise Unusable("an answer about another card")


def _is_fresh(single: ocsp.OCSPSingleResponse, *, now: datetime) -> bool:
    begin = single.this_update_utc
    end = single.next_update_utc or begin + _FRESH
    return begin - _SKEW <= now <= end + _SKEW


def _require_nonce(response: ocsp.OCSPResponse, *, nonce: bytes) -> None:
    """Ours, when the responder repeats one: many keep answers ready and do not."""
    try:
        returned = response.extensions.get_extension_for_class(x509.OCSPNonce).value
    except x509.ExtensionNotFound:
        return
    if returned.nonce != nonce:
        raise Unusable("an answer to somebody else")


def _require_signature(
    response: ocsp.OCSPResponse, *, issuer: x509.Certificate, now: datetime
) -> None:
    """By the issuer of the card, or by a responder to whom this issuer gave the task."""
    signer = next((one for one in response.certificates if _is_named(response, one)), issuer)
    if signer != issuer:
        _require_delegate(signer, issuer=issuer, now=now)
    algorithm = response.signature_hash_algorithm
    if algorithm is None or isinstance(algorithm, hashes.SHA1 | hashes.MD5):
        raise Unusable("a weak signature")
    key, signature, signed = signer.public_key(), response.signature, response.tbs_response_bytes
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, signed, padding.PKCS1v15(), algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, signed, ec.ECDSA(algorithm))
    else:
        raise Unusable("a signature of an unknown kind")


def _is_named(response: ocsp.OCSPResponse, certificate: x509.Certificate) -> bool:
    if response.responder_name is not None:
        return certificate.subject == response.responder_name
    digest = x509.SubjectKeyIdentifier.from_public_key(certificate.public_key()).digest
    return response.responder_key_hash == digest


def _require_delegate(signer: x509.Certificate, *, issuer: x509.Certificate, now: datetime) -> None:
    try:
        signer.verify_directly_issued_by(issuer)
        purposes = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (TypeError, x509.ExtensionNotFound):
        raise Unusable("a responder without a mandate") from None
    is_valid = signer.not_valid_before_utc <= now <= signer.not_valid_after_utc
    if not is_valid or ExtendedKeyUsageOID.OCSP_SIGNING not in purposes:
        raise Unusable("a responder without a mandate")


def _named(card: x509.Certificate) -> str | None:
    """The address of the responder that stands in the card."""
    try:
        access = card.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except x509.ExtensionNotFound:
        return None
    for one in access:
        is_responder = one.access_method == AuthorityInformationAccessOID.OCSP
        if is_responder and isinstance(one.access_location, x509.UniformResourceIdentifier):
            return one.access_location.value
    return None
