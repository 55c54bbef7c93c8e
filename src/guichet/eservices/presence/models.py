"""What the log looks like to Django: unmanaged models over tables made by SQL.

Nobody saves through these models: acts enter through ``guichet.presence_log.record``, verdicts
through the validation, both by set-based SQL. They serve reading and the composite keys.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models

from guichet.eservices.presence.kit_models import KitContact, StaffTold
from guichet.eservices.presence.office_models import ExportFile, Nudge, PlannedMember
from guichet.registers.columns import one_of
from guichet.rules.presence_corrections import DECIDED, Kind, Reason, State
from guichet.rules.presence_next import Step

# Django looks for models here; those of the employer stand apart.
__all__ = [
    "POSITIONS",
    "STEPS",
    "Act",
    "Case",
    "Correction",
    "ExportFile",
    "KeyedCall",
    "KitContact",
    "Lot",
    "Nudge",
    "PlannedMember",
    "Press",
    "Pseudonym",
    "StaffTold",
    "Verdict",
    "Watermark",
]

STEPS = tuple(str(step) for step in Step)
# What became of the question where the phone is.
POSITIONS = ("given", "refused", "timeout", "unavailable", "not_asked")
# States into which a correction may come without passing by an employer.
_NOT_REPORTED = [
    str(one) for one in (State.PREPARED, State.WITHDRAWN, State.EXPIRED, State.SUBMITTED)
]

_CASE_STATES = tuple(
    str(one)
    for one in (
        State.SUBMITTED,
        State.IN_REVIEW,
        State.ACCEPTED,
        State.PARTLY_ACCEPTED,
        State.REFUSED,
        State.WITHDRAWN,
    )
)
_DECIDED = tuple(str(one) for one in State if one in DECIDED)


class Act(models.Model):
    """One IN or OUT, exactly as it was received; never changed."""

    pk = models.CompositePrimaryKey("receipt", "occurred_at")
    receipt = models.BigIntegerField()
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    recorded_in = models.BigIntegerField()
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    sender = models.IntegerField(null=True)
    offset_minutes = models.SmallIntegerField()
    type = models.TextField()
    ssin = models.TextField()
    enterprise_number = models.TextField(null=True)
    foreign_vat_number = models.TextField(null=True)
    works_reference = models.TextField()
    activity = models.TextField()
    channel = models.TextField()
    custom_reference = models.TextField(null=True)
    address = models.JSONField(null=True)

    class Meta:
        managed = False
        db_table = "presence_act"

    def __str__(self) -> str:
        return str(self.receipt)


class Verdict(models.Model):
    """One round of validation of one act; an act without a verdict is pending."""

    pk = models.CompositePrimaryKey("receipt", "occurred_at", "round")
    receipt = models.BigIntegerField()
    occurred_at = models.DateTimeField()
    decided_at = models.DateTimeField()
    round = models.SmallIntegerField()
    is_current = models.BooleanField()
    validity = models.TextField()
    remarks = ArrayField(models.TextField())

    class Meta:
        managed = False
        db_table = "presence_verdict"

    def __str__(self) -> str:
        return f"{self.receipt}/{self.round}"


class Watermark(models.Model):
    """How far a reader of the log has come."""

    name = models.TextField(primary_key=True)
    position = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "presence_watermark"

    def __str__(self) -> str:
        return self.name


class KeyedCall(models.Model):
    """The kept answer of a call that carried an Idempotency-Key."""

    pk = models.CompositePrimaryKey("client_id", "key")
    client_id = models.TextField()
    key = models.TextField()
    body_digest = models.TextField()
    answer = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "presence_idempotency"

    def __str__(self) -> str:
        return self.client_id


class Press(models.Model):
    """What somebody pressed on his own page, beside the act that it stored.

    The log knows IN and OUT; here stands what the person meant (``step``), and what became of his
    position: a refusal is a fact, never a reason to refuse the act. ``key`` is of the form, or made
    by the phone: the same one sent twice is one press. ``receipt`` None: nothing had to be stored
    (``done`` without an act of the day). ``pressed_at`` is when we heard of it, ``device_at`` what
    the clock of the phone said (None for a form).
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    part = models.SmallIntegerField(default=0)
    step = models.TextField()
    receipt = models.BigIntegerField(null=True)
    pressed_at = models.DateTimeField()
    position = models.TextField()
    accuracy_metres = models.IntegerField(null=True)
    device_at = models.DateTimeField(null=True)

    # Said in full: the type checker's plugin finds none beside a composite key.
    objects: ClassVar["models.Manager[Press]"] = models.Manager()

    class Meta:
        db_table = "presence_press"
        constraints = [
            models.UniqueConstraint(fields=["person", "key", "part"], name="presence_press_once"),
            one_of("presence_press", "step", STEPS),
            one_of("presence_press", "position", POSITIONS),
        ]
        indexes = [models.Index(fields=["receipt"], name="presence_press_receipt")]

    def __str__(self) -> str:
        return str(self.pk)


