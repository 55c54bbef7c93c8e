"""Verifying client assertions (RFC 7523, RFC 7519).

No Django here: who the clients are and where used assertions are remembered is handed in.
Whatever is wrong, the answer is one and the same refusal; its reason is for our own log.
"""

import base64
import functools
import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry

from guichet.access.certificates import SKEW as CERTIFICATE_SKEW
from guichet.access.certificates import VerificationKey, verification_key

SKEW: Final = 30  # seconds past exp, or before nbf
IAT_SKEW: Final = 60  # seconds that iat may lie ahead
LONGEST_LIFE: Final = 3600  # seconds from iat to exp
_LONGEST_JTI: Final = 512
_LONGEST_CLIENT_ID: Final = 128
_LARGEST_TIME: Final = 2**40  # far beyond any date, far below what overflows
_ALGORITHMS: Final[Mapping[str, str]] = {"RS256": "RSA", "ES256": "EC"}
_LONGEST_HEADER: Final = 12_288  # some clients send their certificate in it


def _registry(algorithm: str) -> JWSRegistry:
    # Real clients send header members of their own; what they may not send is `crit`.
    registry = JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    registry.max_header_length = _LONGEST_HEADER
    return registry


_REGISTRIES: Final = {algorithm: _registry(algorithm) for algorithm in _ALGORITHMS}


class Reason(StrEnum):
    """Why an assertion was refused; never told to the caller."""

    MALFORMED = "malformed"
    ALGORITHM = "algorithm"
    ISSUER = "issuer"
    CLIENT = "client"
    SIGNATURE = "signature"
    AUDIENCE = "audience"
    TIME = "time"
    IDENTIFIER = "identifier"
    REPLAYED = "replayed"


