"""The register of enterprises as one flat form.

``record`` says what a row is: an enterprise, or one of its establishments, functions or
qualities. The cells that a kind of row does not use stay empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from guichet.audit.actors import Actor
from guichet.registers.addresses import Address
from guichet.registers.changing import Outcome
from guichet.registers.enterprises import operations
from guichet.registers.enterprises.models import Enterprise, Establishment, Function, Quality
from guichet.registers.enterprises.queries import (
    EnterpriseRecord,
    EstablishmentRecord,
    record_of,
)
from guichet.registers.loading.cells import CellRefused, Row
from guichet.registers.loading.form import ADDRESS_COLUMNS, Column, Form, Values, address_in


def _enter(row: Row, actor: Actor, now: datetime) -> Outcome:
    enter = _KINDS.get(row.needed("record"))
    if enter is None:
        raise CellRefused(column="record", sentence=_("There is no such kind of row."))
    return enter(row, actor, now)


def _enter_enterprise(row: Row, actor: Actor, now: datetime) -> Outcome:
    enterprise = EnterpriseRecord(
        number=row.needed("number"),
        name_nl=row["name_nl"],
        name_fr=row["name_fr"],
        name_de=row["name_de"],
        name_en=row["name_en"],
        language=row["language"] or "nl",
        legal_form=row["legal_form"],
        onss_number=row["onss_number"],
        onss_first_day=row.day_or_none("first_day"),
        onss_last_day=row.day_or_none("last_day"),
        stopped_on=row.day_or_none("stopped_on"),
        address=address_in(row),
    )
    return operations.register(enterprise=enterprise, actor=actor, now=now)


def _enter_establishment(row: Row, actor: Actor, now: datetime) -> Outcome:
    establishment = EstablishmentRecord(
        number=row.needed("establishment"),
        enterprise_number=row.needed("number"),
        name=row["name"],
        address=address_in(row),
        first_day=row.day_or_none("first_day"),
        last_day=row.day_or_none("last_day"),
    )
    return operations.add_establishment(establishment=establishment, actor=actor, now=now)


def _enter_function(row: Row, actor: Actor, now: datetime) -> Outcome:
    return operations.bring_in_function(
        number=row.needed("number"),
        niss=row.needed("niss"),
        function=row.needed("name"),
        first_day=row.day("first_day"),
        last_day=row.day_or_none("last_day"),
        actor=actor,
        now=now,
    )


def _enter_quality(row: Row, actor: Actor, now: datetime) -> Outcome:
    return operations.bring_in_quality(
        number=row.needed("number"),
        quality=row.needed("name"),
        first_day=row.day("first_day"),
        last_day=row.day_or_none("last_day"),
        actor=actor,
        now=now,
    )


_KINDS: Final = {
    "enterprise": _enter_enterprise,
    "establishment": _enter_establishment,
    "function": _enter_function,
    "quality": _enter_quality,
}


def _rows() -> Iterator[Values]:
    for row in Enterprise.objects.order_by("number").iterator(2_000):
        one = record_of(row)
        yield {
            "record": "enterprise",
            "number": one.number,
            "name_nl": one.name_nl,
            "name_fr": one.name_fr,
            "name_de": one.name_de,
            "name_en": one.name_en,
            "language": one.language,
            "legal_form": one.legal_form,
            "onss_number": one.onss_number,
            "first_day": one.onss_first_day,
            "last_day": one.onss_last_day,
            "stopped_on": one.stopped_on,
            **one.address.as_columns(),
        }
    yield from _establishments()
    yield from _functions()
    yield from _qualities()


def _establishments() -> Iterator[Values]:
    rows = Establishment.objects.select_related("enterprise").order_by("number")
    for row in rows.iterator(2_000):
        yield {
            "record": "establishment",
            "number": row.enterprise.number,
            "establishment": row.number,
            "name": row.name,
            "first_day": row.first_day,
            "last_day": row.last_day,
            **Address.of(row).as_columns(),
        }


def _functions() -> Iterator[Values]:
    rows = Function.objects.select_related("enterprise", "person").order_by("id")
    for row in rows.iterator(2_000):
        yield {
            "record": "function",
            "number": row.enterprise.number,
            "niss": row.person.niss,
            "name": row.function,
            "first_day": row.first_day,
            "last_day": row.last_day,
        }


def _qualities() -> Iterator[Values]:
    for row in Quality.objects.select_related("enterprise").order_by("id").iterator(2_000):
        yield {
            "record": "quality",
            "number": row.enterprise.number,
            "name": row.quality,
            "first_day": row.first_day,
            "last_day": row.last_day,
        }


FORM: Final = Form(
    name="enterprises",
    columns=(
        Column("record", "enterprise, establishment, function or quality", is_required=True),
        Column("number", "enterprise number, ten digits", is_required=True),
        Column("name_nl", "enterprise: name in Dutch; one of the four names is needed"),
        Column("name_fr", "enterprise: name in French"),
        Column("name_de", "enterprise: name in German"),
        Column("name_en", "enterprise: name in English"),
        Column("language", "enterprise: nl, fr, de or en; empty: nl"),
        Column("legal_form", "enterprise: code of three digits"),
        Column("onss_number", "enterprise: ONSS number of the employer"),
        Column("establishment", "establishment: its number, ten digits"),
        Column("niss", "function: the person"),
        Column("name", "establishment: its name; function, quality: which one"),
        Column(
            "first_day",
            "enterprise: first day as employer; establishment, function, quality: first day",
        ),
        Column("last_day", "the last day of the same, included; empty: still so"),
        Column("stopped_on", "enterprise: the day it stopped"),
        *ADDRESS_COLUMNS,
    ),
    enter=_enter,
    rows=_rows,
)
