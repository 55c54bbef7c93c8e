"""The one clock of Guichet: every role, job and command asks the time here.

In simulation the clock can be shifted, so that "the next day" and "30 days later" can be tried.
No Django here: the ingest asks this clock too.
"""

import os
from datetime import UTC, date, datetime, timedelta
from typing import Final

from guichet.kernel.moments import BRUSSELS

__all__ = ["BRUSSELS", "brussels", "now", "today", "unshifted"]

_VARIABLE: Final = "GUICHET_CLOCK_SHIFT"


def now() -> datetime:
    """The present moment, aware, in UTC, moved by the shift of the simulation."""
    return datetime.now(UTC) + _shift()


def unshifted() -> datetime:
    """The present moment of a process whose clock was never moved: asks no setting.

    For the ingest, which asks the time with every request.
    """
    return datetime.now(UTC)


def today(moment: datetime) -> date:
    """The calendar day in Brussels on which the aware ``moment`` falls."""
    return brussels(moment).date()


def brussels(moment: datetime) -> datetime:
    """The same aware ``moment`` on the clock of Brussels; raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment without an offset has no place on the clock of Brussels")
    return moment.astimezone(BRUSSELS)


def _shift() -> timedelta:
    """Seconds from the environment, read at each call so that a test can move the clock."""
    text = os.environ.get(_VARIABLE)
    if not text or os.environ.get("GUICHET_ENVIRONMENT", "simulation") != "simulation":
        return timedelta()
    return timedelta(seconds=float(text))