class AssertionRefused(Exception):
    """The one refusal: ``invalid_client``."""

    def __init__(self, reason: Reason, client_id: str | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.client_id = client_id


@dataclass(frozen=True, slots=True)
class ClientKey:
    """An active certificate of a client."""

    thumbprint: str
    serial_number: str
    pem: str
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True)
class Client:
    """An active channel as the token endpoint needs it."""

    client_id: str
    channel: int
    enterprise_number: str
    environment: str
    permissions: tuple[str, ...]
    keys: tuple[ClientKey, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """An assertion whose signature and claims hold; it is not yet used up."""

    client: Client
    certificate: str
    jti_digest: str
    until: datetime
    """From here on the assertion would be refused as expired."""


def verify(
    *,
    assertion: str,
    client_of: Callable[[str], Client | None],
    audiences: tuple[str, ...],
    now: datetime,
) -> Verified:
    """Who sent the assertion; raises AssertionRefused.

    ``client_of``: the active client of that id, with its active certificates, or None. An unknown
    client costs the same work as a known one. The signature is checked before the claims, and
    the caller remembers ``jti_digest`` only afterwards: a forged assertion uses nothing up.
    """
    header, claims = _parsed(assertion)
    algorithm = _algorithm(header)
    client_id = _client_id(claims)
    client = client_of(client_id)
    certificate = _signed_by(assertion, header, algorithm, client, now)
    if client is None:
        raise AssertionRefused(Reason.CLIENT, client_id)
    if certificate is None:
        raise AssertionRefused(Reason.SIGNATURE, client_id)
    try:
        _check_audience(claims, audiences)
        expires_at = _checked_expiry(claims, now.timestamp())
        digest = _jti_digest(claims)
    except AssertionRefused as refusal:
        raise AssertionRefused(refusal.reason, client_id) from None
    until = datetime.fromtimestamp(math.ceil(expires_at) + SKEW, UTC)
    return Verified(client, certificate, digest, until)


def _parsed(assertion: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims, nothing verified yet."""
    try:
        parts = jws.extract_compact(assertion.encode("ascii"), registry=_REGISTRIES["RS256"])
        header = parts.headers()
        claims = json.loads(parts.payload)
    # ValueError: broken base64, UTF-8, JSON, or a number of thousands of digits.
    except (JoseError, ValueError, TypeError, AttributeError, RecursionError):
        raise AssertionRefused(Reason.MALFORMED) from None
    if not isinstance(header, dict) or not isinstance(claims, dict) or "crit" in header:
        raise AssertionRefused(Reason.MALFORMED)
    return header, claims


def _algorithm(header: Mapping[str, Any]) -> str:
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in _ALGORITHMS:
        raise AssertionRefused(Reason.ALGORITHM)
    return algorithm


def _client_id(claims: Mapping[str, Any]) -> str:
    issuer = claims.get("iss")
    if not isinstance(issuer, str) or issuer != claims.get("sub"):
        raise AssertionRefused(Reason.ISSUER)
    # A NUL would be an accident in PostgreSQL; no client id of ours has anything but this.
    if not (0 < len(issuer) <= _LONGEST_CLIENT_ID and issuer.isascii() and issuer.isprintable()):
        raise AssertionRefused(Reason.ISSUER)
    return issuer


def _signed_by(
    assertion: str,
    header: Mapping[str, Any],
    algorithm: str,
    client: Client | None,
    now: datetime,
) -> str | None:
    """The thumbprint of the certificate whose key made the signature, if any."""
    kind, tried = _ALGORITHMS[algorithm], 0
    for candidate in _candidates(header, client, now):
        key_kind, key = verification_key(candidate.pem)
        if key_kind != kind:
            continue
        tried += 1
        if _signature_holds(assertion, key, algorithm):
            return candidate.thumbprint
    if not tried:  # as much work for a client that does not exist
        _signature_holds(assertion, _decoy(kind), algorithm)
    return None


def _candidates(
    header: Mapping[str, Any], client: Client | None, now: datetime
) -> Iterator[ClientKey]:
    """Certificates within their validity, those that the header hints at first."""
    if client is None:
        return
    valid = [
        key for key in client.keys if key.not_before - CERTIFICATE_SKEW <= now <= key.not_after
    ]
    hints = {hint for hint in (header.get("kid"), header.get("x5t#S256")) if isinstance(hint, str)}
    yield from sorted(valid, key=lambda key: hints.isdisjoint(_names(key)))


def _names(key: ClientKey) -> set[str]:
    """What clients write to say which certificate they mean."""
    digest = bytes.fromhex(key.thumbprint)
    encoded = base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
    return {key.thumbprint, encoded, key.serial_number, f"{int(key.serial_number):x}"}


def _signature_holds(assertion: str, key: VerificationKey, algorithm: str) -> bool:
    try:
        jws.deserialize_compact(assertion, key, registry=_REGISTRIES[algorithm])
    except (JoseError, ValueError, TypeError, RecursionError):
        return False
    return True


@functools.cache
def _decoy(kind: str) -> VerificationKey:
    """A key that signed nothing."""
    return RSAKey.generate_key(2048) if kind == "RSA" else ECKey.generate_key("P-256")


def _check_audience(claims: Mapping[str, Any], audiences: tuple[str, ...]) -> None:
    named = claims.get("aud")
    named = named if isinstance(named, list) else [named]
    if not any(isinstance(name, str) and name in audiences for name in named):
        raise AssertionRefused(Reason.AUDIENCE)


def _checked_expiry(claims: Mapping[str, Any], now: float) -> float:
    """The time of ``exp`` once it, ``iat`` and ``nbf`` are found in order."""
    expires_at = _time(claims, "exp")
    if expires_at is None or expires_at <= now - SKEW:
        raise AssertionRefused(Reason.TIME)
    issued_at = _time(claims, "iat")
    if issued_at is not None and issued_at > now + IAT_SKEW:
        raise AssertionRefused(Reason.TIME)
    # Without iat the life is counted from now.
    if expires_at - (now if issued_at is None else issued_at) > LONGEST_LIFE:
        raise AssertionRefused(Reason.TIME)
    begins_at = _time(claims, "nbf")
    if begins_at is not None and begins_at > now + SKEW:
        raise AssertionRefused(Reason.TIME)
    return expires_at


def _time(claims: Mapping[str, Any], name: str) -> float | None:
    """Seconds since 1970, or None when the claim is absent; anything else is refused."""
    if name not in claims:
        return None
    value = claims[name]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    # Neither a number of thirty digits, nor NaN, nor Infinity (Python's JSON reads both).
    if not is_number or not -_LARGEST_TIME < value < _LARGEST_TIME:
        raise AssertionRefused(Reason.TIME)
    return float(value)


def _jti_digest(claims: Mapping[str, Any]) -> str:
    """The digest under which it is remembered: neither its length nor its signs can hurt."""
    identifier = claims.get("jti")
    if not isinstance(identifier, str) or not 0 < len(identifier) <= _LONGEST_JTI:
        raise AssertionRefused(Reason.IDENTIFIER)
    return hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()
