"""Reading the register of persons: plain values out.

A number that was replaced (a BIS number by a NISS) leads to the person under the new number.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Q

from guichet.registers.addresses import Address
from guichet.registers.persons.models import Person
from guichet.registers.sorting import sort_key


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """What the register holds of a person; ``replaced_by``: the number that took its place."""

    niss: str = field(repr=False)
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    birth_date: date | None = field(default=None, repr=False)
    language: str = "nl"
    email: str = field(default="", repr=False)
    address: Address = field(default=Address(), repr=False)
    replaced_by: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PersonName:
    """The names of a person, as the services show them."""

    given_name: str
    family_name: str


def person(*, niss: str) -> PersonRecord | None:
    """The person under the number that is now valid for ``niss``, or None."""
    return stored(niss=current_number(niss=niss))


def stored(*, niss: str) -> PersonRecord | None:
    """The row of exactly this number, replaced or not, or None."""
    row = Person.objects.select_related("replaced_by").filter(niss=niss).first()
    if row is None:
        return None
    return record_of(row)


def stored_many(*, numbers: Collection[str]) -> dict[str, PersonRecord]:
    """The rows of exactly these numbers, replaced or not; what is unknown is left out."""
    if not numbers:
        return {}
    rows = Person.objects.select_related("replaced_by").filter(niss__in=numbers)
    return {row.niss: record_of(row) for row in rows}


def record_of(row: Person) -> PersonRecord:
    """The plain value of a row."""
    return PersonRecord(
        niss=row.niss,
        given_name=row.given_name,
        family_name=row.family_name,
        birth_date=row.birth_date,
        language=row.language,
        email=row.email,
        address=Address.of(row),
        replaced_by=None if row.replaced_by is None else row.replaced_by.niss,
    )


def current_number(*, niss: str) -> str:
    """The number now valid for this one; the same when it was never replaced or is unknown."""
    return current_numbers(numbers=[niss])[niss]


def current_numbers(*, numbers: Collection[str]) -> dict[str, str]:
    """For each number the one now valid; what the register does not know stands for itself."""
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT, [list(numbers)])
        found = dict(cursor.fetchall())
    return {number: found.get(number, number) for number in numbers}


def numbers_of(*, niss: str) -> frozenset[str]:
    """Every number under which the same person stands or stood, this one included."""
    with connection.cursor() as cursor:
        cursor.execute(_FORMER, [current_number(niss=niss)])
        return frozenset({niss, *(row[0] for row in cursor.fetchall())})


def numbers_before(*, niss: str) -> frozenset[str]:
    """This number and every one whose place it took, at once or by others in between."""
    with connection.cursor() as cursor:
        cursor.execute(_FORMER, [niss])
        return frozenset({niss, *(row[0] for row in cursor.fetchall())})


def names(*, numbers: Collection[str]) -> dict[str, PersonName]:
    """The names behind each known number, under the number asked."""
    current = current_numbers(numbers=numbers)
    rows = Person.objects.filter(niss__in=set(current.values()))
    known = {
        niss: PersonName(given, family)
        for niss, given, family in rows.values_list("niss", "given_name", "family_name")
    }
    return {asked: known[valid] for asked, valid in current.items() if valid in known}


def known_numbers(*, numbers: Collection[str]) -> frozenset[str]:
    """Those of ``numbers`` that the register holds, replaced or not."""
    return frozenset(Person.objects.filter(niss__in=numbers).values_list("niss", flat=True))


def of_name_and_birth(
    *, family_name: str, given_name: str, birth_date: date
) -> tuple[PersonRecord, ...]:
    """The people born on a day whose names are these, accents and capitals apart, or who share
    the family name; those with the same names first. Replaced numbers are left out."""
    family, whole = sort_key(family_name), sort_key(family_name, given_name)
    shares = Q(sort_key=family) | Q(sort_key__startswith=f"{family} ")
    rows = Person.objects.select_related("replaced_by").filter(
        shares, birth_date=birth_date, replaced_by=None
    )
    found = sorted(rows.order_by("sort_key", "niss"), key=lambda row: row.sort_key != whole)
    return tuple(record_of(row) for row in found)


_CURRENT = """
WITH RECURSIVE chain AS (
    SELECT niss AS asked, id, niss, replaced_by_id
      FROM persons_person WHERE niss = ANY(%s)
    UNION
    SELECT chain.asked, next.id, next.niss, next.replaced_by_id
      FROM chain JOIN persons_person next ON next.id = chain.replaced_by_id
)
SELECT asked, niss FROM chain WHERE replaced_by_id IS NULL
"""

_FORMER = """
WITH RECURSIVE former AS (
    SELECT id, niss FROM persons_person WHERE niss = %s
    UNION
    SELECT earlier.id, earlier.niss
      FROM former JOIN persons_person earlier ON earlier.replaced_by_id = former.id
)
SELECT niss FROM former
"""
