"""What an employer asks for and plans: large files, crews, reminders. No behaviour here."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from guichet.registers.columns import one_of


class ExportFile(models.Model):
    """A large file that somebody asked for: made day by day in a job, kept for a day.

    ``question``: plain values, may name a worker; ``done`` of ``days``: how far it is.
    """

    class State(models.TextChoices):
        """How far a file is."""

        WAITING = "waiting"
        DONE = "done"
        TOO_LARGE = "too_large"
        FAILED = "failed"

    id = models.BigAutoField(primary_key=True)
    number = models.UUIDField()
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    enterprise_number = models.TextField()
    question = models.JSONField()
    form = models.TextField()
    language = models.TextField()
    actor = models.TextField()
    state = models.TextField(choices=State.choices)
    days = models.IntegerField()
    done = models.IntegerField(default=0)
    rows = models.IntegerField(default=0)
    content = models.BinaryField(default=b"")
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar["models.Manager[ExportFile]"] = models.Manager()

    class Meta:
        db_table = "presence_export"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="presence_export_number_once"),
            one_of("presence_export", "state", ("waiting", "done", "too_large", "failed")),
            one_of("presence_export", "form", ("csv", "xlsx")),
        ]
        indexes = [models.Index(fields=["person", "-made_at"], name="presence_export_of_person")]

    def __str__(self) -> str:
        return str(self.pk)


class PlannedMember(models.Model):
    """Somebody whom an employer expects on a site on some weekdays (Monday 0); never a presence."""

    id = models.BigAutoField(primary_key=True)
    enterprise_number = models.TextField()
    works_reference = models.TextField()
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    weekdays = ArrayField(models.SmallIntegerField())
    starts_at = models.TimeField()
    planned_at = models.DateTimeField()

    objects: ClassVar["models.Manager[PlannedMember]"] = models.Manager()

    class Meta:
        db_table = "presence_planned"
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise_number", "works_reference", "person"],
                name="presence_planned_once",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    weekdays__contained_by=[0, 1, 2, 3, 4, 5, 6], weekdays__len__gt=0
                ),
                name="presence_planned_weekdays",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Nudge(models.Model):
    """A reminder to somebody who was expected: at most one for each person and day."""

    id = models.BigAutoField(primary_key=True)
    enterprise_number = models.TextField()
    works_reference = models.TextField()
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    sent_at = models.DateTimeField()

    objects: ClassVar["models.Manager[Nudge]"] = models.Manager()

    class Meta:
        db_table = "presence_nudge"
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="presence_nudge_once_a_day")
        ]

    def __str__(self) -> str:
        return str(self.pk)
