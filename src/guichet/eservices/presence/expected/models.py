"""Planned crews and reminders. No behaviour here."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


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
