"""Documents: what was asked for, what became of it, and the sealed bytes, stored once.

Fields, constraints and nothing else; `operations` changes them, `queries` reads them.
"""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from guichet.registers.columns import LANGUAGES, matches, one_of


class State(StrEnum):
    """How far a document is; failed: every try was in vain, somebody must look."""

    REQUESTED = "requested"
    SEALED = "sealed"
    FAILED = "failed"


class Document(models.Model):
    """One document from the request on.

    ``reference``: its verification code; ``digest``: SHA-256 of the sealed bytes,
    ``plain_digest``: of the rendering before the seal, which the same data give again.
    ``subjects``: the persons of whom it tells; ``then``: the job that is told when it is sealed.
    ``problem``: a word for why the last try failed, ``attempts``: how many there were.
    """

    id = models.BigAutoField(primary_key=True)
    reference = models.TextField(unique=True)
    kind = models.TextField()
    template = models.TextField()
    language = models.TextField()
    title = models.TextField()
    data = models.JSONField()
    person = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+", null=True
    )
    subjects = ArrayField(models.TextField())
    then = models.TextField(default="")
    state = models.TextField(default=State.REQUESTED.value)
    attempts = models.IntegerField(default=0)
    problem = models.TextField(default="")
    requested_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    plain_digest = models.TextField(default="")
    digest = models.TextField(default="")

    class Meta:
        db_table = "documents_document"
        indexes = [
            models.Index(name="documents_document_person", fields=["person", "-requested_at"]),
            models.Index(
                name="documents_document_enterprise", fields=["enterprise", "-requested_at"]
            ),
        ]
        constraints = [
            matches("documents_document", "reference", r"^[0-9A-HJKMNP-TV-Z]{16}$"),
            one_of("documents_document", "language", LANGUAGES),
            one_of("documents_document", "state", tuple(one.value for one in State)),
            matches("documents_document", "digest", r"^[0-9a-f]{64}$", may_be_empty=True),
            matches("documents_document", "plain_digest", r"^[0-9a-f]{64}$", may_be_empty=True),
            models.CheckConstraint(
                name="documents_document_one_recipient",
                condition=Q(person__isnull=True, enterprise__isnull=False)
                | Q(person__isnull=False, enterprise__isnull=True),
            ),
            models.CheckConstraint(
                name="documents_document_sealed_whole",
                condition=Q(
                    state=State.SEALED.value,
                    sealed_at__isnull=False,
                    digest__gt="",
                    plain_digest__gt="",
                )
                | (~Q(state=State.SEALED.value) & Q(sealed_at__isnull=True, digest="")),
            ),
            models.UniqueConstraint(
                name="documents_document_digest_once", fields=["digest"], condition=~Q(digest="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Sealed(models.Model):
    """The bytes of a sealed document; a trigger refuses every change of them."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, primary_key=True)
    pdf = models.BinaryField()

    class Meta:
        db_table = "documents_sealed"

    def __str__(self) -> str:
        return str(self.pk)
