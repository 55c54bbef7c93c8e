"""Communications of temporary unemployment in the copy of the data of a worker named in them.

The file in which one came names others too and is not his: its ticket stands here.
"""

from datetime import date, datetime

from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.access.privacy.sections import Row, Section, register
from guichet.access.sessions import Acting
from guichet.eservices.temporary_unemployment import queries, words
from guichet.eservices.temporary_unemployment.models import Line
from guichet.platform import clock
from guichet.registers.persons import queries as persons


def _lines(acting: Acting, now: datetime) -> list[Row]:
    numbers, today = persons.numbers_of(niss=acting.niss), clock.today(now)
    rows = Line.objects.filter(niss__in=numbers).select_related("communication__employer")
    return [_row(one, today) for one in rows.order_by("id")]


def _row(one: Line, today: date) -> Row:
    told = one.communication
    return {
        "ticket": told.ticket,
        "employer": told.employer.number,
        "kind": words.kind(told.kind),
        "reason": words.reason(told.reason),
        "state": words.state(queries.shown_state(told, today=today).value),
        "firstEffectiveDay": one.first_day,
        "firstDay": told.first_day,
        "lastDay": told.last_day,
        "section": one.section or told.section,
        "workplace": one.workplace or told.workplace,
        "circumstances": one.circumstances,
        "channel": words.channel(told.channel),
        "file": told.file,
        "at": told.received_at,
    }


register(
    Section(
        "temporaryUnemployment",
        gettext_lazy("Communications of temporary unemployment that name you"),
        {
            "ticket": gettext_lazy("Ticket number"),
            "employer": gettext_lazy("Employer"),
            "kind": gettext_lazy("Kind"),
            "reason": gettext_lazy("Reason"),
            "state": pgettext_lazy("of a communication", "State"),
            "firstEffectiveDay": gettext_lazy("First effective day"),
            "firstDay": gettext_lazy("First day"),
            "lastDay": gettext_lazy("Last day"),
            "section": gettext_lazy("Section"),
            "workplace": gettext_lazy("Place of work"),
            "circumstances": gettext_lazy("Circumstances"),
            "channel": gettext_lazy("Channel"),
            "file": gettext_lazy("Ticket of the file"),
            "at": gettext_lazy("Moment"),
        },
        _lines,
    )
)
