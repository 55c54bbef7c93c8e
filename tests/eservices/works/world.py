"""Contractors, principals and short ways to declare works for the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.test import Client

from guichet.access.rights import give_right
from guichet.audit.actors import Actor, system
from guichet.demo import numbers
from guichet.eservices.works import operations
from guichet.eservices.works.models import Declaration as Row
from guichet.eservices.works.operations import Sender
from guichet.platform.db import transaction
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.works.declared import Contact, Declaration, Link, Party, Place
from tests.portal.browsing import signed_in

# Monday 2 March 2026, ten in the morning in Belgium.
NOW: Final = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY: Final = date(2026, 3, 2)
DAY: Final = timedelta(days=1)
BUILDER, ROOFER, PAINTER, OWNER, OTHER = (numbers.enterprise(200 + at) for at in range(5))
UNKNOWN: Final = numbers.enterprise(299)
CLERK: Final = numbers.niss(born_on=date(1979, 5, 14), is_female=True)
_ACTOR: Final = system("tests")


def build(now: datetime = NOW) -> None:
    """Fill the registers, and give the clerk the right to declare works for the builder."""
    names = ("Bâtiment Clair", "Dakwerken Hoog", "Malerei Weiß", "Ville-aux-Saules", "Autre SRL")
    languages = ("fr", "nl", "de", "fr", "fr")
    with transaction(actor=_ACTOR):
        for at, number in enumerate((BUILDER, ROOFER, PAINTER, OWNER, OTHER)):
            record = EnterpriseRecord(
                number=number, name_fr=names[at], language=languages[at],
                onss_number=numbers.onss(200 + at), onss_first_day=TODAY - 900 * DAY,
            )  # fmt: skip
            enterprises.register(enterprise=record, actor=_ACTOR, now=now)
        person = PersonRecord(CLERK, "Inès", "Delvaux", date(1979, 5, 14))
        persons.register(person=person, actor=_ACTOR, now=now)
        for firm in (BUILDER, OTHER):
            give_right(
                niss=CLERK, enterprise_number=firm, service="works",
                first_day=TODAY - 900 * DAY, actor=_ACTOR, now=now,
            )  # fmt: skip


def clerk(enterprise: str = BUILDER) -> Client:
    """A browser in which the clerk is signed in."""
    return signed_in(CLERK, enterprise)


def link(firm: str, employer: int | None = None, **given: Any) -> Link:
    """A subcontractor from tomorrow on."""
    days = {"first_day": TODAY + DAY, "last_day": TODAY + 100 * DAY}
    return Link(party=Party(number=firm), employer=employer, **days | given)


def works(**given: Any) -> Declaration:
    """Sound works of 620 000 euro from tomorrow on, with two subcontractors."""
    declared = Declaration(
        declarant=BUILDER,
        site_name="Campus De Wulp",
        work_type=1,
        places=(
            Place(street="Wulpenkaai", house_number="52", postcode="9000", municipality="Gent"),
        ),
        principal=Party(number=OWNER),
        contact=Contact(first_name="Inès", name="Delvaux", phone="081 00 00 00"),
        cents=62_000_000,
        signed_on=TODAY - DAY,
        first_day=TODAY + DAY,
        last_day=TODAY + 100 * DAY,
        chain=(link(ROOFER), link(PAINTER, 0)),
    )
    return replace(declared, **given)


def sender(enterprise: str = BUILDER) -> Sender:
    """The clerk on the portal."""
    return Sender(Actor("person", CLERK, enterprise), "portal", enterprise)


def filed(now: datetime = NOW, enterprise: str = BUILDER, **given: Any) -> Row:
    """Declare works; the row."""
    declared = works(**{"declarant": enterprise} | given)
    return operations.declare(declared=declared, sender=sender(enterprise), now=now)


WHO: Final = {
    "principal_kind": "enterprise",
    "principal_number": OWNER,
    "principal_language": "fr",
    "contact_first_name": "Inès",
    "contact_name": "Delvaux",
    "contact_phone": "081 00 00 00",
    "contact_email": "ines@example.org",
}
WHAT: Final = {
    "sector": "1",
    "work_type": "1",
    "purpose": "1",
    "site_name": "Campus De Wulp",
    "cents": "620.000,00",
    "signed_on": "2026-03-01",
    "first_day": "2026-03-03",
    "last_day": "2026-06-10",
    "dangerous": "0",
}
WHERE: Final = {
    "is_mobile": "0",
    "rows": "1",
    "r0-street": "Wulpenkaai",
    "r0-house_number": "52",
    "r0-postcode": "9000",
    "r0-municipality": "Gent",
}
CHAIN: Final = {
    "rows": "2",
    "r0-firm": ROOFER,
    "r0-first_day": "2026-03-03",
    "r0-last_day": "2026-06-10",
    "r1-firm": PAINTER,
    "r1-employer": "0",
    "r1-first_day": "2026-03-03",
    "r1-last_day": "2026-06-10",
    "r1-cents": "12000",
}
ALL: Final = {"who": WHO, "works": WHAT, "places": WHERE, "chain": CHAIN}


def walk(client: Client, key: str = "new", **changes: dict[str, str]) -> str:
    """Fill in every step; the words of the last page."""
    for step, typed in ALL.items():
        answer = client.post(f"/works/declare/{key}/{step}/", typed | changes.get(step, {}))
        assert answer.status_code == 302, (step, answer.content.decode())
    return client.get(f"/works/declare/{key}/check/").content.decode()
