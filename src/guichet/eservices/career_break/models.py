# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Requests for career breaks, their versions and part tickets; notices, drafts, decisions.

Fields and constraints, nothing else. Numbers of tickets come from a sequence for each prefix.
"""

import uuid
from typing import Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from guichet.registers.columns import days, days_in_order, matches, one_of
from guichet.rules.career_break.kinds import Authority, Leave, Regime, Sector
from guichet.rules.career_break.states import NoticeState, State

LEAVES: Final = tuple(one.value for one in Leave)
REGIMES: Final = tuple(one.value for one in Regime)
AUTHORITIES: Final = tuple(one.value for one in Authority)
SECTORS: Final = tuple(one.value for one in Sector)
# A draft is a table of its own: what stands here was confirmed.
STATES: Final = tuple(one.value for one in State if one is not State.DRAFT)
NOTICE_STATES: Final = tuple(one.value for one in NoticeState)
CHANNELS: Final = ("portal", "message", "paper")
EVENTS: Final = ("confirmed", "modified", "attached", "cancelled", "withdrawn", "completed",
                 "expired", "taken", "asked", "answered", "decided", "reopened")  # fmt: skip
PARTS: Final = ("modification", "cancellation", "attachments")
RESULTS: Final = ("granted", "granted_no_allowance", "partly", "refused")
_OVER: Final = (State.CANCELLED.value, State.EXPIRED.value)
_OPEN_NOTICES: Final = (NoticeState.PENDING.value, NoticeState.POSTPONED.value)
_TICKET: Final = r"^[A-HJ-NP-Z0-9]{13}$"


class Parameters(models.Model):
    """Whom to ask at an employer, of which sector it is, whether it takes electronic notices.

    ``authority``: of a public employer; empty while it did not say which.
    """

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    name = models.TextField()
    given_name = models.TextField(default="")
    phone = models.TextField(default="")
    mobile = models.TextField(default="")
    email = models.TextField()
    sector = models.TextField()
    authority = models.TextField(default="", db_default="")
    takes_notices = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "career_break_parameters"
        constraints = [
            models.UniqueConstraint(fields=["employer"], name="career_break_parameters_once"),
            one_of("career_break_parameters", "sector", SECTORS),
            one_of("career_break_parameters", "authority", ("", *AUTHORITIES)),
            models.CheckConstraint(
                condition=Q(sector=Sector.PUBLIC.value) | Q(authority=""),
                name="career_break_parameters_authority_is_public",
            ),
        ]


class Leaves(models.Model):
    """Whose leave of which kind, from when to when; an absent last day is the pension."""

    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    leave = models.TextField()
    regime = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    office = models.TextField(default="")

    class Meta:
        abstract = True


class Notice(Leaves):
    """The written notice of a worker; ``answer_by``: after this day silence counts, or None.

    ``asked``: what the worker wrote; ``answer``: what the employer answered.
    """

    id = models.BigAutoField(primary_key=True)
    ticket = models.TextField()
    state = models.TextField(default="pending")
    asked = models.JSONField(default=dict)
    answer = models.JSONField(default=dict)
    answer_by = models.DateField(null=True)
    sent_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "career_break_notice"
        constraints = [
            models.UniqueConstraint(fields=["ticket"], name="career_break_notice_ticket_unique"),
            matches("career_break_notice", "ticket", _TICKET),
            one_of("career_break_notice", "state", NOTICE_STATES),
            one_of("career_break_notice", "leave", LEAVES),
            one_of("career_break_notice", "regime", REGIMES),
            days_in_order("career_break_notice"),
            ExclusionConstraint(
                name="career_break_notice_one_open",
                expressions=[("employer", "="), ("person", "="), ("leave", "="), (days(), "&&")],
                condition=Q(state__in=_OPEN_NOTICES),
            ),
        ]
        indexes = [
            models.Index(
                fields=["employer", "answer_by"],
                condition=Q(state=NoticeState.PENDING.value),
                name="career_break_notice_to_answer",
            )
        ]


class Request(Leaves):
    """A request as it stands; ``content``: what the employer said, as `content.plain` gives it.

    ``ticket``: empty for one that came on paper; ``draft``: of which form it was made, so that it
    is made once; ``search_key``: the names of the worker without accents, for the order of a list;
    ``document``: the reference of the employer's part as a document.
    """

    id = models.BigAutoField(primary_key=True)
    ticket = models.TextField(default="")
    draft = models.UUIDField(null=True)
    channel = models.TextField()
    sector = models.TextField()
    state = models.TextField(default="wait_worker")
    version = models.IntegerField(default=1)
    content = models.JSONField()
    search_key = models.TextField()
    document = models.TextField(default="")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "career_break_request"
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"],
                condition=~Q(ticket=""),
                name="career_break_request_ticket_unique",
            ),
            models.UniqueConstraint(fields=["draft"], name="career_break_request_made_once"),
            models.UniqueConstraint(fields=["notice"], name="career_break_request_of_one_notice"),
            matches("career_break_request", "ticket", _TICKET, may_be_empty=True),
            one_of("career_break_request", "channel", CHANNELS),
            one_of("career_break_request", "sector", SECTORS),
            one_of("career_break_request", "state", STATES),
            one_of("career_break_request", "leave", LEAVES),
            one_of("career_break_request", "regime", REGIMES),
            days_in_order("career_break_request"),
            models.CheckConstraint(
                condition=Q(channel="paper") | ~Q(ticket=""),
                name="career_break_request_ticket_unless_paper",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="career_break_request_version_counts"
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=False) | Q(leave=Leave.END_OF_CAREER.value),
                name="career_break_request_ends",
            ),
            ExclusionConstraint(
                name="career_break_request_no_overlap",
                expressions=[("employer", "="), ("person", "="), (days(), "&&")],
                condition=~Q(state__in=_OVER),
            ),
        ]
        indexes = [
            models.Index(
                fields=["employer", "-filed_at", "-id"], name="career_break_request_of_firm"
            ),
            models.Index(fields=["person", "-filed_at"], name="career_break_request_of_worker"),
        ]


class Version(models.Model):
    """What a request said after each thing that happened to it. ``said``: what came with the event,
    a comment or an answer; ``enterprise``: the firm that did it, by mandate or not."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    event = models.TextField()
    state = models.TextField()
    last_day = models.DateField(null=True)
    content = models.JSONField()
    said = models.JSONField(default=dict)
    enterprise = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "career_break_version"
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="career_break_version_once"),
            one_of("career_break_version", "event", EVENTS),
            one_of("career_break_version", "state", STATES),
        ]


