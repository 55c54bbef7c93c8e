# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Why an inspector looks, what he searched, and each look; written once and never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from guichet.registers.columns import one_of

KINDS = ("check", "report", "inquiry", "judicial", "safety")
LOOKS = ("search", "file", "registration", "site", "signals", "method", "document")
FORMS = ("csv", "xlsx")
FILE_STATES = ("waiting", "done", "failed")


class Inquiry(models.Model):
    """The purpose that an inspector stated: its kind, the reference of his file, his words."""

    id = models.BigAutoField(primary_key=True)
    number = models.UUIDField()
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    institution_number = models.TextField()
    kind = models.TextField()
    reference = models.TextField()
    words = models.TextField(default="")
    opened_at = models.DateTimeField()

    objects: ClassVar["models.Manager[Inquiry]"] = models.Manager()

    class Meta:
        db_table = "inspection_inquiry"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="inspection_inquiry_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=list(KINDS)), name="inspection_inquiry_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(reference=""), name="inspection_inquiry_reference_given"
            ),
        ]
        indexes = [models.Index(fields=["person", "-opened_at"], name="inspection_inquiry_of")]


class Search(models.Model):
    """What was searched for under an inquiry; ``criteria``: the fields of the form.

    It stands here, and not in an address, because it may name a person.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.UUIDField()
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="searches")
    criteria = models.JSONField()
    asked_at = models.DateTimeField()

    objects: ClassVar["models.Manager[Search]"] = models.Manager()

    class Meta:
        db_table = "inspection_search"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="inspection_search_number_once"),
        ]


class ResultFile(models.Model):
    """A large file of what a search finds: made page by page in a job, gone with its purpose.

    ``total``: how many rows the search had when it began; ``rows``: written so far;
    ``left_off``: the older ones beyond the most that a file holds.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.UUIDField()
    search = models.ForeignKey(Search, on_delete=models.PROTECT, related_name="files")
    form = models.TextField()
    language = models.TextField()
    actor = models.TextField()
    state = models.TextField(default="waiting")
    total = models.IntegerField(default=0)
    rows = models.IntegerField(default=0)
    left_off = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar["models.Manager[ResultFile]"] = models.Manager()

    class Meta:
        db_table = "inspection_file"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="inspection_file_number_once"),
            one_of("inspection_file", "form", FORMS),
            one_of("inspection_file", "state", FILE_STATES),
        ]


class FilePart(models.Model):
    """Some bytes of a finished file, so that nobody ever holds the whole of it."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(ResultFile, on_delete=models.CASCADE, related_name="parts")
    position = models.IntegerField()
    data = models.BinaryField()

    objects: ClassVar["models.Manager[FilePart]"] = models.Manager()

    class Meta:
        db_table = "inspection_file_part"
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="inspection_file_part_once")
        ]


class Look(models.Model):
    """One page or file that an inspector saw, and of how many persons.

    ``inquiry_number`` and no key: it is written on the connection of the trail, which does not
    wait for the transaction of a page. ``target``: the number of the search, the reference of the
    site, the receipt.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    inquiry_number = models.UUIDField()
    what = models.TextField()
    target = models.TextField()
    persons = models.IntegerField()
    trace_id = models.TextField(null=True)

    objects: ClassVar["models.Manager[Look]"] = models.Manager()

    class Meta:
        db_table = "inspection_look"
        constraints = [
            models.CheckConstraint(condition=Q(what__in=list(LOOKS)), name="inspection_look_known"),
            models.CheckConstraint(
                condition=Q(persons__gte=0), name="inspection_look_persons_counted"
            ),
        ]
        indexes = [models.Index(fields=["inquiry_number", "at"], name="inspection_look_of")]
