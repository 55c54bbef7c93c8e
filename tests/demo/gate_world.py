"""The tower where Amina works, and nothing else of the demonstration; run as a program it fills
the database of a live portal.
"""

from datetime import date, datetime, timedelta


def build(*, today: date, now: datetime) -> None:
    """Her firm, Sofie, the declared site, and her employment."""
    from guichet.demo import gate, numbers, people
    from guichet.platform.db import transaction
    from guichet.registers.addresses import Address
    from guichet.registers.employments import operations as employments
    from guichet.registers.employments.queries import EmploymentRecord
    from guichet.registers.enterprises import operations as enterprises
    from guichet.registers.enterprises.queries import EnterpriseRecord
    from guichet.registers.persons import operations as persons
    from guichet.registers.persons.queries import PersonRecord
    from guichet.registers.works import operations as works
    from guichet.registers.works.queries import ContractRecord, SiteAddress, SiteRecord

    first, last, by = today - timedelta(days=60), today + timedelta(days=60), gate.ACTOR
    with transaction(actor=by):
        firm = EnterpriseRecord(number=gate.FIRM, name_fr="Quatre-Nuages", language="fr")
        enterprises.register(enterprise=firm, actor=by, now=now)
        for one in (people.AMINA, people.SOFIE):
            person = PersonRecord(
                one.niss, one.given_name, one.family_name, one.born_on, one.language
            )
            persons.register(person=person, actor=by, now=now)
        address = Address("Avenue des Tilleuls", "3", "", "1000", "Bruxelles")
        site = SiteRecord(
            gate.SITE, "Tour du Grand-Hibou", "cleaning", 1, is_obliged=True, language="fr",
            addresses=(SiteAddress(address, "21004", 4.3, 50.8),),
        )  # fmt: skip
        works.declare_site(site=site, actor=by, now=now)
        contract = ContractRecord(
            declaration_number=numbers.declaration(0), declarant=gate.FIRM,
            total_cost_cents=10_000_000, first_day=first, last_day=last, signed_on=first,
        )  # fmt: skip
        works.declare_contract(reference=gate.SITE, contract=contract, actor=by, now=now)
        work = EmploymentRecord(people.AMINA.niss, gate.FIRM, "121", "OTH", first)
        employments.declare(employment=work, actor=by, now=now)


def main() -> None:
    """Fill the live database, once."""
    import django

    django.setup()
    from guichet.demo import gate
    from guichet.platform import clock
    from guichet.registers.works import queries

    now = clock.now()
    if queries.site(reference=gate.SITE) is None:
        build(today=clock.today(now), now=now)
        gate.furnish(today=clock.today(now), now=now)


if __name__ == "__main__":
    main()
