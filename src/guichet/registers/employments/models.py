# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""The register of employments: relations between worker and employer, and their Dimona periods."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q

from guichet.registers.columns import days_in_order, matches, one_of

STATES = ("active", "cancelled")


def stretch() -> Func:
    """The time of a period on the wall clock, the end left out: days without hours are whole.

    Two shifts of one day, or a night before a morning, do not overlap.
    """
    return Func(
        F("first_day"),
        F("start_time"),
        F("last_day"),
        F("end_time"),
        function="tsrange",
        template=(
            "%(function)s(first_day + coalesce(start_time, time '00:00'),"
            " last_day + coalesce(end_time, time '24:00'))"
        ),
    )


class Relation(models.Model):
    """A worker, an employer and a kind of work; for a temp worker also the firm that uses him."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    joint_committee = models.TextField()
    worker_type = models.TextField()
    user_enterprise = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        db_table = "employments_relation"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "employer", "joint_committee", "worker_type", "user_enterprise"],
                nulls_distinct=False,
                name="employments_relation_unique",
            ),
            matches(
                "employments_relation", "joint_committee", r"^([0-9]{3}(\.[0-9]{2}){0,2}|XXX)$"
            ),
            matches("employments_relation", "worker_type", r"^[A-Z0-9]{3}$"),
        ]


class Period(models.Model):
    """One Dimona period; two that stand never overlap within a relation.

    ``start_time`` and ``end_time``: of the first and the last day, for the types that have hours.
    ``declared_at``: when it was declared, for a period that was loaded from elsewhere; a period
    that was declared here has its declarations.
    """

    id = models.BigAutoField(primary_key=True)
    relation = models.ForeignKey(Relation, on_delete=models.PROTECT, related_name="periods")
    dimona_id = models.BigIntegerField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    start_time = models.TimeField(null=True)
    end_time = models.TimeField(null=True)
    declared_at = models.DateTimeField(null=True)
    state = models.TextField(default="active")

    class Meta:
        db_table = "employments_period"
        constraints = [
            models.UniqueConstraint(fields=["dimona_id"], name="employments_period_dimona_unique"),
            models.CheckConstraint(
                condition=Q(dimona_id__gt=0, dimona_id__lt=1_000_000_000_000),
                name="employments_period_dimona_in_twelve_digits",
            ),
            one_of("employments_period", "state", STATES),
            days_in_order("employments_period"),
            ExclusionConstraint(
                name="employments_period_no_overlap",
                expressions=[("relation", "="), (stretch(), "&&")],
                condition=Q(state="active"),
            ),
        ]
