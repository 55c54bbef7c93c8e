# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Limosa declarations as they were made, every version of them, and the drafts.

What presences are judged by stands in the register of postings. An owner is an enterprise, or a
person who declares himself. Fields and constraints, nothing else.
"""

import uuid
from typing import Final

from django.db import models
from django.db.models import Q

from guichet.registers.columns import days_in_order, matches, one_of

STATES: Final = ("accepted", "cancelled")
EVENTS: Final = ("accepted", "changed", "cancelled")


class Owned(models.Model):
    """Whose it is: an enterprise or a person, never both."""

    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, null=True, related_name="+"
    )
    person = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True


def one_owner(table: str) -> models.CheckConstraint:
    """An enterprise or a person."""
    return models.CheckConstraint(
        condition=Q(enterprise__isnull=False, person__isnull=True)
        | Q(enterprise__isnull=True, person__isnull=False),
        name=f"{table}_one_owner",
    )


class Declaration(Owned):
    """``content``: what is in force; ``draft``: of which form it was made, so that it is made once;
    ``document``: the reference of its last L1."""

    id = models.BigAutoField(primary_key=True)
    number = models.TextField()
    draft = models.UUIDField()
    state = models.TextField(default="accepted")
    version = models.IntegerField(default=1)
    content = models.JSONField()
    worker_name = models.TextField()
    search_key = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField()
    document = models.TextField(default="")
    accepted_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "limosa_declaration"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="limosa_declaration_number_unique"),
            models.UniqueConstraint(fields=["draft"], name="limosa_declaration_made_once"),
            matches("limosa_declaration", "number", r"^[0-9]{17}$"),
            one_of("limosa_declaration", "state", STATES),
            days_in_order("limosa_declaration"),
            one_owner("limosa_declaration"),
        ]
        indexes = [
            models.Index(fields=["enterprise", "-changed_at"], name="limosa_declaration_of_firm"),
            models.Index(fields=["person", "-changed_at"], name="limosa_declaration_of_person"),
        ]


class Version(models.Model):
    """What was declared at one moment, and by which event."""

    id = models.BigAutoField(primary_key=True)
    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    event = models.TextField()
    content = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "limosa_version"
        constraints = [
            models.UniqueConstraint(fields=["declaration", "number"], name="limosa_version_once"),
            one_of("limosa_version", "event", EVENTS),
        ]


class Draft(Owned):
    """What was typed so far, as it was typed; ``number``: the declaration that is changed by it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.TextField(default="")
    version = models.IntegerField(default=0)
    typed = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "limosa_draft"
        constraints = [one_owner("limosa_draft")]
