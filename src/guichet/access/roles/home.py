"""What access management puts on the start page: the tile, what waits, what ends soon."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from guichet.access import front
from guichet.access.front import Home, Task, Tile
from guichet.access.roles import queries
from guichet.access.sessions import Acting
from guichet.platform import wording
from guichet.rules.access_management import MANAGEMENT


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """A manager sees what ends soon; anybody what waits for his answer."""
    if MANAGEMENT in acting.rights and acting.enterprise_number:
        return Home(tiles=[_managing(acting.enterprise_number, now)])
    if acting.enterprise_number:
        return Home()
    waiting = [
        one
        for one in queries.own_access(
            person_id=acting.person_id, language=get_language() or "en", now=now
        )
        if one.is_waiting
    ]
    tile = Tile(
        _("My access"),
        _("For which enterprises you may act, and what they offer you."),
        reverse("roles:mine"),
        _("My access"),
    )
    return Home(tiles=[tile], tasks=[_offer(one.name) for one in waiting])


def _managing(number: str, now: datetime) -> Tile:
    ending = [
        cell.last_day
        for row in queries.people(enterprise_number=number, now=now)
        for cell in row.cells
        if cell.ends_soon and cell.last_day
    ]
    text = _("Who may do what, in whose name, and until when.")
    if ending:
        text = ngettext(
            "One access ends on %(day)s.", "%(count)d accesses end from %(day)s on.", len(ending)
        ) % {"count": len(ending), "day": wording.day_words(min(ending))}
    return Tile(_("Access and managers"), text, reverse("roles:grid"), _("Access"))


def _offer(name: str) -> Task:
    return Task(
        title=_("%(name)s offers you access") % {"name": name},
        text=_("Look at what it lets you do, then accept or decline."),
        href=reverse("roles:mine"),
        action=pgettext("to do", "Answer"),
        tone="amber",
    )
