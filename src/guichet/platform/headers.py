"""What every page says to the browser: only our own things, nothing about us to others.

Django's SecurityMiddleware sends nosniff, the referrer policy, the opener policy and, over https,
HSTS; here stand the content policy with its nonce and the permissions.
"""

import secrets
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.decorators import sync_only_middleware

NONCE: Final = "guichet.nonce"
# A view that answers a form with a redirect to another origin names that origin here: browsers
# hold a form to ``form-action`` through the redirects that follow.
FORM_ACTION: Final = "guichet.form_action"
# A view whose page shows a document of ours in a frame sets this to True.
FRAMES: Final = "guichet.frames"
# A view whose script calls another origin of ours (the services) names that origin here.
CONNECT: Final = "guichet.connect"

_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'{connect}; manifest-src 'self'; "
    "worker-src 'self'; form-action 'self'{further}; frame-src {frames}; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_PERMISSIONS: Final = (
    "accelerometer=(), autoplay=(), camera=(self), display-capture=(), geolocation=(self), "
    "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)


@sync_only_middleware
class SecurityHeadersMiddleware:
    """Puts a nonce into ``request.META`` before the page is made and the policies on the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        nonce = request.META[NONCE] = secrets.token_urlsafe(16)
        response = self._answer(request)
        response.headers.setdefault("Content-Security-Policy", _policy(request, nonce))
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if not response.has_header("Cache-Control"):
            # Pages hold personal data: a shared computer's Back button must not show them.
            patch_cache_control(response, private=True, no_store=True)
        return response


def _policy(request: HttpRequest, nonce: str) -> str:
    further, connect = (
        f" {origin}" if (origin := request.META.get(name, "")) else ""
        for name in (FORM_ACTION, CONNECT)
    )
    frames = "'self'" if request.META.get(FRAMES) else "'none'"
    return _POLICY.format(nonce=nonce, further=further, connect=connect, frames=frames)
