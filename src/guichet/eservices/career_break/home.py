"""What career breaks put on the start page of whoever handles them for an enterprise.

What waits for an answer is told by `notices`.
"""

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
    if Permission.CAREER_BREAK not in acting.rights:
        return Home()
    tile = Tile(
        _("Career break and time credit"),
        _("Ask for an interruption or a reduction for a worker, and follow it until the decision."),
        reverse("career_break:overview"),
        _("Overview of requests"),
    )
    return Home(tiles=[tile])
