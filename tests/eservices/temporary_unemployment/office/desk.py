"""Officers of Liège and of Mons, and short ways to a communication that waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.test import Client

from guichet.access.rights import give_right
from guichet.audit.actors import Actor
from guichet.demo import numbers
from guichet.eservices.temporary_unemployment.content import Told
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.eservices.temporary_unemployment.office import deciding, judging, officers
from guichet.eservices.temporary_unemployment.office.deciding import Decided
from guichet.eservices.temporary_unemployment.office.models import Decision
from guichet.eservices.temporary_unemployment.office.officers import Officer
from guichet.platform.db import transaction
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from tests.eservices.temporary_unemployment import world
from tests.portal.browsing import signed_in

ONEM: Final = numbers.enterprise(270)
OFFICER: Final = numbers.niss(born_on=date(1975, 4, 4), is_female=True)
COLLEAGUE: Final = numbers.niss(born_on=date(1976, 4, 4), is_female=False)
LEADER: Final = numbers.niss(born_on=date(1970, 4, 4), is_female=True)
FAR: Final = numbers.niss(born_on=date(1980, 4, 4), is_female=False)
READER: Final = numbers.niss(born_on=date(1981, 4, 4), is_female=True)
_DESK, _SIGN, _READ = (
    f"temporary_unemployment_{name}" for name in ("desk", "sign", "read")
)  # fmt: skip
_STAFF: Final[Sequence[tuple[str, str, str, tuple[str, ...]]]] = (
    (OFFICER, "Odile", _DESK, ("LIE", "VER", "BRU")),
    (COLLEAGUE, "Karl", _DESK, ("LIE",)),
    (LEADER, "Lise", _SIGN, ("LIE", "VER")),
    (FAR, "Fons", _DESK, ("MON",)),
    (READER, "Rosa", _READ, ()),
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
        for niss, given, right, _offices in _STAFF:
            persons.register(person=PersonRecord(niss, given, "Bureau"), actor=world.ACTOR, now=now)
            give_right(
                niss=niss, enterprise_number=ONEM, service=right, quality="public_body",
                first_day=date(2020, 1, 1), actor=world.ACTOR, now=now,
            )  # fmt: skip
    for niss, _given, _right, offices in _STAFF:
        for office in offices:
            officers.give_post(niss=niss, office=office, by=world.ACTOR, may_give=True, now=now)


def officer(niss: str = OFFICER) -> Officer:
    """One of them as the operations know him."""
    right = next(one[2] for one in _STAFF if one[0] == niss)
    return officers.officer(
        actor=Actor("person", niss, ONEM),
        person_id=Person.objects.get(niss=niss).pk,
        may_decide=right == _DESK,
        may_sign=right == _SIGN,
    )


def at_desk(niss: str = OFFICER) -> Client:
    """A browser in which one of them is signed in."""
    return signed_in(niss, ONEM, quality="public_body")


def taken(told: Told | None = None, now: datetime = world.NOW, **given: Any) -> Communication:
    """A communication that the officer holds."""
    row = world.sent(told or world.expected(), **given)
    assert deciding.take(tickets=[row.ticket], officer=officer(), now=now) == [row.ticket]
    row.refresh_from_db()
    return row


def proposed(row: Communication, now: datetime = world.NOW, **given: Any) -> Decided:
    """The decision that the rules propose; ``given``: what is decided otherwise."""
    found = deciding.as_proposed(judging.case(row, now=now))
    return Decided(
        **{name: getattr(found, name) for name in Decided.__dataclass_fields__} | given
    )  # fmt: skip


def decided(
    told: Told | None = None, now: datetime = world.NOW, by: str = OFFICER, **given: Any
) -> Decision:
    """A decision on a communication, as the rules propose it."""
    row = taken(told, now)
    return deciding.decide(
        ticket=row.ticket, decided=proposed(row, now, **given), officer=officer(by), now=now
    )
