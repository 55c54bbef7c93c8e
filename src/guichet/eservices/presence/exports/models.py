"""Files that were asked for. No behaviour here."""

from typing import ClassVar

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
