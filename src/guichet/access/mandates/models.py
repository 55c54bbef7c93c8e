"""Mandates: who lets whom act, since which quarter, who signed, and what is lent by it.

Fields, constraints and nothing else; `operations` changes them, `queries` reads them.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from guichet.registers.columns import days, days_in_order, matches, one_of
from guichet.rules.mandates import Domain, Side, Status

_LANGUAGES = ("nl", "fr", "de", "en")


class Mandate(models.Model):
    """One mandate from its first draft on.

    ``first_day``: of its first quarter; ``last_day``: of its last one, absent without an end.
    ``closing``: the word that says why it was rejected or closed (refused, withdrawn, ended,
    revoked, replaced), empty before.
    """

    id = models.BigAutoField(primary_key=True)
    mandator = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    mandatary = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    domains = ArrayField(models.TextField())
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    status = models.TextField(default=Status.TO_FINALISE.value)
    closing = models.TextField(default="")
    made_by = models.TextField()
    maker = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    language = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "access_mandate"
        indexes = [
            models.Index(name="access_mandate_of_mandator", fields=["mandator"]),
            models.Index(name="access_mandate_of_mandatary", fields=["mandatary"]),
        ]
        constraints = [
            one_of("access_mandate", "status", tuple(one.value for one in Status)),
            one_of("access_mandate", "made_by", tuple(one.value for one in Side)),
            one_of("access_mandate", "language", _LANGUAGES),
            one_of(
                "access_mandate",
                "closing",
                ("", "refused", "withdrawn", "ended", "revoked", "replaced"),
            ),
            days_in_order("access_mandate"),
            models.CheckConstraint(
                name="access_mandate_between_two", condition=~Q(mandator=F("mandatary"))
            ),
            models.CheckConstraint(
                name="access_mandate_has_known_domains",
                condition=Q(domains__contained_by=[one.value for one in Domain]) & ~Q(domains=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"mandate {self.pk}"


class Lent(models.Model):
    """One domain that an active mandate lends: these rows, and no others, open something.

    ``permissions``: the words of the rights that the people of the mandatary need in their own
    enterprise. Both days included, whole quarters; ``revoked_at``: taken back at once.
    """

    id = models.BigAutoField(primary_key=True)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="lent")
    mandator = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    mandatary = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    domain = models.TextField()
    permissions = ArrayField(models.TextField())
    is_exclusive = models.BooleanField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_mandate_lent"
        indexes = [models.Index(name="access_mandate_lent_to", fields=["mandatary", "id"])]
        constraints = [
            one_of("access_mandate_lent", "domain", tuple(one.value for one in Domain)),
            days_in_order("access_mandate_lent"),
            models.CheckConstraint(
                name="access_mandate_lent_by_quarters",
                condition=Q(first_day__day=1, first_day__month__in=[1, 4, 7, 10])
                & (
                    Q(last_day__isnull=True)
                    | Q(last_day__month__in=[3, 12], last_day__day=31)
                    | Q(last_day__month__in=[6, 9], last_day__day=30)
                ),
            ),
            ExclusionConstraint(
                name="access_mandate_lent_to_one",
                expressions=[("mandator", "="), ("domain", "="), (days(), "&&")],
                condition=Q(is_exclusive=True, revoked_at__isnull=True),
            ),
            ExclusionConstraint(
                name="access_mandate_lent_once",
                expressions=[
                    ("mandator", "="),
                    ("mandatary", "="),
                    ("domain", "="),
                    (days(), "&&"),
                ],
                condition=Q(revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.domain


class Signature(models.Model):
    """A party signed: on the page, or in the document with the card's signature certificate.

    ``means`` and ``level``: how the person was identified; for a card ``serial_number`` is that
    of the certificate.
    """

    id = models.BigAutoField(primary_key=True)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="signatures")
    side = models.TextField()
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    way = models.TextField()
    means = models.TextField()
    level = models.IntegerField()
    serial_number = models.TextField(default="")
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "access_mandate_signature"
        constraints = [
            models.UniqueConstraint(
                name="access_mandate_signature_once", fields=["mandate", "side"]
            ),
            one_of("access_mandate_signature", "side", tuple(one.value for one in Side)),
            one_of("access_mandate_signature", "way", ("page", "document")),
            matches("access_mandate_signature", "serial_number", r"^[0-9]+$", may_be_empty=True),
        ]

    def __str__(self) -> str:
        return self.side


class Document(models.Model):
    """The document of a mandate, each version kept: nothing of it is ever overwritten."""

    id = models.BigAutoField(primary_key=True)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="documents")
    version = models.IntegerField()
    pdf = models.BinaryField()
    digest = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "access_mandate_document"
        constraints = [
            models.UniqueConstraint(
                name="access_mandate_document_version_once", fields=["mandate", "version"]
            ),
            matches("access_mandate_document", "digest", r"^[0-9a-f]{64}$"),
        ]

    def __str__(self) -> str:
        return self.digest
