"""Reading what employers are told of the identity of their workers: plain values out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from guichet.eservices.dimona.models import IdentityChange
from guichet.registers.persons import queries as persons
from guichet.registers.persons.queries import PersonRecord


@dataclass(frozen=True, slots=True)
class Situation:
    """Who somebody is or was; of an outdated one only what changed is given."""

    niss: str = field(default="", repr=False)
    family_name: str = field(default="", repr=False)
    given_name: str = field(default="", repr=False)
    birth_date: date | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Idflux:
    """One message: since when, why, who the worker is and what was different before.

    ``declaration``: the one that came under the replaced number, None when the register of
    persons changed; ``period``: of this employer, or None.
    """

    id: int
    at: datetime
    employer: str
    reason: str
    valid: Situation
    outdated: Situation
    declaration: int | None
    period: int | None


def listed(*, employer: str, limit: int, offset: int = 0) -> list[Idflux]:
    """The messages for an employer, the newest first."""
    return _plain(_of(employer).order_by("-id")[offset : offset + limit])


def count(*, employer: str) -> int:
    """How many there are."""
    return _of(employer).count()


def of_period(*, period: int, niss: str, employer: str) -> list[Idflux]:
    """What this employer was told of the worker of a period, the newest first.

    A message of the register holds for every period of the worker, that of a declaration for the
    period that it opened.
    """
    numbers = persons.numbers_of(niss=niss)
    noted = Q(source__isnull=False) & (Q(former__in=numbers) | Q(valid__in=numbers))
    return _plain(_of(employer).filter(noted | Q(period_id=period)).order_by("-id"))


def of_declarations(*, numbers: Collection[int]) -> Mapping[int, Idflux]:
    """The messages that came with declarations, by the number of the declaration."""
    if not numbers:
        return {}
    found = _plain(IdentityChange.objects.filter(declaration_id__in=numbers).order_by("id"))
    return {each.declaration: each for each in found if each.declaration is not None}


def _of(employer: str) -> QuerySet[IdentityChange]:
    return IdentityChange.objects.filter(employer=employer)


def _plain(rows: QuerySet[IdentityChange]) -> list[Idflux]:
    """With the register's own data where a message was kept with its numbers only."""
    every = list(rows)
    known = persons.stored_many(numbers={row.valid for row in every if not row.after})
    return [_record(row, known) for row in every]


def _record(row: IdentityChange, known: Mapping[str, PersonRecord]) -> Idflux:
    valid = Situation(row.valid, **_names(row.after))
    person = known.get(row.valid)
    if person is not None:
        valid = replace(
            valid,
            family_name=person.family_name,
            given_name=person.given_name,
            birth_date=person.birth_date,
        )
    former = "" if row.former == row.valid else row.former
    return Idflux(
        id=row.id,
        at=row.created_at,
        employer=row.employer,
        reason=row.reason,
        valid=valid,
        outdated=Situation(former, **_names(row.before)),
        declaration=row.declaration_id,
        period=row.period_id,
    )


def _names(kept: Mapping[str, Any]) -> dict[str, Any]:
    day = kept.get("birthDate")
    return {
        "family_name": kept.get("familyName") or "",
        "given_name": kept.get("givenName") or "",
        "birth_date": date.fromisoformat(day) if day else None,
    }


def subjects(rows: Sequence[Idflux]) -> list[str]:
    """Whose data a list shows, each once."""
    return list(dict.fromkeys(row.valid.niss for row in rows))
