"""What the desk of the corrections puts on the start page of its agents."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.access import front
from guichet.access.front import Home, Task, Tile
from guichet.access.services import Permission
from guichet.access.sessions import Acting
from guichet.backoffice.entering import works_at
from guichet.eservices.presence.corrections import cases
from guichet.platform import clock, wording


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """The tile, for who has the right; and a task while requests are open."""
    if not works_at(Permission.CORRECTION_DESK, acting):
        return Home()
    tile = Tile(
        _("Corrections of presences"),
        _("Requests of employers and of self-employed people, with their documents."),
        reverse("correction_desk:queue"),
        _("Corrections of presences"),
    )
    count, first = cases.waiting()
    if first is None:
        return Home(tiles=[tile])
    title = ngettext(
        "One request for a correction is open",
        "%(count)d requests for a correction are open",
        count,
    )
    task = Task(
        title=title % {"count": count},
        text=_("The first one could be asked until %(day)s.") % {"day": wording.day_words(first)},
        href=reverse("correction_desk:queue"),
        action=_("See the requests"),
        days=max(0, (first - clock.today(now)).days),
    )
    return Home(tiles=[tile], tasks=[task])
