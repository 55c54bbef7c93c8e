"""The career breaks of the demonstration: in each state, once, and none where nobody works."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from guichet.access.models import Right
from guichet.demo import career_breaks, people
from guichet.ebox.models import Application
from guichet.eservices.career_break.models import Notice, Parameters, Request
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.addresses import Address
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
MOMENTS = (NOW, datetime(2027, 1, 31, 23, 30, tzinfo=UTC), datetime(2028, 2, 29, 0, 5, tzinfo=UTC))
_CREW = (people.SOFIE, people.AMINA, people.JONAS, people.RUI, people.NADEGE, people.ODILE)
_LIVES = Address("Rue Haute", "1", "", "7000", "Mons", "BE")


def _crew(now: datetime) -> None:
    with transaction(actor=career_breaks.ACTOR):
        firm = EnterpriseRecord(
            career_breaks.FIRM, name_nl="Quatre-Nuages", language="nl",
            onss_first_day=date(2010, 1, 1),
        )  # fmt: skip
        enterprises.register(enterprise=firm, actor=career_breaks.ACTOR, now=now)
        for known in _CREW:
            record = PersonRecord(
                known.niss, known.given_name, known.family_name, known.born_on, known.language,
                address=_LIVES,
            )  # fmt: skip
            persons.register(person=record, actor=career_breaks.ACTOR, now=now)
            period = EmploymentRecord(
                niss=known.niss, employer=career_breaks.FIRM, joint_committee="121",
                worker_type="OTH", first_day=clock.today(now) - timedelta(days=900),
            )  # fmt: skip
            employments.declare(employment=period, actor=career_breaks.ACTOR, now=now)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_there_is_one_request_in_each_state_and_they_are_there_once(now: datetime) -> None:
    _crew(now)

    for _ in range(2):
        career_breaks.furnish(today=clock.today(now), now=now)

    states = Counter(Request.objects.values_list("state", flat=True))
    assert states == {"wait_worker": 1, "wait_onem": 1, "in_progress": 1, "cancelled": 1}
    [notice] = Notice.objects.all()
    assert (notice.state, notice.person.niss) == ("pending", people.NADEGE.niss)
    assert Parameters.objects.count() == 1
    rights = Right.objects.filter(service="career_break")
    assert [one.person.niss for one in rights] == [people.SOFIE.niss]
    assert not Application.objects.filter(code="career-break").exists()  # the e-Box does that


def test_without_the_firm_nothing_is_made() -> None:
    career_breaks.furnish(today=clock.today(NOW), now=NOW)

    assert not Request.objects.exists()
