"""What the counter puts on the start page: answers of the last days."""

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.access import front
from guichet.access.counter import asking
from guichet.access.front import Home, Task, Tile
from guichet.access.sessions import Acting

_RECENT: Final = timedelta(days=7)


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """A task while an answer is new; for an enterprise its dates besides."""
    tiles = [_dates()] if acting.enterprise_number else []
    count = asking.answers_since(person_id=acting.person_id, since=now - _RECENT)
    if not count:
        return Home(tiles=tiles)
    title = ngettext(
        "Your question has an answer", "%(count)d of your questions have an answer", count
    )
    task = Task(
        title=title % {"count": count},
        text=_("Answered in the last seven days."),
        href=reverse("counter:mine"),
        action=_("Read the answer"),
    )
    return Home(tasks=[task], tiles=tiles)


def _dates() -> Tile:
    return Tile(
        _("Dates that matter to you"),
        _("What ends, begins or is closed, month by month."),
        reverse("counter:dates"),
        _("Dates"),
    )
