"""Reminders of cards: when the window opens, and when a month is over and its card is not sent.

Who began a card is reminded, and of whom the employer communicated something.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import override

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.eservices.temporary_unemployment.cards import sheets, telling, told
from guichet.eservices.temporary_unemployment.cards.models import Card, Reminder
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person
from guichet.rules.temporary_unemployment.card_sending import State, window

ACTOR: Final[Actor] = system("temporaryUnemployment.reminders")
# So many days into the next month a card that is not sent is called to mind once more.
_UNSENT_AFTER: Final = 5


def remind(*, now: datetime) -> int:
    """Remind each worker of each card, once for each kind; how many."""
    today = clock.today(now)
    return sum(_of_month(month, today, now) for month in _months(today))


def kind_due(*, month: date, today: date) -> str:
    """What is called to mind of the card of a month on a day; empty: nothing yet."""
    following = (month + timedelta(days=31)).replace(day=1)
    if today >= following + timedelta(days=_UNSENT_AFTER - 1):
        return "unsent"
    return "window" if today >= window(month).usual else ""


def _months(today: date) -> tuple[date, date]:
    this = today.replace(day=1)
    return (this - timedelta(days=1)).replace(day=1), this


def _of_month(month: date, today: date, now: datetime) -> int:
    kind = kind_due(month=month, today=today)
    if not kind:
        return 0
    cards = Card.objects.filter(month=month).values_list("person", "employer__number", "state")
    known = {(person, employer): state for person, employer, state in cards}
    wanted = {key for key, state in known.items() if state == State.OPEN.value}
    wanted |= told.workers(month=month) - known.keys()
    done = Reminder.objects.filter(month=month, kind=kind)
    wanted -= set(done.values_list("person", "employer__number"))
    return sum(_reminded(person, employer, month, kind, now) for person, employer in sorted(wanted))


def _reminded(person_id: int, employer: str, month: date, kind: str, now: datetime) -> bool:
    with transaction(actor=ACTOR):
        # Held until the end: the reminder of a worker who sends at this moment waits for him.
        cards = Card.objects.select_for_update(of=("self",))
        card = cards.filter(person=person_id, employer__number=employer, month=month).first()
        if card is not None and card.state != State.OPEN.value:
            return False
        person = Person.objects.get(pk=person_id)
        if card is None and _is_on_paper(person, employer, month, now):
            return False
        _row, is_new = Reminder.objects.get_or_create(
            person=person, employer=telling.enterprise(employer), month=month, kind=kind,
            defaults={"at": now},
        )  # fmt: skip
        if not is_new:
            return False
        with override(person.language):
            telling.reminded(
                person, employer=employer, month=month, kind=kind,
                place=telling.place_of(employer, month), now=now,
            )  # fmt: skip
        trail.record(
            action="temporaryUnemployment.card.reminded", actor=ACTOR,
            target=f"{employer}/{month:%Y-%m}", now=now, detail={"kind": kind},
        )  # fmt: skip
    return True


def _is_on_paper(person: Person, employer: str, month: date, now: datetime) -> bool:
    """Whether somebody who opened no card here holds one on paper, as far as is known."""
    found = sheets.sheet(niss=person.niss, employer=employer, month=month, now=now)
    return found is not None and (found.on_paper or found.may_be_paper)
