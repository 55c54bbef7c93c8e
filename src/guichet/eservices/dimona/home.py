"""What Dimona puts on the start page of whoever acts for an employer."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.access import front
from guichet.access.front import Home, Tile
from guichet.access.sessions import Acting
from guichet.eservices.dimona.pages.asking import may_consult


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """A tile for who may look at the personnel file."""
    if not may_consult(acting):
        return Home()
    tile = Tile(
        "Dimona",
        _("The personnel file: every period that was declared, and what became of it."),
        reverse("dimona:personnel"),
        _("Personnel file"),
    )
    return Home(tiles=[tile])
