"""Making codes, and telling which step of an app a code belongs to."""

import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

import pyotp

from guichet.rules.digital_keys import APP_DIGITS, STEP_SECONDS, steps_to_try


def digits(length: int) -> str:
    """That many random digits."""
    return "".join(secrets.choice("0123456789") for _ in range(length))


def new_secret() -> str:
    """A secret for an app: 160 bits, base 32, as RFC 4226 advises."""
    return pyotp.random_base32()


def address(secret: str, *, user_name: str) -> str:
    """The ``otpauth://`` address that an app reads from the square code."""
    return totp(secret).provisioning_uri(name=user_name, issuer_name="Guichet")


def totp(secret: str) -> pyotp.TOTP:
    """The codes of a secret."""
    return pyotp.TOTP(secret, digits=APP_DIGITS, interval=STEP_SECONDS)


def matching_step(*, secret: str, code: str, now: datetime, last_used: int | None) -> int | None:
    """The step whose code this is, among those that are good now; None when it is none.

    Every candidate is compared, in a time that tells nothing.
    """
    codes = totp(secret)
    return _last(
        step
        for step in steps_to_try(now=now, last_used=last_used)
        if hmac.compare_digest(codes.generate_otp(step).encode(), code.encode())
    )


def bare(code: str) -> str:
    """A code as it was meant: people copy it with blanks, apps show it in groups."""
    return "".join(code.split()).replace("-", "")


def _last(steps: Iterable[int]) -> int | None:
    found = None
    for step in steps:
        found = step
    return found
