"""The OpenID provider as the portal sees it: its document, its keys, its two answers.

Any conforming provider will do: everything is read from its discovery document. What it says is
believed only when signed, for us, in time, and for the sign-in that we began.
Source: OpenID Connect Core 1.0, §3.1.3 and §5.3.2; Discovery 1.0.
"""

import functools
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from guichet.rules.assurance import LEVELS

_SECONDS: Final = 8.0
_KEPT_SECONDS: Final = 3600.0
_SKEW: Final = 60
_LARGEST: Final = 256 * 1024
_LONGEST_NAME: Final = 255
# Of these, what the provider announces. Never "none", never a shared secret.
ALGORITHMS: Final = ("ES256", "RS256", "PS256", "ES384", "RS384", "RS512")


class ProviderAway(Exception):
    """The provider does not answer, or not as a provider."""


class ProviderRefused(Exception):
    """What the provider said is not to be believed; the word is for our own trail."""


@dataclass(frozen=True, slots=True)
class Said:
    """A person as the provider vouches for him; `repr` shows nobody."""

    issuer: str
    niss: str = field(repr=False)
    fedid: str = field(repr=False)
    level: int
    amr: tuple[str, ...]
    acr: str
    authenticated_at: datetime | None
    enterprise_number: str


@dataclass(slots=True)
class Provider:
    """One provider, with its document and keys for as long as they are good."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    _document: dict[str, Any] = field(default_factory=dict)
    _keys: KeySet | None = None
    _read_at: float = 0.0

    def document(self) -> Mapping[str, Any]:
        """The discovery document, at most an hour old; raises ProviderAway."""
        if not self._document or time.monotonic() - self._read_at > _KEPT_SECONDS:
            found = _json(_fetch("GET", f"{self.issuer}/.well-known/openid-configuration"))
            if found.get("issuer") != self.issuer:
                raise ProviderAway("another issuer")
            self._document, self._keys, self._read_at = found, None, time.monotonic()
        return self._document

    def address(self, name: str) -> str:
        """An address that the document names, such as its token endpoint; raises ProviderAway."""
        address = self.document().get(name)
        if not isinstance(address, str):
            raise ProviderAway(name)
        return address

    def names_itself(self) -> bool:
        """Whether its answers to the browser carry its name (RFC 9207); raises ProviderAway."""
        name = "authorization_response_iss_parameter_supported"
        return self.document().get(name) is True

    def redeem(self, *, code: str, verifier: str, redirect_uri: str) -> tuple[str, str]:
        """The identity token and the access token of a code; raises ProviderRefused."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
        }
        answer = _fetch("POST", self.address("token_endpoint"), data=form)
        if answer.status_code >= 500:
            raise ProviderAway("token endpoint")
        if answer.status_code != 200:
            raise ProviderRefused("code")
        body = _json(answer)
        tokens = body.get("id_token"), body.get("access_token")
        if not (isinstance(tokens[0], str) and isinstance(tokens[1], str)):
            raise ProviderRefused("tokens")
        return tokens[0], tokens[1]

    def said(self, *, id_token: str, access_token: str, nonce: str, now: datetime) -> Said:
        """Whom both answers name; raises ProviderRefused, ProviderAway."""
        identity = self._verified(id_token, now)
        if identity.get("nonce") != nonce:
            raise ProviderRefused("nonce")
        answer = _fetch(
            "GET",
            self.address("userinfo_endpoint"),
            headers={"Authorization": f"Bearer {access_token}"},
        )
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
        if answer.status_code != 200 or kind != "application/jwt":
            raise ProviderRefused("userinfo")
        person = self._verified(answer.text, now, has_expiry=False)
        if not person.get("sub") or person["sub"] != identity.get("sub"):
            raise ProviderRefused("subject")
        return _said(self.issuer, identity, person)

    def _verified(self, token: str, now: datetime, *, has_expiry: bool = True) -> dict[str, Any]:
        """The claims of a token that the provider signed for us."""
        try:
            claims = self._claims(token)
            checks: dict[str, Any] = {
                "iss": {"essential": True, "value": self.issuer},
                "aud": {"essential": True, "value": self.client_id},
            }
            if has_expiry:
                checks |= {"exp": {"essential": True}, "iat": {"essential": True}}
            registry = jwt.JWTClaimsRegistry(now=int(now.timestamp()), leeway=_SKEW, **checks)
            registry.validate(claims)
            self._check_party(claims)
        except (JoseError, ValueError, TypeError, AttributeError, RecursionError):
            raise ProviderRefused("token") from None
        return claims

    def _check_party(self, claims: Mapping[str, Any]) -> None:
        """Of several for whom a token may be, we are the one that asked (Core, §3.1.3.7)."""
        audience = claims["aud"]
        has_others = isinstance(audience, list) and len(audience) > 1
        party = claims.get("azp", None if has_others else self.client_id)
        if party != self.client_id:
            raise ValueError("party")

    def _algorithms(self) -> tuple[str, ...]:
        announced: set[str] = set()
        for answer in ("id_token", "userinfo"):
            named = self.document().get(f"{answer}_signing_alg_values_supported")
            announced |= set(named) if isinstance(named, list) else set()
        # A document that says nothing leaves the default of OpenID Connect.
        return tuple(one for one in ALGORITHMS if one in (announced or {"RS256"}))

    def _claims(self, token: str) -> dict[str, Any]:
        header = jws.extract_compact(token.encode("ascii")).headers()
        algorithm = header.get("alg")
        if algorithm not in self._algorithms():
            raise ValueError("algorithm")
        try:
            decoded = jwt.decode(token, self._key_set(), algorithms=[algorithm])
        except (JoseError, ValueError):
            # The provider may have changed its keys since we read them.
            decoded = jwt.decode(token, self._key_set(fresh=True), algorithms=[algorithm])
        return dict(decoded.claims)

    def _key_set(self, *, fresh: bool = False) -> KeySet:
        if self._keys is None or fresh:
            self._keys = KeySet.import_key_set(_json(_fetch("GET", self.address("jwks_uri"))))  # type: ignore[arg-type]
        return self._keys


