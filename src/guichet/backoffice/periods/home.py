"""What the desk of the Dimona periods puts on the start page of its agents."""

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
    if not works_at(Permission.DIMONA_DESK, acting):
        return Home()
    tile = Tile(
        _("Dimona periods"),
        _("Take a period over, so that its employer cannot act on it, and give it back."),
        reverse("period_desk:index"),
        _("Dimona periods"),
    )
    return Home(tiles=[tile])
