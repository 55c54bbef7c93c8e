# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""The register of arrangements: what two enterprises agreed on how people are registered."""

from django.db import models
from django.db.models import F, Q

from guichet.registers.columns import days_in_order, matches, one_of
from guichet.rules.presence_arrangements import Kind, Method, Registrar, Side, State


class Arrangement(models.Model):
    """One agreement; ``works_reference`` empty: for every site where both parties are.

    ``above``: principal, contractor or user company; ``below``: subcontractor or agency.
    ``recorded_by``: the party that recorded it; ``answer``: what the other one said.
    ``ended_by``: the party that ended it early. A withdrawn one never held.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.UUIDField()
    above = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    below = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    kind = models.TextField()
    registrar = models.TextField()
    supplier = models.TextField()
    method = models.TextField()
    description = models.TextField()
    works_reference = models.TextField(default="")
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    state = models.TextField(default=State.RECORDED.value)
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()
    answer = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    ended_by = models.TextField(default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "arrangements_arrangement"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="arrangements_number_once"),
            models.CheckConstraint(
                condition=~Q(above=F("below")), name="arrangements_parties_differ"
            ),
            one_of("arrangements_arrangement", "kind", tuple(one.value for one in Kind)),
            one_of("arrangements_arrangement", "registrar", tuple(one.value for one in Registrar)),
            one_of("arrangements_arrangement", "supplier", tuple(one.value for one in Side)),
            one_of("arrangements_arrangement", "method", tuple(one.value for one in Method)),
            one_of("arrangements_arrangement", "state", tuple(one.value for one in State)),
            one_of("arrangements_arrangement", "recorded_by", tuple(one.value for one in Side)),
            matches(
                "arrangements_arrangement",
                "works_reference",
                r"^[A-HJ-NP-Z0-9]{13}$",
                may_be_empty=True,
            ),
            days_in_order("arrangements_arrangement"),
            models.CheckConstraint(
                condition=~Q(state="contested") | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="arrangements_contested_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_by="", ended_at__isnull=True)
                | Q(
                    ended_by__in=["above", "below"],
                    ended_at__isnull=False,
                    last_day__isnull=False,
                ),
                name="arrangements_ended_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["above", "below", "kind"], name="arrangements_of_parties"),
            models.Index(fields=["below"], name="arrangements_of_below"),
        ]
