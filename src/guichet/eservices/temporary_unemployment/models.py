# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Communications as they were received, their workers, and what happened to them.

What was received is never edited: a step changes the state, a change makes a new communication
that points to the old one. Numbers of tickets come from a sequence for each prefix.
"""

import uuid
from typing import Final

from django.db import models
from django.db.models import Q

from guichet.registers.columns import days_in_order, matches, one_of
from guichet.rules.temporary_unemployment.first_day import Outcome
from guichet.rules.temporary_unemployment.kinds import (
    Category,
    Channel,
    Kind,
    NoticeKind,
    PaperGround,
    Reason,
    Regime,
)
from guichet.rules.temporary_unemployment.states import Party, State, Step

KINDS: Final = tuple(one.value for one in Kind)
REASONS: Final = tuple(one.value for one in Reason)
REGIMES: Final = tuple(one.value for one in Regime)
CHANNELS: Final = tuple(one.value for one in Channel)
NOTICE_KINDS: Final = tuple(one.value for one in NoticeKind)
CATEGORIES: Final = tuple(one.value for one in Category)
GROUNDS: Final = tuple(one.value for one in PaperGround)
OUTCOMES: Final = tuple(one.value for one in Outcome)
PARTIES: Final = tuple(one.value for one in Party)
STEPS: Final = tuple(one.value for one in Step)
# A draft is a table of its own, and what was rejected was never received.
STATES: Final = tuple(
    one.value for one in State if one not in (State.DRAFT, State.SUBMITTED, State.REJECTED)
)
# Replaced or withdrawn: it no longer stands.
GONE: Final = (State.MODIFIED.value, State.CANCELLED.value)
_WAITING: Final = (State.RECEIVED.value, State.UNDER_REVIEW.value)
_LANGUAGES: Final = ("nl", "fr", "de")
_TICKET: Final = r"^[A-HJ-NP-Z0-9]{13}$"


class Communication(models.Model):
    """One communication of an employer to the office, as it was received.

    ``sender``: the enterprise that sent it, the employer's own or that of a mandatary; ``file``:
    the ticket of the file that it came in. ``told_on``: the day of receipt that counts, which an
    allowed change keeps from the communication that it ``changes``. ``level``: blue or white, in a
    mixed committee. ``cycle``: weeks of the days of work that are left (Monday is 0); ``excluded``:
    pairs of days. ``nature``: of the accident that a list of workers belongs to. ``workers``: how
    many lines. ``warnings``: what was found, as `content.plain_fault` gives it. ``digest``: of the
    content, by which the same is recognised. ``document``: reference of the receipt. ``ground``:
    why a registered letter was allowed. ``decided_on``: day of the latest decision, which is seen
    from the next day on; until then ``shown_before`` is the state that the employer sees.
    """

    id = models.BigAutoField(primary_key=True)
    ticket = models.TextField()
    kind = models.TextField()
    reason = models.TextField()
    state = models.TextField()
    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    establishment = models.TextField()
    postcode = models.TextField()
    office = models.TextField()
    committee = models.TextField()
    level = models.TextField()
    channel = models.TextField()
    sender = models.TextField()
    file = models.TextField()
    language = models.TextField()
    own_reference = models.TextField()
    told_on = models.DateField()
    posted_on = models.DateField(null=True)
    notice_kind = models.TextField()
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    regime = models.TextField()
    cycle = models.JSONField(null=True)
    excluded = models.JSONField()
    causes = models.TextField()
    workplace = models.TextField()
    nature_of_work = models.TextField()
    weather = models.TextField()
    why_impossible = models.TextField()
    accident_on = models.DateField(null=True)
    nature = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    section = models.TextField()
    remarks = models.TextField()
    ground = models.TextField()
    workers = models.IntegerField()
    warnings = models.JSONField()
    digest = models.TextField()
    draft = models.UUIDField(null=True)
    received_at = models.DateTimeField()
    changes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="changed_by"
    )
    cancellation_ticket = models.TextField(default="", db_default="")
    cancelled_at = models.DateTimeField(null=True)
    decided_on = models.DateField(null=True)
    shown_before = models.TextField(default="", db_default="")
    document = models.TextField(default="", db_default="")

    class Meta:
        db_table = "temporary_unemployment_communication"
        indexes = [
            models.Index(fields=["employer", "-id"], name="tu_communication_of_employer"),
            models.Index(
                fields=["office", "id"],
                condition=Q(state__in=_WAITING),
                name="tu_communication_waiting",
            ),
            models.Index(fields=["employer", "digest"], name="tu_communication_same"),
            models.Index(fields=["file"], condition=~Q(file=""), name="tu_communication_of_file"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ticket"], name="tu_communication_ticket_unique"),
            models.UniqueConstraint(
                fields=["cancellation_ticket"],
                condition=~Q(cancellation_ticket=""),
                name="tu_communication_cancellation_unique",
            ),
            models.UniqueConstraint(fields=["draft"], name="tu_communication_of_one_draft"),
            models.UniqueConstraint(fields=["changes"], name="tu_communication_changed_once"),
            matches("tu_communication", "ticket", _TICKET),
            one_of("tu_communication", "kind", KINDS),
            one_of("tu_communication", "reason", REASONS),
            one_of("tu_communication", "state", STATES),
            one_of("tu_communication", "channel", CHANNELS),
            one_of("tu_communication", "level", ("", *CATEGORIES)),
            one_of("tu_communication", "regime", ("", *REGIMES)),
            one_of("tu_communication", "notice_kind", ("", *NOTICE_KINDS)),
            one_of("tu_communication", "language", _LANGUAGES),
            one_of("tu_communication", "ground", ("", *GROUNDS)),
            matches("tu_communication", "sender", r"^[01][0-9]{9}$"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(first_day=None)
                | Q(last_day__gte=models.F("first_day")),
                name="tu_communication_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.PAPER.value) | Q(ground=""),
                name="tu_communication_ground_is_of_paper",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CANCELLED.value) ^ Q(cancellation_ticket=""),
                name="tu_communication_cancelled_has_a_ticket",
            ),
        ]  # fmt: skip


class Line(models.Model):
    """One worker of a communication.

    ``niss``: eleven digits, known to the register of persons or not. ``outcome``: how the day of
    sending lies to the window of a first effective day, ``accepted_from``: from when the office
    accepts it; both empty elsewhere. ``usual_days``: of work, ``1111100`` from Monday on, empty
    when not told.
    """

    id = models.BigAutoField(primary_key=True)
    communication = models.ForeignKey(
        Communication, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    number = models.IntegerField()
    niss = models.TextField()
    family_name = models.TextField()
    given_name = models.TextField()
    category = models.TextField()
    is_agency = models.BooleanField()
    section = models.TextField()
    first_day = models.DateField(null=True)
    outcome = models.TextField()
    accepted_from = models.DateField(null=True)
    workplace = models.TextField()
    in_striking_unit = models.BooleanField(null=True)
    circumstances = models.TextField()
    usual_days = models.TextField(default="", db_default="")

    class Meta:
        db_table = "temporary_unemployment_line"
        indexes = [models.Index(fields=["niss"], name="tu_line_of_worker")]
        constraints = [
            models.UniqueConstraint(fields=["communication", "number"], name="tu_line_number_once"),
            matches("tu_line", "niss", r"^[0-9]{11}$"),
            one_of("tu_line", "category", CATEGORIES),
            one_of("tu_line", "outcome", ("", *OUTCOMES)),
            matches("tu_line", "usual_days", r"^[01]{7}$", may_be_empty=True),
        ]


class Happening(models.Model):
    """A step after the receipt; the receipt itself stands in the communication.

    ``by``: whoever took it, as the trail names him (``kind|id|enterprise``), never shown as such.
    ``detail``: plain values, no personal data.
    """

    id = models.BigAutoField(primary_key=True)
    communication = models.ForeignKey(
        Communication, on_delete=models.PROTECT, related_name="happenings"
    )
    step = models.TextField()
    before = models.TextField()
    after = models.TextField()
    party = models.TextField()
    channel = models.TextField()
    by = models.TextField()
    remark = models.TextField(default="")
    detail = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_happening"
        constraints = [
            one_of("tu_happening", "step", STEPS),
            one_of("tu_happening", "before", STATES),
            one_of("tu_happening", "after", STATES),
            one_of("tu_happening", "party", PARTIES),
            one_of("tu_happening", "channel", CHANNELS),
        ]


class Draft(models.Model):
    """A communication that somebody is still typing; ``typed``: by step, as it was typed."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.TextField()
    reason = models.TextField()
    changes = models.ForeignKey(
        Communication, on_delete=models.PROTECT, null=True, related_name="+"
    )
    typed = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_draft"
        indexes = [models.Index(fields=["employer", "-changed_at"], name="tu_draft_of_employer")]
        constraints = [
            one_of("tu_draft", "kind", KINDS),
            one_of("tu_draft", "reason", REASONS),
        ]


