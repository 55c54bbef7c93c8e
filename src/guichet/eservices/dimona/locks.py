"""Which periods the NSSO took over, and why: plain values out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import connection

from guichet.audit.actors import actor_of
from guichet.eservices.dimona.models import PeriodLock


@dataclass(frozen=True, slots=True)
class LockStep:
    """A period was taken over or given back; ``by``: the number of the official."""

    is_locked: bool
    reason: str
    by: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A period that is taken over; since when and why, where it is known."""

    period: int
    employer: str
    at: datetime | None
    reason: str


def steps(period: int) -> list[LockStep]:
    """What happened to a period, the newest first."""
    rows = PeriodLock.objects.filter(period_id=period).order_by("-id")
    return [LockStep(row.is_locked, row.reason, actor_of(row.actor).id, row.at) for row in rows]


def taken_over(*, limit: int) -> list[TakenOver]:
    """The periods that are taken over now, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN_OVER, [limit])
        return [TakenOver(*row) for row in cursor.fetchall()]


_TAKEN_OVER: Final = """
SELECT more.id, employer.number, step.at, coalesce(step.reason, '')
  FROM dimona_period AS more
  JOIN employments_period AS period ON period.dimona_id = more.id
  JOIN employments_relation AS relation ON relation.id = period.relation_id
  JOIN enterprises_enterprise AS employer ON employer.id = relation.employer_id
  LEFT JOIN LATERAL (
        SELECT lock.at, lock.reason FROM dimona_period_lock AS lock
         WHERE lock.period_id = more.id ORDER BY lock.id DESC LIMIT 1
       ) AS step ON true
 WHERE more.is_locked
 ORDER BY step.at DESC NULLS LAST, more.id DESC
 LIMIT %s
"""
