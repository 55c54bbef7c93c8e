"""Career breaks of the demonstration: the cleaning firm has some under way.

Everything goes through the operations of the service, each at the moment at which it would have
come in. Who is not in service at the firm is left alone, and so is a firm with parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from guichet.access.models import Right
from guichet.access.rights import give_right
from guichet.access.services import Permission
from guichet.audit.actors import Actor, system
from guichet.demo import numbers, people
from guichet.demo.firms import DELVAUX, QUATRE_NUAGES
from guichet.demo.people import Known
from guichet.eservices.career_break import drafting, operations
from guichet.eservices.career_break.content import Asked
from guichet.eservices.career_break.models import Parameters
from guichet.eservices.career_break.notices import sending
from guichet.eservices.career_break.notices.content import Wish
from guichet.eservices.career_break.notices.sending import Worker
from guichet.eservices.career_break.office import officers
from guichet.eservices.career_break.office import operations as office
from guichet.eservices.career_break.operations import Contact, Sender
from guichet.eservices.career_break.said import Cared, Child, Said, plain
from guichet.kernel.period import Period, end_for, months_after
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.employments import queries as employments
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.persons.models import Person
from guichet.rules.career_break.amounts import Household
from guichet.rules.career_break.kinds import Leave, Parentage, Regime
from guichet.rules.career_break.offices import OFFICES

ACTOR: Final[Actor] = system("demo")
FIRM: Final = numbers.enterprise(QUATRE_NUAGES)
_CLERKS: Final = ((people.SOFIE, QUATRE_NUAGES), (people.MARC, DELVAUX))
_FULL_TIME: Final = 38 * 60
_CONTACT: Final = Contact(
    name="Personeelsdienst", email="personeel@example.org", sector="private", takes_notices=True
)
_HALF: Final = _FULL_TIME // 2
_FIFTH: Final = _FULL_TIME * 4 // 5


@dataclass(frozen=True, slots=True)
class _Wish:
    """Filed so many days ago, from the first of the month so many months ahead."""

    who: Known
    leave: Leave
    regime: Regime
    ago: int
    ahead: int
    months: int
    during: int | None = None
    ends: str = ""


# For whom those who completed their part stay at home.
_CHILDREN: Final = {
    people.JONAS: Child(name="Mila", born_on=date(2022, 9, 14)),
    people.RUI: Child(name="Tomás", born_on=date(2020, 2, 3)),
}
_NOTIFIES: Final = people.NADEGE
# What becomes of each: with the worker, with the office, taken up there, cancelled.
_WISHES: Final = (
    _Wish(people.AMINA, Leave.PARENTAL, Regime.FULL, 18, 3, 2),
    _Wish(people.JONAS, Leave.PARENTAL, Regime.HALF, 30, 2, 4, _HALF, "completed"),
    _Wish(people.RUI, Leave.PARENTAL, Regime.FIFTH, 36, 2, 5, _FIFTH, "taken"),
    _Wish(people.NADEGE, Leave.INFORMAL_CARER, Regime.FULL, 52, 1, 1, None, "cancelled"),
)


def furnish(*, today: date, now: datetime) -> None:
    """Rights of the clerks, the parameters of the firm and its requests, unless they are there."""
    for known, firm in _CLERKS:
        _clerk(known, numbers.enterprise(firm), today, now)
    if enterprises.enterprise(number=FIRM) is None or Parameters.objects.exists():
        return
    first = now - timedelta(days=60)
    operations.keep_parameters(contact=_CONTACT, sender=_sender(), now=first)
    _officers(first)
    for wish in _WISHES:
        _file(wish, filed=now - timedelta(days=wish.ago), now=now)
    _notify(sent=now - timedelta(days=5))


def _officers(now: datetime) -> None:
    """Officer and team leader work for every office: the firm's people live in many places."""
    for known in (people.ODILE, people.KAREL):
        if Person.objects.filter(niss=known.niss).exists():
            for one in OFFICES:
                officers.give_post(niss=known.niss, office=one, by=ACTOR, may_give=True, now=now)


