"""Whether requests are taken now: while an interruption is announced nothing is confirmed."""

from datetime import datetime
from typing import Final

from guichet.access.counter import board
from guichet.access.counter.board import Notice

SERVICE: Final = "career-break"
# What a request that is sent meanwhile is refused with.
OUTAGE: Final = "V-OU-01"


def announced(*, now: datetime) -> Notice | None:
    """The interruption of this service, or of all, that goes on now; None while it works."""
    return board.outage(service=SERVICE, now=now)
