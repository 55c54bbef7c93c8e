"""Control cards of the demonstration: Luc sent the one of last month and fills in this month's.

Everything goes through the operations of the service, each at the moment at which he would have
done it. Who has no contract in these months is left alone.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from guichet.audit.actors import Actor
from guichet.demo import people
from guichet.eservices.temporary_unemployment.cards import marking, sending, sheets
from guichet.eservices.temporary_unemployment.cards.bodies import Body
from guichet.eservices.temporary_unemployment.cards.marking import Key, Wanted
from guichet.eservices.temporary_unemployment.cards.models import Card
from guichet.eservices.temporary_unemployment.cards.sending import Told
from guichet.eservices.temporary_unemployment.cards.sheets import Preferred, Sheet
from guichet.kernel.moments import BRUSSELS
from guichet.registers.persons.models import Person
from guichet.rules.temporary_unemployment.card_days import DayState

_WHO: Final = people.LUC
_STARTS: Final = time(7, 0)
_EARLY: Final = time(6, 5)
_LATE: Final = time(9, 20)
_REASON: Final = "De batterij van mijn telefoon was leeg."
# By the order of the days on which something can be marked: what, and when of the day.
_MARKS: Final = (
    (0, DayState.WORK, _EARLY), (1, DayState.WORK, _LATE), (3, DayState.HOLIDAY, _EARLY),
    (5, DayState.INCAPACITY, _LATE), (7, DayState.WORK, _EARLY),
)  # fmt: skip


def furnish(*, today: date, now: datetime) -> None:
    """Both cards, unless he has one."""
    person = Person.objects.filter(niss=_WHO.niss).first()
    if person is None or Card.objects.filter(person=person).exists():
        return
    this = today.replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    if not any(_fullest(month, now) for month in (last, this)):
        return
    actor = Actor("person", _WHO.niss)
    chosen = Preferred(Body.CAPAC.value, _STARTS, 38 * 60, 456)
    sending.choose(person_id=person.pk, chosen=chosen, actor=actor, now=now)
    for month in (last, this):
        found = _fullest(month, now)
        if found is None:
            continue
        key = Key(_WHO.niss, found.employer, month)
        _mark(key, found, actor, now)
        if month == last:
            _send(key, found, actor)


def _fullest(month: date, now: datetime) -> Sheet | None:
    """His card with the most days on which something can be marked."""
    every = sheets.sheets(niss=_WHO.niss, now=now)
    here = [one for one in every if one.month == month and not one.on_paper]
    return max(here, key=lambda one: len(_days(one)), default=None)


def _days(found: Sheet) -> list[date]:
    return [one.day for one in found.days if one.is_applicable and one.is_working]


def _mark(key: Key, found: Sheet, actor: Actor, now: datetime) -> None:
    days = _days(found)
    for at, state, hour in _MARKS:
        if at >= len(days):
            continue
        moment = datetime.combine(days[at], hour, BRUSSELS)
        wanted = Wanted(days[at], state, _STARTS, _REASON if hour is _LATE else "")
        if moment <= now:
            marking.mark(key=key, wanted=wanted, actor=actor, now=moment)


def _send(key: Key, found: Sheet, actor: Actor) -> None:
    moment = datetime.combine(found.window.usual, time(18, 15), BRUSSELS)
    seen = marking.sheet_of(key, moment).seen
    sending.send(key=key, said=Told(seen, Body.CAPAC, "nl"), actor=actor, now=moment)
