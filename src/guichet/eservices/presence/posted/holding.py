"""The small session of the QR code of an L1: a signed cookie, half an hour, one posting.

And the links to receipts, which live until the end of the day that was registered. Both are
signed and kept nowhere: there is no row to leave behind, and nothing to guess.
"""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase

COOKIE: Final = "guichet_l1"
LIFE: Final = timedelta(minutes=30)
_HOLDING: Final = "guichet.presence.l1"
_RECEIPT: Final = "guichet.presence.l1.receipt"


def open_for(answer: HttpResponseBase, *, number: str, now: datetime) -> None:
    """Give the session of one posting with an answer; a former one ends with it."""
    until = now + LIFE
    told = Signer(salt=_HOLDING).sign_object({"n": number, "u": until.isoformat()})
    answer.set_cookie(
        COOKIE,
        told,
        max_age=int(LIFE.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def close(answer: HttpResponseBase) -> None:
    """Take the session away."""
    answer.delete_cookie(COOKIE, samesite="Lax")


def held(request: HttpRequest, *, now: datetime) -> str:
    """The Limosa number of the session; nothing without one, or when it is over."""
    told = _read(request.COOKIES.get(COOKIE, ""), salt=_HOLDING)
    if told is None or datetime.fromisoformat(told["u"]) <= now:
        return ""
    return str(told["n"])


def receipt_link(*, receipt: int, day: date) -> str:
    """The part of an address that opens one receipt."""
    return Signer(salt=_RECEIPT).sign_object({"r": receipt, "d": day.isoformat()})


def receipt_in(link: str) -> tuple[int, date] | None:
    """The receipt and its day; None for a link that we did not make."""
    told = _read(link, salt=_RECEIPT)
    return None if told is None else (int(told["r"]), date.fromisoformat(told["d"]))


def _read(text: str, *, salt: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = Signer(salt=salt).unsign_object(text)
    except (BadSignature, ValueError):
        return None
    return found
