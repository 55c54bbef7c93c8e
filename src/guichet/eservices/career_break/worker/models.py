# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""What a worker says besides his part: an employer's mistake, a change; and his reminders."""

from typing import Final

from django.db import models

from guichet.registers.columns import matches, one_of

CHANGES: Final = ("address", "household", "activity", "pension", "early_end", "account")
_TICKET: Final = r"^[A-HJ-NP-Z0-9]{13}$"


class Objection(models.Model):
    """What a worker found wrong in the employer's part, at the version of it that he saw."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(
        "career_break.Request", on_delete=models.PROTECT, related_name="objections"
    )
    version = models.IntegerField()
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "career_break_objection"
        constraints = [
            models.UniqueConstraint(
                fields=["request", "version", "text"], name="career_break_objection_once"
            ),
        ]


class Change(models.Model):
    """A change that a worker reports to the office; ``content``: its fields as plain JSON.

    ``from_day``: since when; ``office``: the one that had the file when it was reported;
    ``seen_at``: when an officer took note of it.
    """

    id = models.BigAutoField(primary_key=True)
    ticket = models.TextField()
    request = models.ForeignKey(
        "career_break.Request", on_delete=models.PROTECT, related_name="changes"
    )
    kind = models.TextField()
    from_day = models.DateField()
    content = models.JSONField()
    office = models.TextField(default="")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "career_break_change"
        constraints = [
            models.UniqueConstraint(fields=["ticket"], name="career_break_change_ticket_unique"),
            matches("career_break_change", "ticket", _TICKET),
            one_of("career_break_change", "kind", CHANGES),
        ]
        indexes = [
            models.Index(
                fields=["office", "at"],
                condition=models.Q(seen_at__isnull=True),
                name="career_break_change_unseen",
            )
        ]


class Reminder(models.Model):
    """A worker was reminded of his part, so many days after the request was filed."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(
        "career_break.Request", on_delete=models.PROTECT, related_name="reminders"
    )
    days = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "career_break_reminder"
        constraints = [
            models.UniqueConstraint(fields=["request", "days"], name="career_break_reminder_once"),
        ]
