"""What Interim@Work puts on the start page: of a worker, and of an agency that has reports."""

from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from guichet.access import front
from guichet.access.front import Home, Task, Tile
from guichet.access.sessions import Acting
from guichet.eservices.interim.reports import reading
from guichet.eservices.interim.reports.rights import may_read
from guichet.platform import clock

_AGENCY: Final = "temp_agency"


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """A tile for who acts for himself; for a temp agency, what waits for its answer."""
    if acting.enterprise_number is not None:
        is_agency = acting.quality == _AGENCY and may_read(acting)
        return _of_agency(acting.enterprise_number, now) if is_agency else Home()
    tile = Tile(
        _("Interim@Work"),
        _("What temp agencies declared for you, in a calendar or a list."),
        reverse("interim:year"),
        _("My relations"),
    )
    return Home(tiles=[tile])


def _of_agency(number: str, now: datetime) -> Home:
    place = reverse("interim:agency")
    tile = Tile(
        _("Interim@Work"),
        _("What your temporary workers report about their declarations."),
        place,
        _("Reports of workers"),
    )
    count, late = reading.waiting(agency=number, today=clock.today(now))
    if not count:
        return Home(tiles=[tile])
    said = ngettext(
        "%(count)d report of a worker waits for your answer",
        "%(count)d reports of workers wait for your answer",
        count,
    ) % {"count": count}
    text = ngettext(
        "%(count)d of them is past its date.", "%(count)d of them are past their date.", late
    ) % {"count": late}
    told = text if late else _("None of them is past its date.")
    task = Task(said, told, place, pgettext("to do", "Answer"), tone="red" if late else "amber")
    return Home(tiles=[tile], tasks=[task])
