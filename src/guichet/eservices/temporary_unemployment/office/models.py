# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Who works for which office, decisions, how they go back, letters on paper, work for many at once.

Fields and constraints, nothing else. A decision is never changed: a trigger refuses it, a revision
is another row with the next version.
"""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from guichet.eservices.temporary_unemployment.models import GROUNDS, Communication
from guichet.registers.columns import LANGUAGES, matches, one_of
from guichet.rules.temporary_unemployment.decisions import Code, Result
from guichet.rules.temporary_unemployment.offices import OFFICES

RESULTS: Final = tuple(one.value for one in Result)
CODES: Final = tuple(one.value for one in Code)
WAYS: Final = ("ebox", "message")
# closed: the channel is, and the e-Box and the page stand in; paper: somebody posts it.
DELIVERY_STATES: Final = ("waiting", "sent", "closed", "paper", "posted", "withdrawn")
RUN_STATES: Final = ("waiting", "running", "done", "stopped", "failed")
_REFERENCE: Final = r"^[0-9A-HJKMNP-TV-Z]{16}$"


class Post(models.Model):
    """Somebody works for an office: its communications are his to handle, as his right reaches."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    office = models.TextField()
    given_at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_post"
        constraints = [
            models.UniqueConstraint(fields=["person", "office"], name="tu_post_once"),
            one_of("tu_post", "office", tuple(OFFICES)),
        ]


class Handling(models.Model):
    """Who holds a communication since when."""

    id = models.BigAutoField(primary_key=True)
    communication = models.OneToOneField(
        Communication, on_delete=models.PROTECT, related_name="handling"
    )
    officer = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_handling"
        indexes = [models.Index(fields=["officer"], name="tu_handling_officer")]


class Counter(models.Model):
    """The last number of a decision of an office in a year."""

    id = models.BigAutoField(primary_key=True)
    office = models.TextField()
    year = models.IntegerField()
    last = models.IntegerField()

    class Meta:
        db_table = "temporary_unemployment_decision_counter"
        constraints = [
            models.UniqueConstraint(fields=["office", "year"], name="tu_decision_counter_once")
        ]


class Decision(models.Model):
    """What was decided of a communication; a later ``version`` replaces it.

    ``shares``: of the workers for whom it is otherwise, as `content.plain_share` gives them.
    ``content``: everything that the letter says, in its language. ``why``: of a revision, for the
    office alone. ``document``: reference of the sealed letter.
    """

    id = models.BigAutoField(primary_key=True)
    communication = models.ForeignKey(
        Communication, on_delete=models.PROTECT, related_name="decisions"
    )
    version = models.IntegerField()
    number = models.TextField()
    result = models.TextField()
    codes = ArrayField(models.TextField(), default=list)
    accepted_from = models.DateField(null=True)
    accepted_until = models.DateField(null=True)
    shares = models.JSONField(default=list)
    language = models.TextField()
    content = models.JSONField()
    why = models.TextField(default="")
    document = models.TextField()
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "temporary_unemployment_decision"
        indexes = [models.Index(fields=["decided_on"], name="tu_decision_day")]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="tu_decision_number_once"),
            models.UniqueConstraint(
                fields=["communication", "version"], name="tu_decision_version_once"
            ),
            models.UniqueConstraint(fields=["document"], name="tu_decision_document_once"),
            matches("tu_decision", "number", r"^[A-Z]{3}-[0-9]{4}-[0-9]{6,}$"),
            matches("tu_decision", "document", _REFERENCE),
            one_of("tu_decision", "result", RESULTS),
            one_of("tu_decision", "language", LANGUAGES),
            models.CheckConstraint(
                name="tu_decision_codes_known", condition=Q(codes__contained_by=[*CODES])
            ),
            models.CheckConstraint(
                name="tu_decision_reason_unless_accepted",
                condition=Q(result=Result.ACCEPTED.value) ^ ~Q(codes=[]),
            ),
            models.CheckConstraint(
                name="tu_decision_days_in_order",
                condition=Q(accepted_until=None) | Q(accepted_from=None)
                | Q(accepted_until__gte=models.F("accepted_from")),
            ),
            models.CheckConstraint(
                name="tu_decision_revised_with_reason", condition=Q(version=1) | ~Q(why="")
            ),
        ]  # fmt: skip


class Delivery(models.Model):
    """A decision on its way: into the e-Box, or back by the way the communication came."""

    id = models.BigAutoField(primary_key=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="deliveries")
    way = models.TextField()
    state = models.TextField(default="waiting")
    due_on = models.DateField()
    attempts = models.IntegerField(default=0)
    problem = models.TextField(default="")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "temporary_unemployment_delivery"
        constraints = [
            models.UniqueConstraint(fields=["decision", "way"], name="tu_delivery_once"),
            one_of("tu_delivery", "way", WAYS),
            one_of("tu_delivery", "state", DELIVERY_STATES),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=Q(state="waiting"), name="tu_delivery_waiting"
            ),
            models.Index(fields=["due_on"], condition=Q(state="paper"), name="tu_delivery_to_post"),
        ]


class Paper(models.Model):
    """A registered letter that stands for an electronic communication, with its proof.

    ``posted_on``: the day of the letter, which is that of the communication; ``proof``: the
    attachment that was joined; ``tracking``: the number of the letter.
    """

    id = models.BigAutoField(primary_key=True)
    communication = models.OneToOneField(
        Communication, on_delete=models.PROTECT, related_name="paper"
    )
    ground = models.TextField()
    posted_on = models.DateField()
    tracking = models.TextField(default="")
    proof = models.UUIDField(null=True)
    recorded_by = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_paper"
        constraints = [
            one_of("tu_paper", "ground", GROUNDS),
            models.CheckConstraint(
                name="tu_paper_failure_has_proof",
                condition=~Q(ground="technical_failure") | Q(proof__isnull=False),
            ),
        ]


class PaperWaiver(models.Model):
    """The director's waiver for an employer without computer means, for twenty-four months."""

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    given_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_paper_waiver"
        constraints = [
            models.UniqueConstraint(fields=["employer", "given_on"], name="tu_paper_waiver_once")
        ]


class Run(models.Model):
    """Work for many at once, with its progress: decisions by filter, or the deliveries of a night.

    ``wanted``: the filter, and what was shown in the preview; ``done`` and ``left``: how many were
    decided or sent, and how many were left alone because somebody was quicker.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    state = models.TextField(default="waiting")
    wanted = models.JSONField(default=dict)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    left = models.IntegerField(default=0)
    started_by = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "temporary_unemployment_run"
        indexes = [models.Index(fields=["-started_at"], name="tu_run_started")]
        constraints = [
            one_of("tu_run", "kind", ("decisions", "night")),
            one_of("tu_run", "state", RUN_STATES),
        ]
