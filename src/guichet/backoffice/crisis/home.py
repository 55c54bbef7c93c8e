"""What the desk of the crisis measures puts on the start page of its agents."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.access import front
from guichet.access.front import Home, Tile
from guichet.access.services import Permission
from guichet.access.sessions import Acting
from guichet.backoffice.entering import works_at


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """A tile for who has the right."""
    if not works_at(Permission.CRISIS_DESK, acting):
        return Home()
    tile = Tile(
        _("Measures in a rush"),
        _("Waive communications for a time, open a queue, or let the service be read only."),
        reverse("crisis_desk:measures"),
        _("Measures in a rush"),
    )
    return Home(tiles=[tile])
