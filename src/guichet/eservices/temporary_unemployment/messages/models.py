# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Sets of files that were sent, their pieces and forms, and the files that go back.

Contents are kept in pieces of a bounded size, so that no file ever stands in memory whole.
"""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from guichet.registers.columns import matches, one_of

STATES: Final = (
    "open", "waiting", "received", "accepted", "done", "refused", "withdrawn",
)  # fmt: skip
CHANNELS: Final = ("sftp", "rest", "web")
SURROUNDINGS: Final = ("R", "T", "S")
KINDS: Final = ("ACRF", "NOTI", "DEFI")
_SENDER: Final = r"^[0-9]{6}$"
_ENTERPRISE: Final = r"^[0-9]{10}$"
_DIGEST: Final = r"^[0-9a-f]{64}$"
_TICKET: Final = r"^[0-9A-Z]{13}$"


class Content(models.Model):
    """What stands in a file: its size in bytes and its SHA-256."""

    id = models.BigAutoField(primary_key=True)
    size = models.BigIntegerField(default=0)
    digest = models.TextField(default="0" * 64)

    class Meta:
        db_table = "temporary_unemployment_messages_content"
        constraints = [matches("temporary_unemployment_messages_content", "digest", _DIGEST)]


class Chunk(models.Model):
    """The ``number``-th part of a content, from 0."""

    id = models.BigAutoField(primary_key=True)
    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="chunks")
    number = models.IntegerField()
    data = models.BinaryField()

    class Meta:
        db_table = "temporary_unemployment_messages_chunk"
        constraints = [
            models.UniqueConstraint(
                fields=["content", "number"], name="temporary_unemployment_messages_chunk_once"
            )
        ]


class Delivery(models.Model):
    """A set of files under one stem. ``sender``: six digits, ``enterprise``: the sender's ten.

    ``name``: of its first file as it was given. ``holds``: whether its trigger came, so that no
    other may use the stem. ``forms``: how many it holds, ``done_forms``: how many of them are
    answered. ``reason``, ``line`` and ``path``: why and where it was refused.
    """

    id = models.BigAutoField(primary_key=True)
    ticket = models.TextField()
    name = models.TextField()
    stem = models.TextField(default="")
    sender = models.TextField()
    enterprise = models.TextField()
    surrounding = models.TextField()
    channel = models.TextField()
    actor = models.TextField()
    language = models.TextField(default="fr")
    state = models.TextField(default="open")
    holds = models.BooleanField(default=False)
    code = models.TextField(default="")
    reason = models.TextField(default="")
    line = models.IntegerField(default=0)
    path = models.TextField(default="")
    forms = models.IntegerField(default=0)
    done_forms = models.IntegerField(default=0)
    refused_forms = models.IntegerField(default=0)
    warned_forms = models.IntegerField(default=0)
    opened_at = models.DateTimeField()
    triggered_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "temporary_unemployment_messages_delivery"
        indexes = [
            models.Index(fields=["enterprise", "-id"], name="tu_messages_delivery_of_sender"),
            models.Index(
                fields=["triggered_at"],
                condition=Q(state="waiting"),
                name="tu_messages_delivery_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], name="temporary_unemployment_messages_delivery_ticket_unique"
            ),
            models.UniqueConstraint(
                fields=["stem"],
                condition=Q(holds=True),
                name="temporary_unemployment_messages_delivery_stem_once",
            ),
            models.UniqueConstraint(
                fields=["stem"],
                condition=Q(state="open"),
                name="temporary_unemployment_messages_delivery_stem_open_once",
            ),
            one_of("temporary_unemployment_messages_delivery", "state", STATES),
            one_of("temporary_unemployment_messages_delivery", "channel", CHANNELS),
            one_of("temporary_unemployment_messages_delivery", "surrounding", SURROUNDINGS),
            one_of(
                "temporary_unemployment_messages_delivery", "language", ("nl", "fr", "de", "en")
            ),
            matches("temporary_unemployment_messages_delivery", "sender", _SENDER),
            matches("temporary_unemployment_messages_delivery", "enterprise", _ENTERPRISE),
            matches("temporary_unemployment_messages_delivery", "ticket", _TICKET),
            models.CheckConstraint(
                name="temporary_unemployment_messages_delivery_refused_has_code",
                condition=(Q(state="refused") & ~Q(code="")) | (~Q(state="refused") & Q(code="")),
            ),
            models.CheckConstraint(
                name="temporary_unemployment_messages_delivery_counts_fit",
                condition=Q(done_forms__gte=0)
                & Q(done_forms__lte=models.F("forms"))
                & Q(refused_forms__lte=models.F("done_forms")),
            ),
        ]


class Piece(models.Model):
    """A file of a set: the ``part``-th declaration (FI), with its ``forms``, or its signature."""

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="pieces")
    prefix = models.TextField()
    part = models.IntegerField()
    parts = models.IntegerField()
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    forms = models.IntegerField(default=0)
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_messages_piece"
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "prefix", "part"],
                name="temporary_unemployment_messages_piece_once",
            ),
            one_of("temporary_unemployment_messages_piece", "prefix", ("FI", "FS")),
        ]


class Form(models.Model):
    """What became of one form. ``number``: in the set, ``position``: in its part, both from 1.

    ``head``: what identified it; ``ticket``: empty when it was not received; ``faults``: as
    ``kept`` writes them.
    """

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="rows")
    number = models.IntegerField()
    position = models.IntegerField()
    own_reference = models.TextField(default="")
    head = models.JSONField(default=dict)
    ticket = models.TextField(default="")
    faults = models.JSONField(default=list)

    class Meta:
        db_table = "temporary_unemployment_messages_form"
        indexes = [
            models.Index(
                fields=["own_reference"],
                condition=~Q(ticket="") & ~Q(own_reference=""),
                name="tu_messages_form_own_reference",
            ),
            models.Index(
                fields=["ticket"], condition=~Q(ticket=""), name="tu_messages_form_ticket"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "number"], name="temporary_unemployment_messages_form_once"
            ),
            matches("temporary_unemployment_messages_form", "ticket", _TICKET, may_be_empty=True),
        ]


class Answer(models.Model):
    """A file that goes back (FO), with its signature (FS) and its trigger (GO).

    ``removed``: which of the three the sender took away. ``communication``: for a decision, the
    ticket; ``decision``: what it says, as JSON.
    """

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, null=True, related_name="answers"
    )
    kind = models.TextField()
    sender = models.TextField()
    enterprise = models.TextField()
    surrounding = models.TextField()
    day = models.DateField()
    sequence = models.IntegerField()
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    signature = models.BinaryField()
    removed = ArrayField(models.TextField(), default=list)
    made_at = models.DateTimeField()
    communication = models.TextField(default="")
    decision = models.JSONField(null=True)

    class Meta:
        db_table = "temporary_unemployment_messages_answer"
        indexes = [
            models.Index(fields=["enterprise", "kind", "id"], name="tu_messages_answer_of_sender"),
            models.Index(fields=["sender", "surrounding", "id"], name="tu_messages_answer_folder"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "surrounding", "day", "sequence"],
                name="temporary_unemployment_messages_answer_sequence_once",
            ),
            models.UniqueConstraint(
                fields=["delivery", "kind"],
                condition=Q(delivery__isnull=False),
                name="temporary_unemployment_messages_answer_once",
            ),
            one_of("temporary_unemployment_messages_answer", "kind", KINDS),
            one_of("temporary_unemployment_messages_answer", "surrounding", SURROUNDINGS),
            matches("temporary_unemployment_messages_answer", "sender", _SENDER),
            matches("temporary_unemployment_messages_answer", "enterprise", _ENTERPRISE),
        ]


class Call(models.Model):
    """The key of a call and what it received, so that the same call again is the same one."""

    id = models.BigAutoField(primary_key=True)
    client = models.TextField()
    key = models.TextField()
    fingerprint = models.TextField()
    ticket = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_messages_call"
        indexes = [models.Index(fields=["at"], name="tu_messages_call_at")]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "key"], name="temporary_unemployment_messages_call_once"
            ),
            matches("temporary_unemployment_messages_call", "fingerprint", _DIGEST),
            matches("temporary_unemployment_messages_call", "ticket", _TICKET),
        ]
