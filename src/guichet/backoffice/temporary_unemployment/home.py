"""What the desk of temporary unemployment puts on the start page of its officers."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.access import front
from guichet.access.front import Home, Task, Tile
from guichet.access.services import Permission
from guichet.access.sessions import Acting
from guichet.backoffice.entering import works_at
from guichet.backoffice.temporary_unemployment.entrance import RIGHTS
from guichet.eservices.temporary_unemployment.office import officers, queries
from guichet.platform import clock, wording


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """The tile, for who has one of the rights; a task for communications to take."""
    if not any(works_at(one, acting) for one in RIGHTS):
        return Home()
    tile = Tile(
        _("Communications of temporary unemployment"),
        _("What employers told, what the rules say of it, and the decision."),
        reverse("temporary_unemployment_desk:queue"),
        _("Communications of temporary unemployment"),
    )
    return Home(tiles=[tile], tasks=_to_take(acting, now))


def _to_take(acting: Acting, now: datetime) -> list[Task]:
    if Permission.TEMPORARY_UNEMPLOYMENT_DESK not in acting.rights:
        return []
    known = officers.officer(
        actor=acting.actor, person_id=acting.person_id, may_decide=True, may_sign=False
    )
    count, first = queries.waiting(known.offices)
    if first is None:
        return []
    age = (clock.today(now) - clock.today(first)).days
    title = ngettext(
        "One communication is to be taken", "%(count)d communications are to be taken", count
    )
    task = Task(
        title=title % {"count": count},
        text=_("The first one waits since %(day)s.") % {"day": wording.day_words(first)},
        href=reverse("temporary_unemployment_desk:queue"),
        action=_("See the communications"),
        days=max(0, queries.TARGET_DAYS - age),
        tone="red" if age > queries.TARGET_DAYS else "amber",
    )
    return [task]
