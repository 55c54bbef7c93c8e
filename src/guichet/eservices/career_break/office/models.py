# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Who works for which office, who holds a file, questions, decisions to be signed, letters.

Fields and constraints, nothing else. A file has one open question and one decision to be signed at
most, and what is decided against the rules has two people: the database says so.
"""

from typing import Final

from django.db import models
from django.db.models import F, Q

from guichet.eservices.career_break.models import RESULTS, Decision, Request
from guichet.registers.columns import LANGUAGES, matches, one_of
from guichet.rules.career_break.offices import OFFICES

ADDRESSEES: Final = ("worker", "employer")
QUESTION_STATES: Final = ("open", "answered", "closed")
PROPOSAL_STATES: Final = ("waiting", "signed", "sent_back", "withdrawn")
LETTERS: Final = ("decision", "question")
WAYS: Final = ("", "ebox", "paper", "posted", "withdrawn")
_REFERENCE: Final = r"^[0-9A-HJKMNP-TV-Z]{16}$"


class Post(models.Model):
    """Somebody works for an office: its files are his to handle, as far as his right reaches."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    office = models.TextField()
    given_at = models.DateTimeField()

    class Meta:
        db_table = "career_break_post"
        constraints = [
            models.UniqueConstraint(fields=["person", "office"], name="career_break_post_once"),
            one_of("career_break_post", "office", tuple(OFFICES)),
        ]


class Handling(models.Model):
    """Who holds a file since when; the file stays with him when it is reopened."""

    id = models.BigAutoField(primary_key=True)
    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="handling")
    officer = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        db_table = "career_break_handling"
        indexes = [models.Index(fields=["officer"], name="career_break_handling_officer")]


class Question(models.Model):
    """What the office asks, of whom, and what was answered.

    ``template``: the key of what is missing; ``answer_by``: the last day to answer; ``document``:
    the reference of the letter.
    """

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="questions")
    addressee = models.TextField()
    template = models.TextField()
    text = models.TextField(default="")
    language = models.TextField()
    state = models.TextField(default="open")
    asked_by = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    document = models.TextField(default="")
    answer = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "career_break_question"
        constraints = [
            one_of("career_break_question", "addressee", ADDRESSEES),
            one_of("career_break_question", "state", QUESTION_STATES),
            one_of("career_break_question", "language", LANGUAGES),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state="open"),
                name="career_break_question_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False)
                | (~Q(state="answered") & Q(answered_at__isnull=True)),
                name="career_break_question_answered_whole",
            ),
        ]


class Proposal(models.Model):
    """A decision that a second officer signs or sends back.

    ``content``: as `deciding.content` gives it; ``overrides``: in what it differs from the rules;
    ``why``: the officer's reason for that; ``said``: why it was sent back.
    """

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="proposals")
    state = models.TextField(default="waiting")
    result = models.TextField()
    content = models.JSONField()
    overrides = models.JSONField(default=list)
    why = models.TextField()
    proposed_by = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField(null=True)
    said = models.TextField(default="")

    class Meta:
        db_table = "career_break_proposal"
        constraints = [
            one_of("career_break_proposal", "state", PROPOSAL_STATES),
            one_of("career_break_proposal", "result", RESULTS),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state="waiting"),
                name="career_break_proposal_one_waiting",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | ~Q(ended_by=F("proposed_by")),
                name="career_break_proposal_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True, ended_by__isnull=True)
                | (~Q(state="waiting") & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="career_break_proposal_ended_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent_back") | ~Q(said=""),
                name="career_break_proposal_sent_back_with_reason",
            ),
        ]


class Signature(models.Model):
    """Who took a decision: one officer, or two where it differs from the rules or from the decision
    before it (``overrides``), as ``proposal`` says."""

    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, primary_key=True, related_name="signature"
    )
    first = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    proposal = models.OneToOneField(
        Proposal, on_delete=models.PROTECT, null=True, related_name="signature"
    )
    overrides = models.JSONField(default=list)

    class Meta:
        db_table = "career_break_signature"
        constraints = [
            models.CheckConstraint(
                condition=Q(overrides=[], second__isnull=True, proposal__isnull=True)
                | (
                    ~Q(overrides=[])
                    & Q(second__isnull=False, proposal__isnull=False)
                    & ~Q(second=F("first"))
                ),
                name="career_break_signature_four_eyes",
            )
        ]


class Letter(models.Model):
    """A letter to be put into an e-Box from a day on. ``way``: where it went; empty while it waits;
    ``paper``: the person has no open e-Box, somebody posts it."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="letters")
    kind = models.TextField()
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="letters"
    )
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.TextField()
    due_on = models.DateField()
    way = models.TextField(default="")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "career_break_letter"
        constraints = [
            one_of("career_break_letter", "kind", LETTERS),
            one_of("career_break_letter", "way", WAYS),
            matches("career_break_letter", "document", _REFERENCE),
            models.UniqueConstraint(fields=["document"], name="career_break_letter_once"),
            models.CheckConstraint(
                condition=Q(kind="decision", decision__isnull=False, question__isnull=True)
                | Q(kind="question", decision__isnull=True, question__isnull=False),
                name="career_break_letter_about_one",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(way=""), name="career_break_letter_waiting"
            ),
            models.Index(
                fields=["due_on"], condition=Q(way="paper"), name="career_break_letter_to_post"
            ),
        ]
