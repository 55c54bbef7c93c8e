"""What the inspection puts on the start page of its inspectors."""

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
    """The tile, for who has the right."""
    if not works_at(Permission.INSPECTION, acting):
        return Home()
    tile = Tile(
        _("Inspection of presences"),
        _("Sites on the map, signals with their evidence, searches with a purpose."),
        reverse("inspection:board"),
        _("Inspection"),
    )
    return Home(tiles=[tile])
