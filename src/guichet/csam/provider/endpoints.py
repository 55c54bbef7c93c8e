"""The OpenID endpoints under ``/fas/oauth2``: discovery, authorize, token, userinfo, keys, end.

Source: OpenID Connect Core 1.0 and Discovery 1.0; RFC 6749.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Final
from urllib.parse import unquote_plus, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.keys import current_keys, public_keys
from guichet.audit import trail
from guichet.audit.actors import system
from guichet.csam.provider import acr, asking, logins, profile_session, saying
from guichet.csam.provider.asking import AskedWrongly, NotAsked
from guichet.csam.provider.clients import RelyingParty, relying_party
from guichet.csam.provider.models import Login
from guichet.platform import clock, throttle
from guichet.platform.db import transaction
from guichet.platform.readonly import writes_on_get
from guichet.platform.routes import public

_PRIVATE: Final = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_PUBLIC: Final = {"Cache-Control": "public, max-age=300"}
_LARGEST: Final = 16 * 1024
View = Callable[[HttpRequest], HttpResponseBase]


class TokenRefused(Exception):
    """An error of RFC 6749 §5.2."""

    def __init__(self, error: str, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.status = status


@public
@require_GET
def discovery(request: HttpRequest) -> HttpResponse:
    """GET /fas/oauth2/.well-known/openid-configuration"""
    issuer = settings.ENVIRONMENT.sign_in_issuer
    document = {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/access_token",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "jwks_uri": f"{issuer}/connect/jwk_uri",
        "end_session_endpoint": f"{issuer}/connect/endSession",
        "scopes_supported": list(asking.SCOPES),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "acr_values_supported": acr.supported(),
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "userinfo_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "ui_locales_supported": list(asking.LANGUAGES),
        "claims_supported": [
            "sub", "iss", "aud", "prefLanguage", "mail", "surname", "givenName", "roles",
            "egovNRN", "fedid", "assurance_level", "enterpriseNumber", "acr", "amr", "auth_time",
        ],
        "claims_parameter_supported": False,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "authorization_response_iss_parameter_supported": True,
    }  # fmt: skip
    return JsonResponse(document, headers=_PUBLIC)


@public
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """GET /fas/oauth2/connect/jwk_uri"""
    return JsonResponse(public_keys(current_keys(settings.ENVIRONMENT.csam_keys)), headers=_PUBLIC)


@public
@csrf_exempt  # a relying party's question may come as a form of its own page
@writes_on_get("the question of a relying party begins a sign-in")
@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest) -> HttpResponseBase:
    """GET or POST /fas/oauth2/authorize"""
    given = request.POST if request.method == "POST" else request.GET
    try:
        wanted = asking.read(
            given.dict(), repeated=any(len(values) > 1 for _, values in given.lists())
        )
    except NotAsked:
        return render(request, "csam/not_asked.html", status=400)
    except AskedWrongly as wrong:
        parts = {"error": wrong.error, "iss": settings.ENVIRONMENT.sign_in_issuer}
        parts |= {"state": wrong.state} if wrong.state else {}
        response = HttpResponse(status=303)
        joint = "&" if urlsplit(wrong.redirect_uri).query else "?"
        response["Location"] = wrong.redirect_uri + joint + urlencode(parts)
        return response
    response = HttpResponse(status=303, headers={"Location": reverse("provider:sign-in")})
    language = wanted.language or (get_language() or "en").partition("-")[0]
    logins.begin(
        response,
        now=clock.now(),
        purpose=Login.Purpose.CLIENT,
        client_id=wanted.client.client_id,
        client_name=wanted.client.name,
        redirect_uri=wanted.redirect_uri,
        scope=wanted.scope,
        client_state=wanted.state,
        nonce=wanted.nonce,
        code_challenge=wanted.code_challenge,
        context=wanted.context,
        min_level=wanted.level,
        means=list(wanted.means),
        language=language,
    )
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.IS_SECURE,
    )
    return response


def _errors_as_json(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        try:
            return view(request)
        except TokenRefused as refusal:
            headers = dict(_PRIVATE)
            if refusal.status == 401:
                headers["WWW-Authenticate"] = 'Basic realm="guichet"'
            return JsonResponse({"error": refusal.error}, status=refusal.status, headers=headers)
        except throttle.Throttled as wait:
            headers = {**_PRIVATE, "Retry-After": str(wait.retry_after)}
            return JsonResponse({"error": "slow_down"}, status=429, headers=headers)

    return answer


@public
@csrf_exempt  # machines have no form of ours
@_errors_as_json
@require_http_methods(["POST"])
def token(request: HttpRequest) -> HttpResponse:
    """POST /fas/oauth2/access_token"""
    now = clock.now()
    form = _form(request)
    client = _client(request, form, now)
    if form.get("grant_type") != "authorization_code":
        raise TokenRefused(
            "unsupported_grant_type" if form.get("grant_type") else "invalid_request"
        )
    login, access = _redeemed(client, form, now)
    body = {
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": saying.TOKEN_SECONDS,
        "scope": login.scope,
        "id_token": saying.id_token(login, now=now),
    }
    return JsonResponse(body, headers=_PRIVATE)


@public
@csrf_exempt
@require_http_methods(["GET", "POST"])
def userinfo(request: HttpRequest) -> HttpResponse:
    """GET /fas/oauth2/userinfo: a signed token, not plain JSON."""
    now = clock.now()
    scheme, _, access = request.headers.get("Authorization", "").partition(" ")
    login = None
    if scheme.lower() == "bearer" and access:
        login = (
            Login.objects.select_related("person")
            .filter(token_digest=logins.digest(access.strip()), token_expires_at__gt=now)
            .first()
        )
    if login is None:
        headers = {**_PRIVATE, "WWW-Authenticate": 'Bearer error="invalid_token"'}
        return JsonResponse({"error": "invalid_token"}, status=401, headers=headers)
    said = saying.userinfo(login, now=now)
    if isinstance(said, dict):
        return JsonResponse(said, headers=_PRIVATE)
    return HttpResponse(said, content_type="application/jwt", headers=_PRIVATE)


@public
@writes_on_get("the session of the profile ends here")
@require_http_methods(["GET", "POST"])
@csrf_exempt
def end_session(request: HttpRequest) -> HttpResponseBase:
    """GET or POST /fas/oauth2/connect/endSession"""
    given = request.POST if request.method == "POST" else request.GET
    profile_session.close(request)
    client = relying_party(given.get("client_id", ""))
    place = given.get("post_logout_redirect_uri", "")
    if client is not None and place in client.logout_uris:
        parts = {"state": given["state"]} if given.get("state") else {}
        return HttpResponse(
            status=303, headers={"Location": place + (f"?{urlencode(parts)}" if parts else "")}
        )
    return render(request, "csam/signed_out.html")


def _form(request: HttpRequest) -> dict[str, str]:
    """The form of a token request; a parameter given twice is refused."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise TokenRefused("invalid_request")
    try:
        if len(request.body) > _LARGEST:
            raise TokenRefused("invalid_request")
    except (UnreadablePostError, RawPostDataException):
        raise TokenRefused("invalid_request") from None
    if any(len(values) > 1 for _, values in request.POST.lists()):
        raise TokenRefused("invalid_request")
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}


