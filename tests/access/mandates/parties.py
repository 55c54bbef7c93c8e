"""The parties of the tests of mandates, and short ways to what they do."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.transaction import atomic
from django.test import Client

from guichet.access.mandates import operations
from guichet.access.mandates.models import Mandate
from guichet.access.mandates.operations import Seat, Wanted
from guichet.access.rights import give_right
from guichet.access.roles import operations as roles
from guichet.access.roles.changing import Contact
from guichet.audit.actors import Actor
from guichet.demo import fixtures, numbers
from guichet.registers.addresses import Address
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.mandates import Domain, Quarter, Side
from tests.portal.browsing import NOW, signed_in
from tests.portal.world import ACTOR

FIRM: Final = fixtures.E1
OTHER_FIRM: Final = fixtures.E3
OFFICE: Final = numbers.enterprise(950)
OTHER_OFFICE: Final = numbers.enterprise(951)
INGE: Final = numbers.niss(born_on=date(1975, 2, 3), is_female=True)  # director of the firm
KOEN: Final = numbers.niss(born_on=date(1980, 2, 3), is_female=False)  # director of the office
GRIET: Final = numbers.niss(born_on=date(1985, 2, 3), is_female=True)  # director of the other one
NADIA: Final = numbers.niss(born_on=date(1991, 2, 3), is_female=True)  # clerk of the office
PAUL: Final = numbers.niss(born_on=date(1966, 2, 3), is_female=False)  # director of the other firm
NEXT: Final = Quarter(2027, 1)
THIS: Final = Quarter(2026, 4)
_PEOPLE: Final = (
    (INGE, "Inge", "Peeters"),
    (KOEN, "Koen", "Maes"),
    (GRIET, "Griet", "Claes"),
    (NADIA, "Nadia", "Haddad"),
    (PAUL, "Paul", "Simon"),
)


def build(now: datetime = NOW) -> None:
    """The parties, in a database that has the small world."""

    since = now.date() - timedelta(days=900)
    given: dict[str, Any] = {"actor": ACTOR, "now": now}
    with atomic():
        for niss, first, last in _PEOPLE:
            record = PersonRecord(niss, first, last, date(1975, 2, 3), "fr")
            persons.register(person=record, **given)
        for number, name in ((OFFICE, "Secr\u00e9tariat Vivier"), (OTHER_OFFICE, "Kantoor Linde")):
            address = Address("Rue du Four", "7", "", "5000", "Namur")
            firm = EnterpriseRecord(number, name_fr=name, language="fr", address=address)
            enterprises.register(enterprise=firm, **given)
            enterprises.add_quality(
                number=number, quality="service_provider", first_day=since, **given
            )
        for niss, number in (
            (INGE, FIRM), (KOEN, OFFICE), (GRIET, OTHER_OFFICE), (PAUL, OTHER_FIRM),
        ):  # fmt: skip
            enterprises.add_function(
                number=number, niss=niss, function="director", first_day=since, **given
            )
        for service in ("presence", "works"):
            give_right(
                niss=NADIA, enterprise_number=OFFICE, service=service, first_day=since,
                quality="service_provider", **given,
            )  # fmt: skip
    for niss, number in ((INGE, FIRM), (KOEN, OFFICE), (GRIET, OTHER_OFFICE), (PAUL, OTHER_FIRM)):
        roles.name_main(
            enterprise_number=number, niss=niss, contact=Contact(f"{number}@example.org", "", "fr"),
            by=Actor("person", niss, number), is_sure_enough=True, now=now,
        )  # fmt: skip


def browser(niss: str, number: str, **given: Any) -> Client:
    """Somebody signed in for his enterprise, in the quality that matters for mandates."""
    is_office = number in (OFFICE, OTHER_OFFICE)
    quality = "service_provider" if is_office else "employer"
    return signed_in(niss, number, quality=quality, **given)


def seat(number: str) -> Seat:
    """The place of an enterprise at the table."""

    is_office = number in (OFFICE, OTHER_OFFICE)
    return Seat(number, Side.MANDATARY if is_office else Side.MANDATOR)


def proposed(
    *domains: Domain,
    first: Quarter = NEXT,
    by: str = INGE,
    own: str = FIRM,
    other: str = OFFICE,
    now: datetime = NOW,
) -> Mandate:
    """A mandate to finalise."""

    wanted = Wanted(other, domains or (Domain.PRESENCE,), first, "fr")
    return operations.propose(seat=seat(own), wanted=wanted, by=Actor("person", by, own), now=now)


def sign(mandate: Mandate, by: str, number: str, *, now: datetime = NOW, **changed: Any) -> None:
    """A party signs on the page."""

    given: dict[str, Any] = {"means": "eid", "level": 500, "is_sure_enough": True} | changed
    operations.sign_on_page(
        seat=seat(number), mandate=mandate.pk, by=Actor("person", by, number), now=now, **given
    )
    mandate.refresh_from_db()


def active(*domains: Domain, office: str = OFFICE, **given: Any) -> Mandate:
    """A mandate of the firm, signed by both."""
    now = given.get("now", NOW)
    mandate = proposed(*domains, other=office, **given)
    sign(mandate, INGE, FIRM, now=now)
    sign(mandate, KOEN if office == OFFICE else GRIET, office, now=now)
    return mandate
