# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""What Interim@Work keeps itself: addresses of feeds, deliveries, reports of workers."""

from django.db import models
from django.db.models import Q

from guichet.registers.columns import matches, one_of
from guichet.rules.relation_reports import Kind, State


class Feed(models.Model):
    """A secret address with which a calendar program reads somebody's relations.

    ``secret``: its digest; who reads the table cannot read the calendar.
    """

    person = models.OneToOneField(
        "persons.Person", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    secret = models.TextField()
    language = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "interim_feed"
        constraints = [
            models.UniqueConstraint(fields=["secret"], name="interim_feed_secret_once"),
            matches("interim_feed", "secret", r"^[0-9a-f]{64}$"),
            matches("interim_feed", "language", r"^(nl|fr|de|en)$"),
        ]


class Delivery(models.Model):
    """Where an overview goes once it is sealed: a link to an address, or a message to the e-Box.

    ``mail``: the link in the outbox, which knows whether the mail server took it.
    """

    reference = models.TextField(primary_key=True)
    person = models.ForeignKey(
        "persons.Person", on_delete=models.CASCADE, null=True, related_name="+"
    )
    email = models.TextField(default="")
    language = models.TextField()
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(
        "platform.Dispatch", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        db_table = "interim_delivery"
        constraints = [
            matches("interim_delivery", "language", r"^(nl|fr|de|en)$"),
            models.CheckConstraint(
                name="interim_delivery_goes_one_way",
                condition=Q(person__isnull=True) ^ Q(email=""),
            ),
        ]


class Report(models.Model):
    """A worker says that a relation is wrong; the agency answers.

    ``number``: of the kernel's tickets; ``relation``: the reference on the worker's pages.
    ``first_day`` … ``user_name``: what the worker saw, whatever the agency changes afterwards.
    ``due_on``: until when the agency answers; null when it is not its turn.
    """

    number = models.TextField(unique=True)
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    agency = models.TextField()
    relation = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    user_name = models.TextField(default="")
    user_number = models.TextField(default="")
    kind = models.TextField()
    state = models.TextField()
    language = models.TextField()
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "interim_report"
        indexes = [
            models.Index(name="interim_report_of_agency", fields=["agency", "state", "opened_at"]),
            models.Index(name="interim_report_of_person", fields=["person", "-opened_at"]),
            models.Index(
                name="interim_report_due",
                fields=["due_on"],
                condition=Q(due_on__isnull=False, reminded_at__isnull=True),
            ),
        ]
        constraints = [
            one_of("interim_report", "kind", tuple(one.value for one in Kind)),
            one_of("interim_report", "state", tuple(one.value for one in State)),
            matches("interim_report", "agency", r"^[01][0-9]{9}$"),
            matches("interim_report", "relation", r"^[pw][0-9]{1,18}$"),
            matches("interim_report", "language", r"^(nl|fr|de|en)$"),
            models.UniqueConstraint(
                name="interim_report_waits_once",
                fields=["person", "relation", "kind"],
                condition=Q(state="open"),
            ),
            models.CheckConstraint(
                name="interim_report_due_while_waiting",
                condition=Q(state__in=["open", "contested"], due_on__isnull=False)
                | (~Q(state__in=["open", "contested"]) & Q(due_on__isnull=True)),
            ),
        ]


class ReportLine(models.Model):
    """What somebody said in a report: the worker when it opens or is contested, else the agency.

    ``state``: the one that it led to.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="lines")
    state = models.TextField()
    text = models.TextField()
    said_by = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        db_table = "interim_report_line"
        indexes = [
            models.Index(name="interim_report_line_order", fields=["report", "said_at", "id"])
        ]
        constraints = [
            one_of("interim_report_line", "state", tuple(one.value for one in State)),
            models.CheckConstraint(
                name="interim_report_line_says_something", condition=~Q(text="")
            ),
        ]
