"""What the e-Box puts on the start page: the tile, and what waits to be read."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.access import front
from guichet.access.front import Home, Task, Tile
from guichet.access.services import Permission
from guichet.access.sessions import Acting
from guichet.ebox import queries
from guichet.ebox.places import place_of


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """For a person, and for who reads the box of an enterprise."""
    if acting.enterprise_number and Permission.EBOX not in acting.rights:
        return Home()
    place = place_of(acting)
    unread = queries.unread(reader=place.reader, now=now) if place.reader else 0
    tile = Tile(
        "e-Box",
        _("Official messages and documents, instead of paper."),
        reverse("ebox:list"),
        "e-Box",
    )
    return Home(tiles=[tile], tasks=[_task(unread)] if unread else [])


def _task(unread: int) -> Task:
    title = ngettext(
        "One message in the e-Box is unread", "%(count)d messages in the e-Box are unread", unread
    )
    return Task(
        title=title % {"count": unread},
        text=_("It counts as received even if nobody opens it. It is deleted when it expires."),
        href=reverse("ebox:list") + "?read=unread",
        action=_("Read it"),
        tone="amber",
    )
