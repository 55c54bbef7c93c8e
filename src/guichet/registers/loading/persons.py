"""The register of persons as one flat form: a row is a number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from guichet.audit.actors import Actor
from guichet.registers.changing import Outcome
from guichet.registers.loading.cells import Row
from guichet.registers.loading.form import ADDRESS_COLUMNS, Column, Form, Values, address_in
from guichet.registers.persons import operations
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord, record_of


def _enter(row: Row, actor: Actor, now: datetime) -> Outcome:
    person = PersonRecord(
        niss=row.needed("niss"),
        given_name=row["given_name"],
        family_name=row["family_name"],
        birth_date=row.day_or_none("birth_date"),
        language=row["language"] or "nl",
        email=row["email"],
        address=address_in(row),
        replaced_by=row.absent("replaced_by"),
    )
    return operations.register(person=person, actor=actor, now=now)


def _rows() -> Iterator[Values]:
    for row in _in_order():
        person = record_of(row)
        yield {
            "niss": person.niss,
            "family_name": person.family_name,
            "given_name": person.given_name,
            "birth_date": person.birth_date,
            "language": person.language,
            "email": person.email,
            "replaced_by": person.replaced_by,
            **person.address.as_columns(),
        }


def _in_order() -> Iterator[Person]:
    """A number after the one that took its place; the replaced ones are few."""
    rows = Person.objects.select_related("replaced_by").order_by("niss")
    yield from rows.filter(replaced_by__isnull=True).iterator(2_000)
    waiting = {row.id: row for row in rows.filter(replaced_by__isnull=False)}
    while waiting:
        ready = [row for row in waiting.values() if row.replaced_by_id not in waiting]
        for row in ready:
            del waiting[row.id]
        yield from ready


FORM: Final = Form(
    name="persons",
    columns=(
        Column("niss", "national number or BIS number, eleven digits", is_required=True),
        Column("family_name", "family name", is_required=True),
        Column("given_name", "given names"),
        Column("birth_date", "2001-02-03; empty when unknown"),
        Column("language", "nl, fr, de or en; empty: nl"),
        Column("email", "e-mail address"),
        *ADDRESS_COLUMNS,
        Column("replaced_by", "the number that took the place of this one; it stands earlier"),
    ),
    enter=_enter,
    rows=_rows,
)
