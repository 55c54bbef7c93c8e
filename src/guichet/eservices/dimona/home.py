"""What Dimona puts on the start page of whoever acts for an employer."""

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.access import front
from guichet.access.front import Home, Task, Tile
from guichet.access.services import BY_KEY, Permission
from guichet.access.sessions import Acting
from guichet.eservices.dimona import declared
from guichet.eservices.dimona.pages.asking import may_consult

_LATELY: Final = timedelta(days=7)


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
    is_sure = acting.satisfies(BY_KEY["dimona"].policy)
    may_mend = is_sure and Permission.DIMONA_DECLARE in acting.rights
    return Home(tiles=[tile], tasks=_tasks(acting, now) if may_mend else ())


def _tasks(acting: Acting, now: datetime) -> list[Task]:
    """What was refused lately declares nothing: somebody puts it right."""
    employer = acting.enterprise_number or ""
    count = declared.refused_since(employer=employer, since=now - _LATELY)
    if not count:
        return []
    title = ngettext(
        "One Dimona declaration was refused", "%(count)s Dimona declarations were refused", count
    )
    return [
        Task(
            title % {"count": count},
            _("In the last seven days. It declared nothing: put it right and declare again."),
            f"{reverse('dimona:declarations')}?result=B",
            _("See what was refused"),
            tone="amber",
        )
    ]
