"""What is declared of works at the counter changes what is said of presences."""

import pytest

from guichet.demo import fixtures
from guichet.demo.fixtures import E1, E3, S1, W3
from guichet.eservices.works import operations
from guichet.eservices.works.content import declared_of
from guichet.eservices.works.models import Declaration
from guichet.eservices.works.operations import Sender
from guichet.platform import clock
from guichet.rules.works.declared import Contact, Link, Party
from guichet.rules.works.declared import Declaration as Declared
from tests.doors import stored
from tests.eservices.presence.validation_world import NOW, at, caught_up, loaded, remarks, rounds


def _with(declared: Declared, *links: Link) -> Declared:
    from dataclasses import replace

    contact = Contact(first_name="Luc", name="Renard", phone="081 00 00 00")
    principal = Party(is_natural_person=True, name=declared.principal.name)
    return replace(declared, principal=principal, contact=contact, chain=(*declared.chain, *links))


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_p52_a_firm_declared_by_a_change_of_the_declaration_takes_caw_12_away() -> None:
    world = loaded()
    operations.take_over(actor=fixtures.ACTOR, now=NOW)
    receipt = stored(at(0), ssin=W3, employer=E3)
    caught_up()
    assert remarks(receipt) == ("caw_12",)
    row = Declaration.objects.get(number=world.declarations[S1])
    link = Link(party=Party(number=E3), first_day=clock.today(NOW))

    operations.change(
        number=row.number,
        declared=_with(declared_of(row.content), link),
        version=1,
        sender=Sender(fixtures.ACTOR, "portal", E1),
        now=at(1),
    )
    caught_up(at(1))

    assert rounds(receipt)[-1] == (2, True, "validated", [])
