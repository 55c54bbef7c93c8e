"""Which version of the terms of use a person accepted.

Fields, constraints and nothing else; the versions themselves stand in `terms`.
"""

from django.db import models
from django.db.models import Q


class TermsAcceptance(models.Model):
    """A person accepted one version of the terms of one group, once."""

    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    group = models.TextField()
    version = models.TextField()
    accepted_at = models.DateTimeField()

    class Meta:
        db_table = "access_terms_acceptance"
        constraints = [
            models.UniqueConstraint(
                name="access_terms_acceptance_once", fields=["person", "group", "version"]
            ),
            models.CheckConstraint(
                name="access_terms_acceptance_group_is_known",
                condition=Q(group__in=["citizen", "enterprise"]),
            ),
            models.CheckConstraint(
                name="access_terms_acceptance_version_is_a_day",
                condition=Q(version__regex=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.version}"
