# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""The register of works: declared sites, their addresses, contracts and chains of contractors."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from guichet.registers.columns import (
    LANGUAGES,
    Addressed,
    days,
    days_in_order,
    matches,
    one_of,
)

ACTIVITIES = ("cleaning", "construction", "meat", "moving", "guarding")


class Site(models.Model):
    """A place or a route of works under one reference of thirteen signs.

    ``sector``: 1 works on immovables, 2 guarding, 3 meat. ``tolerance_metres``: how far from an
    address a point may lie. ``principal_name`` stands alone for a principal without a number.
    """

    id = models.BigAutoField(primary_key=True)
    reference = models.TextField()
    name = models.TextField()
    activity = models.TextField()
    sector = models.SmallIntegerField()
    is_obliged = models.BooleanField()
    tolerance_metres = models.IntegerField(default=500)
    is_mobile = models.BooleanField(default=False)
    principal = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, null=True, related_name="+"
    )
    principal_name = models.TextField(default="")
    language = models.TextField(default="nl")

    class Meta:
        db_table = "works_site"
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="works_site_reference_unique"),
            matches("works_site", "reference", r"^[A-HJ-NP-Z0-9]{13}$"),
            one_of("works_site", "activity", ACTIVITIES),
            one_of("works_site", "language", LANGUAGES),
            models.CheckConstraint(
                condition=Q(sector__gte=1, sector__lte=3), name="works_site_sector_known"
            ),
            models.CheckConstraint(
                condition=Q(tolerance_metres__gt=0), name="works_site_tolerance_positive"
            ),
        ]


class Address(Addressed):
    """One address of a site; a point in WGS84 degrees where it is known."""

    id = models.BigAutoField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="addresses")
    position = models.IntegerField()
    nis_code = models.TextField(default="")
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)

    class Meta:
        db_table = "works_address"
        constraints = [
            models.UniqueConstraint(
                fields=["site", "position"], name="works_address_position_unique"
            ),
            matches("works_address", "country", r"^[A-Z]{2}$"),
            matches("works_address", "nis_code", r"^[0-9]{5}$", may_be_empty=True),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(
                    longitude__isnull=False,
                    latitude__isnull=False,
                    longitude__gte=-180.0,
                    longitude__lte=180.0,
                    latitude__gte=-90.0,
                    latitude__lte=90.0,
                ),
                name="works_address_point_on_earth",
            ),
        ]


class Contract(models.Model):
    """A contract between the principal and a declarant; money in cents, without VAT."""

    id = models.BigAutoField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="contracts")
    declaration_number = models.TextField()
    contract_number = models.TextField(default="")
    declarant = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    total_cost_cents = models.BigIntegerField()
    signed_on = models.DateField(null=True)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    work_type = models.SmallIntegerField()

    class Meta:
        db_table = "works_contract"
        constraints = [
            models.UniqueConstraint(
                fields=["declaration_number"], name="works_contract_declaration_number_unique"
            ),
            matches("works_contract", "declaration_number", r"^(9B0|310)[0-9A-HJ-NP-Z]{10}$"),
            days_in_order("works_contract"),
            models.CheckConstraint(
                condition=Q(total_cost_cents__gte=0), name="works_contract_cost_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(work_type__gte=1, work_type__lte=8) | Q(work_type=99),
                name="works_contract_work_type_known",
            ),
        ]


class Intervention(models.Model):
    """A subcontractor in the chain of a contract, and for whom he works.

    ``employed_by`` absent: for the declarant. An employer stands earlier in the chain, so its id
    is smaller: the chain is a tree, whatever is written.
    """

    id = models.BigAutoField(primary_key=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="interventions")
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, null=True, related_name="+"
    )
    foreign_vat_number = models.TextField(null=True)
    employed_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        db_table = "works_intervention"
        constraints = [
            days_in_order("works_intervention"),
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False, foreign_vat_number__isnull=True)
                | Q(
                    enterprise__isnull=True,
                    foreign_vat_number__isnull=False,
                    foreign_vat_number__regex=r"^[A-Z]{2}.{1,28}$",
                ),
                name="works_intervention_one_contractor",
            ),
            models.CheckConstraint(
                condition=Q(employed_by__isnull=True) | Q(employed_by__lt=F("id")),
                name="works_intervention_employer_stands_earlier",
            ),
            models.UniqueConstraint(
                fields=["id", "contract"], name="works_intervention_id_contract_unique"
            ),
            ExclusionConstraint(
                name="works_intervention_no_overlap",
                expressions=[
                    ("contract", "="),
                    (Coalesce("enterprise_id", Value(0)), "="),
                    (Coalesce("foreign_vat_number", Value("")), "="),
                    (Coalesce("employed_by_id", Value(0)), "="),
                    (days(), "&&"),
                ],
            ),
        ]
