"""What notices put on the start page: of the worker who sent one, and of the employer."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.access import front
from guichet.access.front import Home, Task, Tile
from guichet.access.services import Permission
from guichet.access.sessions import Acting
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.notices import queries, standing
from guichet.eservices.career_break.queries import notices_to_answer
from guichet.platform import clock, wording
from guichet.rules.career_break.states import NoticeState


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """For an employer, what waits for him; for who acts for himself, a tile and what he decides."""
    today = clock.today(now)
    if acting.enterprise_number is None:
        return _of_worker(acting, today)
    if Permission.CAREER_BREAK not in acting.rights:
        return Home()
    employer = acting.enterprise_number
    waiting = [one for one in notices_to_answer(employer=employer, today=today) if one.answer_by]
    tasks = [_to_answer(one, today) for one in waiting[:1]]
    tasks += [_to_file(one) for one in queries.to_file(employer=employer, today=today)[:1]]
    return Home(tasks=tasks)


def _of_worker(acting: Acting, today: date) -> Home:
    tile = Tile(
        _("Notify my employer"),
        _("Tell your employer in writing that you want a time credit or a leave."),
        reverse("career_break_notices:list"),
        _("My notices"),
    )
    postponed = [
        one for one in queries.mine(person_id=acting.person_id)
        if standing.state_of(one, today=today) is NoticeState.POSTPONED
    ]  # fmt: skip
    return Home(tiles=[tile], tasks=[_to_agree(one, today) for one in postponed[:1]])


def _to_answer(notice: Notice, today: date) -> Task:
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


def _to_file(notice: Notice) -> Task:
    return Task(
        _("A leave is agreed: make the request"),
        _("It begins on %(day)s. The worker can complete his part after yours.")
        % {"day": wording.day_words(notice.first_day)},
        reverse("career_break:notice", args=[notice.ticket]),
        _("Make the request"),
    )


def _to_agree(notice: Notice, today: date) -> Task:
    days = (notice.first_day - today).days
    return Task(
        _("Your employer postponed your leave"),
        _("If you say nothing, it begins on %(day)s.")
        % {"day": wording.day_words(notice.first_day)},
        reverse("career_break_notices:detail", args=[notice.ticket]),
        _("Agree or renounce"),
        days=days,
        tone="red" if days < 3 else "amber",
    )
