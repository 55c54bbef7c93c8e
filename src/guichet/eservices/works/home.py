"""What declarations of works put on the start page of whoever may declare them."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.access import front
from guichet.access.front import Home, Tile
from guichet.access.services import Permission
from guichet.access.sessions import Acting


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """A tile for who has the right."""
    if Permission.WORKS not in acting.rights:
        return Home()
    tile = Tile(
        _("Declaration of works"),
        _("Declare works, places and subcontractors; posters for your sites."),
        reverse("works:list"),
        _("Declarations of works"),
    )
    return Home(tiles=[tile])
