"""Trying codes: counted against guessing, and noted when none opens."""

from datetime import datetime
from typing import Final

from guichet.access.sessions import ActingRequest
from guichet.audit import trail
from guichet.platform import clock, throttle

_TRIES: Final = 30
_AN_HOUR: Final = 3600


def count(request: ActingRequest) -> None:
    """By enterprise and by person, right tries too; raises throttle.Throttled."""
    now = clock.now()
    for who in (request.acting.enterprise_number or "", request.acting.niss):
        throttle.hit(key=f"career_break.attestation:{who}", limit=_TRIES, seconds=_AN_HOUR, now=now)


def refused(request: ActingRequest, *, now: datetime) -> None:
    """A line for signs that open nothing."""
    trail.record_refusal(
        action="careerBreak.attestation.used",
        actor=request.acting.actor,
        target=request.acting.enterprise_number or "",
        now=now,
        reason="unknown",
    )
