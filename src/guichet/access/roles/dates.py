"""Rights that end, for the calendar of a manager."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.access.dates import Dated, register
from guichet.access.roles import queries
from guichet.access.sessions import Acting
from guichet.rules.access_management import MANAGEMENT


@register
def ends(acting: Acting, first: date, last: date, now: datetime) -> Iterator[Dated]:
    """The days on which users lose an access, without their names."""
    if MANAGEMENT not in acting.rights or acting.enterprise_number is None:
        return
    rows = queries.people(enterprise_number=acting.enterprise_number, now=now)
    days = Counter(cell.last_day for row in rows for cell in row.cells if cell.last_day)
    for day, count in days.items():
        title = ngettext("One access ends", "%(count)d accesses end", count) % {"count": count}
        text = _("It is the last day. Extend what is still needed.")
        yield Dated(day, title, text, reverse("roles:grid"), "amber")
