"""The register of postings as one flat form.

``record`` says what a row is: a Limosa declaration, or one of its places of work; ``position``
numbers the places of a declaration, from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from guichet.audit.actors import Actor
from guichet.registers.changing import Outcome, RegisterRefused
from guichet.registers.loading.cells import CellRefused, Row
from guichet.registers.loading.form import ADDRESS_COLUMNS, Column, Form, Values, address_in
from guichet.registers.postings import operations, queries
from guichet.registers.postings.models import Limosa
from guichet.registers.postings.queries import PostingPlace, PostingRecord, record_of


def _enter(row: Row, actor: Actor, now: datetime) -> Outcome:
    match row.needed("record"):
        case "posting":
            return _enter_posting(row, actor, now)
        case "place":
            return _enter_place(row, actor, now)
    raise CellRefused(column="record", sentence=_("There is no such kind of row."))


def _enter_posting(row: Row, actor: Actor, now: datetime) -> Outcome:
    stored = queries.posting(number=row.needed("number"))
    posting = PostingRecord(
        number=row.needed("number"),
        niss=row.needed("niss"),
        first_day=row.day("first_day"),
        last_day=row.day("last_day"),
        kind=row["kind"] or "employee",
        foreign_vat_number=row["foreign_vat_number"],
        employer=row.absent("employer"),
        client=row.absent("client"),
        state=row["state"] or "active",
        places=() if stored is None else stored.places,
    )
    return operations.declare(posting=posting, actor=actor, now=now)


def _enter_place(row: Row, actor: Actor, now: datetime) -> Outcome:
    stored = queries.posting(number=row.needed("number"))
    if stored is None:
        raise RegisterRefused("posting_unknown", operations.REFUSALS["posting_unknown"])
    at = row.whole("position") - 1
    if not 0 <= at <= len(stored.places):
        raise CellRefused(
            column="position",
            sentence=_("The places of this declaration do not follow each other from 1."),
        )
    wanted = PostingPlace(
        kind=row["kind"] or "address",
        works_reference=row.absent("works_reference"),
        description=row["description"],
        address=address_in(row),
    )
    posting = replace(stored, places=(*stored.places[:at], wanted, *stored.places[at + 1 :]))
    outcome = operations.declare(posting=posting, actor=actor, now=now)
    is_new = outcome is Outcome.CHANGED and at == len(stored.places)
    return Outcome.ADDED if is_new else outcome


def _rows() -> Iterator[Values]:
    rows = Limosa.objects.select_related("person", "employer", "client")
    for row in rows.prefetch_related("places").order_by("number").iterator(500):
        posting = record_of(row)
        yield {
            "record": "posting",
            "number": posting.number,
            "niss": posting.niss,
            "kind": posting.kind,
            "foreign_vat_number": posting.foreign_vat_number,
            "employer": posting.employer,
            "client": posting.client,
            "first_day": posting.first_day,
            "last_day": posting.last_day,
            "state": posting.state,
        }
        for position, place in enumerate(posting.places, 1):
            yield {
                "record": "place",
                "number": posting.number,
                "position": position,
                "kind": place.kind,
                "works_reference": place.works_reference,
                "description": place.description,
                **place.address.as_columns(),
            }


FORM: Final = Form(
    name="postings",
    columns=(
        Column("record", "posting or place", is_required=True),
        Column("number", "Limosa number, 17 digits", is_required=True),
        Column("niss", "posting: the worker"),
        Column("kind", "posting: employee, self_employed, trainee; place: fixed, site, …"),
        Column("foreign_vat_number", "posting: of the employer abroad"),
        Column("employer", "posting: enterprise number of the employer, if it has one"),
        Column("client", "posting: enterprise number of the client here"),
        Column("first_day", "posting: 2026-03-02"),
        Column("last_day", "posting: last day, included"),
        Column("state", "posting: active or cancelled; empty: active"),
        Column("position", "place: 1, 2, 3, … within the declaration"),
        Column("works_reference", "place: works reference of a declared site"),
        Column("description", "place: in words"),
        *ADDRESS_COLUMNS,
    ),
    enter=_enter,
    rows=_rows,
)
