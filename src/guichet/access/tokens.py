"""Issuing access tokens: signed JWTs of the profile ``at+jwt`` (RFC 9068). No Django here."""

import uuid
from dataclasses import dataclass
from typing import Final

from joserfc import jwt
from joserfc.jwk import KeySet

LIFETIME: Final = 600  # seconds; ONSS developer guide, access tokens


@dataclass(frozen=True, slots=True, repr=False)
class AccessToken:
    """A token and what its answer says of it; never shown in a log."""

    text: str
    scope: str
    expires_in: int = LIFETIME


def issue(
    *,
    client_id: str,
    channel: int,
    enterprise_number: str,
    certificate: str,
    scopes: tuple[str, ...],
    keys: KeySet,
    issuer: str,
    audience: str,
    now: float,
) -> AccessToken:
    """A token for a client whose assertion was verified.

    Units:   ``now`` in seconds since 1970; ``certificate`` is the thumbprint of the one whose key
             signed the assertion, so that withdrawing it takes its tokens along.
    Source:  RFC 9068 §2.2.
    """
    key = keys.keys[0]
    issued_at = int(now)
    scope = " ".join(scopes)
    claims = {
        "iss": issuer,
        "aud": audience,
        "sub": client_id,
        "client_id": client_id,
        "scope": scope,
        "iat": issued_at,
        "exp": issued_at + LIFETIME,
        "jti": str(uuid.uuid4()),
        "channel": channel,
        "enterprise_number": enterprise_number,
        "certificate": certificate,
    }
    text = jwt.encode({"alg": "ES256", "typ": "at+jwt", "kid": key.kid}, claims, key)
    return AccessToken(text=text, scope=scope)
