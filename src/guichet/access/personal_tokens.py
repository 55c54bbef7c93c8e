"""Tokens for somebody's own acts: a few minutes long, for the script of one page. No Django here.

The holder is named by a pseudonym, so the phone never holds a national number; what a machine's
token says (channel, enterprise, certificate) is not in it, hence neither kind passes for the other.
"""

import uuid
from dataclasses import dataclass
from typing import Final

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from guichet.access import bearer
from guichet.access.permissions import OWN_ACTS, PRESENCE_PREFIX
from guichet.access.tokens import AccessToken

LIFETIME: Final = 300  # seconds; ours: long enough for a slow network, short for a lent phone
SCOPE: Final = PRESENCE_PREFIX + OWN_ACTS
_CLIENT: Final = "guichet-portal"
_LONGEST: Final = 4096
_REGISTRY: Final = JWSRegistry(algorithms=["ES256"], strict_check_header=False)


@dataclass(frozen=True, slots=True)
class Holder:
    """The person behind a token, by pseudonym; ``expires_at`` in seconds since 1970."""

    pseudonym: uuid.UUID
    expires_at: float


class _Claims(msgspec.Struct):
    iss: str
    aud: str
    client_id: str
    sub: uuid.UUID
    scope: str
    exp: int


def issue(
    *, pseudonym: uuid.UUID, keys: KeySet, issuer: str, audience: str, now: float
) -> AccessToken:
    """A token for the person behind ``pseudonym``; ``now`` in seconds since 1970.

    Source:  RFC 9068 §2.2.
    """
    key = keys.keys[0]
    issued_at = int(now)
    claims = {
        "iss": issuer,
        "aud": audience,
        "sub": str(pseudonym),
        "client_id": _CLIENT,
        "scope": SCOPE,
        "iat": issued_at,
        "exp": issued_at + LIFETIME,
        "jti": str(uuid.uuid4()),
    }
    text = jwt.encode({"alg": "ES256", "typ": "at+jwt", "kid": key.kid}, claims, key)
    return AccessToken(text=text, scope=SCOPE, expires_in=LIFETIME)


def verify(
    *, authorization: str | None, keys: KeySet, issuer: str, audience: str, now: float
) -> Holder:
    """The person named by an ``Authorization`` header; ``now`` in seconds since 1970.

    No grace after the end: the script asks for the next token in time.
    Source:  RFC 6750 §2.1; RFC 9068.
    Raises:  TokenRefused: noAccessToken, invalidAccessToken, expiredAccessToken or missingScope.
    """
    text = bearer.token_text(authorization)
    claims = _claims(text, keys)
    if claims.iss != issuer or claims.aud != audience or claims.client_id != _CLIENT:
        raise bearer.revoked()
    if now > claims.exp:
        raise bearer.expired()
    if SCOPE not in claims.scope.split():
        raise bearer.missing_scope((OWN_ACTS,))
    return Holder(claims.sub, float(claims.exp))


def _claims(text: str, keys: KeySet) -> _Claims:
    if len(text) > _LONGEST:
        raise bearer.revoked()
    try:
        token = jwt.decode(text, keys, registry=_REGISTRY)
        if token.header.get("typ") != "at+jwt":
            raise bearer.revoked()
        return msgspec.convert(token.claims, _Claims)
    # ValueError: broken base64, UTF-8 or JSON; RecursionError: JSON nested to exhaustion.
    except (JoseError, ValueError, TypeError, RecursionError):
        raise bearer.revoked() from None
