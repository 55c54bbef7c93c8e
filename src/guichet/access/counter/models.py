"""Announcements of institutions, and questions of the public.

Fields, constraints and nothing else; `board` and `questions` read, the operations change.
"""

from django.db import models
from django.db.models import F, Q

_LANGUAGES = ("nl", "fr", "de", "en")
_TITLES_ARE_THERE = ~Q(title_nl="") & ~Q(title_fr="") & ~Q(title_de="") & ~Q(title_en="")
_ENTERPRISE = r"^[01][0-9]{9}$"
_WORD = r"^[a-z-]{2,40}$"


class Announcement(models.Model):
    """What visitors must know about one service, or about all of them (``service`` null).

    ``begins_at`` and ``ends_at``: when it happens; a planned one is shown from the start, the
    others from ``begins_at`` on. ``ends_at`` null: nobody knows yet.
    """

    class Severity(models.TextChoices):
        """A planned interruption, one that goes on now, or something to know."""

        PLANNED = "planned"
        OUTAGE = "outage"
        INFO = "info"

    institution_number = models.TextField()
    service = models.TextField(null=True)
    severity = models.TextField(choices=Severity.choices)
    title_nl = models.TextField()
    title_fr = models.TextField()
    title_de = models.TextField()
    title_en = models.TextField()
    text_nl = models.TextField(default="")
    text_fr = models.TextField(default="")
    text_de = models.TextField(default="")
    text_en = models.TextField(default="")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "access_announcement"
        indexes = [models.Index(name="access_announcement_ends_at", fields=["ends_at"])]
        constraints = [
            models.CheckConstraint(
                name="access_announcement_severity_is_known",
                condition=Q(severity__in=["planned", "outage", "info"]),
            ),
            models.CheckConstraint(
                name="access_announcement_runs_forward",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("begins_at")),
            ),
            models.CheckConstraint(
                name="access_announcement_has_four_titles", condition=_TITLES_ARE_THERE
            ),
            models.CheckConstraint(
                name="access_announcement_institution_has_ten_digits",
                condition=Q(institution_number__regex=_ENTERPRISE),
            ),
            models.CheckConstraint(
                name="access_announcement_service_is_a_word",
                condition=Q(service__isnull=True) | Q(service__regex=_WORD),
            ),
        ]

    def __str__(self) -> str:
        return self.severity


class Question(models.Model):
    """A question to the institutions: of a signed-in person, or of a visitor with an address.

    Until an institution takes it, it lies in the queue of all; from then on it is that one's.
    """

    number = models.TextField()
    person = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    enterprise_number = models.TextField(null=True)
    email = models.TextField(default="")
    language = models.TextField()
    topic = models.TextField()
    service = models.TextField(null=True)
    message = models.TextField()
    asked_at = models.DateTimeField()
    state = models.TextField(default="new")
    institution_number = models.TextField(null=True)
    taken_by = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    answer = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_question"
        indexes = [
            models.Index(name="access_question_in_state", fields=["state", "asked_at"]),
            models.Index(name="access_question_of_person", fields=["person", "asked_at"]),
        ]
        constraints = [
            models.UniqueConstraint(name="access_question_number_unique", fields=["number"]),
            models.CheckConstraint(
                name="access_question_state_is_known",
                condition=Q(state__in=["new", "taken", "answered", "closed"]),
            ),
            models.CheckConstraint(
                name="access_question_belongs_to_who_took_it",
                condition=Q(state="new", institution_number__isnull=True, taken_by__isnull=True)
                | (~Q(state="new") & Q(institution_number__isnull=False, taken_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="access_question_can_be_answered",
                condition=Q(person__isnull=False, email="")
                | (Q(person__isnull=True) & ~Q(email="")),
            ),
            models.CheckConstraint(
                name="access_question_answered_with_an_answer",
                condition=~Q(state="answered") | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="access_question_language_is_known", condition=Q(language__in=_LANGUAGES)
            ),
            models.CheckConstraint(
                name="access_question_topic_is_a_word", condition=Q(topic__regex=_WORD)
            ),
            models.CheckConstraint(name="access_question_says_something", condition=~Q(message="")),
        ]

    def __str__(self) -> str:
        return self.number
