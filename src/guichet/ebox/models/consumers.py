# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Programs that the holder of a box lets read it."""

from django.db import models
from django.db.models import F, Q

from guichet.ebox.models.boxes import Box


class Consumer(models.Model):
    """A program, known by the client id of its channel, reads a box from one moment to another.

    ``key``: how the program says which box it means; it tells nothing of the holder, and another
    program has another one. ``named_by`` null: it read the box before programs were named.
    """

    id = models.BigAutoField(primary_key=True)
    box = models.ForeignKey(Box, on_delete=models.CASCADE, related_name="consumers")
    client_id = models.TextField()
    key = models.UUIDField()
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ebox_consumer"
        indexes = [models.Index(name="ebox_consumer_of_client", fields=["client_id"])]
        constraints = [
            models.UniqueConstraint(name="ebox_consumer_key_once", fields=["key"]),
            models.UniqueConstraint(
                name="ebox_consumer_named_once",
                fields=["box", "client_id"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="ebox_consumer_withdrawn_after_it_was_named",
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("named_at")),
            ),
        ]
