"""Who manages access in the demonstration, and who sits at the desks of its institution.

Everything goes through the operations of access management and is there once: what stands already
is left as it is, so that a database that was loaded before gets what it lacks.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from guichet.access.models import Manager, Member, Right
from guichet.access.rights import give_right
from guichet.access.roles import operations as roles
from guichet.access.roles.operations import Contact, Wanted
from guichet.access.services import Permission
from guichet.audit.actors import Actor, system
from guichet.demo import (
    accounts,
    building,
    cards,
    career_breaks,
    declarations,
    gate,
    messages,
    numbers,
    people,
    secretariat,
    unemployment,
    unemployment_office,
    works,
)
from guichet.demo.firms import CLAIR_MATIN, INSTITUTION, QUATRE_NUAGES
from guichet.demo.people import Known
from guichet.platform.db import transaction
from guichet.registers.addresses import Address
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises import queries as registered
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.access_management import Kind

ACTOR: Final = system("demo")
# A right that ends so soon is shown among what waits.
_ENDS_IN: Final = timedelta(days=9)
_DESKS: Final = (
    (people.DENIS, Permission.CONTACT_DESK),
    (people.DENIS, Permission.CORRECTION_DESK),
    (people.DENIS, Permission.DIMONA_DESK),
    (people.HANNE, Permission.IDENTIFICATION_DESK),
    (people.OTTO, Permission.ENTERPRISE_DESK),
    (people.NADIA, Permission.INSPECTION),
    (people.ODILE, Permission.CAREER_BREAK_DESK),
    (people.KAREL, Permission.CAREER_BREAK_SIGN),
    (people.NADIA, Permission.CAREER_BREAK_READ),
    (people.ODILE, Permission.TEMPORARY_UNEMPLOYMENT_DESK),
    (people.KAREL, Permission.TEMPORARY_UNEMPLOYMENT_SIGN),
    (people.NADIA, Permission.TEMPORARY_UNEMPLOYMENT_READ),
)


def furnish(*, today: date, now: datetime) -> None:
    """Managers, users, desks and accounts that are not there yet."""
    with transaction(actor=ACTOR):
        _people(now)
        _institution(today, now)
        _represents(people.INGE, QUATRE_NUAGES, today, now)
        _represents(people.SABINE, CLAIR_MATIN, today, now)
    accounts.open_missing(now=now)
    _name_main(people.INGE, people.INGE, QUATRE_NUAGES, now)
    # The codes of the manager of this firm wait in the outbox: the first connection, by hand.
    _name_main(people.SABINE, people.THIERRY, CLAIR_MATIN, now)
    _invite(people.SOFIE, None, now, accepts=True)
    _invite(people.NOOR, _wanted(today, today + _ENDS_IN), now, accepts=True)
    _invite(people.BRUNO, _wanted(today, None), now, accepts=False)
    secretariat.furnish(today=today, now=now)
    messages.furnish(today=today, now=now)
    declarations.furnish(today=today, now=now)
    building.furnish(today=today, now=now)
    works.furnish(today=today, now=now)
    career_breaks.furnish(today=today, now=now)
    unemployment_office.furnish(now=now)
    cards.furnish(today=today, now=now)
    unemployment.furnish(today=today, now=now)
    gate.furnish(today=today, now=now)


def _people(now: datetime) -> None:
    numbers_known = {known.niss for known in people.OFFICE}
    standing = set(Person.objects.filter(niss__in=numbers_known).values_list("niss", flat=True))
    for known in people.OFFICE:
        if known.niss not in standing:
            record = PersonRecord(
                niss=known.niss,
                given_name=known.given_name,
                family_name=known.family_name,
                birth_date=known.born_on,
                language=known.language,
            )
            persons.register(person=record, actor=ACTOR, now=now)


def _institution(today: date, now: datetime) -> None:
    number = numbers.enterprise(INSTITUTION)
    if registered.enterprise(number=number) is None:
        record = EnterpriseRecord(
            number=number,
            name_nl="Huis van het Sociaal Onthaal",
            name_fr="Maison de l\u2019Accueil social",
            name_de="Haus der Sozialen Auskunft",
            language="fr",
            address=Address("Rue du Grand-Hibou", "1", "", "1000", "Bruxelles"),
        )
        enterprises.register(enterprise=record, actor=ACTOR, now=now)
    if not registered.qualities(number=number):
        enterprises.add_quality(
            number=number, quality="public_body", first_day=today, actor=ACTOR, now=now
        )
    for known, desk in _DESKS:
        if not Right.objects.filter(person__niss=known.niss, service=desk).exists():
            give_right(
                niss=known.niss,
                enterprise_number=number,
                service=desk,
                quality="public_body",
                first_day=today,
                actor=ACTOR,
                now=now,
            )


def _represents(known: Known, firm: int, today: date, now: datetime) -> None:
    number = numbers.enterprise(firm)
    if known.niss not in {one.niss for one in registered.functions(number=number)}:
        enterprises.add_function(
            number=number,
            niss=known.niss,
            function="director",
            first_day=today - timedelta(days=700),
            actor=ACTOR,
            now=now,
        )


def _name_main(director: Known, manager: Known, firm: int, now: datetime) -> None:
    """A director names the main access manager: himself, or somebody who gets codes by post."""
    number = numbers.enterprise(firm)
    if Manager.objects.filter(enterprise__number=number, kind=Kind.MAIN).exists():
        return
    roles.name_main(
        enterprise_number=number,
        niss=manager.niss,
        contact=_contact(manager),
        by=_actor(director, number),
        is_sure_enough=True,
        now=now,
        posts_codes=director is not manager,
    )


def _invite(known: Known, wanted: Wanted | None, now: datetime, *, accepts: bool) -> None:
    number = numbers.enterprise(QUATRE_NUAGES)
    inge = Manager.objects.filter(
        enterprise__number=number, person__niss=people.INGE.niss, withdrawn_at=None
    )
    known_there = Member.objects.filter(enterprise__number=number, person__niss=known.niss)
    if known_there.exists() or not inge.exists():
        return
    roles.invite(
        enterprise_number=number,
        niss=known.niss,
        contact=_contact(known),
        wanted=wanted,
        by=_actor(people.INGE, number),
        now=now,
    )
    if accepts:
        roles.answer(enterprise_number=number, accepts=True, by=_actor(known, number), now=now)


def _wanted(first_day: date, last_day: date | None) -> Wanted:
    return Wanted("employer", ("presence",), first_day, last_day)


def _contact(known: Known) -> Contact:
    name = f"{known.given_name}.{known.family_name}".lower().replace(" ", "")
    return Contact(f"{name}@example.org", "", known.language)


def _actor(known: Known, number: str) -> Actor:
    return Actor(kind="person", id=known.niss, enterprise=number)
