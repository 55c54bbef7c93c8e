"""Holidays, on which no day of a time limit runs, and planned interruptions."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guichet.access.counter import board
from guichet.access.dates import Dated, register
from guichet.access.sessions import Acting
from guichet.platform import clock, wording
from guichet.rules.calendar import legal_holidays


@register
def holidays(acting: Acting, first: date, last: date, now: datetime) -> Iterator[Dated]:
    """The legal holidays of the time that is shown."""
    for year in range(first.year, last.year + 1):
        for one in legal_holidays(year):
            name = one.holiday.label.in_language(get_language() or "en")
            yield Dated(one.day, name, _("Legal holiday: it is no working day in a time limit."))


@register
def interruptions(acting: Acting, first: date, last: date, now: datetime) -> Iterator[Dated]:
    """What institutions announced."""
    for one in board.planned(now=now):
        day = max(clock.today(one.begins_at), first)
        text = one.text_here or _("From %(begin)s.") % {"begin": wording.moment(one.begins_at)}
        yield Dated(day, one.title_here, text)
