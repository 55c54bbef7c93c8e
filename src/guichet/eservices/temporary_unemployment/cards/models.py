# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Control cards: what is marked on each day, what was sent, what the worker prefers.

What was marked and what was sent is never changed or taken back: each is a row of its own.
"""

from typing import Final

from django.db import models
from django.db.models import F, Q

from guichet.eservices.temporary_unemployment.cards.bodies import Body
from guichet.registers.columns import LANGUAGES, matches, one_of
from guichet.rules.temporary_unemployment.card_days import MARKS
from guichet.rules.temporary_unemployment.card_sending import Early, State
from guichet.rules.temporary_unemployment.offices import OFFICES

_TICKET: Final = r"^[A-HJ-NP-Z0-9]{13}$"
REMINDERS: Final = ("window", "unsent")
WRONGS: Final = ("days", "reason", "worked", "not_me", "other")


class Card(models.Model):
    """The card of a worker at an employer for a month; ``month``: its first day.

    It comes with the first mark, or when it is sent; ``version``: how often it was sent;
    ``correction``: why it is open again.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    month = models.DateField()
    state = models.TextField(default=State.OPEN.value)
    version = models.IntegerField(default=0)
    correction = models.TextField(default="")
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_card"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "employer", "month"], name="temporary_unemployment_card_once"
            ),
            one_of("temporary_unemployment_card", "state", tuple(one.value for one in State)),
            models.CheckConstraint(
                condition=Q(month__day=1), name="temporary_unemployment_card_of_a_month"
            ),
            models.CheckConstraint(
                condition=Q(state=State.OPEN.value, version=0)
                | (~Q(state=State.OPEN.value) & Q(version__gte=1)),
                name="temporary_unemployment_card_sent_has_version",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.CORRECTING.value) & ~Q(correction=""))
                | (~Q(state=State.CORRECTING.value) & Q(correction="")),
                name="temporary_unemployment_card_correction_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["month", "employer"],
                condition=~Q(state=State.SENT.value),
                name="tu_card_unsent",
            )
        ]


class Mark(models.Model):
    """What the worker marked on a day; the last one of a day is what stands.

    ``starts_at``: when the work begins, on the clock of Brussels; ``is_late``: marked after that.
    ``version``: of the card when it was marked, 0 before it was ever sent.
    """

    id = models.BigAutoField(primary_key=True)
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="marks")
    day = models.DateField()
    state = models.TextField()
    starts_at = models.TimeField(null=True)
    is_late = models.BooleanField(default=False)
    reason = models.TextField(default="")
    version = models.IntegerField()
    marked_at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_mark"
        constraints = [
            one_of("temporary_unemployment_mark", "state", tuple(one.value for one in MARKS)),
            models.CheckConstraint(
                condition=Q(is_late=False) | ~Q(reason=""),
                name="temporary_unemployment_mark_late_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["card", "day", "-id"], name="tu_card_mark_stands")]


class Sending(models.Model):
    """A card as it was sent: ``content`` is each day with its state, in the order of the month.

    ``early``: the ground for going before the window; ``permission``: what allows it. ``reason``:
    of a correction; ``document``: the receipt, asked for in the same transaction.
    """

    id = models.BigAutoField(primary_key=True)
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="sendings")
    version = models.IntegerField()
    ticket = models.TextField()
    content = models.JSONField()
    early = models.TextField(default=Early.NOT.value)
    permission = models.TextField(default="")
    reason = models.TextField(default="")
    body = models.TextField()
    language = models.TextField()
    document = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_card_sending"
        constraints = [
            models.UniqueConstraint(
                fields=["card", "version"], name="temporary_unemployment_card_sending_once"
            ),
            models.UniqueConstraint(
                fields=["ticket"], name="temporary_unemployment_card_sending_ticket_unique"
            ),
            matches("temporary_unemployment_card_sending", "ticket", _TICKET),
            one_of(
                "temporary_unemployment_card_sending", "early", tuple(one.value for one in Early)
            ),
            one_of("temporary_unemployment_card_sending", "body", tuple(one.value for one in Body)),
            one_of("temporary_unemployment_card_sending", "language", LANGUAGES),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""),
                name="temporary_unemployment_card_sending_correction_has_reason",
            ),
            models.UniqueConstraint(
                fields=["document"], name="temporary_unemployment_card_sending_document_unique"
            ),
        ]


