# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""An allowance that is asked back: the grounds, what the worker says to them, the decision; and
where its letters went. What was handed on for payment, month by month.

Fields and constraints, nothing else. Nobody decides on the recovery that he opened, nothing that
was handed on is changed: the database says so.
"""

import uuid
from typing import Final

from django.db import models
from django.db.models import F, Q

from guichet.registers.columns import LANGUAGES, one_of
from guichet.rules.career_break.offices import OFFICES
from guichet.rules.career_break.payment_runs import OPEN, State
from guichet.rules.career_break.recovering import REASONS

STATES: Final = ("invited", "decided", "dropped")
LETTERS: Final = ("invitation", "decision")
WAYS: Final = ("", "ebox", "paper", "posted")
PREPARATIONS: Final = tuple(one.value for one in State)
_OPEN: Final = tuple(sorted(one.value for one in OPEN))
_BY_NOBODY: Final = ("preparing", "ready", "nothing", "failed")
_BY_ANOTHER: Final = ~Q(ended_by=F("prepared_by"))


class Recovery(models.Model):
    """``months``: each paid month with what was due (first and last day in ISO form, cents);
    ``amount``: cents paid too much; ``answer_by``: the last day to be heard; ``defence``: what the
    worker says, ``months_asked``: over how many months he would pay back; ``asked_back`` and
    ``instalments``: as it was decided, ``motivation``: why; ``invitation`` and ``document``: the
    references of the letters.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=uuid.uuid4)
    request = models.ForeignKey(
        "career_break.Request", on_delete=models.PROTECT, related_name="recoveries"
    )
    state = models.TextField(default="invited")
    reason = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField()
    months = models.JSONField()
    amount = models.BigIntegerField()
    grounds = models.TextField()
    language = models.TextField()
    opened_by = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    answer_by = models.DateField()
    invitation = models.TextField(default="")
    defence = models.TextField(default="")
    wants_hearing = models.BooleanField(default=False)
    months_asked = models.IntegerField(null=True)
    defended_at = models.DateTimeField(null=True)
    asked_back = models.BigIntegerField(null=True)
    instalments = models.JSONField(default=list)
    motivation = models.TextField(default="")
    decided_by = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)
    document = models.TextField(default="")

    class Meta:
        db_table = "career_break_recovery"
        constraints = [
            models.UniqueConstraint(fields=["key"], name="career_break_recovery_key_unique"),
            one_of("career_break_recovery", "state", STATES),
            one_of("career_break_recovery", "reason", REASONS),
            one_of("career_break_recovery", "language", LANGUAGES),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state="invited"),
                name="career_break_recovery_one_open",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="career_break_recovery_of_something"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="career_break_recovery_in_order",
            ),
            models.CheckConstraint(
                condition=Q(asked_back__isnull=True)
                | Q(asked_back__gt=0, asked_back__lte=F("amount")),
                name="career_break_recovery_not_more_than_found",
            ),
            models.CheckConstraint(
                condition=Q(state="invited", decided_at__isnull=True, decided_by__isnull=True)
                | Q(
                    state="dropped",
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    asked_back__isnull=True,
                )
                | Q(
                    state="decided",
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    asked_back__isnull=False,
                ),
                name="career_break_recovery_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("opened_by")),
                name="career_break_recovery_four_eyes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_by"], condition=Q(state="invited"),
                name="career_break_recovery_open",
            )
        ]  # fmt: skip


class Letter(models.Model):
    """A letter of a recovery. ``document``: its reference; ``way``: where it went, empty while it
    waits for its seal; ``paper``: the worker has no open e-Box, somebody posts it."""

    id = models.BigAutoField(primary_key=True)
    recovery = models.ForeignKey(Recovery, on_delete=models.CASCADE, related_name="letters")
    kind = models.TextField()
    document = models.TextField()
    asked_at = models.DateTimeField()
    way = models.TextField(default="")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "career_break_recovery_letter"
        constraints = [
            one_of("career_break_recovery_letter", "kind", LETTERS),
            one_of("career_break_recovery_letter", "way", WAYS),
            models.UniqueConstraint(
                fields=["recovery", "kind"], name="career_break_recovery_letter_once"
            ),
            models.UniqueConstraint(
                fields=["document"], name="career_break_recovery_letter_document_unique"
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(way__in=("", "paper")),
                name="career_break_recovery_to_send",
            )
        ]  # fmt: skip