def _said(issuer: str, identity: Mapping[str, Any], person: Mapping[str, Any]) -> Said:
    acr = str(identity.get("acr", ""))
    amr = identity.get("amr")
    return Said(
        issuer=issuer,
        niss=_name(person.get("egovNRN")),
        fedid=_name(person.get("fedid")),
        level=level_of(acr),
        amr=tuple(_name(word) for word in amr) if isinstance(amr, list) else (),
        acr=acr,
        authenticated_at=_moment(identity.get("auth_time")),
        enterprise_number=_name(person.get("enterpriseNumber")),
    )


def level_of(acr: str) -> int:
    """The level at the end of an URN of the federal provider; 0 for anything else."""
    digits = acr[-3:]
    is_known = acr[:-3].endswith("Level") and digits in {str(level) for level in LEVELS}
    return int(digits) if is_known else 0


def _name(value: object) -> str:
    """A name or number as it was said; nothing for what no register could hold."""
    text = value if isinstance(value, str) else ""
    return text if text.isprintable() and len(text) <= _LONGEST_NAME else ""


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(value, UTC) if isinstance(value, int) else None
    except (ValueError, OverflowError, OSError):
        return None


@functools.cache
def _trusted() -> ssl.SSLContext:
    """The authorities of this machine, or those of ``SSL_CERT_FILE``."""
    return ssl.create_default_context()


def _fetch(verb: str, address: str, **given: Any) -> httpx.Response:
    """One call to the provider; raises ProviderAway when it does not answer."""
    parts = urlsplit(address)
    headers = dict(given.pop("headers", {}))
    extensions: dict[str, Any] = {}
    host = parts.hostname or ""
    is_here = host in ("localhost", "127.0.0.1", "::1")
    if host.endswith(".localhost"):
        # Names under localhost are this machine (RFC 6761), known to its resolver or not.
        headers["Host"] = parts.netloc
        extensions["sni_hostname"] = host
        is_here = True
        address = parts._replace(netloc=parts.netloc.replace(host, "127.0.0.1", 1)).geturl()
    try:
        # A proxy of the environment leads outside, never to this machine.
        with httpx.Client(timeout=_SECONDS, verify=_trusted(), trust_env=not is_here) as client:
            answer = client.request(verb, address, headers=headers, extensions=extensions, **given)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
        raise ProviderAway(parts.path) from None
    if len(answer.content) > _LARGEST:
        raise ProviderAway(parts.path)
    return answer


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        raise ProviderAway("not JSON") from None
    if answer.status_code != 200 or not isinstance(found, dict):
        raise ProviderAway("not a document")
    return found
