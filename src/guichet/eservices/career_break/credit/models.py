# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Codes that prove a remaining credit, and for whom earlier breaks were taken."""

import uuid
from typing import Final

from django.db import models
from django.db.models import F, Q

from guichet.registers.columns import matches

CODE: Final = r"^[0-9A-HJKMNP-TV-Z]{12}$"
_NUMBER: Final = r"^[0-9]{10}$"


class Attestation(models.Model):
    """What was left of a worker's credits at a moment, under a code for one employer.

    ``content``: as `proving.lines` made it; ``shown_until``: the last day on which the code
    opens; ``used_by`` and ``used_at``: the one enterprise that opened it, and when first;
    ``document``: the sealed attestation.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=uuid.uuid4)
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    code = models.TextField()
    content = models.JSONField()
    document = models.TextField(default="")
    made_at = models.DateTimeField()
    shown_until = models.DateField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        db_table = "career_break_attestation"
        constraints = [
            models.UniqueConstraint(fields=["code"], name="career_break_attestation_code_unique"),
            models.UniqueConstraint(fields=["key"], name="career_break_attestation_key_unique"),
            matches("career_break_attestation", "code", CODE),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, used_by__isnull=True)
                | Q(used_at__isnull=False, used_by__isnull=False),
                name="career_break_attestation_used_by_one",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__gte=F("made_at")),
                name="career_break_attestation_used_after",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("made_at")),
                name="career_break_attestation_revoked_after",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-made_at"], name="career_break_attest_of_person"),
            models.Index(
                fields=["used_by", "-used_at"],
                condition=Q(used_by__isnull=False),
                name="career_break_attest_of_firm",
            ),
        ]


class ForWhom(models.Model):
    """For whom an earlier break was taken, where the request itself does not tell.

    ``whom``: the key of the person; ``name`` and ``born_on``: of somebody who was not known yet.
    """

    id = models.BigAutoField(primary_key=True)
    request = models.OneToOneField(
        "career_break.Request", on_delete=models.PROTECT, related_name="for_whom"
    )
    whom = models.TextField()
    name = models.TextField(default="")
    born_on = models.DateField(null=True)
    said_at = models.DateTimeField()

    class Meta:
        db_table = "career_break_for_whom"
        constraints = [
            models.CheckConstraint(
                condition=~Q(whom=""), name="career_break_for_whom_names_somebody"
            ),
        ]
