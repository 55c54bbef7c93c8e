"""What Limosa declarations put on the start page of whoever may make them for an enterprise."""

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
    if Permission.LIMOSA not in acting.rights:
        return Home()
    tile = Tile(
        "Limosa",
        _("Declare who comes from abroad to work in Belgium for a time; the L1 with its QR code."),
        reverse("limosa:list"),
        _("Limosa declarations"),
    )
    return Home(tiles=[tile])
