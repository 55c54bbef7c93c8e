# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Boxes and their folders, senders, and what is told about messages.

Fields, constraints and nothing else; messages themselves stand in `messages`.
"""

from django.db import models
from django.db.models import F, Q

from guichet.registers.columns import matches, one_of

LANGUAGES = ("nl", "fr", "de", "en")
MAILS = ("daily", "required")


class Box(models.Model):
    """The e-Box of a person or of an enterprise, from the first opening on.

    ``opened_at`` null: never opened; ``withdrawn_at``: the consent is taken back, nothing new
    comes. ``email``: confirmed; ``pending_*``: an address that waits for its code, of which a
    digest is kept. ``mails``: about every message, or only about those that the law asks for.
    ``is_exclusive``: the holder wants no paper beside it, from whomever may choose.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True)
    consent_version = models.TextField(default="")
    withdrawn_at = models.DateTimeField(null=True)
    email = models.TextField(default="")
    pending_email = models.TextField(default="")
    pending_code = models.TextField(default="")
    pending_until = models.DateTimeField(null=True)
    pending_tries = models.SmallIntegerField(default=0)
    pending_opens = models.BooleanField(default=False)
    language = models.TextField(default="nl")
    mails = models.TextField(default="daily")
    code_word = models.TextField(default="")
    is_exclusive = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "ebox_box"
        constraints = [
            models.UniqueConstraint(
                name="ebox_box_one_of_a_person",
                fields=["person"],
                condition=Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                name="ebox_box_one_of_an_enterprise",
                fields=["enterprise"],
                condition=Q(enterprise__isnull=False),
            ),
            models.CheckConstraint(
                name="ebox_box_has_one_holder",
                condition=Q(person__isnull=False, enterprise__isnull=True)
                | Q(person__isnull=True, enterprise__isnull=False),
            ),
            models.CheckConstraint(
                name="ebox_box_of_a_person_opens_with_an_address",
                condition=Q(person__isnull=True) | Q(opened_at__isnull=True) | ~Q(email=""),
            ),
            models.CheckConstraint(
                name="ebox_box_withdrawn_after_it_was_opened",
                condition=Q(withdrawn_at__isnull=True) | Q(opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="ebox_box_waits_for_a_code_with_a_code",
                condition=Q(pending_email="", pending_code="", pending_until__isnull=True)
                | (~Q(pending_email="") & ~Q(pending_code="") & Q(pending_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="ebox_box_code_word_is_short", condition=Q(code_word__regex=r"^.{0,30}$")
            ),
            one_of("ebox_box", "language", LANGUAGES),
            one_of("ebox_box", "mails", MAILS),
        ]


class Folder(models.Model):
    """A folder of a box. ``is_restricted``: a part of an enterprise's box with readers of its own.

    What lies in no folder lies in the general part, which therefore cannot be removed.
    """

    id = models.BigAutoField(primary_key=True)
    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="folders")
    name = models.TextField()
    sort_key = models.TextField()
    is_restricted = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "ebox_folder"
        constraints = [
            models.UniqueConstraint(name="ebox_folder_name_once", fields=["box", "sort_key"]),
            models.CheckConstraint(
                name="ebox_folder_name_is_short", condition=Q(name__regex=r"^.{1,60}$")
            ),
        ]


class FolderReader(models.Model):
    """A user of the enterprise who may read a restricted folder."""

    id = models.BigAutoField(primary_key=True)
    folder = models.ForeignKey(Folder, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        db_table = "ebox_folder_reader"
        constraints = [
            models.UniqueConstraint(name="ebox_folder_reader_once", fields=["folder", "person"])
        ]


class Sender(models.Model):
    """A public body that publishes into boxes, with its official names."""

    id = models.BigAutoField(primary_key=True)
    number = models.TextField()
    name_nl = models.TextField()
    name_fr = models.TextField()
    name_de = models.TextField()
    name_en = models.TextField()
    connected_at = models.DateTimeField()

    class Meta:
        db_table = "ebox_sender"
        constraints = [
            models.UniqueConstraint(name="ebox_sender_once", fields=["number"]),
            matches("ebox_sender", "number", r"^[01][0-9]{9}$"),
            models.CheckConstraint(
                name="ebox_sender_has_four_names",
                condition=~Q(name_nl="") & ~Q(name_fr="") & ~Q(name_de="") & ~Q(name_en=""),
            ),
        ]


class Application(models.Model):
    """A program of a sender, known by its code in what it publishes."""

    id = models.BigAutoField(primary_key=True)
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="applications")
    code = models.TextField()
    name_nl = models.TextField()
    name_fr = models.TextField()
    name_de = models.TextField()
    name_en = models.TextField()

    class Meta:
        db_table = "ebox_application"
        constraints = [
            models.UniqueConstraint(name="ebox_application_once", fields=["sender", "code"]),
            matches("ebox_application", "code", r"^[A-Za-z0-9_-]{1,40}$"),
        ]


class Publication(models.Model):
    """What a sender published, and the three instants that count; it outlives the message.

    ``fingerprint``: of everything sent, so that the same call again is the same publication.
    ``evidence``: of the stored documents, in their order, as ``sha256`` in base64url; ``proof``:
    reference of the sealed proof of dispatch of a registered message.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField()
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="+")
    reference = models.TextField()
    fingerprint = models.TextField()
    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="+")
    is_registered = models.BooleanField(default=False)
    evidence = models.JSONField(default=list)
    published_at = models.DateTimeField()
    notified_at = models.DateTimeField(null=True)
    consulted_at = models.DateTimeField(null=True)
    expires_on = models.DateField()
    removed_at = models.DateTimeField(null=True)
    proof = models.TextField(default="", db_default="")

    class Meta:
        db_table = "ebox_publication"
        constraints = [
            models.UniqueConstraint(name="ebox_publication_uuid_once", fields=["uuid"]),
            models.UniqueConstraint(
                name="ebox_publication_reference_once", fields=["sender", "reference"]
            ),
            models.CheckConstraint(
                name="ebox_publication_reference_is_short",
                condition=Q(reference__regex=r"^.{1,120}$"),
            ),
            models.CheckConstraint(
                name="ebox_publication_instants_in_order",
                condition=(Q(notified_at__isnull=True) | Q(notified_at__gte=F("published_at")))
                & (Q(consulted_at__isnull=True) | Q(consulted_at__gte=F("published_at"))),
            ),
        ]


class EventKind(models.TextChoices):
    """What is told about a message; each at most once."""

    NEW = "newDocument"
    REMINDER = "newDocumentReminder"
    ALERT = "documentExpirationAlert"
    READ = "readDocument"


class Event(models.Model):
    """One line of the feed of events of a box, numbered in the order of the commits."""

    number = models.BigAutoField(primary_key=True)
    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=EventKind.choices)
    message_uuid = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "ebox_event"
        indexes = [models.Index(name="ebox_event_of_box", fields=["box", "number"])]
        constraints = [
            models.UniqueConstraint(name="ebox_event_told_once", fields=["message_uuid", "kind"]),
            one_of("ebox_event", "kind", tuple(kind.value for kind in EventKind)),
        ]


class SavedSearch(models.Model):
    """Filters of the list that a reader keeps under a name, for one box; ``filters``: key to text.

    They stand here and not in an address: words that somebody looks for are his own.
    """

    id = models.BigAutoField(primary_key=True)
    box = models.ForeignKey(Box, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    sort_key = models.TextField()
    filters = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "ebox_saved_search"
        constraints = [
            models.UniqueConstraint(
                name="ebox_saved_search_name_once", fields=["box", "person", "sort_key"]
            ),
            models.CheckConstraint(
                name="ebox_saved_search_name_is_short", condition=Q(name__regex=r"^.{1,60}$")
            ),
        ]
