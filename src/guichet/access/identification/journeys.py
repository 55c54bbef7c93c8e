"""A sign-in on its way to the provider and back, kept in a signed cookie of the browser."""

import base64
import hashlib
import secrets
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from guichet.rules.assurance import LEVELS, Means

COOKIE: Final = "guichet_signing"
PATH: Final = "/sign-in/"
_SALT: Final = "guichet.access.journey"
_SECONDS: Final = 35 * 60  # somewhat longer than the provider keeps a sign-in open
_LONGEST: Final = 1500


@dataclass(frozen=True, slots=True)
class Journey:
    """What was asked of the provider, and where to go afterwards."""

    state: str
    nonce: str
    verifier: str
    place: str
    level: int
    means: tuple[str, ...]
    context: str

    @property
    def challenge(self) -> str:
        """The PKCE challenge of the verifier, S256."""
        made = hashlib.sha256(self.verifier.encode("ascii")).digest()
        return base64.urlsafe_b64encode(made).rstrip(b"=").decode("ascii")


def begin(*, place: str, level: str, means: str, context: str) -> Journey:
    """A new journey; what is not known in the address is passed over."""
    words = set(means.split())
    return Journey(
        state=secrets.token_urlsafe(24),
        nonce=secrets.token_urlsafe(24),
        verifier=secrets.token_urlsafe(48),
        place=place,
        level=int(level) if level in {str(one) for one in LEVELS} else LEVELS[0],
        means=tuple(one.value for one in Means if one.value in words),
        context="enterprise" if context == "enterprise" else "citizen",
    )


def keep(response: HttpResponseBase, journey: Journey) -> None:
    """Bind the journey to the browser that gets ``response``."""
    response.set_cookie(
        COOKIE,
        signing.dumps(asdict(journey), salt=_SALT, compress=True),
        max_age=_SECONDS,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.IS_SECURE,
    )


def current(request: HttpRequest) -> Journey | None:
    """The journey of this browser, or None when it has none that we signed in time."""
    try:
        kept: dict[str, Any] = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_SECONDS
        )
    except signing.BadSignature:
        return None
    return Journey(**{**kept, "means": tuple(kept["means"])})


def forget(response: HttpResponseBase) -> None:
    """The journey is over."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def own_place(request: HttpRequest, text: str) -> str:
    """``text`` when it is a page of ours, else the start page."""
    is_ours = text.startswith("/") and url_has_allowed_host_and_scheme(
        text, allowed_hosts={request.get_host()}
    )
    return text if is_ours and len(text) <= _LONGEST and text.isprintable() else "/"
