"""The register of works as one flat form.

``record`` says what a row is: a site, one of its addresses, a contract, or an intervention in
the chain of a contract. ``position`` numbers addresses within a site and interventions within a
contract, from 1; a row that comes before what it refers to is refused.
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
from guichet.registers.works import operations, queries
from guichet.registers.works.models import Contract, Site
from guichet.registers.works.queries import (
    ContractRecord,
    InterventionRecord,
    SiteAddress,
    SiteRecord,
    contract_of,
    record_of,
)

_GAP = _("The rows of this site or contract do not follow each other from position 1.")


def _enter(row: Row, actor: Actor, now: datetime) -> Outcome:
    enter = _KINDS.get(row.needed("record"))
    if enter is None:
        raise CellRefused(column="record", sentence=_("There is no such kind of row."))
    return enter(row, actor, now)


def _enter_site(row: Row, actor: Actor, now: datetime) -> Outcome:
    reference = row.needed("reference")
    stored = queries.site(reference=reference)
    site = SiteRecord(
        reference=reference,
        name=row.needed("name"),
        activity=row.needed("activity"),
        sector=row.whole("sector"),
        is_obliged=row.flag("is_obliged"),
        tolerance_metres=row.whole_or("tolerance_metres", 500),
        is_mobile=row["is_mobile"] != "" and row.flag("is_mobile"),
        principal=row.absent("principal"),
        principal_name=row["principal_name"],
        language=row["language"] or "nl",
        addresses=() if stored is None else stored.addresses,
    )
    return operations.declare_site(site=site, actor=actor, now=now)


def _enter_address(row: Row, actor: Actor, now: datetime) -> Outcome:
    stored = queries.site(reference=row.needed("reference"))
    if stored is None:
        raise RegisterRefused("site_unknown", operations.REFUSALS["site_unknown"])
    at = row.whole("position") - 1
    if not 0 <= at <= len(stored.addresses):
        raise CellRefused(column="position", sentence=_GAP)
    wanted = SiteAddress(
        address=address_in(row),
        nis_code=row["nis_code"],
        longitude=row.degrees_or_none("longitude"),
        latitude=row.degrees_or_none("latitude"),
    )
    addresses = (*stored.addresses[:at], wanted, *stored.addresses[at + 1 :])
    site = replace(stored, addresses=addresses)
    outcome = operations.declare_site(site=site, actor=actor, now=now)
    is_new = outcome is Outcome.CHANGED and at == len(stored.addresses)
    return Outcome.ADDED if is_new else outcome


def _enter_contract(row: Row, actor: Actor, now: datetime) -> Outcome:
    contract = ContractRecord(
        declaration_number=row.needed("declaration_number"),
        declarant=row.needed("enterprise"),
        total_cost_cents=row.whole("total_cost_cents"),
        first_day=row.day("first_day"),
        last_day=row.day_or_none("last_day"),
        signed_on=row.day_or_none("signed_on"),
        contract_number=row["contract_number"],
        work_type=row.whole("work_type"),
    )
    return operations.declare_contract(
        reference=row.needed("reference"), contract=contract, actor=actor, now=now
    )


def _enter_intervention(row: Row, actor: Actor, now: datetime) -> Outcome:
    number = row.needed("declaration_number")
    contract = queries.contract(declaration_number=number)
    if contract is None:
        raise RegisterRefused("contract_unknown", operations.REFUSALS["contract_unknown"])
    chain, at = contract.interventions, row.whole("position") - 1
    above = row.whole_or("employed_by", 0) - 1
    if not (0 <= at <= len(chain) and -1 <= above < at):
        raise CellRefused(column="position", sentence=_GAP)
    employed_by = None if above < 0 else chain[above].id
    if at == len(chain):
        operations.add_intervention(
            declaration_number=number,
            enterprise=row.absent("enterprise"),
            foreign_vat_number=row.absent("foreign_vat_number"),
            employed_by=employed_by,
            first_day=row.day("first_day"),
            last_day=row.day_or_none("last_day"),
            actor=actor,
            now=now,
        )
        return Outcome.ADDED
    return _change_intervention(chain[at], employed_by, row, actor, now)


def _change_intervention(
    stored: InterventionRecord, employed_by: int | None, row: Row, actor: Actor, now: datetime
) -> Outcome:
    wanted = (row.absent("enterprise"), row.absent("foreign_vat_number"), employed_by)
    if wanted != (stored.enterprise, stored.foreign_vat_number, stored.employed_by):
        raise CellRefused(
            column="position",
            sentence=_("Another contractor stands at this position of the chain."),
        )
    days = (row.day("first_day"), row.day_or_none("last_day"))
    if days == (stored.first_day, stored.last_day):
        return Outcome.UNCHANGED
    operations.change_intervention(
        intervention=stored.id, first_day=days[0], last_day=days[1], actor=actor, now=now
    )
    return Outcome.CHANGED


_KINDS: Final = {
    "site": _enter_site,
    "address": _enter_address,
    "contract": _enter_contract,
    "intervention": _enter_intervention,
}


def _rows() -> Iterator[Values]:
    sites = Site.objects.select_related("principal").prefetch_related("addresses")
    for row in sites.order_by("reference").iterator(500):
        yield from _site(record_of(row))
    contracts = Contract.objects.select_related("declarant", "site")
    contracts = contracts.prefetch_related("interventions__enterprise")
    for contract in contracts.order_by("site__reference", "declaration_number").iterator(500):
        yield from _contract(contract.site.reference, contract_of(contract))


def _site(site: SiteRecord) -> Iterator[Values]:
    yield {
        "record": "site",
        "reference": site.reference,
        "name": site.name,
        "activity": site.activity,
        "sector": site.sector,
        "is_obliged": site.is_obliged,
        "tolerance_metres": site.tolerance_metres,
        "is_mobile": site.is_mobile,
        "principal": site.principal,
        "principal_name": site.principal_name,
        "language": site.language,
    }
    for position, each in enumerate(site.addresses, 1):
        yield {
            "record": "address",
            "reference": site.reference,
            "position": position,
            "nis_code": each.nis_code,
            "longitude": each.longitude,
            "latitude": each.latitude,
            **each.address.as_columns(),
        }


def _contract(reference: str, contract: ContractRecord) -> Iterator[Values]:
    yield {
        "record": "contract",
        "reference": reference,
        "declaration_number": contract.declaration_number,
        "contract_number": contract.contract_number,
        "enterprise": contract.declarant,
        "total_cost_cents": contract.total_cost_cents,
        "signed_on": contract.signed_on,
        "first_day": contract.first_day,
        "last_day": contract.last_day,
        "work_type": contract.work_type,
    }
    positions = {each.id: position for position, each in enumerate(contract.interventions, 1)}
    for each in contract.interventions:
        yield {
            "record": "intervention",
            "reference": reference,
            "declaration_number": contract.declaration_number,
            "position": positions[each.id],
            "employed_by": None if each.employed_by is None else positions[each.employed_by],
            "enterprise": each.enterprise,
            "foreign_vat_number": each.foreign_vat_number,
            "first_day": each.first_day,
            "last_day": each.last_day,
        }


FORM: Final = Form(
    name="works",
    columns=(
        Column("record", "site, address, contract or intervention", is_required=True),
        Column("reference", "works reference of the site, thirteen signs", is_required=True),
        Column("name", "site: what people call it"),
        Column("activity", "site: cleaning, construction, meat, moving or guarding"),
        Column("sector", "site: 1 works on immovables, 2 guarding, 3 meat"),
        Column("is_obliged", "site: 1 when presences must be registered, else 0"),
        Column("tolerance_metres", "site: how far from an address a point may lie; empty: 500"),
        Column("is_mobile", "site: 1 for a route or a zone; empty: 0"),
        Column("principal", "site: enterprise number of the principal"),
        Column("principal_name", "site: name of a principal without a number"),
        Column("language", "site: nl, fr, de or en; empty: nl"),
        Column("position", "address, intervention: 1, 2, 3, … within the site or contract"),
        Column("nis_code", "address: NIS code of the municipality, five digits"),
        Column("longitude", "address: degrees, as 4.8674"),
        Column("latitude", "address: degrees, as 50.4669"),
        *ADDRESS_COLUMNS,
        Column("declaration_number", "contract, intervention: 9B0 and ten signs"),
        Column("contract_number", "contract: its own number"),
        Column("enterprise", "contract: the declarant; intervention: the subcontractor"),
        Column("foreign_vat_number", "intervention: of a subcontractor without such a number"),
        Column("employed_by", "intervention: position of his employer; empty: the declarant"),
        Column("total_cost_cents", "contract: total without VAT, in cents"),
        Column("work_type", "contract: 1 to 8 (8 is cleaning), or 99"),
        Column("signed_on", "contract: the day it was signed"),
        Column("first_day", "contract, intervention: 2026-03-02"),
        Column("last_day", "the last day of the same, included; empty: without end"),
    ),
    enter=_enter,
    rows=_rows,
)
