# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""The register of enterprises: numbers, names, establishments, functions, qualities."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q

from guichet.registers.columns import (
    LANGUAGES,
    Addressed,
    days,
    days_in_order,
    matches,
    one_of,
)

FUNCTIONS = ("founder", "manager", "director", "self_employed", "assisting")
QUALITIES = ("employer", "service_provider", "temp_agency", "public_body", "principal")


class Enterprise(Addressed):
    """An enterprise; with an ``onss_first_day`` it is, or was, registered as an employer."""

    id = models.BigAutoField(primary_key=True)
    number = models.TextField()
    name_nl = models.TextField(default="")
    name_fr = models.TextField(default="")
    name_de = models.TextField(default="")
    name_en = models.TextField(default="")
    sort_key = models.TextField()
    language = models.TextField(default="nl")
    legal_form = models.TextField(default="")
    onss_number = models.TextField(default="")
    onss_first_day = models.DateField(null=True)
    onss_last_day = models.DateField(null=True)
    stopped_on = models.DateField(null=True)

    class Meta:
        db_table = "enterprises_enterprise"
        indexes = [models.Index(fields=["sort_key"], name="enterprises_sort_key")]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="enterprises_enterprise_number_unique"),
            models.UniqueConstraint(
                fields=["onss_number"],
                condition=~Q(onss_number=""),
                name="enterprises_enterprise_onss_number_unique",
            ),
            matches("enterprises_enterprise", "number", r"^[01][0-9]{9}$"),
            matches("enterprises_enterprise", "country", r"^[A-Z]{2}$"),
            matches("enterprises_enterprise", "legal_form", r"^[0-9]{3}$", may_be_empty=True),
            matches("enterprises_enterprise", "onss_number", r"^[0-9]{6,10}$", may_be_empty=True),
            one_of("enterprises_enterprise", "language", LANGUAGES),
            models.CheckConstraint(
                condition=~Q(name_nl="") | ~Q(name_fr="") | ~Q(name_de="") | ~Q(name_en=""),
                name="enterprises_enterprise_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(onss_last_day__isnull=True)
                | Q(onss_first_day__isnull=False, onss_last_day__gte=F("onss_first_day")),
                name="enterprises_enterprise_onss_days_in_order",
            ),
        ]


class Establishment(Addressed):
    """An establishment unit of an enterprise; open on both days, an absent one is not known."""

    id = models.BigAutoField(primary_key=True)
    number = models.TextField()
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    name = models.TextField(default="")
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

    class Meta:
        db_table = "enterprises_establishment"
        constraints = [
            models.UniqueConstraint(
                fields=["number"], name="enterprises_establishment_number_unique"
            ),
            matches("enterprises_establishment", "number", r"^[2-8][0-9]{9}$"),
            matches("enterprises_establishment", "country", r"^[A-Z]{2}$"),
            days_in_order("enterprises_establishment"),
        ]


class Function(models.Model):
    """What a person is in an enterprise, from a first day to a last one."""

    id = models.BigAutoField(primary_key=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    function = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        db_table = "enterprises_function"
        constraints = [
            one_of("enterprises_function", "function", FUNCTIONS),
            days_in_order("enterprises_function"),
            ExclusionConstraint(
                name="enterprises_function_no_overlap",
                expressions=[
                    ("enterprise", "="),
                    ("person", "="),
                    ("function", "="),
                    (days(), "&&"),
                ],
            ),
        ]


class Quality(models.Model):
    """In which quality an enterprise appears before social security, and when."""

    id = models.BigAutoField(primary_key=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    quality = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        db_table = "enterprises_quality"
        constraints = [
            one_of("enterprises_quality", "quality", QUALITIES),
            days_in_order("enterprises_quality"),
            ExclusionConstraint(
                name="enterprises_quality_no_overlap",
                expressions=[("enterprise", "="), ("quality", "="), (days(), "&&")],
            ),
        ]
