"""Reading our own access tokens: who calls, with which scopes, signed in with which certificate.

No Django here: the ingest asks the same questions as the plain views. Verifying costs one ES256
check, so callers may keep the answer until `Caller.expires_at` plus LEEWAY.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
from joserfc import jwk, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from guichet.access import permissions
from guichet.access.permissions import ENTERPRISE, PROFESSIONAL
from guichet.kernel import problem
from guichet.kernel.problem import Problem

__all__ = [
    "ENTERPRISE",
    "LEEWAY",
    "PROFESSIONAL",
    "Caller",
    "KeySet",
    "TokenRefused",
    "expired",
    "load_keys",
    "missing_permission",
    "missing_scope",
    "require_scope",
    "revoked",
    "token_text",
    "verify",
]

# Some clients have no renewal margin: a token is accepted up to a minute after its end
# (ours; the guide asks clients to renew in time).
LEEWAY: Final = 60.0
_LONGEST: Final = 8192
_CHALLENGE: Final = 'Bearer realm="guichet"'
_REGISTRY: Final = JWSRegistry(algorithms=["ES256"], strict_check_header=False)


@dataclass(frozen=True, slots=True)
class Caller:
    """The technical channel behind a valid access token."""

    client_id: str
    channel: int
    enterprise_number: str
    scopes: frozenset[str]
    certificate: str
    expires_at: float

    def may(self, suffix: str) -> bool:
        """Whether a scope of the token is, or ends in, ``suffix``."""
        ending = ":" + suffix
        return any(scope == suffix or scope.endswith(ending) for scope in self.scopes)


class TokenRefused(Exception):
    """The call may not go on: a problem document and the challenge that goes with it."""

    def __init__(self, document: Problem, www_authenticate: str) -> None:
        super().__init__(document.type)
        self.problem = document
        self.www_authenticate = www_authenticate


class _Claims(msgspec.Struct):
    """The claims that we write ourselves; anything else is not a token of ours."""

    iss: str
    aud: str | list[str]
    client_id: str
    channel: int
    enterprise_number: str
    scope: str
    certificate: str
    exp: int


def load_keys(path: Path) -> KeySet:
    """The JWK set in ``path`` (private or public keys); raises OSError or ValueError."""
    document = msgspec.json.decode(path.read_bytes(), type=dict[str, list[dict[str, Any]]])
    try:
        keys = [jwk.import_key(key) for key in document["keys"]]
    except (JoseError, KeyError, TypeError) as fault:
        raise ValueError(f"{path} is not a JSON Web Key set") from fault
    if not keys:
        raise ValueError(f"{path} has no key")
    return KeySet(keys)


def verify(
    *, authorization: str | None, keys: KeySet, issuer: str, audience: str, now: float
) -> Caller:
    """The caller named by an ``Authorization`` header.

    Units:   ``now`` in seconds since 1970.
    Source:  RFC 6750 §2.1 (header only, never the query string); RFC 9068.
    Raises:  TokenRefused with noAccessToken, invalidAccessToken or expiredAccessToken.
    """
    claims = _claims(token_text(authorization), keys)
    audiences = claims.aud if isinstance(claims.aud, list) else [claims.aud]
    if claims.iss != issuer or audience not in audiences:
        raise revoked()
    if now > claims.exp + LEEWAY:
        raise expired()
    return Caller(
        client_id=claims.client_id,
        channel=claims.channel,
        enterprise_number=claims.enterprise_number,
        scopes=frozenset(claims.scope.split()),
        certificate=claims.certificate,
        expires_at=float(claims.exp),
    )


def token_text(authorization: str | None) -> str:
    """The token of an ``Authorization`` header; raises TokenRefused with noAccessToken."""
    scheme, _, text = (authorization or "").strip().partition(" ")
    text = text.strip()
    if scheme.lower() != "bearer" or not text:
        raise TokenRefused(problem.no_access_token(), _CHALLENGE)
    return text


def require_scope(*, caller: Caller, suffixes: tuple[str, ...]) -> None:
    """Refuse with missingScope unless the token carries one of the scopes."""
    if not any(caller.may(suffix) for suffix in suffixes):
        raise missing_scope(suffixes)


def revoked() -> TokenRefused:
    """invalidAccessToken: not ours, changed, or its channel or certificate was withdrawn."""
    return TokenRefused(problem.invalid_access_token(), f'{_CHALLENGE}, error="invalid_token"')


def missing_scope(suffixes: tuple[str, ...]) -> TokenRefused:
    """missingScope, naming the scopes of which one is enough."""
    scopes = permissions.full_scopes(suffixes)
    challenge = f'{_CHALLENGE}, error="insufficient_scope", scope="{" ".join(scopes)}"'
    return TokenRefused(problem.missing_scope(scopes), challenge)


def missing_permission() -> TokenRefused:
    """missingPermission: the token is good, but the channel no longer holds the permission."""
    return TokenRefused(problem.missing_permission(), _CHALLENGE)


def expired() -> TokenRefused:
    """expiredAccessToken: good, and its time is over."""
    challenge = f'{_CHALLENGE}, error="invalid_token", error_description="expired"'
    return TokenRefused(problem.expired_access_token(), challenge)


def _claims(text: str, keys: KeySet) -> _Claims:
    if len(text) > _LONGEST:
        raise revoked()
    try:
        token = jwt.decode(text, keys, registry=_REGISTRY)
        if token.header.get("typ") != "at+jwt":
            raise revoked()
        return msgspec.convert(token.claims, _Claims)
    # ValueError: broken base64, UTF-8 or JSON; RecursionError: JSON nested to exhaustion.
    except (JoseError, ValueError, TypeError, RecursionError):
        raise revoked() from None
