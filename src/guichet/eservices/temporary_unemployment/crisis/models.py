# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Waivers of communications, and modes in which the service goes on in a crisis."""

from typing import Final

from django.db import models
from django.db.models import F, Q

from guichet.registers.columns import days_in_order, one_of
from guichet.rules.temporary_unemployment.kinds import Kind, Reason

REASONS: Final = tuple(one.value for one in Reason)
KINDS: Final = tuple(one.value for one in Kind)
MODES: Final = ("queue", "reading")


class Waiver(models.Model):
    """For a time nothing needs to be communicated for a reason.

    ``kind``: which communication, empty for every one; ``committees`` and ``postcodes``: of whom,
    empty for everybody. ``law``: the text that says so. ``ended_at``: taken back before its end.
    """

    id = models.BigAutoField(primary_key=True)
    reason = models.TextField()
    kind = models.TextField(default="", blank=True)
    committees = models.JSONField(default=list)
    postcodes = models.JSONField(default=list)
    first_day = models.DateField()
    last_day = models.DateField()
    law = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(default="")

    class Meta:
        db_table = "temporary_unemployment_waiver"
        constraints = [
            one_of("tu_waiver", "reason", REASONS),
            one_of("tu_waiver", "kind", ("", *KINDS)),
            days_in_order("tu_waiver"),
            models.CheckConstraint(condition=~Q(law=""), name="tu_waiver_has_a_text"),
        ]


class Mode(models.Model):
    """How the service goes on: whoever comes queues, or nothing is taken and all can be read.

    ``rate``: how many a minute come in from the queue; ``first_number``: the last number that was
    given before it opened. ``until``: it ends by itself. ``why``: what is shown, by language.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    rate = models.IntegerField(default=0)
    first_number = models.BigIntegerField(default=0)
    by = models.TextField()
    closed_by = models.TextField(default="")

    class Meta:
        db_table = "temporary_unemployment_mode"
        constraints = [
            one_of("tu_mode", "kind", MODES),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(closed_at=None), name="tu_mode_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at")), name="tu_mode_ends_after_it_opens"
            ),
            models.CheckConstraint(
                condition=~Q(kind="queue") | Q(rate__gt=0), name="tu_mode_queue_has_a_rate"
            ),
        ]
