"""Reading the register of works: plain values out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Q

from guichet.registers.addresses import Address
from guichet.registers.works import models


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """An address of a site; the point in WGS84 degrees, both or neither."""

    address: Address
    nis_code: str = ""
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """A declared site; ``principal``: an enterprise number, or only a name."""

    reference: str
    name: str
    activity: str
    sector: int
    is_obliged: bool
    tolerance_metres: int = 500
    is_mobile: bool = False
    principal: str | None = None
    principal_name: str = ""
    language: str = "nl"
    addresses: tuple[SiteAddress, ...] = ()


@dataclass(frozen=True, slots=True)
class InterventionRecord:
    """A subcontractor; ``employed_by``: the id of the intervention above, None the declarant."""

    id: int
    enterprise: str | None
    foreign_vat_number: str | None
    employed_by: int | None
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ContractRecord:
    """A contract of a site, without VAT, in cents; ``interventions`` stand in chain order."""

    declaration_number: str
    declarant: str
    total_cost_cents: int
    first_day: date
    last_day: date | None = None
    signed_on: date | None = None
    contract_number: str = ""
    work_type: int = 8
    interventions: tuple[InterventionRecord, ...] = field(default=())


def site(*, reference: str) -> SiteRecord | None:
    """The site of this reference, or None."""
    return sites(references=[reference]).get(reference)


def sites(*, references: Collection[str]) -> dict[str, SiteRecord]:
    """The known ones of these sites, by reference."""
    rows = models.Site.objects.filter(reference__in=references).select_related("principal")
    return {row.reference: record_of(row) for row in rows.prefetch_related("addresses")}


def record_of(row: models.Site) -> SiteRecord:
    """The plain value of a row, its addresses in their order."""
    addresses = sorted(row.addresses.all(), key=lambda address: address.position)
    return SiteRecord(
        reference=row.reference,
        name=row.name,
        activity=row.activity,
        sector=row.sector,
        is_obliged=row.is_obliged,
        tolerance_metres=row.tolerance_metres,
        is_mobile=row.is_mobile,
        principal=None if row.principal is None else row.principal.number,
        principal_name=row.principal_name,
        language=row.language,
        addresses=tuple(
            SiteAddress(Address.of(each), each.nis_code, each.longitude, each.latitude)
            for each in addresses
        ),
    )


def contracts(*, reference: str) -> tuple[ContractRecord, ...]:
    """The contracts of a site with their chains, by declaration number."""
    rows = models.Contract.objects.filter(site__reference=reference).select_related("declarant")
    rows = rows.prefetch_related("interventions__enterprise")
    return tuple(contract_of(row) for row in rows.order_by("declaration_number"))


def contract(*, declaration_number: str) -> ContractRecord | None:
    """The contract of this declaration, or None."""
    rows = models.Contract.objects.filter(declaration_number=declaration_number)
    row = rows.select_related("declarant").prefetch_related("interventions__enterprise").first()
    return None if row is None else contract_of(row)


def contract_of(row: models.Contract) -> ContractRecord:
    """The plain value of a row, its chain in the order of entry."""
    chain = sorted(row.interventions.all(), key=lambda intervention: intervention.id)
    return ContractRecord(
        declaration_number=row.declaration_number,
        declarant=row.declarant.number,
        total_cost_cents=row.total_cost_cents,
        first_day=row.first_day,
        last_day=row.last_day,
        signed_on=row.signed_on,
        contract_number=row.contract_number,
        work_type=row.work_type,
        interventions=tuple(_intervention_of(each) for each in chain),
    )


def activities() -> dict[str, str]:
    """The activity of every declared site, by reference."""
    return dict(models.Site.objects.values_list("reference", "activity"))


def contractors_below(*, reference: str, enterprise: str) -> frozenset[str]:
    """Whose people an enterprise may see on a site: its own and its subcontractors', any depth.

    The declarant sees the whole chain of his contracts, and so does the principal of the site.
    Enterprise numbers and foreign VAT numbers; always the enterprise itself. Past and coming
    interventions count: who worked under a contractor yesterday is still his affair.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, {"reference": reference, "enterprise": enterprise})
        return frozenset({enterprise, *(row[0] for row in cursor.fetchall())})


def directs(*, reference: str, enterprise: str) -> bool:
    """Whether an enterprise declared works on this site, or is their principal."""
    sites = models.Site.objects.filter(reference=reference)
    mine = Q(principal__number=enterprise) | Q(contracts__declarant__number=enterprise)
    return sites.filter(mine).exists()


def references_of(*, enterprise: str, on: date | None = None) -> frozenset[str]:
    """Sites where an enterprise is principal, declarant or in a chain; on one day, if given."""
    with connection.cursor() as cursor:
        cursor.execute(_REFERENCES, {"enterprise": enterprise, "day": on})
        return frozenset(row[0] for row in cursor.fetchall())


def _intervention_of(row: models.Intervention) -> InterventionRecord:
    return InterventionRecord(
        id=row.id,
        enterprise=None if row.enterprise is None else row.enterprise.number,
        foreign_vat_number=row.foreign_vat_number,
        employed_by=row.employed_by_id,
        first_day=row.first_day,
        last_day=row.last_day,
    )


_BELOW = """
WITH RECURSIVE mine AS (
    SELECT id FROM enterprises_enterprise WHERE number = %(enterprise)s
), contract AS (
    SELECT works_contract.id, declarant_id,
           declarant_id IN (SELECT id FROM mine) OR principal_id IN (SELECT id FROM mine) AS whole
      FROM works_contract JOIN works_site ON works_site.id = site_id
     WHERE reference = %(reference)s
), below AS (
    SELECT i.id, i.enterprise_id, i.foreign_vat_number
      FROM works_intervention i JOIN contract ON contract.id = i.contract_id
     WHERE contract.whole OR i.enterprise_id IN (SELECT id FROM mine)
    UNION
    SELECT i.id, i.enterprise_id, i.foreign_vat_number
      FROM below JOIN works_intervention i ON i.employed_by_id = below.id
)
SELECT coalesce(number, foreign_vat_number)
  FROM below LEFT JOIN enterprises_enterprise e ON e.id = below.enterprise_id
UNION
SELECT number FROM contract JOIN enterprises_enterprise e ON e.id = declarant_id WHERE whole
"""

_REFERENCES = """
WITH mine AS (SELECT id FROM enterprises_enterprise WHERE number = %(enterprise)s)
SELECT reference FROM works_site s JOIN works_contract c ON c.site_id = s.id
 WHERE (s.principal_id IN (SELECT id FROM mine) OR c.declarant_id IN (SELECT id FROM mine))
   AND (%(day)s::date IS NULL OR %(day)s <@ daterange(c.first_day, c.last_day, '[]'))
UNION
SELECT reference FROM works_site s JOIN works_contract c ON c.site_id = s.id
  JOIN works_intervention i ON i.contract_id = c.id
 WHERE i.enterprise_id IN (SELECT id FROM mine)
   AND (%(day)s::date IS NULL OR %(day)s <@ daterange(i.first_day, i.last_day, '[]'))
"""
