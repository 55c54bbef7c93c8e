"""What the desk of the video interviews puts on the start page of its agents."""

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
    if not works_at(Permission.IDENTIFICATION_DESK, acting):
        return Home()
    return Home(
        tiles=[
            Tile(
                _("Video interviews, BelgianID"),
                _("Slots, interviews, activation of keys for people from abroad."),
                reverse("identification_desk:queue"),
                _("Interviews"),
            )
        ]
    )
