# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""The register of postings: Limosa declarations and their places of work."""

from django.db import models
from django.db.models import Q

from guichet.registers.columns import Addressed, days_in_order, matches, one_of

KINDS = ("employee", "self_employed", "trainee")
STATES = ("active", "cancelled")
PLACES = ("fixed", "site", "address", "mobile")


class Limosa(models.Model):
    """One declaration: a worker, his employer abroad, the days, and the client here if known."""

    id = models.BigAutoField(primary_key=True)
    number = models.TextField()
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.TextField()
    foreign_vat_number = models.TextField(default="")
    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, null=True, related_name="+"
    )
    client = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, null=True, related_name="+"
    )
    first_day = models.DateField()
    last_day = models.DateField()
    state = models.TextField(default="active")

    class Meta:
        db_table = "postings_limosa"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="postings_limosa_number_unique"),
            matches("postings_limosa", "number", r"^[0-9]{17}$"),
            matches(
                "postings_limosa", "foreign_vat_number", r"^[A-Z]{2}.{1,28}$", may_be_empty=True
            ),
            one_of("postings_limosa", "kind", KINDS),
            one_of("postings_limosa", "state", STATES),
            days_in_order("postings_limosa"),
            models.CheckConstraint(
                condition=~Q(foreign_vat_number="")
                | Q(employer__isnull=False)
                | Q(kind="self_employed"),
                name="postings_limosa_has_an_employer",
            ),
        ]


class Place(Addressed):
    """One place of work of a declaration; ``works_reference`` where it is a declared site."""

    id = models.BigAutoField(primary_key=True)
    limosa = models.ForeignKey(Limosa, on_delete=models.PROTECT, related_name="places")
    position = models.IntegerField()
    kind = models.TextField(default="address")
    works_reference = models.TextField(null=True)
    description = models.TextField(default="")

    class Meta:
        db_table = "postings_place"
        constraints = [
            models.UniqueConstraint(
                fields=["limosa", "position"], name="postings_place_position_unique"
            ),
            one_of("postings_place", "kind", PLACES),
            matches("postings_place", "country", r"^[A-Z]{2}$"),
        ]
