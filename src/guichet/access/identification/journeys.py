"""A sign-in on its way to the provider and back, kept in a signed cookie of the browser."""

import base64
import hashlib
import re
import secrets
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from guichet.access import ways_in
from guichet.rules.assurance import LEVELS, Means, Policy

# One cookie a journey: two windows may be on their way at the same time.
COOKIE: Final = "guichet_signing_"
PATH: Final = "/sign-in/"
_SALT: Final = "guichet.access.journey"
_SECONDS: Final = 35 * 60  # somewhat longer than the provider keeps a sign-in open
_NAMED: Final = 12
_STATE: Final = re.compile(r"\A[A-Za-z0-9_-]{32}\Z")


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

    @property
    def asked(self) -> dict[str, str]:
        """The parameters that begin the same journey anew."""
        means = frozenset(Means(word) for word in self.means) or frozenset(Means)
        return ways_in.asked(
            place=self.place, policy=Policy(self.level, means), context=self.context
        )


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
        _cookie(journey.state),
        signing.dumps(asdict(journey), salt=_SALT, compress=True),
        max_age=_SECONDS,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.IS_SECURE,
    )


def current(request: HttpRequest) -> Journey | None:
    """The journey of this browser with the state that came back, signed by us and in time."""
    state = request.GET.get("state", "")
    if not _STATE.match(state):
        return None
    kept_text = request.COOKIES.get(_cookie(state), "")
    try:
        kept: dict[str, Any] = signing.loads(kept_text, salt=_SALT, max_age=_SECONDS)
        journey = Journey(**{**kept, "means": tuple(kept["means"])})
    except (signing.BadSignature, TypeError, KeyError):
        return None  # altered, too old, or made by another release
    return journey if journey.state == state else None


def forget(response: HttpResponseBase, journey: Journey) -> None:
    """The journey is over."""
    response.delete_cookie(_cookie(journey.state), path=PATH, samesite="Lax")


def _cookie(state: str) -> str:
    return COOKIE + state[:_NAMED]
