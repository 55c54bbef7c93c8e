"""What career breaks put on the start page of whoever handles them for an enterprise."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.access import front
from guichet.access.front import Home, Task, Tile
from guichet.access.services import Permission
from guichet.access.sessions import Acting
from guichet.eservices.career_break import queries
from guichet.eservices.career_break.models import Notice
from guichet.platform import clock, wording


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """A tile for who has the right, and the notice whose term ends first."""
    if Permission.CAREER_BREAK not in acting.rights:
        return Home()
    tile = Tile(
        _("Career break and time credit"),
        _("Ask for an interruption or a reduction for a worker, and follow it until the decision."),
        reverse("career_break:overview"),
        _("Overview of requests"),
    )
    waiting = [one for one in _waiting(acting) if one.answer_by is not None]
    return Home(tiles=[tile], tasks=[_task(one, clock.today(now)) for one in waiting[:1]])


def _waiting(acting: Acting) -> list[Notice]:
    return queries.notices_to_answer(employer=acting.enterprise_number or "")


def _task(notice: Notice, today: date) -> Task:
    answer_by = notice.answer_by or today
    days = (answer_by - today).days
    return Task(
        _("A worker's notice waits for your answer"),
        _("Without an answer by %(day)s, your silence counts as agreement.")
        % {"day": wording.day_words(answer_by)},
        reverse("career_break:notice", args=[notice.ticket]),
        _("Read the notice"),
        days=days,
        tone="red" if days < 3 else "amber",
    )
