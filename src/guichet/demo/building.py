"""A construction site in the demonstration: declared by Marc's firm, with a crew of yesterday.

Cleaners register their hours; on this site a presence of the day is announced ahead. So the
assistant has somebody to offer, and "same crew today" is one click.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from guichet.access.rights import give_right
from guichet.audit.actors import system
from guichet.demo import fixtures, numbers, people
from guichet.demo.firms import DELVAUX, QUATRE_NUAGES
from guichet.eservices.presence import partitions
from guichet.eservices.presence.days import crews, operations
from guichet.eservices.presence.days.operations import Sender, Wanted
from guichet.platform.db import transaction
from guichet.registers.addresses import Address
from guichet.registers.enterprises import queries as registered
from guichet.registers.persons import queries as persons
from guichet.registers.postings import operations as postings
from guichet.registers.postings.queries import PostingPlace, PostingRecord
from guichet.registers.works import operations as works
from guichet.registers.works import queries
from guichet.registers.works.municipalities import by_postcode
from guichet.registers.works.queries import ContractRecord, SiteAddress, SiteRecord

ACTOR: Final = system("demo")
# Beyond the sites of the story and those of the fixtures.
_INDEX: Final = 9_500
_POSTCODE: Final = "5100"
_OWN, _BELOW = 8, 3
# Of the mason whose L1 a visitor can scan.
L1: Final = numbers.limosa(_INDEX)


def furnish(*, today: date, now: datetime) -> None:
    """The site with its contract, and who worked there yesterday; once."""
    reference = numbers.works_reference(_INDEX)
    is_there = queries.site(reference=reference) is not None
    if is_there or registered.enterprise(number=numbers.enterprise(DELVAUX)) is None:
        return
    partitions.make_partitions(today=today)
    with transaction(actor=ACTOR):
        _declare(reference, today, now)
        _post_a_mason(reference, today, now)
    yesterday = today - timedelta(days=1)
    for firm, most in ((DELVAUX, _OWN), (QUATRE_NUAGES, _BELOW)):
        number = numbers.enterprise(firm)
        people = crews.own_staff(enterprise=number, on=yesterday)[:most]
        wanted = [Wanted(yesterday, reference, one.ssin, None, number) for one in people]
        if wanted:
            operations.register(
                wanted=wanted,
                sender=Sender("assistant", number, is_portal=True),
                actor=ACTOR,
                now=now - timedelta(days=1),
            )


def _post_a_mason(reference: str, today: date, now: datetime) -> None:
    if persons.person(niss=fixtures.WB) is None:
        return
    if persons.person(niss=people.MARC.niss) is not None:
        give_right(
            niss=people.MARC.niss, enterprise_number=numbers.enterprise(DELVAUX), service="limosa",
            first_day=today, actor=ACTOR, now=now,
        )  # fmt: skip
    posting = PostingRecord(
        number=L1,
        niss=fixtures.WB,
        first_day=today - timedelta(days=30),
        last_day=today + timedelta(days=150),
        foreign_vat_number=fixtures.FOREIGN_VAT,
        client=numbers.enterprise(DELVAUX),
        places=(PostingPlace(kind="site", works_reference=reference),),
    )
    postings.declare(posting=posting, actor=ACTOR, now=now)


def _declare(reference: str, today: date, now: datetime) -> None:
    place = by_postcode(postcode=_POSTCODE)[0]
    address = Address("Chemin des Saules", "14", "", _POSTCODE, place.name("fr"))
    point = (round(place.longitude, 6), round(place.latitude, 6))
    works.declare_site(
        site=SiteRecord(
            reference=reference,
            name="Passerelle des Saules",
            activity="construction",
            sector=1,
            is_obliged=True,
            principal_name="Passerelle des Saules ASBL/VZW",
            language="fr",
            addresses=(SiteAddress(address, place.nis_code, *point),),
        ),
        actor=ACTOR,
        now=now,
    )
    first_day, last_day = today - timedelta(days=50), today + timedelta(days=320)
    number = numbers.declaration(_INDEX)
    works.declare_contract(
        reference=reference,
        contract=ContractRecord(
            declaration_number=number,
            declarant=numbers.enterprise(DELVAUX),
            total_cost_cents=86_400_000,
            first_day=first_day,
            last_day=last_day,
            signed_on=first_day - timedelta(days=30),
            work_type=1,
        ),
        actor=ACTOR,
        now=now,
    )
    works.add_intervention(
        declaration_number=number,
        enterprise=numbers.enterprise(QUATRE_NUAGES),
        foreign_vat_number=None,
        employed_by=None,
        first_day=first_day,
        last_day=last_day,
        actor=ACTOR,
        now=now,
    )
