"""Control cards in the copy of a person's data: marks, sendings, choices, what he found wrong."""

from datetime import datetime

from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.access.privacy.sections import Row, Section, register
from guichet.access.sessions import Acting
from guichet.eservices.temporary_unemployment.cards import words
from guichet.eservices.temporary_unemployment.cards.bodies import Body
from guichet.eservices.temporary_unemployment.cards.models import (
    Choice,
    Mark,
    PaperRequest,
    Sending,
    Wrong,
)
from guichet.registers.persons import queries as persons
from guichet.rules.temporary_unemployment.card_days import DayState


def _marks(acting: Acting, now: datetime) -> list[Row]:
    numbers = persons.numbers_of(niss=acting.niss)
    rows = Mark.objects.filter(card__person__niss__in=numbers).select_related("card__employer")
    return [
        {
            "employer": one.card.employer.number,
            "day": one.day,
            "state": str(words.STATES[DayState(one.state)]),
            "startsAt": f"{one.starts_at:%H:%M}" if one.starts_at else "",
            "reason": one.reason,
            "at": one.marked_at,
        }
        for one in rows.order_by("id")
    ]


def _sendings(acting: Acting, now: datetime) -> list[Row]:
    numbers = persons.numbers_of(niss=acting.niss)
    rows = Sending.objects.filter(card__person__niss__in=numbers).select_related("card__employer")
    return [
        {
            "ticket": one.ticket,
            "employer": one.card.employer.number,
            "month": one.card.month,
            "version": one.version,
            "body": str(words.BODIES[Body(one.body)]),
            "at": one.sent_at,
        }
        for one in rows.order_by("id")
    ]


def _choices(acting: Acting, now: datetime) -> list[Row]:
    rows = Choice.objects.filter(person_id=acting.person_id)
    return [
        {
            "body": str(words.BODIES[Body(one.body)]) if one.body else "",
            "startsAt": f"{one.usual_start:%H:%M}",
            "weeklyMinutes": one.weekly_minutes,
            "dailyMinutes": one.daily_minutes,
        }
        for one in rows
    ]


def _wrongs(acting: Acting, now: datetime) -> list[Row]:
    rows = Wrong.objects.filter(person_id=acting.person_id).order_by("id")
    return [
        {
            "ticket": one.about,
            "what": str(words.WRONGS[one.what]),
            "text": one.text,
            "at": one.at,
        }
        for one in rows
    ]


def _requests(acting: Acting, now: datetime) -> list[Row]:
    numbers = persons.numbers_of(niss=acting.niss)
    rows = PaperRequest.objects.filter(person__niss__in=numbers).select_related("employer")
    return [
        {
            "employer": one.employer.number,
            "firstMonth": one.first_month,
            "lastMonth": one.last_month,
            "askedOn": one.asked_on,
            "reason": one.reason,
            "at": one.noted_at,
        }
        for one in rows.order_by("id")
    ]


_EMPLOYER = gettext_lazy("Employer")
_TICKET = gettext_lazy("Ticket number")
_MOMENT = gettext_lazy("Moment")
register(
    Section(
        "controlCardMarks",
        gettext_lazy("Days marked on control cards"),
        {
            "employer": _EMPLOYER,
            "day": gettext_lazy("Day"),
            "state": gettext_lazy("What was marked"),
            "startsAt": gettext_lazy("Work begins"),
            "reason": gettext_lazy("Reason"),
            "at": _MOMENT,
        },
        _marks,
    )
)
register(
    Section(
        "controlCards",
        gettext_lazy("Control cards that were sent"),
        {
            "ticket": _TICKET,
            "employer": _EMPLOYER,
            "month": pgettext_lazy("of a control card", "Month"),
            "version": gettext_lazy("Version"),
            "body": gettext_lazy("Payment body"),
            "at": _MOMENT,
        },
        _sendings,
    )
)
register(
    Section(
        "controlCardChoices",
        gettext_lazy("Choices for control cards"),
        {
            "body": gettext_lazy("Payment body"),
            "startsAt": gettext_lazy("Work begins"),
            "weeklyMinutes": gettext_lazy("Minutes a week"),
            "dailyMinutes": gettext_lazy("Minutes of a usual day"),
        },
        _choices,
    )
)
register(
    Section(
        "temporaryUnemploymentWrong",
        gettext_lazy("Reports about communications of temporary unemployment"),
        {
            "ticket": _TICKET,
            "what": gettext_lazy("Kind"),
            "text": gettext_lazy("Text"),
            "at": _MOMENT,
        },
        _wrongs,
    )
)
register(
    Section(
        "controlCardRequests",
        gettext_lazy("Requests to keep the control card on paper"),
        {
            "employer": _EMPLOYER,
            "firstMonth": gettext_lazy("First month"),
            "lastMonth": gettext_lazy("Last month"),
            "askedOn": gettext_lazy("Asked on"),
            "reason": gettext_lazy("Reason"),
            "at": _MOMENT,
        },
        _requests,
    )
)
