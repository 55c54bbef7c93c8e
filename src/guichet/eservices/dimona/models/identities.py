# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""What employers are told of identities that changed, and how far the register was followed."""

from django.db import models
from django.db.models import F, Q

from guichet.registers.columns import one_of

REASONS = ("90", "91", "92", "93")


class IdentityChange(models.Model):
    """IDFLUX: the employer is told that the identity of a worker changed.

    It came with a declaration under a replaced number (``declaration_id``), or from the register
    of persons (``source``: the line of its history). ``former`` and ``valid``: the number before
    and now, the same when only names or birth date changed. ``before``: what else was different
    then; ``after``: what the register held after it; both empty when the number alone is known.
    ``reason``: annex 40 of the official glossary. ``told_at``: when the e-Box was told.
    """

    id = models.BigAutoField(primary_key=True)
    declaration_id = models.BigIntegerField(null=True)
    source = models.BigIntegerField(null=True)
    period_id = models.BigIntegerField(null=True)
    employer = models.TextField()
    former = models.TextField()
    valid = models.TextField()
    before = models.JSONField(default=dict, db_default={})
    after = models.JSONField(default=dict, db_default={})
    reason = models.TextField(default="90")
    created_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dimona_identity_change"
        indexes = [
            models.Index(name="dimona_identity_change_of", fields=["employer", "id"]),
            models.Index(
                name="dimona_identity_change_untold",
                fields=["created_at"],
                condition=Q(told_at__isnull=True),
            ),
        ]
        constraints = [
            one_of("dimona_identity_change", "reason", REASONS),
            models.CheckConstraint(
                name="dimona_identity_change_is_one",
                condition=~Q(reason="90") | ~Q(former=F("valid")),
            ),
            models.CheckConstraint(
                name="dimona_identity_change_comes_from_one",
                condition=Q(declaration_id__isnull=False, source__isnull=True)
                | Q(declaration_id__isnull=True, source__isnull=False),
            ),
            models.UniqueConstraint(
                name="dimona_identity_change_declared_once",
                fields=["declaration_id"],
                condition=Q(declaration_id__isnull=False),
            ),
            models.UniqueConstraint(
                name="dimona_identity_change_noted_once",
                fields=["employer", "source"],
                condition=Q(source__isnull=False),
            ),
        ]


class Watermark(models.Model):
    """How far Dimona followed the outbox of register changes: transaction, then number."""

    name = models.TextField(primary_key=True)
    position = models.BigIntegerField()
    row = models.BigIntegerField(default=0)

    class Meta:
        db_table = "dimona_watermark"
