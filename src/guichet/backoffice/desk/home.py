"""What the desk puts on the start page of its people: the queue, with how many wait."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.access import front
from guichet.access.counter import answering
from guichet.access.front import Home, Tile
from guichet.access.services import Permission
from guichet.access.sessions import Acting
from guichet.backoffice.desk.entering import INSTITUTION
from guichet.rules.questions import State


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """The part of somebody at the desk of an institution; nobody else sees any of it."""
    is_at_the_desk = Permission.CONTACT_DESK in acting.rights and acting.quality == INSTITUTION
    if not is_at_the_desk or acting.enterprise_number is None:
        return Home()
    counts = answering.counts(institution_number=acting.enterprise_number)
    waiting = counts.get(State.NEW, 0)
    text = ngettext("%(count)d question waits.", "%(count)d questions wait.", waiting)
    tile = Tile(
        _("Questions of the public"),
        text % {"count": waiting},
        reverse("desk:queue"),
        _("Questions"),
    )
    return Home(tiles=[tile])
