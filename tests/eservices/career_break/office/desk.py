"""Officers of Mons and of Liège, and short ways to a file that waits for them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from django.test import Client

from guichet.access.rights import give_right
from guichet.audit.actors import Actor
from guichet.demo import numbers
from guichet.ebox import boxes, senders
from guichet.eservices.career_break.models import Request, WorkerPart
from guichet.eservices.career_break.office import deciding, judging, officers, operations
from guichet.eservices.career_break.office.contents import Decided
from guichet.eservices.career_break.office.officers import Officer
from guichet.eservices.career_break.operations import complete
from guichet.eservices.career_break.said import Cared, Child, Said, plain
from guichet.kernel.label import Label
from guichet.platform.db import transaction
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.career_break.decisions import Paid, Result
from tests.ebox.boxes import code
from tests.eservices.career_break import world
from tests.portal.browsing import signed_in

ONEM: Final = numbers.enterprise(260)
OFFICER: Final = numbers.niss(born_on=date(1975, 4, 4), is_female=True)
COLLEAGUE: Final = numbers.niss(born_on=date(1976, 4, 4), is_female=False)
LEADER: Final = numbers.niss(born_on=date(1970, 4, 4), is_female=True)
FAR: Final = numbers.niss(born_on=date(1980, 4, 4), is_female=False)
READER: Final = numbers.niss(born_on=date(1981, 4, 4), is_female=True)
BORN: Final = date(2020, 5, 1)
_STAFF: Final = (
    (OFFICER, "Odile", "career_break_desk", "MON"),
    (COLLEAGUE, "Karl", "career_break_desk", "MON"),
    (LEADER, "Lise", "career_break_sign", "MON"),
    (FAR, "Fons", "career_break_desk", "LIE"),
    (READER, "Rosa", "career_break_read", ""),
)


def furnish(now: datetime = world.NOW) -> None:
    """The office with its people; the firm and its workers stand already."""
    with transaction(actor=world.ACTOR):
        record = EnterpriseRecord(number=ONEM, name_fr="Office des essais", language="fr")
        enterprises.register(enterprise=record, actor=world.ACTOR, now=now)
        enterprises.add_quality(
            number=ONEM, quality="public_body", first_day=date(2020, 1, 1), actor=world.ACTOR,
            now=now,
        )  # fmt: skip
        for niss, given, right, _office in _STAFF:
            persons.register(person=PersonRecord(niss, given, "Bureau"), actor=world.ACTOR, now=now)
            give_right(
                niss=niss, enterprise_number=ONEM, service=right, quality="public_body",
                first_day=date(2020, 1, 1), actor=world.ACTOR, now=now,
            )  # fmt: skip
    for niss, _given, _right, office in _STAFF:
        if office:
            officers.give_post(niss=niss, office=office, by=world.ACTOR, may_give=True, now=now)


def connect(now: datetime = world.NOW) -> None:
    """The office sends by e-Box; Luc opened his, nobody else did."""
    name = Label("RVA", "ONEM", "LfA", "ONEM")
    with transaction():
        senders.connect(
            number=ONEM, name=name, actor=world.ACTOR, now=now, applications={"career-break": name}
        )
    himself, person = Actor("person", world.LUC), Person.objects.get(niss=world.LUC)
    boxes.ask_to_open(
        person_id=person.pk, email="luc@example.org", language="fr", actor=himself, now=now
    )
    box = boxes.Box.objects.get(person=person)
    boxes.confirm(box_id=box.pk, code=code(), actor=himself, now=now)


def officer(niss: str = OFFICER) -> Officer:
    """One of them as the operations know him."""
    right = next(one[2] for one in _STAFF if one[0] == niss)
    return officers.officer(
        actor=Actor("person", niss, ONEM),
        person_id=Person.objects.get(niss=niss).pk,
        may_decide=right == "career_break_desk",
        may_sign=right == "career_break_sign",
    )


def at_desk(niss: str = OFFICER) -> Client:
    """A browser in which one of them is signed in."""
    return signed_in(niss, ONEM, quality="public_body")


def said(**given: Any) -> Said:
    """A worker with one child, who lives with others and does nothing else."""
    person = Cared(key="a", name="Zoé", born_on=BORN, parentage="biological", is_disabled=False)
    known: dict[str, Any] = {
        "person": person, "household": "cohabiting", "activity": "none", "pension": "none",
        "children": (Child(name="Zoé", born_on=BORN),), "iban": "BE68539007547034",
    }  # fmt: skip
    return Said(**known | given)


def sent(row: Request, now: datetime = world.NOW, **given: Any) -> Request:
    """The worker sent his part: the file is with the office."""
    content = plain(said(**given))
    with transaction():
        WorkerPart.objects.update_or_create(
            request=row, defaults={"content": content, "changed_at": now, "sent_at": now}
        )
    actor = Actor("person", row.person.niss)
    return complete(ticket=row.ticket, said=content, actor=actor, now=now)


def waiting(niss: str = world.LUC, now: datetime = world.NOW, **given: Any) -> Request:
    """A file that is to be taken; ``given``: what the employer said, and ``worker`` the worker."""
    worker = given.pop("worker", {})
    filed_at = given.pop("filed_at", now)
    row = world.filed(niss, now=filed_at, **given)
    return sent(row, now, **worker)


def taken(niss: str = world.LUC, now: datetime = world.NOW, **given: Any) -> Request:
    """A file that the officer holds."""
    row = waiting(niss, now, **given)
    assert operations.take(tickets=[row.ticket], officer=officer(), now=now) == [row.ticket]
    row.refresh_from_db()
    return row


def proposed(row: Request, **given: Any) -> Decided:
    """The decision that the rules propose; ``given``: what is decided otherwise."""
    case = judging.case(row)
    proposal = case.proposal
    assert proposal is not None
    paid = tuple(
        Paid(one.first_day, one.last_day, one.amount.gross, one.amount.tax_rate)
        for one in proposal.rows
        if one.amount is not None
    )
    known: dict[str, Any] = {
        "result": proposal.result, "first_day": row.first_day, "last_day": row.last_day,
        "paid": paid, "motivation": deciding.motivation(case, language="fr"),
    }  # fmt: skip
    return Decided(**known | given)


def refusal(row: Request, why: str = "Une raison.") -> Decided:
    """A refusal that the rules do not propose."""
    return proposed(row, result=Result.REFUSED, paid=(), why=why)


def moment(day: date, hour: int = 9) -> datetime:
    """An hour of a day, in UTC."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
