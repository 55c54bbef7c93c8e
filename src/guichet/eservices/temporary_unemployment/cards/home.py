"""What a worker's control cards put on his start page: the next thing to do, and until when."""

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guichet.access import front
from guichet.access.front import Home, Task, Tile
from guichet.access.sessions import Acting
from guichet.eservices.temporary_unemployment.cards import sheets, telling
from guichet.eservices.temporary_unemployment.cards.sheets import Sheet
from guichet.platform import clock, wording
from guichet.rules.temporary_unemployment.card_sending import State

_ONE_DAY: Final = timedelta(days=1)
_MOST: Final = 3


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """A tile for who is employed in these months, and the cards that wait, the oldest first.

    Who was told by word of mouth that there is no work finds his card as well.
    """
    if acting.enterprise_number is not None:
        return Home()
    found = [one for one in sheets.sheets(niss=acting.niss, now=now) if not one.on_paper]
    if not found:
        return Home()
    tile = Tile(
        _("Temporary unemployment"),
        _("Your control card, and what your employers communicated about you."),
        reverse("temporary_unemployment_mine:home"),
        _("My control card"),
    )
    waiting = [one for one in reversed(found) if one.is_wanted and one.state is not State.SENT]
    # Who never touched the card of a month that is over had no day without work in it.
    this_month = clock.today(now).replace(day=1)
    waiting = [one for one in waiting if one.month == this_month or one.has_row or one.is_told]
    # Who may hold it on paper and opened none here is not pressed to.
    waiting = [one for one in waiting if one.has_row or not one.may_be_paper]
    return Home(tiles=[tile], tasks=[_task(one, now) for one in waiting[:_MOST]])


def _task(one: Sheet, now: datetime) -> Task:
    today, opens = clock.today(now), one.window.usual
    named = {
        "month": f"{wording.month_name(one.month)} {one.month.year}",
        "firm": telling.firm(one.employer, _language()),
        "day": wording.long_day(opens, year=False),
    }
    arguments = [one.employer, one.month.year, one.month.month]
    card = reverse("temporary_unemployment_mine:card", args=arguments)
    if today < opens:
        title = _("Control card of %(month)s: mark work before you begin") % named
        text = _("%(firm)s. To be sent from %(day)s on.") % named
        return Task(title, text, card, _("Open the card"), days=(opens - today) // _ONE_DAY)
    is_over = today.replace(day=1) > one.month
    title = _("Send your control card of %(month)s") % named
    text = _("%(firm)s. Without the card nobody pays you.") % named
    place = reverse("temporary_unemployment_mine:send", args=arguments)
    return Task(title, text, place, _("Look and send"), tone="red" if is_over else "amber")


def _language() -> str:
    return (get_language() or "en").partition("-")[0]
