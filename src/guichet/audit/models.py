# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""The append-only tables: trail of changes, look-ups of personal data, history of registers.

A trigger refuses UPDATE and DELETE on all three; the migrations hold it.
"""

from django.db import models
from django.db.models import Q

from guichet.audit.actors import Kind

_KINDS = [kind.value for kind in Kind]


class Entry(models.Model):
    """One thing that happened, in the past tense: ``works.site.declared``."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    action = models.TextField()
    actor_kind = models.TextField()
    actor_id = models.TextField()
    actor_enterprise = models.TextField(null=True)
    target = models.TextField()
    reason = models.TextField(default="")
    detail = models.JSONField(null=True)

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["target", "at"], name="audit_entry_target_at"),
            models.Index(fields=["actor_id", "at"], name="audit_entry_actor_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(actor_kind__in=_KINDS), name="audit_entry_actor_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(action__regex=r"^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)+$"),
                name="audit_entry_action_well_formed",
            ),
        ]


class Lookup(models.Model):
    """Somebody looked at the data of a person."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    viewer_kind = models.TextField()
    viewer_id = models.TextField()
    viewer_enterprise = models.TextField(null=True)
    niss = models.TextField()
    purpose = models.TextField()
    channel = models.TextField()

    class Meta:
        db_table = "audit_lookup"
        indexes = [models.Index(fields=["niss", "at"], name="audit_lookup_niss_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(viewer_kind__in=_KINDS), name="audit_lookup_viewer_kind_known"
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="audit_lookup_purpose_given"),
        ]


class History(models.Model):
    """One state of one row of a register: as inserted, as changed, or as it was when deleted.

    Written by a trigger only, so that no bulk update escapes it.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    table_name = models.TextField()
    row_id = models.BigIntegerField()
    operation = models.TextField()
    actor_kind = models.TextField()
    actor_id = models.TextField()
    actor_enterprise = models.TextField(null=True)
    recorded_in = models.BigIntegerField()
    state = models.JSONField()

    class Meta:
        db_table = "audit_history"
        indexes = [
            models.Index(fields=["table_name", "row_id", "id"], name="audit_history_row"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(operation__in=["insert", "update", "delete"]),
                name="audit_history_operation_known",
            ),
            models.CheckConstraint(
                condition=Q(actor_kind__in=_KINDS), name="audit_history_actor_kind_known"
            ),
        ]
