# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""What a repeated call of software stands for. Fields and constraints, nothing else."""

from django.db import models

from guichet.registers.columns import matches


class KeptKey(models.Model):
    """The ticket that an Idempotency-Key of a client stands for, for a day."""

    id = models.BigAutoField(primary_key=True)
    client_id = models.TextField()
    key = models.TextField()
    digest = models.TextField()
    ticket = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "career_break_kept_key"
        indexes = [models.Index(fields=["created_at"], name="career_break_kept_key_age")]
        constraints = [
            models.UniqueConstraint(fields=["client_id", "key"], name="career_break_kept_key_once"),
            matches("career_break_kept_key", "ticket", r"^[A-HJ-NP-Z0-9]{13}$"),
        ]
