"""What mandates put on the start page: the tile, and what waits for a signature."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.access import front
from guichet.access.front import Home, Task, Tile
from guichet.access.mandates import queries
from guichet.access.mandates.door import PERMISSIONS
from guichet.access.mandates.queries import MandateRow
from guichet.access.sessions import Acting
from guichet.platform import clock


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """For who manages mandates, the tile; for a representative as himself, what waits."""
    if acting.enterprise_number is None:
        numbers = queries.represented(niss=acting.niss, on=clock.today(now))
        if not numbers:
            return Home()
        return Home(tasks=[_task(row) for row in queries.waiting(numbers=numbers, now=now)])
    if not acting.rights & PERMISSIONS:
        return Home()
    rows = queries.waiting(numbers=[acting.enterprise_number], now=now)
    tile = Tile(
        _("Mandates"),
        _("Who may act for whom, for what and in which quarters."),
        reverse("mandates:list"),
        _("Mandates"),
    )
    return Home(tiles=[tile], tasks=[_task(row) for row in rows])


def _task(row: MandateRow) -> Task:
    return Task(
        title=_("A mandate with %(name)s waits for a signature") % {"name": row.other_name},
        text=_("For %(name)s. Read what it lets the mandatary do, then sign or refuse.")
        % {"name": row.own_name},
        href=reverse("mandates:detail", args=[row.id]),
        action=_("Look at it"),
        tone="amber",
    )