def _clerk(known: Known, firm: str, today: date, now: datetime) -> None:
    if not Person.objects.filter(niss=known.niss).exists():
        return
    rights = Right.objects.filter(person__niss=known.niss, service=Permission.CAREER_BREAK)
    if rights.exists() or enterprises.enterprise(number=firm) is None:
        return
    with transaction():
        give_right(
            niss=known.niss, enterprise_number=firm, service=Permission.CAREER_BREAK.value,
            first_day=today, actor=ACTOR, now=now,
        )  # fmt: skip


def _file(wish: _Wish, *, filed: datetime, now: datetime) -> None:
    """The request as the clerk made it, and what happened to it since."""
    today = clock.today(filed)
    start = months_after(today.replace(day=1), months=wish.ahead)
    if not _works_there(wish.who.niss, Period(today, end_for(start, months=wish.months))):
        return
    asked = Asked(
        worker_code="blue", committee="121", leave=wish.leave, regime=wish.regime,
        first_day=start, last_day=end_for(start, months=wish.months),
        contract_minutes=_FULL_TIME, full_time_minutes=_FULL_TIME, break_minutes=wish.during,
        notified_on=today, reason="Er werd een kortere termijn afgesproken.",
    )  # fmt: skip
    worker = {"worker_code": "blue", "committee": "121"}
    draft = drafting.begin(niss=wish.who.niss, worker=worker, sender=_sender(), now=filed)
    row = operations.confirm(key=draft.pk, asked=asked, sender=_sender(), now=filed)
    later = min(now, filed + timedelta(days=3))
    if wish.ends == "cancelled":
        operations.cancel(ticket=row.ticket, sender=_sender(), now=later)
    elif wish.ends:
        himself = Actor("person", wish.who.niss)
        operations.complete(
            ticket=row.ticket, said=plain(_part(wish, row.ticket)), actor=himself, now=later
        )
    if wish.ends == "taken":
        _taken(row.ticket, later + timedelta(days=2))


def _taken(ticket: str, now: datetime) -> None:
    """The officer opens a complete file."""
    niss = people.ODILE.niss
    person = Person.objects.filter(niss=niss).first()
    if person is not None:
        by = officers.officer(
            actor=Actor("person", niss), person_id=person.pk, may_decide=True, may_sign=False
        )
        office.take(tickets=[ticket], officer=by, now=now)


def _part(wish: _Wish, key: str) -> Said:
    """What the worker says: for which child, with whom he lives, where it is paid."""
    child = _CHILDREN[wish.who]
    return Said(
        email=f"{wish.who.given_name.lower()}@example.org",
        language=wish.who.language,
        person=Cared(
            key=key, name=child.name, born_on=child.born_on, parentage=Parentage.BIOLOGICAL,
            is_disabled=False,
        ),
        household=Household.COHABITING,
        is_in_charge=True,
        children=(child,),
        activity="none",
        pension="none",
        iban="BE68539007547034",
        holder=f"{wish.who.given_name} {wish.who.family_name}",
        ebox_for_all=True,
    )  # fmt: skip


def _notify(*, sent: datetime) -> None:
    """A worker's notice that waits for the firm's answer since some days."""
    start = months_after(clock.today(sent).replace(day=1), months=3)
    last = end_for(start, months=5)
    person = Person.objects.filter(niss=_NOTIFIES.niss).first()
    if person is None or not _works_there(person.niss, Period(clock.today(sent), last)):
        return
    wish = Wish(
        leave=Leave.PARENTAL, regime=Regime.FIFTH, first_day=start, last_day=last,
        schedule="Le mercredi", contract_minutes=_FULL_TIME, full_time_minutes=_FULL_TIME,
        key="0" * 32,
    )  # fmt: skip
    worker = Worker(Actor("person", person.niss), person.pk, person.language)
    sending.send(employer=FIRM, wish=wish, worker=worker, now=sent)


def _works_there(niss: str, days: Period) -> bool:
    """Whether one of his periods at the firm holds all these days."""
    return any(
        one.first_day <= days.first_day and (one.last_day or days.last_day) >= days.last_day
        for one in employments.periods_of(niss=niss, employer=FIRM)
    )


def _sender() -> Sender:
    return Sender(Actor("person", people.SOFIE.niss, FIRM), FIRM, "nl")
