# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""What Interim@Work keeps itself: the addresses of calendar feeds."""

from django.db import models
from django.db.models import Q

from guichet.registers.columns import matches


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
    """Where an overview goes once it is sealed: a link to an address, or a message to the e-Box."""

    reference = models.TextField(primary_key=True)
    person = models.ForeignKey(
        "persons.Person", on_delete=models.CASCADE, null=True, related_name="+"
    )
    email = models.TextField(default="")
    language = models.TextField()
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "interim_delivery"
        constraints = [
            matches("interim_delivery", "language", r"^(nl|fr|de|en)$"),
            models.CheckConstraint(
                name="interim_delivery_goes_one_way",
                condition=Q(person__isnull=True) ^ Q(email=""),
            ),
        ]
