"""What channels put on the start page: the tile, and certificates that end soon."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.access import front
from guichet.access.chaman import expiry
from guichet.access.chaman.expiry import Ending
from guichet.access.front import Home, Task, Tile
from guichet.access.sessions import Acting
from guichet.platform import wording

_URGENT = 7


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """The part of a manager of channels; nobody else sees any of it."""
    if acting.enterprise_number is None or "chaman" not in acting.rights:
        return Home()
    tile = Tile(
        _("Technical channels, Chaman"),
        _("Let your own software call: certificates, permissions, calls."),
        reverse("chaman:list"),
        _("Technical channels"),
    )
    endings = expiry.endings(now=now, enterprise_number=acting.enterprise_number)
    return Home(tiles=[tile], tasks=[_task(ending, now) for ending in endings])


def _task(ending: Ending, now: datetime) -> Task:
    values = {
        "channel": ending.channel.name,
        "day": wording.day_words(ending.certificate.not_after),
    }
    if ending.certificate.not_after <= now:
        title = _("The certificate of %(channel)s has expired")
        text = _("Since %(day)s your software obtains no token. Add a new certificate.")
    else:
        title = _("The certificate of %(channel)s ends soon")
        text = _("From %(day)s on your software obtains no token. Add a second one before.")
    return Task(
        title=title % values,
        text=text % values,
        href=reverse("chaman:detail", args=[ending.channel.client_id]),
        action=_("Look at the channel"),
        days=ending.days,
        tone="red" if ending.days <= _URGENT else "amber",
    )
