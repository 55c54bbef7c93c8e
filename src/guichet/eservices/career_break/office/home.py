"""What the office asks, on the start page of whom it asks."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guichet.access import front
from guichet.access.front import Home, Task
from guichet.access.services import Permission
from guichet.access.sessions import Acting
from guichet.eservices.career_break.office import queries
from guichet.eservices.career_break.office.models import Question
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock, wording


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """Open questions to the worker himself, or to the employer for whom he handles breaks."""
    if acting.enterprise_number is None:
        found = queries.open_questions(niss=acting.niss)
        return Home(tasks=[_task(one, "career_break_questions:question", now) for one in found[:3]])
    if Permission.CAREER_BREAK not in acting.rights:
        return Home()
    found = queries.open_questions(employer=acting.enterprise_number)
    place = "career_break_questions:of-employer"
    return Home(tasks=[_task(one, place, now) for one in found[:3]])


def _task(asked: Question, place: str, now: datetime) -> Task:
    days = (asked.answer_by - clock.today(now)).days
    number = TicketNumber(asked.request.ticket).formatted()
    return Task(
        _("ONEM asks something about request %(number)s") % {"number": number},
        _("Answer by %(day)s.") % {"day": wording.day_words(asked.answer_by)},
        reverse(place, args=[asked.pk]),
        pgettext("to do", "Answer"),
        days=max(0, days),
        tone="red" if days < 7 else "amber",
    )
