"""The register of persons: who is behind a NISS or a BIS number."""

from django.db import models
from django.db.models import F, Q

from guichet.registers.columns import LANGUAGES, Addressed, matches, one_of


class Person(Addressed):
    """A person under one number; ``replaced_by`` points to the number that took its place."""

    id = models.BigAutoField(primary_key=True)
    niss = models.TextField()
    given_name = models.TextField()
    family_name = models.TextField()
    sort_key = models.TextField()
    birth_date = models.DateField(null=True)
    language = models.TextField(default="nl")
    email = models.TextField(default="")
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "persons_person"
        indexes = [models.Index(fields=["sort_key"], name="persons_person_sort_key")]
        constraints = [
            models.UniqueConstraint(fields=["niss"], name="persons_person_niss_unique"),
            matches("persons_person", "niss", r"^[0-9]{11}$"),
            matches("persons_person", "country", r"^[A-Z]{2}$"),
            one_of("persons_person", "language", LANGUAGES),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="persons_person_not_replaced_by_itself",
            ),
        ]
