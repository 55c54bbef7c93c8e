"""What the desk puts on the start page of its people: the queue, with how many wait."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.access import front
from guichet.access.counter import answering
from guichet.access.front import Home, Task, Tile
from guichet.access.services import Permission
from guichet.access.sessions import Acting
from guichet.backoffice.entering import works_at
from guichet.rules.questions import State


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """The part of somebody at the desk of an institution; nobody else sees any of it.

    While questions wait for anybody, they are a task too: the page says that something waits.
    """
    if not works_at(Permission.CONTACT_DESK, acting) or acting.enterprise_number is None:
        return Home()
    counts = answering.counts(institution_number=acting.enterprise_number)
    waiting = counts.get(State.NEW, 0)
    text = ngettext("%(count)d question waits.", "%(count)d questions wait.", waiting)
    tile = Tile(
        _("Questions of the public"),
        text % {"count": waiting},
        reverse("desk:queue"),
        _("Questions"),
    )
    return Home(tiles=[tile], tasks=[_task(waiting)] if waiting else [])


def _task(waiting: int) -> Task:
    title = ngettext("One question waits", "%(count)d questions wait", waiting)
    return Task(
        title=title % {"count": waiting},
        text=_("Asked by the public; nobody has taken it yet."),
        href=reverse("desk:queue"),
        action=_("See the questions"),
    )
