# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Declarations of works as they were filed, and every version of them.

Site, contract and chain stand in the register of works, which presences are judged by; here
stands what only the declaration knows. Fields and constraints, nothing else.
"""

from typing import Final

from django.db import models
from django.db.models import F, Q

from guichet.registers.columns import matches, one_of

STATES: Final = ("active", "cancelled")
EVENTS: Final = ("filed", "changed", "cancelled", "taken_over")
CHANNELS: Final = ("portal", "file", "register")


class Declaration(models.Model):
    """One declaration; ``content``: the declaration in force, as `content.plain` gives it.

    ``is_first``: it made the site, so it may change the site's name and addresses. ``search_key``:
    what the search looks through, without accents; ``cents``: without VAT.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.TextField()
    contract_number = models.TextField()
    site_reference = models.TextField()
    declarant = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    state = models.TextField(default="active")
    version = models.IntegerField(default=1)
    content = models.JSONField()
    is_first = models.BooleanField()
    name = models.TextField()
    search_key = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    cents = models.BigIntegerField()
    filed_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "works_declaration"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="works_declaration_number_unique"),
            matches("works_declaration", "number", r"^(9B0|310)[0-9A-HJ-NP-Z]{10}$"),
            matches("works_declaration", "site_reference", r"^[A-HJ-NP-Z0-9]{13}$"),
            one_of("works_declaration", "state", STATES),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="works_declaration_version_counts"
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="works_declaration_days_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["declarant", "-changed_at"], name="works_declaration_of_firm"),
            models.Index(fields=["site_reference"], name="works_declaration_of_site"),
        ]


class FileForm(models.Model):
    """One form of a file: what stands in it until it is decided, then what became of it.

    ``anomalies``: pairs of a code and a place.
    """

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey("exchanges.File", on_delete=models.PROTECT, related_name="+")
    position = models.IntegerField()
    reference = models.TextField(default="")
    found = models.JSONField(default=dict)
    result = models.TextField(default="pending")
    anomalies = models.JSONField(default=list)
    declaration = models.ForeignKey(
        Declaration, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        db_table = "works_file_form"
        constraints = [
            models.UniqueConstraint(
                fields=["file", "position"], name="works_file_form_position_unique"
            ),
            one_of("works_file_form", "result", ("pending", "accepted", "refused")),
            models.CheckConstraint(
                name="works_file_form_accepted_has_a_declaration",
                condition=Q(result="accepted", declaration__isnull=False)
                | (~Q(result="accepted") & Q(declaration__isnull=True)),
            ),
        ]


class Version(models.Model):
    """What was declared at one moment. ``enterprise``: the firm that sent it, by mandate or not."""

    id = models.BigAutoField(primary_key=True)
    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    event = models.TextField()
    content = models.JSONField()
    channel = models.TextField()
    enterprise = models.TextField(default="")
    is_obliged = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        db_table = "works_declaration_version"
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "number"], name="works_declaration_version_once"
            ),
            one_of("works_declaration_version", "event", EVENTS),
            one_of("works_declaration_version", "channel", CHANNELS),
        ]
