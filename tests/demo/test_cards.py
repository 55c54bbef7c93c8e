"""The control cards of the demonstration: one sent, one to fill in, once, whenever it is loaded."""

from datetime import UTC, date, datetime

import pytest

from guichet.demo import cards, numbers, people
from guichet.eservices.temporary_unemployment.cards import sheets
from guichet.eservices.temporary_unemployment.cards.models import Card, Sending
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.temporary_unemployment.card_sending import State
from tests.eservices.temporary_unemployment.cards.world import ACTOR

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
AGENCY = numbers.enterprise(455)
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
MOMENTS = (NOW, datetime(2026, 12, 1, 4, tzinfo=UTC), datetime(2027, 1, 31, 23, 30, tzinfo=UTC),
           datetime(2028, 2, 29, 0, 5, tzinfo=UTC))  # fmt: skip


def employed(now: datetime) -> None:
    with transaction(actor=ACTOR):
        firm = EnterpriseRecord(AGENCY, name_nl="Pont-Levis", onss_first_day=date(2010, 1, 1))
        enterprises.register(enterprise=firm, actor=ACTOR, now=now)
        luc = people.LUC
        known = PersonRecord(luc.niss, luc.given_name, luc.family_name, luc.born_on, luc.language)
        persons.register(person=known, actor=ACTOR, now=now)
        period = EmploymentRecord(
            niss=luc.niss, employer=AGENCY, joint_committee="322", worker_type="OTH",
            first_day=date(2025, 6, 2),
        )  # fmt: skip
        employments.declare(employment=period, actor=ACTOR, now=now)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_one_card_is_sent_and_one_is_to_be_filled_in(now: datetime) -> None:
    employed(now)

    for _ in range(2):
        cards.furnish(today=clock.today(now), now=now)

    found = [one for one in sheets.sheets(niss=people.LUC.niss, now=now) if one.has_row]
    assert found[-1].state is State.SENT
    assert any(entry.is_late for entry in found[-1].entries)
    assert all(one.state is State.OPEN for one in found[:-1])
    assert Sending.objects.count() == 1


def test_without_a_contract_there_is_no_card() -> None:
    cards.furnish(today=clock.today(NOW), now=NOW)

    assert not Card.objects.exists()
