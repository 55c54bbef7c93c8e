"""What the token endpoint answered each channel: counted by day and outcome, for its owner.

One statement a token request, nothing for the calls made with a token. Only a channel that exists
is counted, so that a stranger cannot fill the table with names he invents.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Max

from guichet.access.models import TokenDay
from guichet.platform import clock

ISSUED: Final = "issued"
TOO_MANY: Final = "too_many"
SHOWN: Final = timedelta(days=30)
_KEPT: Final = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Line:
    """On one day the channel got this answer, so many times."""

    day: date
    outcome: str
    times: int
    last_at: datetime


def note(*, client_id: str, outcome: str, now: datetime) -> None:
    """Count one answer; a client id that no channel has is not counted.

    ``outcome``: ISSUED, TOO_MANY, a reason of `assertions.Reason` or an error of RFC 6749.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_token_day AS t (client_id, day, outcome, times, last_at) "
            "SELECT client_id, %s, %s, 1, %s FROM access_channel WHERE client_id = %s "
            "ON CONFLICT (client_id, day, outcome) DO UPDATE SET times = t.times + 1, "
            "last_at = greatest(t.last_at, excluded.last_at)",
            [clock.today(now), outcome, now, client_id],
        )


def answers(*, client_id: str, today: date) -> list[Line]:
    """The answers of the last 30 days, the latest first."""
    found = TokenDay.objects.filter(client_id=client_id, day__gt=today - SHOWN)
    return [
        Line(one.day, one.outcome, one.times, one.last_at)
        for one in found.order_by("-day", "-last_at")
    ]


def last_calls(*, client_ids: Sequence[str]) -> dict[str, datetime]:
    """When each of these channels last asked for a token, whatever the answer."""
    found = TokenDay.objects.filter(client_id__in=client_ids).values("client_id")
    return {row["client_id"]: row["at"] for row in found.annotate(at=Max("last_at")).order_by()}


def forget(*, today: date) -> int:
    """Drop what is no longer shown; how many lines went."""
    return TokenDay.objects.filter(day__lt=today - _KEPT).delete()[0]
