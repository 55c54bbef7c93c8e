# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Files of requests and notices: chosen ones, and those that were applied.

Fields and constraints, nothing else. The bytes are with `documents.attachments`.
"""

from typing import Final

from django.db import models
from django.db.models import Q

from guichet.documents.attachments.models import Attachment
from guichet.eservices.career_break.models import Notice, Part, Request
from guichet.platform.files import Kind
from guichet.registers.columns import matches, one_of
from guichet.rules.career_break.attachments import Document
from guichet.rules.career_break.file_states import COUNTS, FileState
from guichet.rules.career_break.states import Party

DOCUMENTS: Final = tuple(one.value for one in Document)
PARTIES: Final = (Party.EMPLOYER.value, Party.WORKER.value)
# A file that is not received or pending has no row here.
STATES: Final = tuple(
    one.value for one in FileState if one not in (FileState.NOT_RECEIVED, FileState.PENDING)
)
KINDS: Final = (Kind.PDF.value, Kind.JPEG.value)
_COUNTS: Final = tuple(sorted(one.value for one in COUNTS))
_ONE_SUBJECT: Final = Q(request__isnull=False, notice__isnull=True) | Q(
    request__isnull=True, notice__isnull=False
)


class Attached(models.Model):
    """To what a file is attached, as which document, and which side brought it."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.TextField()
    description = models.TextField(default="")
    party = models.TextField()

    class Meta:
        abstract = True


class Choice(Attached):
    """A file that was chosen and not applied; it goes with the pending attachment."""

    id = models.BigAutoField(primary_key=True)
    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        db_table = "career_break_file_choice"
        constraints = [
            one_of("career_break_file_choice", "document", DOCUMENTS),
            one_of("career_break_file_choice", "party", PARTIES),
            models.CheckConstraint(
                condition=_ONE_SUBJECT, name="career_break_file_choice_of_one_subject"
            ),
        ]


class File(Attached):
    """A file that was applied. ``attachment``: its key; the bytes go when it is deleted.

    ``kind``: its media type; ``size``: in bytes; ``digest``: SHA-256 in hexadecimal;
    ``enterprise``: the firm that brought it, empty for the worker; ``reason``: why the office
    rejected it; ``part``: with which ticket it came, if it has one.
    """

    id = models.BigAutoField(primary_key=True)
    attachment = models.UUIDField(unique=True)
    name = models.TextField()
    kind = models.TextField()
    size = models.BigIntegerField()
    digest = models.TextField()
    enterprise = models.TextField(default="")
    state = models.TextField(default=FileState.RECEIVED.value)
    reason = models.TextField(default="")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "career_break_file"
        constraints = [
            one_of("career_break_file", "document", DOCUMENTS),
            one_of("career_break_file", "party", PARTIES),
            one_of("career_break_file", "state", STATES),
            one_of("career_break_file", "kind", KINDS),
            matches("career_break_file", "digest", r"^[0-9a-f]{64}$"),
            matches("career_break_file", "enterprise", r"^[0-9]{10}$", may_be_empty=True),
            models.CheckConstraint(condition=_ONE_SUBJECT, name="career_break_file_of_one_subject"),
            models.CheckConstraint(condition=Q(size__gt=0), name="career_break_file_size_positive"),
            models.CheckConstraint(
                condition=Q(state=FileState.REJECTED.value, reason__gt="")
                | (~Q(state=FileState.REJECTED.value) & Q(reason="")),
                name="career_break_file_rejected_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(party=Party.EMPLOYER.value, enterprise__gt="")
                | Q(party=Party.WORKER.value, enterprise=""),
                name="career_break_file_firm_of_employer",
            ),
            # Two browsers at once leave one file; a rejected or deleted one may come again.
            models.UniqueConstraint(
                fields=["request", "party", "document", "digest"],
                condition=Q(state__in=_COUNTS, request__isnull=False),
                name="career_break_file_once_of_request",
            ),
            models.UniqueConstraint(
                fields=["notice", "party", "document", "digest"],
                condition=Q(state__in=_COUNTS, notice__isnull=False),
                name="career_break_file_once_of_notice",
            ),
        ]
