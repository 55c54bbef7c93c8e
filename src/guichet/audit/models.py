# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""The append-only tables: trail of changes, look-ups of personal data, history of registers, and
the seals of the first two.

A trigger refuses UPDATE and DELETE on all of them; the migrations hold it.
"""

from django.db import models
from django.db.models import Q

from guichet.audit.actors import Kind

_KINDS = [kind.value for kind in Kind]


class Result(models.TextChoices):
    """Whether it was done, or refused."""

    OK = "ok"
    REFUSED = "refused"


# When PostgreSQL wrote the row, by its own clock (no shift of ours moves it), and the number of
# the transaction that wrote it: the seals go by both.
_RECORDED_AT = models.Func(template="clock_timestamp()", output_field=models.DateTimeField())
_RECORDED_IN = models.Func(
    template="pg_current_xact_id()::text::bigint", output_field=models.BigIntegerField()
)


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
    result = models.TextField(choices=Result.choices, db_default=Result.OK)
    trace_id = models.TextField(null=True)
    recorded_at = models.DateTimeField(null=True, db_default=_RECORDED_AT)
    recorded_in = models.BigIntegerField(null=True, db_default=_RECORDED_IN)

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["target", "at"], name="audit_entry_target_at"),
            models.Index(fields=["actor_id", "at"], name="audit_entry_actor_at"),
            models.Index(fields=["recorded_at"], name="audit_entry_recorded_at"),
            models.Index(fields=["recorded_in"], name="audit_entry_recorded_in"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=Result.values), name="audit_entry_result_known"
            ),
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
    result = models.TextField(choices=Result.choices, db_default=Result.OK)
    trace_id = models.TextField(null=True)
    recorded_at = models.DateTimeField(null=True, db_default=_RECORDED_AT)
    recorded_in = models.BigIntegerField(null=True, db_default=_RECORDED_IN)

    class Meta:
        db_table = "audit_lookup"
        indexes = [
            models.Index(fields=["niss", "at"], name="audit_lookup_niss_at"),
            models.Index(fields=["recorded_at"], name="audit_lookup_recorded_at"),
            models.Index(fields=["recorded_in"], name="audit_lookup_recorded_in"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=Result.values), name="audit_lookup_result_known"
            ),
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


class Seal(models.Model):
    """One link of the chain: the rows of one table in one minute, or a purge.

    ``digest`` is made of the rows, ``chain`` of this link and the one before it.
    """

    class Kind(models.TextChoices):
        """A link over rows, or over their removal at the end of the retention."""

        ROWS = "rows"
        PURGE = "purge"

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField(choices=Kind.choices)
    table_name = models.TextField()
    minute = models.DateTimeField()
    first_transaction = models.BigIntegerField()
    next_transaction = models.BigIntegerField()
    unborn_transaction = models.BigIntegerField()
    rows = models.BigIntegerField()
    digest = models.TextField()
    kept_minutes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    chain = models.TextField()

    class Meta:
        db_table = "audit_seal"
        constraints = [
            models.UniqueConstraint(
                fields=["table_name", "minute", "kind", "next_transaction"],
                name="audit_seal_made_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["rows", "purge"]), name="audit_seal_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(table_name__in=["audit_entry", "audit_lookup"]),
                name="audit_seal_table_known",
            ),
            models.CheckConstraint(
                condition=Q(chain__regex=r"^[0-9a-f]{64}$"), name="audit_seal_chain_is_sha256"
            ),
        ]


class SealMark(models.Model):
    """How far a table is sealed: every row before ``sealed_before``, by a transaction below
    ``open_transaction``; ``unborn_transaction`` had not begun when the sealer last passed."""

    table_name = models.TextField(primary_key=True)
    sealed_before = models.DateTimeField()
    open_transaction = models.BigIntegerField()
    unborn_transaction = models.BigIntegerField()

    class Meta:
        db_table = "audit_seal_mark"


class Hold(models.Model):
    """Rows about a person or an enterprise that no purge may remove: a case is open."""

    id = models.BigAutoField(primary_key=True)
    niss = models.TextField(null=True)
    enterprise_number = models.TextField(null=True)
    reason = models.TextField()
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "audit_hold"
        constraints = [
            models.CheckConstraint(
                condition=Q(niss__isnull=False) | Q(enterprise_number__isnull=False),
                name="audit_hold_is_about_somebody",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="audit_hold_has_a_reason"),
        ]
