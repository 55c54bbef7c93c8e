"""What the desk of career breaks puts on the start page of its officers."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.access import front
from guichet.access.front import Home, Task, Tile
from guichet.access.services import Permission
from guichet.access.sessions import Acting
from guichet.backoffice.career_breaks.entrance import RIGHTS
from guichet.backoffice.entering import works_at
from guichet.eservices.career_break.office import officers, queries
from guichet.platform import clock, wording


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """The tile, for who has one of the rights; tasks for files to take and decisions to sign."""
    if not any(works_at(one, acting) for one in RIGHTS):
        return Home()
    tile = Tile(
        _("Files of career breaks"),
        _("Both parts of each request, what the law says of it, and the decision."),
        reverse("career_break_desk:queue"),
        _("Files of career breaks"),
    )
    return Home(tiles=[tile], tasks=[*_to_take(acting, now), *_to_sign(acting)])


def _to_take(acting: Acting, now: datetime) -> list[Task]:
    if Permission.CAREER_BREAK_DESK not in acting.rights:
        return []
    count, first = queries.waiting(_offices(acting))
    if first is None:
        return []
    title = ngettext("One file is to be taken", "%(count)d files are to be taken", count)
    age = (clock.today(now) - clock.today(first)).days
    task = Task(
        title=title % {"count": count},
        text=_("The first one is complete since %(day)s.") % {"day": wording.day_words(first)},
        href=reverse("career_break_desk:queue"),
        action=_("See the files"),
        days=max(0, 30 - age),
        tone="red" if age > 30 else "amber",
    )
    return [task]


def _to_sign(acting: Acting) -> list[Task]:
    if Permission.CAREER_BREAK_SIGN not in acting.rights:
        return []
    count = len(queries.to_sign(_offices(acting), but=acting.person_id))
    if not count:
        return []
    title = ngettext("One decision waits for your signature",
                     "%(count)d decisions wait for your signature", count)  # fmt: skip
    task = Task(
        title=title % {"count": count},
        text=_("A decision that differs from the rules is signed by two."),
        href=reverse("career_break_desk:signatures"),
        action=_("See the decisions"),
        tone="amber",
    )
    return [task]


def _offices(acting: Acting) -> frozenset[str]:
    return officers.officer(
        actor=acting.actor, person_id=acting.person_id, may_decide=True, may_sign=True
    ).offices