class Run(models.Model):
    """What an office handed on for payment for one month. ``month``: its first day; ``number``: 1,
    then one more for each time that something was added; ``gross`` and ``net``: cents in all;
    ``prepared_by``: who had it prepared, never who handed it on; nobody of the runs of before."""

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=uuid.uuid4)
    office = models.TextField()
    month = models.DateField()
    number = models.IntegerField()
    prepared_by = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    sent_by = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    count = models.IntegerField()
    gross = models.BigIntegerField()
    net = models.BigIntegerField()

    class Meta:
        db_table = "career_break_payment_run"
        constraints = [
            models.UniqueConstraint(fields=["key"], name="career_break_payment_run_key_unique"),
            models.UniqueConstraint(
                fields=["office", "month", "number"], name="career_break_payment_run_once"
            ),
            one_of("career_break_payment_run", "office", tuple(OFFICES)),
            models.CheckConstraint(
                condition=Q(month__day=1), name="career_break_payment_run_of_a_month"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, count__gte=1, net__gt=0),
                name="career_break_payment_run_of_something",
            ),
            models.CheckConstraint(
                condition=Q(prepared_by__isnull=True) | ~Q(prepared_by=F("sent_by")),
                name="career_break_payment_run_four_eyes",
            ),
        ]


class Sent(models.Model):
    """One payment of a run, in cents. ``decision``: the number of the one that gave it."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="payments")
    request = models.ForeignKey(
        "career_break.Request", on_delete=models.PROTECT, related_name="payments"
    )
    decision = models.IntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    gross = models.BigIntegerField()
    net = models.BigIntegerField()

    class Meta:
        db_table = "career_break_payment"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "request"], name="career_break_payment_once_a_run"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="career_break_payment_in_order"
            ),
            models.CheckConstraint(
                condition=Q(net__gt=0), name="career_break_payment_of_something"
            ),
        ]


class Preparation(models.Model):
    """A run that a job prepares and a second officer signs. ``total`` files are looked at, ``done``
    of them were, up to the one of the key ``after``; ``count``, ``gross``, ``net``: what would go,
    in cents; ``held``: files that wait; ``unknown``: those without an amount; ``left``: what is
    left of each month, as ``[month, files, net, files, net too much]``; ``said``: why it went back.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=uuid.uuid4)
    office = models.TextField()
    month = models.DateField()
    state = models.TextField(default="preparing")
    prepared_by = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    after = models.BigIntegerField(default=0)
    count = models.IntegerField(default=0)
    gross = models.BigIntegerField(default=0)
    net = models.BigIntegerField(default=0)
    held = models.IntegerField(default=0)
    unknown = models.IntegerField(default=0)
    left = models.JSONField(default=list)
    ended_by = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    said = models.TextField(default="")
    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="preparation", null=True)

    class Meta:
        db_table = "career_break_payment_preparation"
        constraints = [
            models.UniqueConstraint(
                fields=["key"], name="career_break_payment_preparation_key_unique"
            ),
            models.UniqueConstraint(
                fields=["office", "month"],
                condition=Q(state__in=_OPEN),
                name="career_break_payment_preparation_one_open",
            ),
            one_of("career_break_payment_preparation", "state", PREPARATIONS),
            one_of("career_break_payment_preparation", "office", tuple(OFFICES)),
            models.CheckConstraint(
                condition=Q(month__day=1), name="career_break_payment_preparation_of_a_month"
            ),
            models.CheckConstraint(
                condition=Q(done__gte=0, count__gte=0, held__gte=0, unknown__gte=0),
                name="career_break_payment_preparation_counted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_BY_NOBODY, ended_by__isnull=True, run__isnull=True)
                | Q(state="withdrawn", ended_by=F("prepared_by"), run__isnull=True)
                | (Q(state="sent_back", ended_by__isnull=False, run__isnull=True) & _BY_ANOTHER)
                | (Q(state="sent", ended_by__isnull=False, run__isnull=False) & _BY_ANOTHER),
                name="career_break_payment_preparation_four_eyes",
            ),
        ]


class Prepared(models.Model):
    """What is left of a month of a file, in cents, while a run waits for its second officer: of the
    month of the run what would go; of others, or below zero, what is only pointed to. ``before``:
    what had gone for the month by then, net; ``version``: of the file, as it was looked at."""

    id = models.BigAutoField(primary_key=True)
    preparation = models.ForeignKey(Preparation, on_delete=models.CASCADE, related_name="lines")
    request = models.ForeignKey("career_break.Request", on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    decision = models.IntegerField()
    version = models.IntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    before = models.BigIntegerField()
    gross = models.BigIntegerField()
    net = models.BigIntegerField()

    class Meta:
        db_table = "career_break_payment_prepared"
        constraints = [
            models.UniqueConstraint(
                fields=["preparation", "month", "request"],
                name="career_break_payment_prepared_once",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="career_break_payment_prepared_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(net=0), name="career_break_payment_prepared_of_something"
            ),
        ]