class Pseudonym(models.Model):
    """The name under which somebody's phone knows him: made once, tells nothing."""

    person = models.OneToOneField(
        "persons.Person", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    pseudonym = models.UUIDField(db_default=RandomUUID())

    objects: ClassVar["models.Manager[Pseudonym]"] = models.Manager()

    class Meta:
        db_table = "presence_pseudonym"
        constraints = [
            models.UniqueConstraint(fields=["pseudonym"], name="presence_pseudonym_unique")
        ]

    def __str__(self) -> str:
        return str(self.pseudonym)


class Correction(models.Model):
    """A mistake in the log, in the words of the person it concerns; the log itself never changes.

    ``key``, ``part``: made by the phone, or by the form. ``receipt``: the act that is wrong; None
    when one is missing. The columns after it say what it should be. ``state``: rules of
    corrections. A missing act has no reference to a site that must exist: people type numbers.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    part = models.SmallIntegerField(default=0)
    kind = models.TextField()
    reason = models.TextField()
    words = models.TextField(default="")
    receipt = models.BigIntegerField(null=True)
    type = models.TextField()
    step = models.TextField()
    occurred_at = models.DateTimeField()
    device_at = models.DateTimeField(null=True)
    works_reference = models.TextField()
    enterprise_number = models.TextField(null=True)
    foreign_vat_number = models.TextField(null=True)
    state = models.TextField()
    prepared_at = models.DateTimeField()
    reported_at = models.DateTimeField(null=True)
    last_day = models.DateField()

    objects: ClassVar["models.Manager[Correction]"] = models.Manager()

    class Meta:
        db_table = "presence_correction"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key", "part"], name="presence_correction_once"
            ),
            one_of("presence_correction", "kind", tuple(str(one) for one in Kind)),
            one_of("presence_correction", "reason", tuple(str(one) for one in Reason)),
            one_of("presence_correction", "state", tuple(str(one) for one in State)),
            one_of("presence_correction", "type", ("in", "out")),
            one_of("presence_correction", "step", STEPS),
            models.CheckConstraint(
                condition=~models.Q(
                    enterprise_number__isnull=False, foreign_vat_number__isnull=False
                ),
                name="presence_correction_one_employer",
            ),
            models.CheckConstraint(
                condition=models.Q(reported_at__isnull=False) | models.Q(state__in=_NOT_REPORTED),
                name="presence_correction_reported_when",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "occurred_at"], name="presence_correction_person"),
            models.Index(fields=["enterprise_number", "state"], name="presence_correction_firm"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Case(models.Model):
    """A request to the NSSO to put registrations right, and what was decided.

    ``person``: whom it concerns; ``filed_by`` for the enterprise ``enterprise_number``, or for
    himself when that is empty. ``receipts``: the acts that are wrong, none when one is missing.
    ``type`` to ``employer_vat``: what it should be; what is right repeats the (first) act. The
    versions that a decision made stand in presence_version, under ``number``.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.TextField()
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    filed_by = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    enterprise_number = models.TextField(default="")
    report = models.ForeignKey(Correction, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.TextField()
    reason = models.TextField()
    words = models.TextField()
    receipts = ArrayField(models.BigIntegerField(), default=list)
    type = models.TextField()
    occurred_at = models.DateTimeField()
    works_reference = models.TextField()
    employer_number = models.TextField(null=True)
    employer_vat = models.TextField(null=True)
    state = models.TextField()
    filed_at = models.DateTimeField()
    last_day = models.DateField()
    taken_by = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    decision = models.TextField(default="")

    objects: ClassVar["models.Manager[Case]"] = models.Manager()
    # Said in full for the same reason.
    person_id: int
    filed_by_id: int
    taken_by_id: int | None
    decided_by_id: int | None

    class Meta:
        db_table = "presence_case"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="presence_case_number_once"),
            one_of("presence_case", "kind", tuple(str(one) for one in Kind)),
            one_of("presence_case", "reason", tuple(str(one) for one in Reason)),
            one_of("presence_case", "state", _CASE_STATES),
            one_of("presence_case", "type", ("in", "out")),
            models.CheckConstraint(
                condition=models.Q(kind="add", receipts=[])
                | ~models.Q(kind="add") & ~models.Q(receipts=[]),
                name="presence_case_acts_or_a_missing_one",
            ),
            models.CheckConstraint(
                condition=models.Q(employer_number__isnull=True, employer_vat__isnull=False)
                | models.Q(employer_number__isnull=False, employer_vat__isnull=True),
                name="presence_case_one_employer",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=_DECIDED)
                | models.Q(decided_by__isnull=False, ended_at__isnull=False, decision__gt=""),
                name="presence_case_decided_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "last_day", "id"], name="presence_case_queue"),
            models.Index(fields=["enterprise_number", "-filed_at"], name="presence_case_filed_for"),
            models.Index(fields=["person", "-filed_at"], name="presence_case_person"),
        ]

    def __str__(self) -> str:
        return self.number


class Lot(models.Model):
    """Presences of days that somebody announces together: people times days, on one site.

    ``crew``: for each person number, Limosa number, employer, foreign VAT number, name, name of
    the employer; ``days``: ISO dates; ``outcomes``: by person and then by day, None while it
    waits, else the receipt or nothing and the reasons why it was refused; ``left_out``: places
    that are not registered. ``done``: how many places were looked at.
    """

    class State(models.TextChoices):
        """How far a lot is."""

        DRAFT = "draft"
        WAITING = "waiting"
        DONE = "done"
        STOPPED = "stopped"

    id = models.BigAutoField(primary_key=True)
    number = models.UUIDField()
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    enterprise_number = models.TextField()
    works_reference = models.TextField()
    crew = models.JSONField(default=list)
    days = models.JSONField(default=list)
    outcomes = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    actor = models.TextField(default="")
    state = models.TextField(choices=State.choices)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    taken = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar["models.Manager[Lot]"] = models.Manager()

    class Meta:
        db_table = "presence_lot"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="presence_lot_number_once"),
            one_of("presence_lot", "state", ("draft", "waiting", "done", "stopped")),
            models.CheckConstraint(
                condition=models.Q(done__gte=0, done__lte=models.F("total"), total__lte=5_000),
                name="presence_lot_progress",
            ),
        ]
        indexes = [models.Index(fields=["person", "-made_at"], name="presence_lot_of_person")]

    def __str__(self) -> str:
        return str(self.pk)
