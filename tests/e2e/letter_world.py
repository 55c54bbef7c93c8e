"""A firm whose access manager waits for the letter with access codes, in a live world.

Run as a program with the environment of the live server; prints what the two letters say, one for
each walk.
"""

import json
from datetime import date, datetime, timedelta
from unittest import mock

WALKS = 9


def main() -> None:
    """Each Marie directs a bakery and manages its accesses; she has no means to sign in yet."""
    import django

    django.setup()
    from django.db.transaction import atomic

    from guichet.access.roles import operations as roles
    from guichet.access.roles.changing import Contact
    from guichet.audit.actors import Actor
    from guichet.csam.codes import made_up, operations
    from guichet.demo import numbers
    from guichet.kernel.enterprise import EnterpriseNumber
    from guichet.platform import clock
    from guichet.registers.enterprises import operations as enterprises
    from guichet.registers.enterprises.queries import EnterpriseRecord
    from tests.csam.codes import holders
    from tests.csam.relying_party import ACTOR

    now = clock.now()
    letters = []
    for at in range(WALKS):
        # With several firms she would be asked which one: each walk has a Marie of its own.
        born = date(1980, 3, 4 + at)
        niss = numbers.niss(born_on=born, is_female=True)
        holders.a_person(niss, birth_date=born)
        number = EnterpriseNumber.of_sequence(7_410_000 + at).digits
        with atomic():
            record = EnterpriseRecord(
                number, name_fr="Boulangerie Dupont", language="fr", address=_bakery()
            )
            enterprises.register(enterprise=record, actor=ACTOR, now=now)
            enterprises.add_function(
                number=number, niss=niss, function="director",
                first_day=clock.today(now) - timedelta(days=900), actor=ACTOR, now=now,
            )  # fmt: skip
        _furnish(number, at, now)
        roles.name_main(
            enterprise_number=number, niss=niss, is_sure_enough=True, now=now,
            contact=Contact("marie@example.org", "+32 2 000 00 00", "fr"),
            by=Actor("person", niss, number),
        )  # fmt: skip
        name, password = made_up.user_name(), made_up.password()
        with (
            mock.patch.object(made_up, "user_name", return_value=name),
            mock.patch.object(made_up, "password", return_value=password),
        ):
            operations.post_codes(
                niss=niss, enterprise_number=number, quality="employer", actor=ACTOR,
                now=now,
            )  # fmt: skip
        letters.append({"name": name, "password": password, "enterprise": number})
    print(json.dumps({"letters": letters}))


def _furnish(number: str, at: int, now: datetime) -> None:
    """An establishment at Namur and a worker there, so that something can be communicated."""
    from guichet.demo import numbers
    from guichet.platform.db import transaction
    from guichet.registers.employments import operations as employments
    from guichet.registers.employments.queries import EmploymentRecord
    from guichet.registers.enterprises.models import Enterprise, Establishment
    from guichet.registers.persons import operations as persons
    from guichet.registers.persons.queries import PersonRecord
    from tests.csam.relying_party import ACTOR

    baker = numbers.niss(born_on=date(1990, 6, 4 + at), is_female=False)
    with transaction(actor=ACTOR):
        Establishment(
            number=numbers.establishment(600 + at), name="Namur", street="Rue du Four",
            enterprise=Enterprise.objects.get(number=number), house_number="7", postcode="5000",
            municipality="Namur",
        ).save()  # fmt: skip
        record = PersonRecord(baker, "Bruno", "Levain", language="fr")
        persons.register(person=record, actor=ACTOR, now=now)
        employments.declare(
            employment=EmploymentRecord(
                niss=baker, employer=number, joint_committee="118", worker_type="OTH",
                first_day=date(2020, 1, 6),
            ),
            actor=ACTOR, now=now,
        )  # fmt: skip


def _bakery() -> object:
    from guichet.registers.addresses import Address

    return Address("Rue du Four", "7", "2", "5000", "Namur")


if __name__ == "__main__":
    main()