class Part(models.Model):
    """A part of a request with a ticket of its own: a modification, a cancellation, attachments."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="parts")
    ticket = models.TextField()
    kind = models.TextField()
    version = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "career_break_part"
        constraints = [
            models.UniqueConstraint(fields=["ticket"], name="career_break_part_ticket_unique"),
            models.UniqueConstraint(fields=["request", "version"], name="career_break_part_once"),
            matches("career_break_part", "ticket", _TICKET),
            one_of("career_break_part", "kind", PARTS),
        ]


class WorkerPart(models.Model):
    """The worker's part of a request: typed step by step, then sent once.

    ``typed``: by step, as it was typed; ``content``: what was sent, as `said.plain` gives it;
    ``document``: the reference of the receipt.
    """

    request = models.OneToOneField(
        Request, on_delete=models.PROTECT, primary_key=True, related_name="worker_part"
    )
    typed = models.JSONField(default=dict)
    content = models.JSONField(null=True)
    document = models.TextField(default="")
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "career_break_worker_part"
        constraints = [
            models.CheckConstraint(
                condition=Q(content__isnull=True, sent_at__isnull=True)
                | Q(content__isnull=False, sent_at__isnull=False),
                name="career_break_worker_part_sent_whole",
            ),
        ]


class Decision(models.Model):
    """What the office decided of a request, each time it did."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="decisions")
    number = models.IntegerField()
    result = models.TextField()
    content = models.JSONField(default=dict)
    document = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "career_break_decision"
        constraints = [
            models.UniqueConstraint(
                fields=["request", "number"], name="career_break_decision_once"
            ),
            one_of("career_break_decision", "result", RESULTS),
        ]


class Draft(models.Model):
    """What was typed so far for a worker, as it was typed; kept for thirty days.

    ``typed``: by step; ``worker``: code, committee and address of the worker who was chosen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="+")
    worker = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "career_break_draft"
        indexes = [
            models.Index(fields=["employer", "-changed_at"], name="career_break_draft_of_firm"),
            models.Index(fields=["changed_at"], name="career_break_draft_by_age"),
        ]
