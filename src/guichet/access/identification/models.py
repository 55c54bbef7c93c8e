"""Sessions of the portal: what the browser's cookie opens, and what its owner sees of it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from guichet.rules.assurance import LEVELS


class Session(AbstractBaseSession):
    """One session; the key is a digest, so that who reads the table cannot enter by it.

    ``session_data`` of Django holds who acts; the columns repeat what is listed and looked for.
    ``expire_date`` is the end whatever happens; ``amr``: the provider's own words for the means.
    """

    session_key = models.TextField(primary_key=True)
    person = models.ForeignKey(
        "persons.Person", on_delete=models.CASCADE, null=True, related_name="+"
    )
    enterprise_number = models.TextField(default="")
    quality = models.TextField(db_default="")
    means = models.TextField(default="")
    level = models.IntegerField(null=True)
    amr = ArrayField(models.TextField(), db_default=[])
    device = models.TextField(default="")
    address = models.TextField(default="")
    opened_at = models.DateTimeField(null=True)
    authenticated_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_session"
        indexes = [
            models.Index(name="access_session_of_person", fields=["person"]),
            models.Index(name="access_session_expire_date", fields=["expire_date"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="access_session_key_is_a_digest",
                condition=Q(session_key__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="access_session_level_is_known",
                condition=Q(level__isnull=True) | Q(level__in=LEVELS),
            ),
        ]


class Pseudonym(models.Model):
    """The lasting pseudonym under which a provider knows a person without telling his number."""

    issuer = models.TextField()
    fedid = models.TextField()
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "access_pseudonym"
        constraints = [
            models.UniqueConstraint(name="access_pseudonym_once", fields=["issuer", "fedid"]),
        ]

    def __str__(self) -> str:
        return self.issuer
