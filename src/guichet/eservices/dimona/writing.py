"""Storing what a batch decided: one statement a table, whatever the number of declarations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

import msgspec
from django.db import connection

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.dimona.models import IdentityChange
from guichet.eservices.dimona.outcome import Ledger, Touch
from guichet.registers.employments.batches import PeriodWrite, Span
from guichet.registers.employments.batches import write as write_periods
from guichet.rules.dimona.known import PeriodKnown


def write(ledger: Ledger, *, actor: Actor, now: datetime) -> None:
    """Write a ledger in the caller's transaction; raises RegisterRefused."""
    write_periods(
        periods=[_period(ledger, touch) for touch in ledger.touched.values()], actor=actor, now=now
    )
    with connection.cursor() as cursor:
        _run(cursor, _PERIODS, (_more(touch) for touch in ledger.touched.values()), now)
        _run(cursor, _REGISTRATIONS, _registrations(ledger), now)
        _run(cursor, _DECLARATIONS, _answers(ledger), now)
    IdentityChange.objects.bulk_create(
        IdentityChange(
            declaration_id=each.declaration,
            period_id=each.period_id,
            employer=each.employer,
            former=each.former,
            valid=each.valid,
            created_at=now,
        )
        for each in ledger.replaced
    )
    trail.record(
        action="dimona.declarations.processed",
        actor=actor,
        target="dimona",
        now=now,
        detail={"count": len(ledger.done), "periods": len(ledger.touched)},
    )


def mark_stuck(number: int, *, now: datetime) -> None:
    """A declaration that cannot be decided waits for somebody to look at it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dimona_declaration SET state = 'stuck', processed_at = %s WHERE id = %s",
            [now, number],
        )


def _period(ledger: Ledger, touch: Touch) -> PeriodWrite:
    current, facts = touch.current, ledger.facts
    user = facts.firms.get(current.features.user)
    return PeriodWrite(
        dimona_id=current.id,
        person_id=facts.humans[current.niss].id,
        niss=current.niss,
        employer_id=facts.firms[current.employer].id,
        employer=current.employer,
        joint_committee=current.features.joint_committee,
        worker_type=current.features.worker_type,
        user_id=None if user is None else user.id,
        user=None if user is None else current.features.user,
        span=_span(current),
        state="cancelled" if current.is_cancelled else "active",
        former=None if touch.former is None else _span(touch.former),
    )


def _span(period: PeriodKnown) -> Span:
    times = period.times
    return Span(
        times.start_date or date.min,
        times.end_date,
        times.start_hour or None,
        times.end_hour or None,
    )


def _more(touch: Touch) -> dict[str, Any]:
    current = touch.current
    return {
        "i": current.id,
        "d": touch.declaration,
        "h": current.planned_hours,
        "s": current.features.sub_entity,
        "n": touch.user_name,
        "c": current.features.user_committee,
        "m": touch.details,
        "l": current.is_late,
        "a": touch.anomalies,
        "e": [{"quota": quota, "amount": amount} for quota, amount in current.excess],
    }


def _registrations(ledger: Ledger) -> Iterable[dict[str, Any]]:
    for each in ledger.registrations.values():
        yield {
            "i": each.id,
            "p": each.period_id,
            "f": each.times.start_date,
            "t": each.times.end_date,
            "b": each.times.start_hour,
            "u": each.times.end_hour,
            "c": each.is_cancelled,
        }


def _answers(ledger: Ledger) -> Iterable[dict[str, Any]]:
    for each in ledger.done:
        yield {
            "i": each.id,
            "s": each.state,
            "r": each.result,
            "a": each.anomalies,
            "e": each.excess,
            "f": each.employer,
            "n": each.niss,
            "p": each.period_id,
            "g": each.registration_id,
            "b": each.before,
            "w": each.after,
        }


def _run(cursor: Any, statement: str, rows: Iterable[dict[str, Any]], now: datetime) -> None:
    found = list(rows)
    if found:
        text = msgspec.json.encode(found).decode()
        cursor.execute(statement, {"rows": text, "now": now})


_PERIODS: Final = """
INSERT INTO dimona_period AS known
       (id, declaration_id, planned_hours, sub_entity, user_name, user_committee, details,
        is_late, is_locked, anomalies, excess, created_at, changed_at)
SELECT i, d, h, s, n, c, m, l, false, ARRAY(SELECT jsonb_array_elements_text(a)), e,
       %(now)s, %(now)s
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS new (
       i bigint, d bigint, h integer, s text, n text, c text, m jsonb, l boolean, a jsonb, e jsonb)
ON CONFLICT (id) DO UPDATE
   SET planned_hours = excluded.planned_hours, is_late = excluded.is_late,
       anomalies = known.anomalies || excluded.anomalies,
       excess = excluded.excess,
       changed_at = excluded.changed_at
"""

_REGISTRATIONS: Final = """
INSERT INTO dimona_registration AS known
       (id, period_id, first_day, last_day, start_hour, end_hour, is_cancelled, created_at)
SELECT i, p, f, t, b, u, c, %(now)s
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS new (
       i bigint, p bigint, f date, t date, b text, u text, c boolean)
ON CONFLICT (id) DO UPDATE
   SET last_day = excluded.last_day, start_hour = excluded.start_hour,
       end_hour = excluded.end_hour, is_cancelled = excluded.is_cancelled
"""

_DECLARATIONS: Final = """
UPDATE dimona_declaration AS declaration
   SET state = s, result = r, anomalies = ARRAY(SELECT jsonb_array_elements_text(a)), excess = e,
       employer = CASE f WHEN '' THEN declaration.employer ELSE f END,
       niss = CASE n WHEN '' THEN declaration.niss ELSE n END,
       period_id = p, registration_id = g, before = nullif(b, 'null'), after = nullif(w, 'null'),
       processed_at = %(now)s
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS new (
       i bigint, s text, r text, a jsonb, e jsonb, f text, n text, p bigint, g bigint,
       b jsonb, w jsonb)
 WHERE declaration.id = i
"""
