"""The authorisation server of the machines: token endpoint, public keys, metadata.

Source: ONSS developer guide, obtaining an access token; RFC 6749 (§3.2, §4.4, §5), RFC 7523,
RFC 7517, RFC 8414.
"""

import functools
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError

from guichet.access import (
    assertions,
    channels,
    permissions,
    token_log,
    tokens,
    used_assertions,
)
from guichet.access.assertions import AssertionRefused, Reason, Verified
from guichet.access.keys import KeysMissing, current_keys, public_keys
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.kernel import problem
from guichet.platform import clock
from guichet.platform.problems import problem_response

LARGEST_BODY: Final = 16 * 1024
TOKENS_PER_MINUTE: Final = 600
_FORM: Final = "application/x-www-form-urlencoded"
_JWT_BEARER: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_PRIVATE: Final = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_PUBLIC: Final = {"Cache-Control": "public, max-age=300"}

_log = logging.getLogger(__name__)

View = Callable[[HttpRequest], HttpResponse]


class OAuthRefused(Exception):
    """An error of RFC 6749 §5.2; the description never tells why a signature failed."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.description = description


class TooManyTokens(Exception):
    """The client asked for more tokens in this minute than it may."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__("too many tokens")
        self.retry_after_seconds = retry_after_seconds


