"""Identities that the register of persons changed by itself, told to who employs the person.

An employer is told when he has a period of the person that is not over, or that ended in this
quarter or the one before: what he still declares, and corrects, of these quarters. [OUR CHOICE]
Agencies are employers; their users are not told. A changed number is reason 90, names or birth
date are 91 (annex 40 of the official glossary: mutation of the number, synchronisation). 92 and 93
are about the number of the employer: the register of enterprises does not say why one changed, so
they do not arise here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from guichet.audit import trail
from guichet.audit.actors import system
from guichet.eservices.dimona.models import IdentityChange, Watermark
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.persons import queries as persons
from guichet.registers.persons.steps import Identity, Step, steps_of

ACTOR: Final = system("dimona.identities")
CHANGES: Final = 500
_MARK: Final = "identities"


def follow(*, now: datetime) -> bool:
    """Look at the next register changes; whether there may be more.

    The outbox keeps them a month. A line of the history is told once to an employer, however
    often it is looked at.
    """
    with transaction(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('guichet.dimona.identities'))")
        [is_ours] = cursor.fetchone()
        if not is_ours:
            return False
        group = _next_changes(cursor)
        if not group:
            return False
        steps = steps_of(changes=[number for number, _ in group])
        told = [row for step in steps for row in _told(step, now=now)]
        IdentityChange.objects.bulk_create(told, ignore_conflicts=True)
        row, position = group[-1]
        Watermark.objects.update_or_create(name=_MARK, defaults={"position": position, "row": row})
        if told:
            trail.record(
                action="dimona.identities.noted",
                actor=ACTOR,
                target="dimona",
                now=now,
                detail={"count": len(told)},
            )
    return len(group) == CHANGES


def _next_changes(cursor: Any) -> list[tuple[int, int]]:
    mark = Watermark.objects.filter(name=_MARK).first()
    bound = settled_before(cursor)
    position, row = (mark.position, mark.row) if mark else (0, 0)
    if position > bound:  # after a restore the numbers of transactions begin again
        position, row = bound, 0
    cursor.execute(_CHANGES, {"position": position, "row": row, "bound": bound, "most": CHANGES})
    return [(int(number), int(recorded)) for number, recorded in cursor.fetchall()]


def settled_before(cursor: Any) -> int:
    """The oldest transaction that still runs: below it everything is there or never will be."""
    cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    [bound] = cursor.fetchone()
    return int(bound)


def _told(step: Step, *, now: datetime) -> Iterable[IdentityChange]:
    """A message for each employer who has to know."""
    first = persons.numbers_before(niss=step.before.niss)
    numbers = first if step.is_replacement else persons.numbers_of(niss=step.before.niss)
    known = _knowing(step) if step.is_replacement else frozenset()
    before, after = _changed(step), _whole(step.after)
    for employer, period in _employers(numbers, since=first_day_that_counts(clock.today(now))):
        if employer not in known:
            yield IdentityChange(
                source=step.history,
                period_id=period,
                employer=employer,
                former=step.before.niss,
                valid=step.after.niss,
                before=before,
                after=after,
                reason="90" if step.is_replacement else "91",
                created_at=now,
            )


def _knowing(step: Step) -> frozenset[str]:
    """Who heard of this replacement already, by a declaration under the former number."""
    rows = IdentityChange.objects.filter(
        former=step.before.niss, valid=step.after.niss, reason="90"
    )
    return frozenset(rows.values_list("employer", flat=True))


def _employers(numbers: Iterable[str], *, since: date) -> list[tuple[str, int]]:
    """Each employer with such a period, and the one to show: the latest, one that runs first."""
    with connection.cursor() as cursor:
        cursor.execute(_EMPLOYERS, {"numbers": list(numbers), "since": since})
        return [(employer, period) for employer, period in cursor.fetchall()]


def first_day_that_counts(today: date) -> date:
    """A period that ends from this day on counts: the first one of the quarter before this one."""
    month = today.month - (today.month - 1) % 3 - 3
    return date(today.year, month, 1) if month > 0 else date(today.year - 1, month + 12, 1)


def _whole(one: Identity) -> dict[str, str]:
    found = {
        "familyName": one.family_name,
        "givenName": one.given_name,
        "birthDate": one.birth_date.isoformat() if one.birth_date else "",
    }
    return {name: text for name, text in found.items() if text}


def _changed(step: Step) -> dict[str, str]:
    """What was different before, without the number."""
    now = _whole(step.after)
    return {name: text for name, text in _whole(step.before).items() if now.get(name) != text}


_CHANGES: Final = """
SELECT id, recorded_in
  FROM platform_change
 WHERE kind = 'person' AND recorded_in >= %(position)s AND recorded_in < %(bound)s
   AND (recorded_in > %(position)s OR id > %(row)s)
 ORDER BY recorded_in, id
 LIMIT %(most)s
"""

_EMPLOYERS: Final = """
SELECT DISTINCT ON (employer.number) employer.number, period.dimona_id
  FROM persons_person AS person
  JOIN employments_relation AS relation ON relation.person_id = person.id
  JOIN employments_period AS period ON period.relation_id = relation.id
  JOIN enterprises_enterprise AS employer ON employer.id = relation.employer_id
 WHERE person.niss = ANY(%(numbers)s) AND period.state = 'active'
   AND (period.last_day IS NULL OR period.last_day >= %(since)s)
 ORDER BY employer.number, period.last_day IS NULL DESC, period.first_day DESC,
          period.dimona_id DESC
"""
