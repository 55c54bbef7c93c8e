"""What the desk of the video interviews puts on the start page of its agents."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.access import front
from guichet.access.front import Home, Task, Tile
from guichet.access.services import Permission
from guichet.access.sessions import Acting
from guichet.backoffice.entering import works_at
from guichet.backoffice.identification import queries


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """The tile, for who has the right; and a task while somebody waits for a slot."""
    if not works_at(Permission.IDENTIFICATION_DESK, acting):
        return Home()
    tile = Tile(
        _("Video interviews, BelgianID"),
        _("Slots, interviews, activation of keys for people from abroad."),
        reverse("identification_desk:queue"),
        _("Interviews"),
    )
    waiting = queries.without_slot(enterprise_number=acting.enterprise_number)
    return Home(tiles=[tile], tasks=[_task(waiting)] if waiting else [])


def _task(waiting: int) -> Task:
    title = ngettext(
        "One request for an interview waits", "%(count)d requests for an interview wait", waiting
    )
    return Task(
        title=title % {"count": waiting},
        text=_("No slot has been proposed yet."),
        href=reverse("identification_desk:queue"),
        action=_("See the requests"),
    )
