"""How often somebody may try, counted in PostgreSQL so that every process counts together.

Counted on a connection of its own: a try that is refused, and rolled back, has been counted.
What is counted is known by a digest only: a key may hold an address or a user name.
"""

import hashlib
import math
from datetime import datetime, timedelta
from typing import Final

from django.db import connections

_LONGEST: Final = timedelta(days=1)

# One statement: two tries at once are two.
_HIT: Final = """
INSERT INTO platform_throttle AS kept (key, began_at, count) VALUES (%(key)s, %(now)s, 1)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN kept.began_at <= %(before)s THEN 1 ELSE kept.count + 1 END,
    began_at = CASE WHEN kept.began_at <= %(before)s THEN %(now)s ELSE kept.began_at END
RETURNING count, began_at
"""


class Throttled(Exception):
    """Too many tries; ``retry_after``: seconds to wait, at least one."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"try again in {retry_after} seconds")
        self.retry_after = retry_after


def hit(*, key: str, limit: int, seconds: int, now: datetime) -> None:
    """Count one try; raises Throttled when it is beyond ``limit`` within ``seconds``.

    The window begins with the first try and is at most a day long.
    """
    given: dict[str, str | datetime] = {
        "key": _digest(key),
        "now": now,
        "before": now - timedelta(seconds=seconds),
    }
    with connections["audit"].cursor() as cursor:
        cursor.execute(_HIT, given)
        count, began_at = cursor.fetchone() or (1, now)
    if count > limit:
        left = (began_at + timedelta(seconds=seconds) - now).total_seconds()
        raise Throttled(max(1, math.ceil(left)))


def forget(*, key: str) -> None:
    """Begin anew: the person was right."""
    with connections["audit"].cursor() as cursor:
        cursor.execute("DELETE FROM platform_throttle WHERE key = %s", [_digest(key)])


def forget_old(*, now: datetime) -> None:
    """Remove the counts of windows that are over, whatever their length."""
    with connections["audit"].cursor() as cursor:
        cursor.execute("DELETE FROM platform_throttle WHERE began_at < %s", [now - _LONGEST])


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
