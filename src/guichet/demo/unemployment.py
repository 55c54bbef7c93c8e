"""Temporary unemployment of the demonstration: the cleaning firm communicated some of it.

Everything goes through the operations of the service, each at the moment at which it would have
come in. A firm without workers, and one that communicated before, are left alone. The office
decided on the announcement; the others wait for it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from guichet.access.models import Right
from guichet.access.rights import give_right
from guichet.access.services import Permission
from guichet.audit.actors import Actor, system
from guichet.demo import numbers, people, unemployment_office
from guichet.demo.firms import QUATRE_NUAGES
from guichet.eservices.temporary_unemployment import drafting, operations, representing, staff
from guichet.eservices.temporary_unemployment.content import Name, Told
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.eservices.temporary_unemployment.operations import Sender
from guichet.platform.db import transaction
from guichet.registers.addresses import Address
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises import queries as registered
from guichet.registers.enterprises.queries import EstablishmentRecord
from guichet.registers.persons.models import Person
from guichet.rules.temporary_unemployment.communication import Communication as Said
from guichet.rules.temporary_unemployment.communication import Line
from guichet.rules.temporary_unemployment.kinds import Kind, NoticeKind, Reason, Regime
from guichet.rules.temporary_unemployment.workdays import OnemCalendar

ACTOR: Final[Actor] = system("demo")
FIRM: Final = numbers.enterprise(QUATRE_NUAGES)
PLACE: Final = numbers.establishment(QUATRE_NUAGES)
FORMER_PLACE: Final = numbers.establishment(QUATRE_NUAGES + 2_000)
_MOST: Final = 5
_DAY: Final = timedelta(days=1)


def furnish(*, today: date, now: datetime) -> None:
    """The right of the clerk, a place of business, and communications, unless they are there."""
    if registered.enterprise(number=FIRM) is None:
        return
    _clerk(today, now)
    crew = staff.in_service(employer=FIRM, on=today)[:_MOST]
    if representing.of_employer(FIRM) is None:
        # A union delegation and no works council: it is the former that is informed.
        representing.tell(
            has_works_council=False, has_union_delegation=True, sender=_sender(), now=now
        )
    if crew and not Communication.objects.filter(employer__number=FIRM).exists():
        _communicate(crew, now)
    unemployment_office.decide(employer=FIRM, now=now)


def _communicate(crew: list[staff.Worker], now: datetime) -> None:
    if not registered.establishments(number=FIRM):
        address = Address("Rue du Marais", "31", "", "1000", "Bruxelles", "BE")
        unit = EstablishmentRecord(PLACE, FIRM, "Rue du Marais", address)
        address = Address("Chaussée de Charleroi", "12", "", "6000", "Charleroi", "BE")
        last_day = (now - 200 * _DAY).date()
        closed = EstablishmentRecord(
            FORMER_PLACE, FIRM, "Ancien dépôt", address, date(2012, 4, 2), last_day
        )
        with transaction(actor=ACTOR):
            for one in (unit, closed):
                enterprises.add_establishment(establishment=one, actor=ACTOR, now=now)
    _scheme(crew, _at(now, 40), now)
    _late(_at(now, 10))
    _withdrawn(crew, _at(now, 25))
    drafting.begin(kind=Kind.STRIKE, reason=Reason.STRIKE, sender=_sender(), now=now)


def _clerk(today: date, now: datetime) -> None:
    known = Person.objects.filter(niss=people.SOFIE.niss)
    service = Permission.TEMPORARY_UNEMPLOYMENT.value
    if (
        not known.exists()
        or Right.objects.filter(person__niss=people.SOFIE.niss, service=service).exists()
    ):
        return
    with transaction():
        give_right(
            niss=people.SOFIE.niss, enterprise_number=FIRM, service=service, first_day=today,
            actor=ACTOR, now=now,
        )  # fmt: skip


def _scheme(crew: list[staff.Worker], sent: datetime, now: datetime) -> None:
    """Three days of work a week for eight weeks, told in time, and its first effective day."""
    first = sent.date() + 8 * _DAY
    _sent(
        _told(
            Kind.EXPECTED, Reason.ECONOMIC, sent, crew, posted_on=sent.date(), first_day=first,
            notice_kind=NoticeKind.POSTED, last_day=first + 55 * _DAY, regime=Regime.SMALL,
            cycle=(frozenset({0, 1, 2}),), no_subcontracting=True,
            causes="Kantoren worden minder gepoetst sinds er meer wordt getelewerkt.",
        )
    )  # fmt: skip
    day = OnemCalendar().after(first)
    told = _told(Kind.FIRST_DAY, Reason.ECONOMIC, _at_ten(day), crew)
    lines = tuple(replace(line, first_day=day) for line in told.said.lines)
    if told.said.received_at <= now:
        _sent(replace(told, said=replace(told.said, lines=lines)))


def _late(sent: datetime) -> None:
    """A section, told a day late with its remark; two days later the start was moved instead."""
    first = sent.date() + 7 * _DAY
    told = _told(
        Kind.EXPECTED, Reason.ECONOMIC, sent, [], posted_on=sent.date(), first_day=first,
        notice_kind=NoticeKind.POSTED, last_day=first + 13 * _DAY, regime=Regime.FULL,
        no_subcontracting=True, section="Glazenwassers",
        causes="Twee gebouwen sluiten twee weken wegens werken.",
        remarks="De klant verwittigde ons pas gisteren.",
    )  # fmt: skip
    row = _sent(told)
    moved = replace(
        told.said, received_at=sent + 2 * _DAY, first_day=first + _DAY, changes=row.ticket
    )
    _sent(replace(told, said=moved))


def _withdrawn(crew: list[staff.Worker], sent: datetime) -> None:
    """A flood that turned out to be none."""
    told = _told(
        Kind.FORCE_MAJEURE, Reason.FORCE_MAJEURE, sent, crew[:2], first_day=sent.date(),
        last_day=sent.date() + 4 * _DAY, causes="De kelder met de machines staat onder water.",
    )  # fmt: skip
    row = _sent(told)
    operations.cancel(
        ticket=row.ticket, sender=_sender(), now=sent + _DAY, remark="De pomp werkte weer."
    )


def _told(
    kind: Kind, reason: Reason, sent: datetime, crew: list[staff.Worker], **other: Any
) -> Told:
    said = Said(
        kind=kind, reason=reason, received_at=sent, enterprise=FIRM, establishment=PLACE,
        postcode="1000", committee="121", lines=tuple(Line(niss=one.niss) for one in crew),
        **other,
    )  # fmt: skip
    names = tuple(Name(one.family, one.given) for one in crew)
    return Told(said=said, names=names, language="nl")


def _sent(told: Told) -> Communication:
    return operations.communicate(told=told, sender=_sender(), now=told.said.received_at)


def _at(now: datetime, ago: int) -> datetime:
    return _at_ten((now - ago * _DAY).date())


def _at_ten(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)


def _sender() -> Sender:
    return Sender(Actor("person", people.SOFIE.niss, FIRM), FIRM)
