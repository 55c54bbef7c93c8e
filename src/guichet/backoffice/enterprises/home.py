"""What the desk for foreign enterprises puts on the start page of its agents."""

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
    if not works_at(Permission.ENTERPRISE_DESK, acting):
        return Home()
    return Home(
        tiles=[
            Tile(
                _("Enterprises from abroad"),
                _("Enterprise number, BIS number of the representative, and the way in."),
                reverse("enterprise_desk:index"),
                _("Registrations"),
            )
        ]
    )
