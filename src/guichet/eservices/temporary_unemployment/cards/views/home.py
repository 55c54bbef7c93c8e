"""My temporary unemployment: the cards that wait, those that were sent, what was communicated."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment import words as of_core
from guichet.eservices.temporary_unemployment.cards import sheets, told
from guichet.eservices.temporary_unemployment.cards.told import Told
from guichet.eservices.temporary_unemployment.cards.views import showing
from guichet.eservices.temporary_unemployment.cards.views.showing import worker
from guichet.platform import clock
from guichet.rules.temporary_unemployment.card_sending import State

# From the month after next back to half a year ago.
_AHEAD: Final = 2
_BACK: Final = 6


@require_GET
@worker
def home(request: ActingRequest) -> HttpResponse:
    """Cards by what they wait for, the oldest first: it is the one to send."""
    showing.noted(request, showing.MINE)
    now = clock.now()
    today = clock.today(now)
    found = sheets.sheets(niss=request.acting.niss, now=now)
    months = list(_months(today.replace(day=1)))
    last = (months[0] + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    news = told.about(niss=request.acting.niss, first=months[-1], last=last, today=today)
    context = {
        "to_fill": [one for one in reversed(found) if one.is_wanted and one.state != State.SENT],
        "sent": [one for one in found if one.state == State.SENT],
        "others": [one for one in found if not one.is_wanted and not one.on_paper],
        "paper": [one for one in found if one.on_paper],
        "chosen": sheets.preferred(person_id=request.acting.person_id),
        "news": list(_by_month(news, months)),
        "core": of_core,
    }
    return showing.show(request, "home.html", context)


def _by_month(
    news: Iterable[Told], months: Iterable[date]
) -> Iterator[tuple[date, str, list[Told]]]:
    """Month, employer and what was communicated for it, the latest month first."""
    found = list(news)
    for month in months:
        here = [one for one in found if told.touches(one, month)]
        for employer in dict.fromkeys(one.employer for one in here):
            yield month, employer, [one for one in here if one.employer == employer]


def _months(this: date) -> Iterator[date]:
    index = this.year * 12 + this.month - 1
    for each in range(index + _AHEAD, index - _BACK - 1, -1):
        yield date(each // 12, each % 12 + 1, 1)
