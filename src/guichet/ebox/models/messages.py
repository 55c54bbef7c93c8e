# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""The tables of messages: what was sent, its documents, who opened it. They live until expiry."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from guichet.ebox.models.boxes import LANGUAGES, Box, Folder, Publication, Sender
from guichet.registers.columns import matches, one_of


class Content(models.Model):
    """Bytes, each stored once under their digest; the port ``contents`` keeps them here."""

    digest = models.TextField(primary_key=True)
    size = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        db_table = "ebox_content"
        constraints = [matches("ebox_content", "digest", r"^[A-Za-z0-9_-]{43}$")]


class Message(models.Model):
    """One message in one box.

    ``level`` 2: shown only to who holds the right ``service``. ``read_at``: the first opening of
    a main content, by whomever; ``remind_on`` and ``alert_on`` are null once they are settled.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField()
    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="+")
    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="+")
    application = models.TextField(default="")
    type = models.TextField()
    level = models.SmallIntegerField(default=1)
    service = models.TextField(default="")
    is_required = models.BooleanField(default=False)
    is_registered = models.BooleanField(default=False)
    language = models.TextField()
    subject = models.TextField()
    search_key = models.TextField()
    body = models.TextField(default="")
    is_body_main = models.BooleanField()
    attention_niss = models.TextField(default="")
    attention_name = models.TextField(default="")
    business_data = models.JSONField(default=list)
    action = models.TextField(default="")
    due_on = models.DateField(null=True)
    original_uuid = models.UUIDField(null=True)
    documents = models.SmallIntegerField(default=0)
    published_at = models.DateTimeField()
    expires_on = models.DateField()
    remind_on = models.DateField(null=True)
    alert_on = models.DateField(null=True)
    awaits_mail = models.BooleanField(default=True)
    is_visible = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    folder = models.ForeignKey(Folder, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "ebox_message"
        indexes = [
            models.Index(name="ebox_message_of_box", fields=["box", "-published_at", "-id"]),
            models.Index(name="ebox_message_expires", fields=["expires_on"]),
            models.Index(
                name="ebox_message_unread",
                fields=["box"],
                condition=Q(read_at__isnull=True, deleted_at__isnull=True),
            ),
            models.Index(
                name="ebox_message_to_remind",
                fields=["remind_on"],
                condition=Q(remind_on__isnull=False),
            ),
            models.Index(
                name="ebox_message_to_alert",
                fields=["alert_on"],
                condition=Q(alert_on__isnull=False),
            ),
            models.Index(
                name="ebox_message_to_mail",
                fields=["published_at"],
                condition=Q(awaits_mail=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="ebox_message_uuid_once", fields=["uuid"]),
            one_of("ebox_message", "language", LANGUAGES),
            matches("ebox_message", "type", r"^[a-z][a-z0-9.-]{1,60}$"),
            matches("ebox_message", "attention_niss", r"^[0-9]{11}$", may_be_empty=True),
            models.CheckConstraint(
                name="ebox_message_subject_is_short", condition=Q(subject__regex=r"^.{1,255}$")
            ),
            models.CheckConstraint(
                name="ebox_message_level_two_has_a_service",
                condition=Q(level=1, service="") | (Q(level=2) & ~Q(service="")),
            ),
            models.CheckConstraint(
                name="ebox_message_has_a_main_content",
                condition=Q(documents__gt=0) | (Q(is_body_main=True) & ~Q(body="")),
            ),
            models.CheckConstraint(
                name="ebox_message_registered_is_never_deleted",
                condition=Q(is_registered=False) | Q(deleted_at__isnull=True),
            ),
        ]


class Attachment(models.Model):
    """A document of a message; the first one is the main content unless the body is."""

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    uuid = models.UUIDField()
    position = models.SmallIntegerField()
    file_name = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    digest = models.TextField()
    is_main = models.BooleanField(default=False)
    is_signed = models.BooleanField(default=False)

    class Meta:
        db_table = "ebox_attachment"
        indexes = [models.Index(name="ebox_attachment_of_content", fields=["digest"])]
        constraints = [
            models.UniqueConstraint(
                name="ebox_attachment_position_once", fields=["message", "position"]
            ),
            models.UniqueConstraint(name="ebox_attachment_uuid_once", fields=["uuid"]),
            models.CheckConstraint(
                name="ebox_attachment_at_most_six", condition=Q(position__range=(1, 6))
            ),
            models.CheckConstraint(
                name="ebox_attachment_name_is_short",
                condition=Q(file_name__regex=r"^[^/\\]{1,80}$"),
            ),
        ]


class Reading(models.Model):
    """Somebody, or a program, opened a content of a message."""

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="readings")
    attachment = models.ForeignKey(
        Attachment, on_delete=models.CASCADE, null=True, related_name="+"
    )
    person = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    client_id = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "ebox_reading"
        indexes = [models.Index(name="ebox_reading_of_message", fields=["message", "at"])]
        constraints = [
            models.CheckConstraint(
                name="ebox_reading_by_somebody",
                condition=(Q(person__isnull=False) & Q(client_id=""))
                | (Q(person__isnull=True) & ~Q(client_id="")),
            )
        ]


class Reply(models.Model):
    """What the recipient answered to a message whose kind allows it; it lives with the message.

    ``number`` rises in the order of the commits, so that the sender fetches what is new.
    """

    number = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField()
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="replies")
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    fingerprint = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "ebox_reply"
        indexes = [models.Index(name="ebox_reply_to_sender", fields=["sender", "number"])]
        constraints = [
            models.UniqueConstraint(name="ebox_reply_uuid_once", fields=["uuid"]),
            models.UniqueConstraint(
                name="ebox_reply_text_once", fields=["message", "person", "fingerprint"]
            ),
            models.CheckConstraint(
                name="ebox_reply_text_is_short",
                condition=~Q(text="") & Q(LessThanOrEqual(Length("text"), 4000)),
            ),
        ]
