"""What Interim@Work puts on the start page of a worker: the next relation, or what is late."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.access import front
from guichet.access.front import Home, Tile
from guichet.access.sessions import Acting


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """A tile for who acts for himself."""
    if acting.enterprise_number is not None:
        return Home()
    tile = Tile(
        _("Interim@Work"),
        _("What temp agencies declared for you, in a calendar or a list."),
        reverse("interim:year"),
        _("My relations"),
    )
    return Home(tiles=[tile])
