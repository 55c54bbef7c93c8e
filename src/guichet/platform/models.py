# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""The outbox of register changes: what the validation of presences has to look at again."""

from enum import StrEnum

from django.db import models


class ChangeKind(StrEnum):
    """What kind of fact changed in a register."""

    PERSON = "person"
    ENTERPRISE = "enterprise"
    FUNCTION = "function"
    EMPLOYMENT = "employment"
    WORKS = "works"
    POSTING = "posting"


class Change(models.Model):
    """One changed fact: whom, which firm, which site and which days it touches.

    ``recorded_in`` is the number of the writing transaction, so that a reader can follow the
    table without gaps: read below ``pg_snapshot_xmin(pg_current_snapshot())``.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    niss = models.TextField(null=True)
    enterprise_number = models.TextField(null=True)
    works_reference = models.TextField(null=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    recorded_in = models.BigIntegerField(
        db_default=models.Func(
            template="pg_current_xact_id()::text::bigint", output_field=models.BigIntegerField()
        )
    )
    at = models.DateTimeField()

    class Meta:
        db_table = "platform_change"
        indexes = [models.Index(fields=["recorded_in"], name="platform_change_recorded_in")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in ChangeKind]),
                name="platform_change_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(niss__isnull=False)
                | models.Q(enterprise_number__isnull=False)
                | models.Q(works_reference__isnull=False),
                name="platform_change_touches_something",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__isnull=True)
                | models.Q(first_day__isnull=True)
                | models.Q(last_day__gte=models.F("first_day")),
                name="platform_change_days_in_order",
            ),
        ]
