"""Who decides on temporary unemployment in the demonstration, and one decision of theirs.

Officer and team leader work for every office; what stands already is left as it is.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from guichet.audit.actors import Actor, system
from guichet.demo import people
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.eservices.temporary_unemployment.office import deciding, judging, nights, officers
from guichet.eservices.temporary_unemployment.office.models import Decision, Post
from guichet.platform import clock
from guichet.registers.persons.models import Person
from guichet.rules.temporary_unemployment.kinds import Kind
from guichet.rules.temporary_unemployment.offices import OFFICES
from guichet.rules.temporary_unemployment.states import State

ACTOR: Final[Actor] = system("demo")
_TAKEN: Final = timedelta(days=1)
_DECIDED: Final = timedelta(days=2)
_NIGHT: Final = time(2)


def furnish(*, now: datetime) -> None:
    """The offices of the officer and of the team leader, unless they have them."""
    for known in (people.ODILE, people.KAREL):
        if not Person.objects.filter(niss=known.niss).exists():
            continue
        if Post.objects.filter(person__niss=known.niss).count() == len(OFFICES):
            continue
        for office in OFFICES:
            officers.give_post(niss=known.niss, office=office, by=ACTOR, may_give=True, now=now)


def decide(*, employer: str, now: datetime) -> None:
    """The oldest announcement of an employer is decided and sent, unless anything was decided."""
    person = Person.objects.filter(niss=people.ODILE.niss).first()
    if person is None or Decision.objects.exists():
        return
    rows = Communication.objects.filter(employer__number=employer, kind=Kind.EXPECTED.value)
    row = rows.filter(state=State.RECEIVED.value).order_by("id").first()
    if row is None or row.received_at + _DECIDED > now - _DECIDED:
        return
    officer = officers.officer(
        actor=Actor("person", person.niss), person_id=person.pk, may_decide=True, may_sign=False
    )
    deciding.take(tickets=[row.ticket], officer=officer, now=row.received_at + _TAKEN)
    decided_at = row.received_at + _DECIDED
    decided = deciding.as_proposed(judging.case(row, now=decided_at))
    deciding.decide(ticket=row.ticket, decided=decided, officer=officer, now=decided_at)
    night = datetime.combine(clock.today(decided_at) + _TAKEN, _NIGHT, clock.BRUSSELS)
    nights.run(now=night)
