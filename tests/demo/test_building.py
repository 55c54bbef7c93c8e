"""The construction site of the demonstration: declared once, with a crew to repeat."""

from datetime import UTC, date, datetime, timedelta

import pytest

from guichet.demo import building, fixtures, numbers
from guichet.demo.firms import DELVAUX, QUATRE_NUAGES
from guichet.eservices.presence.days import crews, queries
from guichet.eservices.presence.days.queries import Filters
from guichet.platform.db import transaction
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 14, 40, tzinfo=UTC)
MARC, CLOUDS = numbers.enterprise(DELVAUX), numbers.enterprise(QUATRE_NUAGES)
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])


@pytest.fixture
def firms() -> None:
    """The two firms with two workers each."""
    with transaction(actor=fixtures.ACTOR):
        for at, number in enumerate((MARC, CLOUDS)):
            record = EnterpriseRecord(number=number, name_fr=f"Firme {at}", language="fr")
            enterprises.register(enterprise=record, actor=fixtures.ACTOR, now=NOW)
            for more in range(2):
                born = date(1980 + 2 * at + more, 3, 4)
                niss = numbers.niss(born_on=born, is_female=True)
                person = PersonRecord(niss, f"Anne{more}", f"Nom{at}", born, "fr")
                persons.register(person=person, actor=fixtures.ACTOR, now=NOW)
                record_of = EmploymentRecord(niss, number, "124", "OTH", TODAY - timedelta(days=9))
                employments.declare(employment=record_of, actor=fixtures.ACTOR, now=NOW)


def test_the_site_has_a_crew_of_yesterday_that_is_offered_today(firms: None) -> None:
    building.furnish(today=TODAY, now=NOW)
    building.furnish(today=TODAY, now=NOW)

    [site] = crews.sites(enterprise=MARC, on=TODAY)
    yesterday = TODAY - timedelta(days=1)
    rows = queries.listed(wanted=Filters(yesterday, TODAY), limit=99)
    assert site.name == "Passerelle des Saules"
    assert {row.day for row in rows} == {yesterday}
    assert len(rows) == 4
    last = crews.last(enterprise=MARC, reference=site.reference, before=TODAY)
    below = crews.below(enterprise=MARC, reference=site.reference, before=TODAY)
    assert len(last) == len(below) == 2


def test_without_the_firms_there_is_no_site() -> None:
    building.furnish(today=TODAY, now=NOW)

    assert crews.sites(enterprise=MARC, on=TODAY) == []
