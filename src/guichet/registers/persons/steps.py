"""What changes of the register did to who people are, from its history."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import connection

from guichet.registers.persons.models import Person

_TABLE: Final = Person._meta.db_table


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a row of the register says that somebody is."""

    niss: str = field(repr=False)
    family_name: str = field(repr=False)
    given_name: str = field(repr=False)
    birth_date: date | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history after which a person is another one than before.

    With another number in ``after`` that one took the place of the former; with the same number
    names or birth date changed, in a row that stands for the person.
    """

    history: int
    before: Identity
    after: Identity

    @property
    def is_replacement(self) -> bool:
        """Whether another number is valid now."""
        return self.before.niss != self.after.niss


def steps_of(*, changes: Collection[int]) -> list[Step]:
    """What these lines of the outbox of register changes did, in the order of the history.

    A person who is new, and one of whom something else changed, are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, {"changes": list(changes), "table": _TABLE})
        found = [_step(number, *map(_state, states)) for number, *states in cursor.fetchall()]
    return [step for step in found if step is not None]


def _state(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _step(history: int, before: Any, after: Any, heir: Any) -> Step | None:
    former, current = _identity(before), _identity(after)
    if heir is not None and before["replaced_by_id"] is None:
        return Step(history, former, _identity(heir))
    if current != former and after["replaced_by_id"] is None:
        return Step(history, former, current)
    return None


def _identity(state: Mapping[str, Any]) -> Identity:
    day = state["birth_date"]
    return Identity(
        state["niss"],
        state["family_name"],
        state["given_name"],
        date.fromisoformat(day) if day else None,
    )


# The line of the history that a change wrote stands in the same transaction.
_STEPS: Final = """
SELECT DISTINCT written.id, former.state, written.state, to_jsonb(heir)
  FROM platform_change AS change
  JOIN persons_person AS person ON person.niss = change.niss
  JOIN audit_history AS written
    ON written.table_name = %(table)s AND written.row_id = person.id
   AND written.operation = 'update' AND written.recorded_in = change.recorded_in
  JOIN LATERAL (
        SELECT earlier.state FROM audit_history AS earlier
         WHERE earlier.table_name = %(table)s AND earlier.row_id = person.id
           AND earlier.id < written.id
         ORDER BY earlier.id DESC LIMIT 1
       ) AS former ON true
  LEFT JOIN persons_person AS heir
    ON heir.id = (written.state ->> 'replaced_by_id')::bigint
 WHERE change.id = ANY(%(changes)s) AND change.kind = 'person'
 ORDER BY written.id
"""
