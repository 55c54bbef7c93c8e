"""Attachments: whose, for which service, how far; their content apart from them.

Fields, constraints and nothing else; `operations` changes them, `queries` reads them.
"""

import uuid
from enum import StrEnum

from django.db import models
from django.db.models import Q

from guichet.platform.files import Kind
from guichet.registers.columns import matches, one_of


class State(StrEnum):
    """Uploading: parts arrive; pending: whole, not yet sent; applied: part of a form."""

    UPLOADING = "uploading"
    PENDING = "pending"
    APPLIED = "applied"


class Attachment(models.Model):
    """One file. ``enterprise_number``: for whom its owner acted, empty for himself.

    ``person``: None where software of an enterprise sent it.

    ``size``: in bytes, as announced while it is uploading; ``applied_to``: the business key of
    the form; ``is_scanned``: a virus scanner found nothing; ``is_cleaned``: metadata are gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    service = models.TextField()
    person = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    enterprise_number = models.TextField(default="")
    name = models.TextField()
    kind = models.TextField(default="")
    size = models.BigIntegerField()
    digest = models.TextField(default="")
    is_cleaned = models.BooleanField()
    is_scanned = models.BooleanField(default=False)
    state = models.TextField()
    applied_to = models.TextField(default="")
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "documents_attachment"
        indexes = [
            models.Index(
                name="documents_attachment_owner",
                fields=["person", "enterprise_number", "service", "state"],
            ),
            models.Index(name="documents_attachment_form", fields=["service", "applied_to"]),
            models.Index(
                name="documents_attachment_old",
                fields=["created_at"],
                condition=~Q(state="applied"),
            ),
        ]
        constraints = [
            one_of("documents_attachment", "state", tuple(one.value for one in State)),
            one_of("documents_attachment", "kind", ("", *(one.value for one in Kind))),
            matches("documents_attachment", "enterprise_number", r"^[0-9]{10}$", may_be_empty=True),
            models.CheckConstraint(
                name="documents_attachment_of_somebody",
                condition=Q(person__isnull=False) | Q(enterprise_number__gt=""),
            ),
            models.CheckConstraint(
                name="documents_attachment_size_positive", condition=Q(size__gt=0)
            ),
            models.CheckConstraint(
                name="documents_attachment_applied_to_something",
                condition=Q(state="applied", applied_at__isnull=False, applied_to__gt="")
                | (~Q(state="applied") & Q(applied_at__isnull=True, applied_to="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Content(models.Model):
    """The bytes of a whole attachment."""

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, primary_key=True)
    data = models.BinaryField()

    class Meta:
        db_table = "documents_attachment_content"

    def __str__(self) -> str:
        return str(self.pk)


class Part(models.Model):
    """Some bytes of an attachment that is uploading; ``begin``: where they belong."""

    id = models.BigAutoField(primary_key=True)
    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="parts")
    begin = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        db_table = "documents_attachment_part"
        constraints = [
            models.UniqueConstraint(
                name="documents_attachment_part_once", fields=["attachment", "begin"]
            )
        ]

    def __str__(self) -> str:
        return str(self.begin)
