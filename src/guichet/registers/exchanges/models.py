# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Files of messages: each stored as it came, read later, never changed."""

from django.db import models
from django.db.models import Q

from guichet.registers.columns import matches, one_of

STATES = ("received", "accepted", "refused")
CHANNELS = ("rest", "portal")


class File(models.Model):
    """One file that an enterprise sent to a service.

    ``sender``: the enterprise number of who sent it; ``reference``: his own, once only for each
    service; ``ticket``: ours. ``fault``: the code of the refusal. ``forms``: how many messages it
    holds, ``refused_forms``: how many of them were not taken.
    """

    id = models.BigAutoField(primary_key=True)
    ticket = models.TextField()
    service = models.TextField()
    sender = models.TextField()
    reference = models.TextField()
    digest = models.TextField()
    content = models.BinaryField()
    channel = models.TextField()
    actor = models.TextField()
    received_at = models.DateTimeField()
    state = models.TextField(default="received")
    fault = models.TextField(default="")
    forms = models.IntegerField(default=0)
    refused_forms = models.IntegerField(default=0)
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchanges_file"
        indexes = [
            models.Index(fields=["service", "sender", "-id"], name="exchanges_file_sender"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "sender", "reference"], name="exchanges_file_reference_once"
            ),
            models.UniqueConstraint(fields=["ticket"], name="exchanges_file_ticket_unique"),
            one_of("exchanges_file", "state", STATES),
            one_of("exchanges_file", "channel", CHANNELS),
            matches("exchanges_file", "sender", r"^[0-9]{10}$"),
            matches("exchanges_file", "digest", r"^[0-9a-f]{64}$"),
            models.CheckConstraint(
                name="exchanges_file_refused_has_a_fault",
                condition=(Q(state="refused") & ~Q(fault="")) | (~Q(state="refused") & Q(fault="")),
            ),
        ]
