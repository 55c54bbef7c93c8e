# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""What Interim@Work keeps itself: the addresses of calendar feeds."""

from django.db import models

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
    """To which address the link to an overview goes, until it has gone."""

    reference = models.TextField(primary_key=True)
    email = models.TextField()
    language = models.TextField()
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "interim_delivery"
        constraints = [matches("interim_delivery", "language", r"^(nl|fr|de|en)$")]