class ClosedDay(models.Model):
    """A day that is no working day here: it replaces a holiday, or bridges two days off.

    ``establishment``: ten digits, empty for every establishment of the employer.
    """

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    establishment = models.TextField(default="")
    day = models.DateField()
    kind = models.TextField()

    class Meta:
        db_table = "temporary_unemployment_closed_day"
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "establishment", "day"], name="tu_closed_day_once"
            ),
            one_of("tu_closed_day", "kind", ("replacement", "bridge")),
            matches("tu_closed_day", "establishment", r"^[2-8][0-9]{9}$", may_be_empty=True),
        ]


class Representation(models.Model):
    """Whether an employer has a works council and a union delegation, as he told.

    ``changed_by``: ten digits of the enterprise that told it, the employer's own or that of a
    mandatary; who pressed the button stands in the trail.
    """

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    has_works_council = models.BooleanField()
    has_union_delegation = models.BooleanField()
    changed_at = models.DateTimeField()
    changed_by = models.TextField()

    class Meta:
        db_table = "temporary_unemployment_representation"
        constraints = [
            models.UniqueConstraint(fields=["employer"], name="tu_representation_once"),
            matches("tu_representation", "changed_by", r"^[01][0-9]{9}$"),
        ]


class Difficulty(models.Model):
    """The form C106A of an enterprise in difficulty, and its recognition.

    ``form``: C106A, or C106A-NTVA without liability to VAT; ``ground``: turnover, unemployment or
    minister. ``first_day`` and ``last_day``: of the recognition, both absent until the office
    decided; ``refused``: it did, and said no. ``percent``: of the fall or the unemployment, as the
    office found it, in whole percents rounded down; ``remark``: why it decided so.
    """

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    form = models.TextField()
    ground = models.TextField()
    sent_on = models.DateField()
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    refused = models.BooleanField(default=False)
    percent = models.SmallIntegerField(null=True)
    remark = models.TextField(default="", db_default="")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_difficulty"
        constraints = [
            models.UniqueConstraint(fields=["employer", "sent_on"], name="tu_difficulty_once"),
            one_of("tu_difficulty", "form", ("C106A", "C106A-NTVA")),
            one_of("tu_difficulty", "ground", ("turnover", "unemployment", "minister")),
            days_in_order("tu_difficulty"),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gte=0, percent__lte=100),
                name="tu_difficulty_percent_is_one",
            ),
        ]
