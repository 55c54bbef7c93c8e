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


class DispatchKind(StrEnum):
    """By which way something leaves the house."""

    MAIL = "mail"
    LETTER = "letter"
    TEXT = "text"


class Dispatch(models.Model):
    """One mail, letter or text message of the outbox; its text goes when it was sent.

    ``attempts``: how often the mail server did not take it.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    recipient = models.TextField()
    subject = models.TextField(default="")
    body = models.TextField(default="")
    pdf = models.BinaryField(null=True)
    language = models.TextField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0, db_default=0)

    class Meta:
        db_table = "platform_dispatch"
        indexes = [models.Index(fields=["created_at"], name="platform_dispatch_created_at")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in DispatchKind]),
                name="platform_dispatch_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=["nl", "fr", "de", "en"]),
                name="platform_dispatch_language_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(recipient=""), name="platform_dispatch_has_a_recipient"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="letter", pdf__isnull=False)
                | (~models.Q(kind="letter") & models.Q(pdf__isnull=True)),
                name="platform_dispatch_letters_are_printed",
            ),
        ]


class Throttle(models.Model):
    """Tries counted since ``began_at``; the key is a digest."""

    key = models.TextField(primary_key=True)
    began_at = models.DateTimeField()
    count = models.IntegerField()

    class Meta:
        db_table = "platform_throttle"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(key__regex=r"^[0-9a-f]{64}$"),
                name="platform_throttle_key_is_a_digest",
            ),
        ]