def _client(request: HttpRequest, form: dict[str, str], now: datetime) -> RelyingParty:
    """The relying party that proved its secret; raises TokenRefused (401), Throttled."""
    name, secret = _credentials(request, form)
    client = relying_party(name)
    if client is not None and client.knows(secret):
        return client
    source = request.META.get("REMOTE_ADDR", "")
    throttle.hit(key=f"csam.client:{source}", limit=60, seconds=60, now=now)
    raise TokenRefused("invalid_client", 401)


def _credentials(request: HttpRequest, form: dict[str, str]) -> tuple[str, str]:
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        text = base64.b64decode(encoded, validate=True).decode()
    except ValueError:
        raise TokenRefused("invalid_client", 401) from None
    name, _, secret = text.partition(":")
    return unquote_plus(name), unquote_plus(secret)


def _redeemed(client: RelyingParty, form: dict[str, str], now: datetime) -> tuple[Login, str]:
    """The sign-in of a code, and an access token for it, once; raises TokenRefused."""
    access = logins.new_secret()
    with transaction():
        login = (
            Login.objects.select_for_update(of=("self",))
            .select_related("person")
            .filter(code_digest=logins.digest(form.get("code", "")), client_id=client.client_id)
            .first()
        )
        if login is None:
            raise TokenRefused("invalid_grant")
        replayed = login.code_used_at is not None
        if not replayed and not _fits(login, form, now):
            raise TokenRefused("invalid_grant")
        if replayed:  # somebody else may hold what the first use gave: it is taken back
            login.token_digest = login.token_expires_at = None
        else:
            login.code_used_at = now
            login.token_digest = logins.digest(access)
            login.token_expires_at = now + timedelta(seconds=saying.TOKEN_SECONDS)
        login.save(update_fields=["code_used_at", "token_digest", "token_expires_at"])
    if replayed:
        _note_replay(login, now)
        raise TokenRefused("invalid_grant")
    return login, access


def _fits(login: Login, form: dict[str, str], now: datetime) -> bool:
    if login.code_expires_at is None or login.code_expires_at <= now:
        return False
    if login.redirect_uri != form.get("redirect_uri"):
        return False
    return _is_proved(login.code_challenge, form.get("code_verifier"))


def _is_proved(challenge: str, verifier: str | None) -> bool:
    """PKCE: the verifier of the challenge, and none where none was announced."""
    if not challenge:
        return verifier is None
    made = hashlib.sha256((verifier or "").encode("utf-8", "surrogatepass")).digest()
    encoded = base64.urlsafe_b64encode(made).rstrip(b"=").decode()
    return hmac.compare_digest(encoded, challenge)


def _note_replay(login: Login, now: datetime) -> None:
    trail.record_refusal(
        action="csam.code.replayed",
        actor=system("csam"),
        target=f"login/{login.pk}",
        now=now,
        reason="replayed",
        detail={"client": login.client_id},
    )
