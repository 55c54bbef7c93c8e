# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Declarations as they were sent, and what Dimona knows of a period beyond the register.

Days, hours, features and state of a period stand in the register of employments, which every
service reads; here stands what only Dimona needs. Fields and constraints, nothing else.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from guichet.registers.columns import matches, one_of
from guichet.rules.dimona.answer import Result
from guichet.rules.dimona.message import Kind

CHANNELS = ("rest", "soap", "file", "portal", "unsecured", "agent")
STATES = ("pending", "waiting", "done", "stuck")
_LARGEST = 1_000_000_000_000


class Declaration(models.Model):
    """One declaration: the message, who sent it, and what became of it.

    ``actor``: as the trail names him. ``sender``: the enterprise that sent it, its own or by
    mandate. ``employer``: the enterprise number found behind the number given, or empty.
    ``niss``: the worker's number valid now, once known. ``excess``: hours or days beyond a quota.
    ``before`` and ``after``: the period around an act that was accepted. ``dossier``: the number
    of an emergency procedure to which it belongs. ``warned``: what the person was warned of on a
    page before he sent it, and the reason that he gave; None for nothing.
    """

    id = models.BigIntegerField(primary_key=True)
    received_at = models.DateTimeField()
    channel = models.TextField()
    is_secured = models.BooleanField(default=True)
    actor = models.TextField()
    sender = models.TextField(default="")
    kind = models.TextField()
    body = models.JSONField()
    employer = models.TextField(default="")
    niss = models.TextField(default="")
    state = models.TextField(default="pending")
    result = models.TextField(null=True)
    anomalies = ArrayField(models.TextField(), default=list)
    excess = models.JSONField(default=list)
    period_id = models.BigIntegerField(null=True)
    registration_id = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    processed_at = models.DateTimeField(null=True)
    dossier = models.TextField(default="")
    warned = models.JSONField(null=True)

    class Meta:
        db_table = "dimona_declaration"
        indexes = [
            models.Index(
                name="dimona_declaration_to_do",
                fields=["id"],
                condition=Q(state__in=["pending", "waiting"]),
            ),
            models.Index(name="dimona_declaration_employer", fields=["employer", "id"]),
            models.Index(name="dimona_declaration_sender", fields=["sender", "id"]),
            models.Index(
                name="dimona_declaration_period",
                fields=["period_id"],
                condition=Q(period_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="dimona_declaration_in_twelve_digits", condition=Q(id__gt=0, id__lt=_LARGEST)
            ),
            one_of("dimona_declaration", "channel", CHANNELS),
            one_of("dimona_declaration", "kind", tuple(kind.value for kind in Kind)),
            one_of("dimona_declaration", "state", STATES),
            matches("dimona_declaration", "niss", r"^[0-9]{11}$", may_be_empty=True),
            models.CheckConstraint(
                name="dimona_declaration_result_known",
                condition=Q(result__isnull=True) | Q(result__in=[each.value for each in Result]),
            ),
            models.CheckConstraint(
                name="dimona_declaration_done_has_an_answer",
                condition=~Q(state="done") | Q(result__in=["A", "W", "B"]),
            ),
        ]


class Period(models.Model):
    """What Dimona keeps of a period beside the register; the key is the number of the period.

    ``user_name`` and ``user_committee``: of the user company of a temp worker, whose number, if
    it has one, stands in the register.
    """

    id = models.BigIntegerField(primary_key=True)
    declaration_id = models.BigIntegerField(null=True)
    planned_hours = models.IntegerField(null=True)
    sub_entity = models.TextField(default="")
    user_name = models.TextField(default="")
    user_committee = models.TextField(default="")
    details = models.JSONField(default=dict)
    is_late = models.BooleanField(default=False)
    is_locked = models.BooleanField(default=False)
    anomalies = ArrayField(models.TextField(), default=list)
    excess = models.JSONField(default=list)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "dimona_period"
        constraints = [
            models.CheckConstraint(
                name="dimona_period_in_twelve_digits", condition=Q(id__gt=0, id__lt=_LARGEST)
            ),
            models.CheckConstraint(
                name="dimona_period_planned_hours_in_range",
                condition=Q(planned_hours__isnull=True)
                | Q(planned_hours__gte=1, planned_hours__lte=999),
            ),
        ]


class PeriodLock(models.Model):
    """An official took a period over, or gave it back; ``actor``: as the trail names him."""

    id = models.BigAutoField(primary_key=True)
    period_id = models.BigIntegerField()
    is_locked = models.BooleanField()
    reason = models.TextField()
    actor = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "dimona_period_lock"
        indexes = [models.Index(name="dimona_period_lock_of", fields=["period_id", "id"])]
        constraints = [
            models.CheckConstraint(name="dimona_period_lock_has_a_reason", condition=~Q(reason=""))
        ]


class Registration(models.Model):
    """A daily registration within a period; hours are ``HHMM``, no end hour is not known yet."""

    id = models.BigIntegerField(primary_key=True)
    period_id = models.BigIntegerField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    start_hour = models.TextField()
    end_hour = models.TextField(default="")
    is_cancelled = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "dimona_registration"
        indexes = [models.Index(name="dimona_registration_period", fields=["period_id"])]
        constraints = [
            matches("dimona_registration", "start_hour", r"^[0-2][0-9][0-5][0-9]$"),
            matches(
                "dimona_registration", "end_hour", r"^[0-2][0-9][0-5][0-9]$", may_be_empty=True
            ),
            models.CheckConstraint(
                name="dimona_registration_days_in_order",
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
            ),
        ]


class EmployerChoice(models.Model):
    """What an employer chose: secured channels only, Dimona (or not) for attendance."""

    id = models.BigAutoField(primary_key=True)
    enterprise_number = models.TextField()
    secured_only = models.BooleanField(default=False)
    daily_registration = models.BooleanField(default=True)

    class Meta:
        db_table = "dimona_employer_choice"
        constraints = [
            models.UniqueConstraint(
                name="dimona_employer_choice_once", fields=["enterprise_number"]
            ),
            matches("dimona_employer_choice", "enterprise_number", r"^[01][0-9]{9}$"),
        ]


class KeptKey(models.Model):
    """The declaration that an Idempotency-Key of a client stands for, for a day."""

    id = models.BigAutoField(primary_key=True)
    client_id = models.TextField()
    key = models.TextField()
    body_digest = models.TextField()
    declaration_id = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "dimona_kept_key"
        indexes = [models.Index(name="dimona_kept_key_age", fields=["created_at"])]
        constraints = [
            models.UniqueConstraint(name="dimona_kept_key_once", fields=["client_id", "key"]),
        ]


EXPORT_FORMATS = ("csv", "xml")
EXPORT_STATES = ("asked", "ready", "stopped", "failed")


class Export(models.Model):
    """A file of the personnel file that is made in the background, in parts.

    ``reference``: a secret part of its address; ``niss``: who asked for it; ``wanted``: the
    filters; ``after``: first day and number of the last period that is in it.
    """

    id = models.BigAutoField(primary_key=True)
    reference = models.TextField()
    employer = models.TextField()
    niss = models.TextField()
    actor_mandatary = models.TextField(default="")
    format = models.TextField()
    language = models.TextField()
    wanted = models.JSONField()
    state = models.TextField(default="asked")
    total = models.IntegerField()
    done = models.IntegerField(default=0)
    after = models.JSONField(null=True)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dimona_export"
        indexes = [models.Index(name="dimona_export_age", fields=["asked_at"])]
        constraints = [
            models.UniqueConstraint(name="dimona_export_reference_once", fields=["reference"]),
            one_of("dimona_export", "format", EXPORT_FORMATS),
            one_of("dimona_export", "state", EXPORT_STATES),
            models.CheckConstraint(
                name="dimona_export_done_in_range",
                condition=Q(done__gte=0, total__gte=0),
            ),
        ]


class ExportPart(models.Model):
    """Some rows of an export, as they stand in the file."""

    id = models.BigAutoField(primary_key=True)
    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts")
    number = models.IntegerField()
    text = models.TextField()

    class Meta:
        db_table = "dimona_export_part"
        constraints = [
            models.UniqueConstraint(name="dimona_export_part_once", fields=["export", "number"]),
        ]


class FileForm(models.Model):
    """One form of a file: the declaration it became, or why it was not taken.

    ``element``: where the fault lies, a path of names such as ``DimonaIn/StartingDate``.
    """

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey("exchanges.File", on_delete=models.PROTECT, related_name="+")
    position = models.IntegerField()
    reference = models.TextField(default="")
    declaration_id = models.BigIntegerField(null=True)
    fault = models.TextField(default="")
    element = models.TextField(default="")

    class Meta:
        db_table = "dimona_file_form"
        constraints = [
            models.UniqueConstraint(
                fields=["file", "position"], name="dimona_file_form_position_unique"
            ),
            models.CheckConstraint(
                name="dimona_file_form_declared_or_faulty",
                condition=(Q(declaration_id__isnull=False) & Q(fault=""))
                | (Q(declaration_id__isnull=True) & ~Q(fault="")),
            ),
        ]


class Emergency(models.Model):
    """A time in which Dimona could not be used; one at most is open."""

    id = models.BigAutoField(primary_key=True)
    reason = models.TextField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dimona_emergency"
        constraints = [
            models.UniqueConstraint(
                name="dimona_emergency_one_open",
                fields=["closed_at"],
                condition=Q(closed_at__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="dimona_emergency_in_order",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
            ),
        ]


class Dossier(models.Model):
    """What an employer announced while Dimona could not be used; its number is the proof.

    ``sender``: the enterprise that wrote it, ``enterprise``: the employer. ``text``: what could not
    be declared, in the words of the employer.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.TextField()
    emergency = models.ForeignKey(Emergency, on_delete=models.PROTECT, related_name="+")
    enterprise = models.TextField()
    sender = models.TextField()
    kind = models.TextField()
    worker = models.TextField()
    first_day = models.DateField()
    text = models.TextField(default="")
    contact = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "dimona_dossier"
        indexes = [models.Index(fields=["enterprise", "-id"], name="dimona_dossier_enterprise")]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="dimona_dossier_number_unique"),
            matches("dimona_dossier", "number", r"^[A-HJ-NP-Z0-9]{13}$"),
            matches("dimona_dossier", "enterprise", r"^[0-9]{10}$"),
            one_of("dimona_dossier", "kind", tuple(kind.value for kind in Kind)),
        ]