def only(*methods: str) -> Callable[[View], View]:
    """405 with ``Allow`` for any other method; a broken database is 503, not an accident."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            if request.method not in methods:
                refusal = problem.method_not_allowed(methods)
                return problem_response(refusal, request, {"Allow": ", ".join(methods)})
            try:
                return view(request)
            except (OperationalError, InterfaceError, KeysMissing) as fault:
                _log.error("the token endpoint cannot answer: %s", type(fault).__name__)
                unavailable = problem.service_unavailable(retry_after_seconds=5)
                return problem_response(unavailable, request)

        return answer

    return wrap


@only("POST")
def token(request: HttpRequest) -> HttpResponse:
    """POST /REST/oauth/v5/token"""
    now = clock.now()
    try:
        form = _form(request)
        granted = _granted(form, now=now)
    except OAuthRefused as refusal:
        body = {"error": refusal.error, "error_description": refusal.description}
        return JsonResponse(body, status=refusal.status, headers=_PRIVATE)
    except TooManyTokens as refusal:
        document = problem.too_many_requests(retry_after_seconds=refusal.retry_after_seconds)
        return problem_response(document, request)
    return JsonResponse(
        {
            "access_token": granted.text,
            "token_type": "Bearer",
            "expires_in": granted.expires_in,
            "scope": granted.scope,
        },
        headers=_PRIVATE,
    )


@only("GET", "HEAD")
def jwks(request: HttpRequest) -> HttpResponse:
    """GET /REST/oauth/v5/jwks.json"""
    keys = current_keys(settings.ENVIRONMENT.oauth_keys)
    return JsonResponse(public_keys(keys), headers=_PUBLIC)


@only("GET", "HEAD")
def metadata(request: HttpRequest) -> HttpResponse:
    """GET /.well-known/oauth-authorization-server"""
    issuer = settings.ENVIRONMENT.issuer
    document = {
        "issuer": issuer,
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks.json",
        "response_types_supported": [],
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256", "ES256"],
        "scopes_supported": list(permissions.scopes(permissions.PERMISSIONS)),
    }
    return JsonResponse(document, headers=_PUBLIC)


def _form(request: HttpRequest) -> Mapping[str, str]:
    """Step 1: the parameters of the body, each once; one without value counts as absent."""
    if (request.content_type or "").lower() != _FORM:
        raise _invalid_request(f"The body must be {_FORM}.")
    try:
        raw = request.read(LARGEST_BODY + 1)
        if len(raw) > LARGEST_BODY:
            raise _invalid_request("The body is larger than 16 kB.")
        pairs = parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=32
        )
    except (ValueError, UnreadablePostError):
        raise _invalid_request("The body is not a form in UTF-8.") from None
    if len({name for name, _ in pairs}) != len(pairs):
        raise _invalid_request("A parameter is given more than once.")
    return {name: value for name, value in pairs if value}


def _granted(form: Mapping[str, str], *, now: datetime) -> tokens.AccessToken:
    """Steps 2 to 9."""
    grant_type = form.get("grant_type")
    if grant_type is None:
        raise _invalid_request("The parameter grant_type is missing.")
    if grant_type != "client_credentials":
        raise OAuthRefused(
            400, "unsupported_grant_type", "The only grant type is client_credentials."
        )
    try:
        verified = _verified(form, now=now)
        _within_rate(verified, now=now)
        _use_up(verified, now=now)
    except AssertionRefused as refusal:
        _log_refusal(refusal)
        if refusal.client_id is not None:
            token_log.note(client_id=refusal.client_id, outcome=refusal.reason.value, now=now)
        raise OAuthRefused(401, "invalid_client", "Client authentication failed.") from None
    client, environment = verified.client, settings.ENVIRONMENT
    try:
        scopes = _scopes(verified, asked=form.get("scope"))
    except OAuthRefused as refusal:
        token_log.note(client_id=client.client_id, outcome=refusal.error, now=now)
        raise
    token_log.note(client_id=client.client_id, outcome=token_log.ISSUED, now=now)
    return tokens.issue(
        client_id=client.client_id,
        channel=client.channel,
        enterprise_number=client.enterprise_number,
        certificate=verified.certificate,
        scopes=scopes,
        keys=current_keys(environment.oauth_keys),
        issuer=environment.issuer,
        audience=environment.presence_audience,
        now=now.timestamp(),
    )


def _verified(form: Mapping[str, str], *, now: datetime) -> Verified:
    if form.get("client_assertion_type") != _JWT_BEARER or "client_assertion" not in form:
        raise AssertionRefused(Reason.MALFORMED)
    verified = assertions.verify(
        assertion=form["client_assertion"],
        client_of=channels.client,
        audiences=settings.ENVIRONMENT.assertion_audiences,
        now=now,
    )
    # Not needed, but sent by some clients; when it is there it must tell the truth.
    if form.get("client_id", verified.client.client_id) != verified.client.client_id:
        raise AssertionRefused(Reason.ISSUER, verified.client.client_id)
    return verified


def _within_rate(verified: Verified, *, now: datetime) -> None:
    """Counted after the signature, so that nobody can use up the allowance of another."""
    asked = used_assertions.asked_this_minute(client_id=verified.client.client_id, now=now)
    if asked > getattr(settings, "TOKENS_PER_MINUTE", TOKENS_PER_MINUTE):
        token_log.note(client_id=verified.client.client_id, outcome=token_log.TOO_MANY, now=now)
        raise TooManyTokens(60 - now.second)


def _use_up(verified: Verified, *, now: datetime) -> None:
    is_first = used_assertions.use_up(
        client_id=verified.client.client_id,
        jti_digest=verified.jti_digest,
        until=verified.until,
    )
    if not is_first:
        client = verified.client
        # Rightly signed and used twice: somebody else has it. The rate bounds these lines.
        trail.record_refusal(
            action="access.assertion.replayed",
            actor=Actor(kind="client", id=client.client_id, enterprise=client.enterprise_number),
            target=client.client_id,
            now=now,
            reason=Reason.REPLAYED.value,
        )
        raise AssertionRefused(Reason.REPLAYED, client.client_id)


def _scopes(verified: Verified, *, asked: str | None) -> tuple[str, ...]:
    """Step 8: what is asked for, or everything that the channel's permissions give."""
    allowed = permissions.scopes(verified.client.permissions)
    if not allowed or verified.client.environment != settings.ENVIRONMENT.environment:
        raise OAuthRefused(
            400, "unauthorized_client", "The channel is not active here or has no permission."
        )
    if asked is None:
        return allowed
    wanted = tuple(dict.fromkeys(asked.split()))
    if not wanted or not set(wanted).issubset(allowed):
        raise OAuthRefused(400, "invalid_scope", "A scope is unknown or not permitted.")
    return wanted


def _log_refusal(refusal: AssertionRefused) -> None:
    """A security event. The client id was checked to be plain text before it got here."""
    level = logging.WARNING if refusal.reason is Reason.REPLAYED else logging.INFO
    _log.log(level, "assertion refused: %s, client %s", refusal.reason, refusal.client_id)


def _invalid_request(description: str) -> OAuthRefused:
    return OAuthRefused(400, "invalid_request", description)
