"""What a worker's career breaks put on his start page."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.access import front
from guichet.access.front import Home, Task, Tile
from guichet.access.sessions import Acting
from guichet.eservices.career_break import words
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.worker import reading
from guichet.platform import clock, wording
from guichet.rules.career_break import filing


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """A tile for who acts for himself, and what waits for him, the soonest start first."""
    if acting.enterprise_number is not None:
        return Home()
    tile = Tile(
        _("Career break and time credit"),
        _("Complete a request, follow it until the decision, report a change."),
        reverse("career_break_mine:home"),
        _("My career break"),
    )
    rows = reading.to_complete(niss=acting.niss)
    return Home(tiles=[tile], tasks=[_task(row, now) for row in rows[:3]])


def _task(row: Request, now: datetime) -> Task:
    until = filing.last_day_for_whole_allowance(row.first_day)
    days = filing.days_left(row.first_day, on=clock.today(now))
    if days:
        text = _("For an allowance from the first day, complete your part by %(day)s.")
        text %= {"day": wording.day_words(until)}
    else:
        text = _("The allowance begins on the day on which everything is at ONEM.")
    title = _("Your employer filed a request: %(leave)s") % {"leave": words.LEAVES[row.leave]}
    return Task(
        title, text, reverse("career_break_mine:file", args=[row.ticket]), _("Complete my part"),
        days=days, tone="amber" if days > 14 else "red",
    )  # fmt: skip
