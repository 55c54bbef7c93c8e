"""A cleaning firm, its workers, and short ways to ask for a break in the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.test import Client

from guichet.access.rights import give_right
from guichet.audit.actors import Actor, system
from guichet.demo import numbers
from guichet.eservices.career_break import drafting, operations, steps, tickets
from guichet.eservices.career_break.content import Asked
from guichet.eservices.career_break.models import Notice, Part, Request
from guichet.eservices.career_break.operations import Contact, Sender
from guichet.platform.db import transaction
from guichet.registers.addresses import Address
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.career_break.states import Party, Step
from tests.portal.browsing import signed_in

# Tuesday 28 January 2025, eleven in the morning in Belgium.
NOW: Final = datetime(2025, 1, 28, 10, 0, tzinfo=UTC)
TODAY: Final = date(2025, 1, 28)
DAY: Final = timedelta(days=1)
FIRM, OTHER, BARE = (numbers.enterprise(240 + at) for at in range(3))
CLERK: Final = numbers.niss(born_on=date(1979, 5, 14), is_female=True)
SECOND: Final = numbers.niss(born_on=date(1982, 8, 8), is_female=False)
STRANGER: Final = numbers.niss(born_on=date(1977, 2, 3), is_female=False)
LUC: Final = numbers.niss(born_on=date(1988, 9, 23), is_female=False)
NADIA: Final = numbers.niss(born_on=date(1984, 3, 9), is_female=True)
ELSEWHERE: Final = numbers.niss(born_on=date(1990, 7, 1), is_female=True)
BIS: Final = numbers.bis(born_on=date(1990, 4, 12), is_female=True)
ACTOR: Final = system("tests")
CONTACT: Final = Contact(name="Service du personnel", email="personnel@example.be",
                         sector="private", takes_notices=True)  # fmt: skip
STATES: Final = ("wait_worker", "wait_onem", "in_progress", "closed", "cancelled", "expired")
_PEOPLE: Final = (
    (LUC, "Luc", "Vandermeulen", FIRM),
    (NADIA, "Nadia", "Peeters", FIRM),
    (BIS, "Ewa", "Nowicka", FIRM),
    (ELSEWHERE, "Ilse", "Secrète", OTHER),
)


def build(now: datetime = NOW) -> None:
    """Fill the registers; the clerk handles breaks for the firm, for another and for a bare one."""
    with transaction(actor=ACTOR):
        for number, name in ((FIRM, "Nuages SRL"), (OTHER, "Autre SRL"), (BARE, "Neuve SRL")):
            record = EnterpriseRecord(
                number=number, name_fr=name, language="fr", onss_first_day=date(2010, 1, 1)
            )
            enterprises.register(enterprise=record, actor=ACTOR, now=now)
        for niss, given, family in ((CLERK, "Inès", "Delvaux"), (STRANGER, "Tom", "Sans-Droit")):
            persons.register(person=PersonRecord(niss, given, family), actor=ACTOR, now=now)
        for niss, given, family, firm in _PEOPLE:
            address = Address("Rue Haute", "1", "", "7000", "Mons", "BE")
            known = PersonRecord(niss, given, family, date(1985, 1, 1), "fr", address=address)
            persons.register(person=known, actor=ACTOR, now=now)
            works_for(firm, niss, now=now)
        for firm in (FIRM, OTHER, BARE):
            give_right(
                niss=CLERK, enterprise_number=firm, service="career_break",
                first_day=date(2020, 1, 1), actor=ACTOR, now=now,
            )  # fmt: skip
        give_right(
            niss=STRANGER, enterprise_number=FIRM, service="dimona", first_day=date(2020, 1, 1),
            actor=ACTOR, now=now,
        )  # fmt: skip
    for firm in (FIRM, OTHER):
        operations.keep_parameters(contact=CONTACT, sender=sender(firm), now=now)


def works_for(firm: str, niss: str, *, now: datetime = NOW) -> None:
    """A period at a firm, in the caller's transaction."""
    record = EmploymentRecord(
        niss=niss, employer=firm, joint_committee="XXX", worker_type="OTH",
        first_day=date(2015, 5, 12),
    )  # fmt: skip
    employments.declare(employment=record, actor=ACTOR, now=now)


def clerk(enterprise: str = FIRM) -> Client:
    """A browser in which the clerk is signed in."""
    return signed_in(CLERK, enterprise)


def second_clerk(enterprise: str = FIRM, now: datetime = NOW) -> Client:
    """A browser of a colleague of the clerk: he handles breaks for the firm too."""
    with transaction(actor=ACTOR):
        record = PersonRecord(SECOND, "Bruno", "Deuxième")
        persons.register(person=record, actor=ACTOR, now=now)
        give_right(
            niss=SECOND, enterprise_number=enterprise, service="career_break",
            first_day=date(2020, 1, 1), actor=ACTOR, now=now,
        )  # fmt: skip
    return signed_in(SECOND, enterprise)


def sender(enterprise: str = FIRM) -> Sender:
    """The clerk on the portal."""
    return Sender(Actor("person", CLERK, enterprise), enterprise, "fr")


def asked(**given: Any) -> Asked:
    """A full parental leave of one month, as the manual shows it."""
    sound = Asked(
        worker_code="blue", committee="121", leave="parental", regime="full",
        first_day=date(2025, 4, 1), last_day=date(2025, 4, 30), contract_minutes=2400,
        full_time_minutes=2400, notified_on=date(2025, 1, 20),
    )  # fmt: skip
    return replace(sound, **given)


def filed(niss: str = LUC, *, enterprise: str = FIRM, now: datetime = NOW, **given: Any) -> Request:
    """A request that was confirmed."""
    by = sender(enterprise)
    draft = drafting.begin(
        niss=niss, worker={"worker_code": "blue", "committee": "121"}, sender=by, now=now
    )
    return operations.confirm(key=draft.pk, asked=asked(**given), sender=by, now=now)


def completed(row: Request, now: datetime = NOW) -> Request:
    """The worker sent his part."""
    actor = Actor("person", row.person.niss)
    return operations.complete(ticket=row.ticket, said={}, actor=actor, now=now)


def taken(row: Request, now: datetime = NOW) -> Request:
    """An officer opened the file."""
    with transaction(actor=ACTOR):
        steps.carry_out(row, Step.TAKE, Party.OFFICER, event="taken", actor=ACTOR, now=now)
    return row


def modified(row: Request, last_day: date = date(2025, 5, 31)) -> Part:
    """The end of a request was changed."""
    return operations.modify_end(
        ticket=row.ticket,
        last_day=last_day,
        comment="",
        sender=sender(row.employer.number),
        now=NOW,
    )


def notice(niss: str = LUC, **given: Any) -> Notice:
    """A notice of a worker that waits for an answer."""
    usual = {
        "first_day": date(2025, 6, 1), "last_day": date(2025, 7, 31), "leave": "parental",
        "regime": "half", "sent_at": NOW,
    }  # fmt: skip
    with transaction(actor=ACTOR):
        return Notice.objects.create(
            ticket=tickets.take("26C"), employer=Enterprise.objects.get(number=FIRM),
            person=Person.objects.get(niss=niss), changed_at=NOW, **usual | given,
        )  # fmt: skip