class Delivery(models.Model):
    """The payment body has a card that was sent; ``number``: what it gave as its own reference."""

    sending = models.OneToOneField(
        Sending, on_delete=models.CASCADE, primary_key=True, related_name="delivery"
    )
    number = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_card_delivery"
        constraints = [
            models.CheckConstraint(
                condition=~Q(number=""), name="temporary_unemployment_card_delivery_has_number"
            ),
        ]


class Choice(models.Model):
    """What a worker prefers: who pays him, when his work usually begins, his hours.

    ``weekly_minutes``: of his contract; ``daily_minutes``: of a usual day; null: he does not say.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.OneToOneField("persons.Person", on_delete=models.PROTECT, related_name="+")
    body = models.TextField(default="")
    usual_start = models.TimeField()
    weekly_minutes = models.IntegerField(null=True)
    daily_minutes = models.IntegerField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_choice"
        constraints = [
            models.CheckConstraint(
                condition=Q(body__in=["", *(one.value for one in Body)]),
                name="temporary_unemployment_choice_body_known",
            ),
            models.CheckConstraint(
                condition=Q(weekly_minutes__isnull=True)
                | Q(weekly_minutes__gt=0, weekly_minutes__lte=50 * 60),
                name="temporary_unemployment_choice_weekly_possible",
            ),
            models.CheckConstraint(
                condition=Q(daily_minutes__isnull=True)
                | Q(daily_minutes__gt=0, daily_minutes__lte=12 * 60),
                name="temporary_unemployment_choice_daily_possible",
            ),
            models.CheckConstraint(
                condition=Q(weekly_minutes__isnull=True)
                | Q(daily_minutes__isnull=True)
                | Q(daily_minutes__lte=F("weekly_minutes")),
                name="temporary_unemployment_choice_day_in_week",
            ),
        ]


class Reminder(models.Model):
    """A worker was reminded of a card: that its window opened, or that it is still not sent."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    month = models.DateField()
    kind = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_card_reminder"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "employer", "month", "kind"],
                name="temporary_unemployment_card_reminder_once",
            ),
            one_of("temporary_unemployment_card_reminder", "kind", REMINDERS),
            models.CheckConstraint(
                condition=Q(month__day=1), name="temporary_unemployment_card_reminder_of_a_month"
            ),
        ]


class Wrong(models.Model):
    """A worker told his employer that something communicated about him is wrong.

    ``about``: the ticket of the communication; ``text``: his own words.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    about = models.TextField()
    what = models.TextField()
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_wrong"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "about", "what", "text"], name="temporary_unemployment_wrong_once"
            ),
            matches("temporary_unemployment_wrong", "about", _TICKET),
            one_of("temporary_unemployment_wrong", "what", WRONGS),
            models.CheckConstraint(
                condition=~Q(text=""), name="temporary_unemployment_wrong_says_something"
            ),
        ]


class PaperRequest(models.Model):
    """A reasoned request to keep paper cards for some months of the transition.

    ``person``: the worker who asked for himself; null: the employer asked for his workers.
    ``office``: the one that noted it, empty where no office is competent for the registered seat.
    """

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    first_month = models.DateField()
    last_month = models.DateField()
    asked_on = models.DateField()
    reason = models.TextField()
    office = models.TextField(default="")
    noted_by = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "temporary_unemployment_card_request"
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "person", "first_month", "last_month"],
                name="temporary_unemployment_card_request_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(first_month__day=1, last_month__day=1),
                name="temporary_unemployment_card_request_of_months",
            ),
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")),
                name="temporary_unemployment_card_request_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="temporary_unemployment_card_request_reasoned"
            ),
            models.CheckConstraint(
                condition=Q(office__in=["", *OFFICES]),
                name="temporary_unemployment_card_request_office_known",
            ),
        ]
