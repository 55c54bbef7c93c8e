"""The temporary unemployment of the demonstration: in several states, once."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from guichet.access.models import Right
from guichet.demo import people, unemployment, unemployment_office
from guichet.documents import queries as documents
from guichet.eservices.temporary_unemployment.models import Communication, Draft
from guichet.eservices.temporary_unemployment.office import queries as shown
from guichet.eservices.temporary_unemployment.office.models import Decision
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from tests.documents.conftest import seal_folder, sealed_by_us

__all__ = ["seal_folder", "sealed_by_us"]
pytestmark = pytest.mark.django_db(databases=["default", "audit"])
MOMENTS = (
    datetime(2026, 11, 24, 10, tzinfo=UTC),
    datetime(2027, 1, 31, 23, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 0, 5, tzinfo=UTC),
)
_CREW = (people.SOFIE, people.AMINA, people.JONAS, people.RUI, people.NADEGE)


@pytest.mark.usefixtures("sealed_by_us")
@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_the_firm_communicated_in_several_states_once(now: datetime) -> None:
    _registers(now)

    for _ in range(2):
        unemployment_office.furnish(now=now)
        unemployment.furnish(today=clock.today(now), now=now)

    states = Counter(Communication.objects.values_list("state", flat=True))
    assert states == {"accepted": 1, "received": 2, "modified": 1, "cancelled": 1}
    assert Draft.objects.count() == 1
    assert Right.objects.filter(person__niss=people.SOFIE.niss).count() == 1
    [done] = Decision.objects.all()
    row, today = done.communication, clock.today(now)
    assert [one.number for one in shown.decisions_shown(row, today=today)] == [done.number]
    assert documents.sealed_pdf(reference=done.document)


def _registers(now: datetime) -> None:
    with transaction(actor=unemployment.ACTOR):
        firm = EnterpriseRecord(
            unemployment.FIRM, name_nl="Vier-Wolken", onss_first_day=clock.today(now)
        )
        enterprises.register(enterprise=firm, actor=unemployment.ACTOR, now=now)
        for known in (*_CREW, people.ODILE):
            record = PersonRecord(
                known.niss, known.given_name, known.family_name, known.born_on, known.language
            )
            persons.register(person=record, actor=unemployment.ACTOR, now=now)
            if known is people.ODILE:
                continue
            period = EmploymentRecord(
                niss=known.niss, employer=unemployment.FIRM, joint_committee="121",
                worker_type="OTH", first_day=clock.today(now) - timedelta(days=900),
            )  # fmt: skip
            employments.declare(employment=period, actor=unemployment.ACTOR, now=now)
