"""The authorisation request of a relying party: read, checked, refused with the right error.

Source: OpenID Connect Core 1.0, §3.1.2; RFC 6749, §4.1; RFC 7636 (PKCE); RFC 9207.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from guichet.csam.provider import acr
from guichet.csam.provider.clients import RelyingParty, relying_party
from guichet.rules.assurance import Means

SCOPES: Final = (
    "openid",
    "profile",
    "egovnrn",
    "certificateInfo",
    "citizen",
    "enterprise",
    "roles",
)
LANGUAGES: Final = ("nl", "fr", "de", "en")
_LONGEST: Final = 512
_CHALLENGE: Final = re.compile(r"\A[A-Za-z0-9_-]{43}\Z")


class NotAsked(Exception):
    """No relying party that we know, or not its address: shown here, never redirected."""


class AskedWrongly(Exception):
    """An error that goes back to the relying party; ``error`` is of RFC 6749 or OpenID."""

    def __init__(self, error: str, *, redirect_uri: str, state: str) -> None:
        super().__init__(error)
        self.error = error
        self.redirect_uri = redirect_uri
        self.state = state


@dataclass(frozen=True, slots=True)
class Request:
    """A request that may be answered by signing somebody in."""

    client: RelyingParty
    redirect_uri: str
    scope: str
    state: str
    nonce: str
    code_challenge: str
    context: str
    level: int
    means: tuple[str, ...]
    language: str | None


def read(given: Mapping[str, str], *, repeated: bool) -> Request:
    """The request in these parameters; raises NotAsked, AskedWrongly.

    ``repeated``: whether a parameter stands there twice, which RFC 6749 forbids.
    """
    client = relying_party(given.get("client_id", ""))
    redirect_uri = given.get("redirect_uri", "")
    if client is None or redirect_uri not in client.redirect_uris:
        raise NotAsked
    state = given.get("state", "")
    error = "invalid_request" if repeated else _error(given)
    if error:
        raise AskedWrongly(error, redirect_uri=redirect_uri, state=_kept(state))
    wanted = acr.asked(given.get("acr_values", ""))
    return Request(
        client=client,
        redirect_uri=redirect_uri,
        scope=" ".join(word for word in given["scope"].split() if word in SCOPES),
        state=state,
        nonce=given.get("nonce", ""),
        code_challenge=given.get("code_challenge", ""),
        context=wanted.context,
        level=wanted.level,
        means=_means(given.get("means", "")),
        language=_language(given.get("ui_locales", "")),
    )


def _error(given: Mapping[str, str]) -> str:
    """The first thing that is wrong, as the word for it; empty when all is well."""
    too_long = any(len(value) > _LONGEST or "\x00" in value for value in given.values())
    checks = (
        (too_long, "invalid_request"),
        ("request" in given, "request_not_supported"),
        ("request_uri" in given, "request_uri_not_supported"),
        (not given.get("response_type"), "invalid_request"),
        (given.get("response_type") != "code", "unsupported_response_type"),
        (given.get("response_mode", "query") != "query", "invalid_request"),
        ("openid" not in given.get("scope", "").split(), "invalid_scope"),
        (not _is_challenge(given), "invalid_request"),
        # Nobody stays signed in between relying parties: each sign-in is a new one.
        ("none" in given.get("prompt", "").split(), "login_required"),
    )
    return next((error for is_wrong, error in checks if is_wrong), "")


def _is_challenge(given: Mapping[str, str]) -> bool:
    challenge = given.get("code_challenge")
    if challenge is None:
        return "code_challenge_method" not in given
    return bool(_CHALLENGE.match(challenge)) and given.get("code_challenge_method") == "S256"


def _means(text: str) -> tuple[str, ...]:
    """Our extension: the means that the service accepts, by our words; others pass it over."""
    words = set(text.split())
    return tuple(means.value for means in Means if means.value in words)


def _language(text: str) -> str | None:
    codes = (word.replace("_", "-").partition("-")[0].lower() for word in text.split())
    return next((code for code in codes if code in LANGUAGES), None)


def _kept(state: str) -> str:
    return state if len(state) <= _LONGEST and "\x00" not in state else ""
