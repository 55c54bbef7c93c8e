"""What temporary unemployment puts on the start page of whoever communicates it."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guichet.access import front
from guichet.access.front import Home, Tile
from guichet.access.services import Permission
from guichet.access.sessions import Acting


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """A tile for who has the right."""
    if Permission.TEMPORARY_UNEMPLOYMENT not in acting.rights:
        return Home()
    tile = Tile(
        _("Temporary unemployment"),
        _("Communicate temporary unemployment to the ONEM, and read its decisions."),
        reverse("temporary_unemployment:overview"),
        pgettext("temporary unemployment", "Overview of communications"),
    )
    return Home(tiles=[tile])
