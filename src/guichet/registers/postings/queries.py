"""Reading the register of postings: plain values out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from guichet.registers.addresses import Address
from guichet.registers.postings.models import Limosa


@dataclass(frozen=True, slots=True)
class PostingPlace:
    """One place of work: a declared site, an address, or a description of a route."""

    kind: str = "address"
    works_reference: str | None = None
    description: str = ""
    address: Address = field(default=Address())


@dataclass(frozen=True, slots=True)
class PostingRecord:
    """A Limosa declaration; the employer by a foreign VAT number or by an enterprise number."""

    number: str
    niss: str = field(repr=False)
    first_day: date
    last_day: date
    kind: str = "employee"
    foreign_vat_number: str = ""
    employer: str | None = None
    client: str | None = None
    state: str = "active"
    places: tuple[PostingPlace, ...] = ()


def posting(*, number: str) -> PostingRecord | None:
    """The declaration of this number, cancelled or not, or None."""
    row = _rows().filter(number=number).first()
    return None if row is None else record_of(row)


def postings_of(*, niss: str, on: date | None = None) -> tuple[PostingRecord, ...]:
    """The declarations of a person that stand, oldest first; those of one day, if given."""
    rows = _rows().filter(person__niss=niss, state="active")
    if on is not None:
        rows = rows.filter(first_day__lte=on, last_day__gte=on)
    return tuple(record_of(row) for row in rows.order_by("first_day", "number"))


def record_of(row: Limosa) -> PostingRecord:
    """The plain value of a row, its places in their order."""
    return PostingRecord(
        number=row.number,
        niss=row.person.niss,
        first_day=row.first_day,
        last_day=row.last_day,
        kind=row.kind,
        foreign_vat_number=row.foreign_vat_number,
        employer=None if row.employer is None else row.employer.number,
        client=None if row.client is None else row.client.number,
        state=row.state,
        places=tuple(
            PostingPlace(each.kind, each.works_reference, each.description, Address.of(each))
            for each in sorted(row.places.all(), key=lambda place: place.position)
        ),
    )


def _rows() -> QuerySet[Limosa]:
    rows = Limosa.objects.select_related("person", "employer", "client")
    return rows.prefetch_related("places")
