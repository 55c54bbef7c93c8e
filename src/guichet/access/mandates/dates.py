"""First and last days of mandates, for the calendar of both parties."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.access.dates import Dated, register
from guichet.access.mandates import queries
from guichet.access.mandates.door import PERMISSIONS
from guichet.access.services import PROVIDER
from guichet.access.sessions import Acting
from guichet.rules.mandates import Side


@register
def quarters(acting: Acting, first: date, last: date, now: datetime) -> Iterator[Dated]:
    """When a mandate begins and when it ends."""
    if acting.enterprise_number is None or not acting.rights & PERMISSIONS:
        return
    side = Side.MANDATARY if acting.quality == PROVIDER else Side.MANDATOR
    changing = queries.changing_soon(
        number=acting.enterprise_number, side=side, first=first, now=now
    )
    for one in changing:
        values, place = {"name": one.other_name}, reverse("mandates:detail", args=[one.id])
        if one.starts_later:
            title = _("The mandate with %(name)s begins") % values
            yield Dated(one.first.first_day, title, "", place)
        if one.last:
            title = _("The mandate with %(name)s ends") % values
            text = _("From the next day on nobody acts by it.")
            yield Dated(one.last.last_day, title, text, place, "amber")
