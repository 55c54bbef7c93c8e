"""Removing what is past its retention: whole sealed minutes, announced, with their seals kept.

Retention: ten years for look-ups of personal data and for the trail. [OUR CHOICE], to be confirmed
by a lawyer; a hold keeps the minutes in which a person or an enterprise occurs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from guichet.audit import sealing, trail, verification
from guichet.audit.actors import Actor
from guichet.audit.models import Hold, Seal
from guichet.platform.db import set_local, transaction

KEPT_YEARS: Final = 10
_PURGE_SETTING: Final = "guichet.purge"
_ABOUT: Final[Mapping[str, tuple[str, str]]] = {
    # columns that hold a person's number; columns that hold an enterprise's number
    "audit_entry": ("r.actor_id", "r.actor_enterprise"),
    "audit_lookup": ("r.niss, r.viewer_id", "r.viewer_enterprise"),
}


class PurgeRefused(Exception):
    """The seals do not hold; nothing is removed before somebody has looked at it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is, or would be, removed from one table."""

    table: str
    before: datetime
    rows: int
    kept_minutes: tuple[str, ...]


def bound(now: datetime) -> datetime:
    """Minutes before this one are past their retention."""
    whole = now.replace(second=0, microsecond=0)
    try:
        return whole.replace(year=whole.year - KEPT_YEARS)
    except ValueError:  # the 29th of February
        return whole.replace(year=whole.year - KEPT_YEARS, day=28)


def purge(*, now: datetime, actor: Actor, commit: bool) -> list[Plan]:
    """Remove, or only count, what is past its retention and not held.

    ``now``: on the clock of PostgreSQL. Raises PurgeRefused when any minute to be removed does not
    verify.
    """
    before = bound(now)
    with transaction():
        sealing.lock()
        found = verification.verify(last=before - sealing.MINUTE)
        if found.broken is not None:
            raise PurgeRefused(str(found.broken))
        plans = [_plan(table, before) for table in sorted(sealing.COLUMNS)]
        if commit:
            for plan in plans:
                if plan.rows:
                    _remove(plan, actor, now)
    return plans


def place_hold(
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    niss: str | None = None,
    enterprise_number: str | None = None,
) -> int:
    """Keep every minute in which this person or enterprise occurs; the number of the hold."""
    with transaction():
        made = Hold.objects.create(
            niss=niss, enterprise_number=enterprise_number, reason=reason, placed_at=now
        )
        trail.record(
            action="audit.hold.placed",
            actor=actor,
            target=f"hold/{made.pk}",
            now=now,
            reason=reason,
        )
    return made.pk


def lift_hold(*, number: int, actor: Actor, now: datetime) -> bool:
    """End a hold; False when there is none of that number in force."""
    with transaction():
        lifted = Hold.objects.filter(pk=number, lifted_at=None).update(lifted_at=now)
        if lifted:
            trail.record(action="audit.hold.lifted", actor=actor, target=f"hold/{number}", now=now)
    return bool(lifted)


def _plan(table: str, before: datetime) -> Plan:
    persons, enterprises = _ABOUT[table]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT DISTINCT date_trunc('minute', r.recorded_at, 'UTC')
            FROM {table} AS r JOIN audit_hold AS h ON h.lifted_at IS NULL
             AND (h.niss IN ({persons}) OR h.enterprise_number = {enterprises})
            WHERE r.recorded_at < %s ORDER BY 1
            """,  # noqa: S608  # names of our own tables and columns
            [before],
        )
        kept = [minute for (minute,) in cursor.fetchall()]
        cursor.execute(
            f"SELECT count(*) FROM {table} AS r WHERE r.recorded_at < %s "  # noqa: S608
            "AND NOT date_trunc('minute', r.recorded_at, 'UTC') = ANY(%s)",
            [before, kept],
        )
        [rows] = cursor.fetchone() or (0,)
    return Plan(table, before, rows, tuple(minute.isoformat() for minute in kept))


def _remove(plan: Plan, actor: Actor, now: datetime) -> None:
    kept = [datetime.fromisoformat(text) for text in plan.kept_minutes]
    former = set_local(using="default", settings={_PURGE_SETTING: "on"})
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {plan.table} AS r WHERE r.recorded_at < %s "  # noqa: S608
            "AND NOT date_trunc('minute', r.recorded_at, 'UTC') = ANY(%s)",
            [plan.before, kept],
        )
    set_local(using="default", settings=former)
    oldest_running, unborn = sealing.snapshot()
    sealing.append(
        Seal(
            kind=Seal.Kind.PURGE,
            table_name=plan.table,
            minute=plan.before,
            first_transaction=0,
            next_transaction=oldest_running,
            unborn_transaction=unborn,
            rows=plan.rows,
            digest="",
            kept_minutes=list(plan.kept_minutes),
            made_at=now,
        )
    )
    trail.record(
        action="audit.trail.purged",
        actor=actor,
        target=plan.table,
        now=now,
        detail={
            "before": plan.before.isoformat(),
            "rows": plan.rows,
            "keptMinutes": len(plan.kept_minutes),
        },
    )
